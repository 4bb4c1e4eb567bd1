"""Proof of circles: the request is made into numbers again, and the checker adds up."""

from talka.matching.engine.circles.encoding import question_of_circles
from talka.matching.engine.circles.values import CircleOutcome, CircleRequest, seal_of_circles
from talka.matching.engine.solve.groups.check import check_groups
from talka.matching.engine.solve.groups.values import GroupAnswer


def check_circles(request: CircleRequest, outcome: CircleOutcome) -> tuple[str, ...]:
    """Return the names of everything wrong with an outcome; empty when nothing is."""
    faults = [] if outcome.seal == seal_of_circles(request) else ["seal"]
    if tuple(circle.members for circle in outcome.circles if circle.kept) != request.kept:
        faults.append("kept")
    made = tuple(circle.members for circle in outcome.circles if not circle.kept)
    answer = GroupAnswer(made, outcome.score, outcome.bound, outcome.bound_by, outcome.prices)
    faults += check_groups(question_of_circles(request), answer)
    inside = {key for circle in outcome.circles for key in circle.members}
    without = {one.key for one in outcome.alone}
    if inside & without or inside | without != {party.key for party in request.parties}:
        faults.append("forgotten")
    return tuple(faults)


def gap_of(outcome: CircleOutcome) -> int:
    """Return how many tenths of a per cent better other circles could be at most."""
    return -(-1000 * (outcome.bound - outcome.score) // outcome.bound) if outcome.bound else 0
