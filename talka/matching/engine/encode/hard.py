"""The hard rules: each answers yes, no, or None when the data to answer is missing."""

from collections.abc import Callable
from datetime import date, timedelta

from talka.matching.engine.encode.hours import days_to_meet
from talka.matching.engine.encode.kinship import nearness
from talka.matching.engine.encode.languages import best_talk
from talka.matching.engine.values import Party, Policy

DAY = timedelta(days=1)


def shares_a_topic(learner: Party, teacher: Party, policy: Policy) -> bool:
    """Ask whether any offer answers any need, the same or up or down the tree."""
    return any(
        nearness(need.capacity, offer.capacity, policy.parents)
        for need in learner.needs
        for offer in teacher.offers
    )


def teaches_above(learner: Party, teacher: Party, policy: Policy) -> bool:
    """Ask whether the teacher stands above the learner in a topic they share."""
    return any(
        offer.level > need.level and nearness(need.capacity, offer.capacity, policy.parents)
        for need in learner.needs
        for offer in teacher.offers
    )


def common_language(learner: Party, teacher: Party, policy: Policy) -> bool | None:
    """Ask whether the two can talk at the policy's level; unknown if either names no language."""
    if not learner.languages or not teacher.languages:
        return None
    return best_talk(learner, teacher, policy).level >= max(1, policy.minimum_language_level)


def joined(windows: tuple[tuple[date, date], ...]) -> list[tuple[date, date]]:
    """Return the windows in order, with those that touch or overlap made one."""
    whole: list[tuple[date, date]] = []
    for start, end in sorted(windows):
        if whole and start <= whole[-1][1] + DAY:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def days_in_common(learner: Party, teacher: Party) -> int | None:
    """Return the longest run of days both can, or None if either did not say."""
    if learner.windows is None or teacher.windows is None:
        return None
    runs = [
        (min(end, last) - max(start, first)).days + 1
        for start, end in joined(learner.windows)
        for first, last in joined(teacher.windows)
    ]
    return max([0, *runs])


def dates_overlap(learner: Party, teacher: Party, policy: Policy) -> bool | None:
    """Ask whether both are free for the fewest days the policy wants in a row."""
    days = days_in_common(learner, teacher)
    return None if days is None else days >= max(1, policy.fewest_days)


def hours_overlap(learner: Party, teacher: Party, policy: Policy) -> bool | None:
    """Ask whether the two can have the fewest meetings the policy wants, one a day."""
    days = days_to_meet(learner, teacher, policy)
    return None if days is None else days >= max(1, policy.fewest_meetings)


def format_agrees(learner: Party, teacher: Party, policy: Policy) -> bool:
    """Ask whether a format suits both; who names none takes any."""
    return not learner.formats or not teacher.formats or bool(learner.formats & teacher.formats)


def different_country(learner: Party, teacher: Party, policy: Policy) -> bool | None:
    """Ask whether the two are in different countries."""
    if not learner.country or not teacher.country:
        return None
    return learner.country != teacher.country


def not_avoided(learner: Party, teacher: Party, policy: Policy) -> bool:
    """Ask whether neither avoids the other."""
    return teacher.key not in learner.avoids and learner.key not in teacher.avoids


def not_repeated(learner: Party, teacher: Party, policy: Policy) -> bool:
    """Ask whether the two were not together in an earlier cycle."""
    return teacher.key not in learner.earlier and learner.key not in teacher.earlier


RULES: dict[str, Callable[[Party, Party, Policy], bool | None]] = {
    "shares_a_topic": shares_a_topic,
    "teaches_above": teaches_above,
    "common_language": common_language,
    "dates_overlap": dates_overlap,
    "hours_overlap": hours_overlap,
    "format_agrees": format_agrees,
    "different_country": different_country,
    "not_avoided": not_avoided,
    "not_repeated": not_repeated,
}


def keeps(rule: str, learner: Party, teacher: Party, policy: Policy) -> bool:
    """Tell whether the two keep the rule; what is unknown fails unless the policy lets it pass."""
    answer = RULES[rule](learner, teacher, policy)
    return policy.unknown.get(rule) == "pass" if answer is None else answer


def broken_rules(learner: Party, teacher: Party, policy: Policy) -> tuple[str, ...]:
    """Return the hard rules the two do not keep, in the policy's order."""
    return tuple(rule for rule in policy.hard if not keeps(rule, learner, teacher, policy))
