"""The soft parts of a score: each gives a fit in thousandths and its reason."""

from collections.abc import Callable

from talka.matching.engine.encode.hard import days_in_common, not_repeated
from talka.matching.engine.encode.hours import days_to_meet
from talka.matching.engine.encode.kinship import answers
from talka.matching.engine.encode.languages import NATIVE, best_talk
from talka.matching.engine.encode.trips import best_trip, cost_fit
from talka.matching.engine.values import Part, Party, Policy, Reason

FULL = 1000
LEVEL_FITS = {0: 300, 1: 800}
"""Fit of a teacher who stands as high as the learner, or one level above; two and more are a full fit."""
WISH_STEP = 250
"""What each place further down a list of wishes takes from the fit, down to one such step."""
SAME_REGION = 700

Fit = tuple[int, Reason]


def share(priority: int) -> int:
    """Return how much a need counts beside the others: the first 6, the second 3, any further 2."""
    return 6 // min(priority, 3)


def topic(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return how much of what the learner needs the teacher offers, each need by its share."""
    found = list(answers(learner, teacher, policy.parents))
    whole = sum(share(need.priority) for need in learner.needs)
    met = sum(share(need.priority) * near for need, _, near in found)
    if not met:
        return 0, Reason("matching.part.no_topic")
    topics = tuple(sorted({need.capacity for need, _, _ in found}))
    return met // whole, Reason("matching.part.topics", {"topics": topics})


def level(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return how far the teacher stands above the learner in the topics they share, each by its share."""
    found = list(answers(learner, teacher, policy.parents))
    if not found:
        return 0, Reason("matching.part.no_topic")
    gaps = [(share(need.priority), offer.level - need.level) for need, offer, _ in found]
    fits = sum(part * (0 if gap < 0 else LEVEL_FITS.get(gap, FULL)) for part, gap in gaps)
    widest = max(gap for _, gap in gaps)
    return fits // sum(part for part, _ in gaps), Reason("matching.part.levels", {"above": widest})


def language(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return how well both speak the language they share best, or understand what the other speaks."""
    talk = best_talk(learner, teacher, policy)
    if not talk.level:
        return 0, Reason("matching.part.no_language")
    fit = FULL * talk.level // NATIVE
    if talk.learner_speaks == talk.teacher_speaks:
        return fit, Reason("matching.part.language", {"code": talk.learner_speaks, "level": talk.level})
    each = {"learner_speaks": talk.learner_speaks, "teacher_speaks": talk.teacher_speaks}
    return fit, Reason("matching.part.languages_understood", {**each, "level": talk.level})


def dates(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return how much of the days wanted both have free in a row."""
    days = days_in_common(learner, teacher)
    if days is None:
        return 0, Reason("matching.part.dates_unknown")
    return min(FULL, FULL * days // max(1, policy.days_wanted)), Reason("matching.part.dates", {"days": days})


def hours(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return how many of the meetings wanted the two have time for."""
    days = days_to_meet(learner, teacher, policy)
    if days is None:
        return 0, Reason("matching.part.hours_unknown")
    fit = min(FULL, FULL * days // max(1, policy.meetings_wanted))
    return fit, Reason("matching.part.hours", {"meetings": days})


def travel(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return a full fit when a format suits both."""
    if not learner.formats or not teacher.formats:
        return FULL, Reason("matching.part.any_format")
    common = tuple(sorted(learner.formats & teacher.formats))
    return (FULL if common else 0), Reason("matching.part.formats", {"formats": common})


def wish(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return how high each stands among the wishes of the other; each side counts half."""
    both = ((learner.wishes, teacher.key), (teacher.wishes, learner.key))
    halves = [
        max(WISH_STEP, FULL - WISH_STEP * wishes.index(key)) if key in wishes else 0 for wishes, key in both
    ]
    wished = {(False, False): "none", (True, False): "learner", (False, True): "teacher"}
    by = wished.get((halves[0] > 0, halves[1] > 0), "both")
    return sum(halves) // 2, Reason("matching.part.wish", {"by": by})


def near(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return a full fit in one country, most of it in one region."""
    if learner.country and learner.country == teacher.country:
        return FULL, Reason("matching.part.same_country")
    if learner.region and learner.region == teacher.region:
        return SAME_REGION, Reason("matching.part.same_region")
    return 0, Reason("matching.part.far")


def cost(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return how little the trip costs: nothing is a full fit, the policy's highest cost is none."""
    trip = best_trip(learner, teacher, policy)
    if trip is None:
        return 0, Reason("matching.part.cost_unknown")
    if not trip.cost:
        return FULL, Reason("matching.part.no_cost")
    return cost_fit(trip, policy), Reason("matching.part.cost", {"cost": trip.cost})


def visa(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return a full fit when who travels has no trouble with a visa."""
    trip = best_trip(learner, teacher, policy)
    if trip is None:
        return 0, Reason("matching.part.visa_unknown")
    return (0, Reason("matching.part.visa")) if trip.visa else (FULL, Reason("matching.part.no_visa"))


def fresh(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return a full fit for two who have not been together before."""
    if not_repeated(learner, teacher, policy):
        return FULL, Reason("matching.part.fresh")
    return 0, Reason("matching.part.together_before")


def newcomer(learner: Party, teacher: Party, policy: Policy) -> Fit:
    """Return a full fit for a learner who is here for the first time."""
    return (
        (FULL, Reason("matching.part.newcomer")) if learner.newcomer else (0, Reason("matching.part.returns"))
    )


PARTS: dict[str, Callable[[Party, Party, Policy], Fit]] = {
    "topic": topic,
    "level": level,
    "language": language,
    "dates": dates,
    "hours": hours,
    "format": travel,
    "cost": cost,
    "visa": visa,
    "wish": wish,
    "near": near,
    "newcomer": newcomer,
    "fresh": fresh,
}


def weigh(learner: Party, teacher: Party, policy: Policy) -> tuple[Part, ...]:
    """Return every part of the score of the two, in the order of the names."""
    parts = []
    for name, weight in sorted(policy.weights.items()):
        fit, reason = PARTS[name](learner, teacher, policy)
        parts.append(Part(name, fit * weight, FULL * weight, reason))
    return tuple(parts)


def score(learner: Party, teacher: Party, policy: Policy) -> int:
    """Return the score of the two: the sum of fit times weight, an integer."""
    return sum(
        PARTS[name](learner, teacher, policy)[0] * weight for name, weight in policy.weights.items() if weight
    )
