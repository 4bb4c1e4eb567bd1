"""A draft of circles as a page shows it: who is where and why, who has none, and the proof."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talka.applications.models import Application
from talka.matching.engine import Reason, unpack
from talka.matching.engine.circles import (
    CircleOutcome,
    CircleRequest,
    check_circles,
    common_languages,
    gap_of,
    warnings_of,
    why,
)
from talka.matching.models import CircleDraft


@dataclass(frozen=True)
class DraftCircle:
    """A circle of a draft as it stands: its number, who is in it, what speaks for it and what against."""

    number: int
    members: tuple[Application, ...]
    kept: bool
    by_hand: bool
    languages: tuple[str, ...]
    why: tuple[Reason, ...]
    warnings: tuple[Reason, ...]


@dataclass(frozen=True)
class WithoutCircle:
    """Somebody of a draft without a circle, and why."""

    application: Application
    reason: Reason


@dataclass(frozen=True)
class DrawnCircles:
    """A draft as it stands, and what is proved of it: no faults, and by how much others could be better."""

    circles: tuple[DraftCircle, ...]
    without: tuple[WithoutCircle, ...]
    faults: tuple[str, ...]
    gap: int


def request_of_circles(draft: CircleDraft) -> CircleRequest:
    """Return what the engine was asked."""
    return unpack(CircleRequest, draft.sealed_input)


def outcome_of_circles(draft: CircleDraft) -> CircleOutcome:
    """Return what the engine answered."""
    return unpack(CircleOutcome, draft.sealed_outcome)


def pseudonym_in(draft: CircleDraft, application: int) -> str | None:
    """Return the key by which a draft knows an application, or None if it took no part."""
    return next((key for key, pk in draft.who.items() if pk == application), None)


def number_of(draft: CircleDraft, key: str) -> int | None:
    """Return the number of the circle in which somebody is now, or None."""
    return next(
        (number for number, circle in enumerate(draft.circles, start=1) if key in circle["members"]), None
    )


def applications_in(draft: CircleDraft) -> dict[str, Application]:
    """Return who is behind each pseudonym, with what names them."""
    found = Application.objects.select_related("call", "community", "person").in_bulk(draft.who.values())
    return {key: found[pk] for key, pk in draft.who.items() if pk in found}


def drawn_circles(draft: CircleDraft) -> DrawnCircles:
    """Return a draft as a page shows it; its proof is made anew."""
    request, outcome, people = request_of_circles(draft), outcome_of_circles(draft), applications_in(draft)
    drawn = {circle.members for circle in outcome.circles}
    placed = {key for circle in draft.circles for key in circle["members"]}
    reasons = {one.key: one.reason for one in outcome.alone}
    by_hand = Reason("circles.alone.by_hand")
    return DrawnCircles(
        circles=tuple(
            _circle(number, circle, request, people, by_hand=tuple(sorted(circle["members"])) not in drawn)
            for number, circle in enumerate(draft.circles, start=1)
        ),
        without=tuple(
            WithoutCircle(people[key], reasons.get(key, by_hand))
            for key in sorted(people, key=lambda key: str(people[key]))
            if key not in placed
        ),
        faults=check_circles(request, outcome),
        gap=gap_of(outcome),
    )


def _circle(
    number: int,
    circle: Mapping[str, Sequence[str]],
    request: CircleRequest,
    people: Mapping[str, Application],
    *,
    by_hand: bool,
) -> DraftCircle:
    members = [key for key in circle["members"] if key in people]
    return DraftCircle(
        number=number,
        members=tuple(sorted((people[key] for key in members), key=str)),
        kept=bool(circle["kept"]),
        by_hand=by_hand,
        languages=common_languages(members, request),
        why=why(members, request),
        warnings=warnings_of(members, request) if members else (),
    )
