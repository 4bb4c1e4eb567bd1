"""Circles drawn: asked of the solver, and for everybody without one the reason."""

from talka.matching.engine.circles.encoding import languages_well, question_of_circles
from talka.matching.engine.circles.values import (
    Alone,
    Circle,
    CircleOutcome,
    CircleRequest,
    seal_of_circles,
)
from talka.matching.engine.circles.why import best_circle_for
from talka.matching.engine.run import ENGINE_VERSION
from talka.matching.engine.solve.groups.solving import best_groups
from talka.matching.engine.solve.patience import be_patient
from talka.matching.engine.values import Party, Reason


def draw_circles(request: CircleRequest, *, seconds: float) -> CircleOutcome:
    """Return the best circles that are found in so many seconds, those that are kept before the others."""
    answer = best_groups(question_of_circles(request), be_patient(seconds))
    circles = (
        *(Circle(members, kept=True) for members in request.kept),
        *(Circle(members) for members in answer.groups),
    )
    placed = {key for circle in circles for key in circle.members}
    return CircleOutcome(
        circles=circles,
        alone=tuple(
            Alone(party.key, _why_alone(party, request, circles))
            for party in request.parties
            if party.key not in placed
        ),
        score=answer.score,
        bound=answer.bound,
        bound_by=answer.bound_by,
        prices=answer.prices,
        seal=seal_of_circles(request),
        engine_version=ENGINE_VERSION,
    )


def _why_alone(party: Party, request: CircleRequest, circles: tuple[Circle, ...]) -> Reason:
    """Return the binding reason why somebody has no circle, and what would be enough where that is known."""
    least = request.smallest
    own = languages_well(party, request.policy)
    if len(request.parties) < least:
        return Reason("circles.alone.too_few", {"count": len(request.parties), "least": least})
    if not own:
        return Reason("circles.alone.no_language", {"level": request.policy.minimum_language_level})
    others = [
        other
        for other in request.parties
        if other.key != party.key and not own.keys().isdisjoint(languages_well(other, request.policy))
    ]
    if len(others) < least - 1:
        return Reason("circles.alone.few_speak", {"count": len(others), "least": least - 1})
    best = best_circle_for(party.key, request, [circle.members for circle in circles])
    if best is None:
        return Reason("circles.alone.others_are_placed", {"count": len(others)})
    return Reason("circles.alone.left_over", {"number": best + 1})
