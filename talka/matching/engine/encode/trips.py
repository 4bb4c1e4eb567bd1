"""Who travels where, at what cost, with what trouble: it follows from the format and the two countries."""

from talka.matching.engine.values import Party, Policy, Trip

FULL = 1000
TRAVELLERS = ("learner", "teacher", "nobody")
AT_HOME = Trip(0)


def formats_of(learner: Party, teacher: Party, policy: Policy) -> frozenset[str]:
    """Return the formats that suit both; who names none takes any."""
    every = frozenset(policy.travels)
    return (learner.formats or every | teacher.formats) & (teacher.formats or every | learner.formats)


def trip_in(format_: str, learner: Party, teacher: Party, policy: Policy) -> Trip | None:
    """Return the trip that a format means for the two, or None if it is not known."""
    match policy.travels.get(format_):
        case "nobody":
            return AT_HOME
        case "learner":
            start, end = learner.country, teacher.country
        case "teacher":
            start, end = teacher.country, learner.country
        case _:
            return None
    if not start or not end:
        return None
    return policy.trips.get(f"{start}>{end}") or (AT_HOME if start == end else None)


def cost_fit(trip: Trip, policy: Policy) -> int:
    """Return what a cost leaves of a full fit, in thousandths."""
    highest = max(1, policy.highest_cost)
    return FULL - FULL * min(trip.cost, highest) // highest


def best_trip(learner: Party, teacher: Party, policy: Policy) -> Trip | None:
    """Return the trip, among the formats that suit both, that loses least; None if none is known."""
    found = [trip_in(format_, learner, teacher, policy) for format_ in formats_of(learner, teacher, policy)]
    cost, visa = policy.weights.get("cost", 0), policy.weights.get("visa", 0)
    return min(
        (trip for trip in found if trip is not None),
        key=lambda trip: (visa * FULL * trip.visa - cost * cost_fit(trip, policy), trip.cost, trip.visa),
        default=None,
    )
