"""What a learner left out could change: each a changed party, what it costs, and how to say it.

Only what is theirs to change: never who avoids whom, and of the other only what the offer says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from talka.matching.engine.encode.hours import (
    MINUTES_A_DAY,
    MINUTES_A_WEEK,
    QUARTER,
    calendar_of,
    days_to_meet,
    shifts_between,
)
from talka.matching.engine.encode.kinship import steps_between
from talka.matching.engine.values import Party, Policy, Reason, Slot, Speaks, Topic

ORDER = (
    "format_agrees",
    "hours_overlap",
    "dates_overlap",
    "place",
    "common_language",
    "shares_a_topic",
    "teaches_above",
)
"""The smallest kind of change first: saying yes, an hour a week, some days, a favour, a language, a topic."""
BEGINNER = 1
NO_KIN = 99


@dataclass(frozen=True)
class Change:
    """A party changed in one thing. The amount compares changes of one kind: days, levels or steps."""

    party: Party
    amount: int
    reason: Reason


def accept_format(learner: Party, teacher: Party, policy: Policy) -> Iterator[Change]:
    """Yield the learner accepting one more format."""
    for format_ in sorted(teacher.formats - learner.formats):
        changed = replace(learner, formats=learner.formats | {format_})
        yield Change(changed, 1, Reason("matching.change.format", {"format": format_}))


def add_dates(learner: Party, teacher: Party, policy: Policy) -> Iterator[Change]:
    """Yield the learner free for as many days as are needed, at either end of a window of the teacher."""
    length = timedelta(days=max(1, policy.fewest_days) - 1)
    for first, last in teacher.windows or ():
        if first + length > last:
            continue
        for start, end in ((first, first + length), (last - length, last)):
            away = [max((start - late).days, (early - end).days, 0) for early, late in learner.windows or ()]
            changed = replace(learner, windows=(*(learner.windows or ()), (start, end)))
            values = {"start": start.isoformat(), "end": end.isoformat()}
            yield Change(changed, min(away, default=0), Reason("matching.change.dates", values))


def add_hours(learner: Party, teacher: Party, policy: Policy) -> Iterator[Change]:
    """Yield the learner free every week for one meeting more, at either end of a slot of the teacher."""
    calendar = calendar_of(policy)
    if calendar is None or not teacher.hours or not teacher.zone or not learner.zone:
        return
    length = calendar[2] * QUARTER
    own = learner.hours or ()
    shifts = shifts_between(teacher.zone, learner.zone, calendar)
    found = {
        _slot_at(minute + shift, length) for minute in _ends_of(teacher.hours, length) for shift in shifts
    }
    for slot in sorted(found - set(own), key=lambda slot: (slot.weekday, slot.starts)):
        changed = replace(learner, hours=(*own, slot))
        if (days_to_meet(changed, teacher, policy) or 0) >= max(1, policy.fewest_meetings):
            values = {"weekday": slot.weekday, "starts": slot.starts, "ends": slot.ends}
            yield Change(changed, _minutes_from(slot, own), Reason("matching.change.hours", values))


def _ends_of(slots: tuple[Slot, ...], length: int) -> Iterator[int]:
    """Yield the first and the last minute of the week at which a meeting in each slot can begin."""
    for slot in slots:
        start = slot.weekday * MINUTES_A_DAY + slot.starts
        room = (slot.ends - slot.starts) % MINUTES_A_DAY or MINUTES_A_DAY
        for minute in (-(-start // QUARTER) * QUARTER, (start + room - length) // QUARTER * QUARTER):
            if start <= minute <= start + room - length:
                yield minute


def _slot_at(minute: int, length: int) -> Slot:
    """Return the slot of that length from that minute of the week."""
    weekday, starts = divmod(minute % MINUTES_A_WEEK, MINUTES_A_DAY)
    ends = starts + length
    return Slot(weekday, starts, ends if ends <= MINUTES_A_DAY else ends - MINUTES_A_DAY)


def _minutes_from(slot: Slot, others: tuple[Slot, ...]) -> int:
    """Return the minutes between the beginnings of a slot and of the nearest other, round the week."""
    here = slot.weekday * MINUTES_A_DAY + slot.starts
    ahead = [(other.weekday * MINUTES_A_DAY + other.starts - here) % MINUTES_A_WEEK for other in others]
    return min((min(minutes, MINUTES_A_WEEK - minutes) for minutes in ahead), default=0)


def learn_language(learner: Party, teacher: Party, policy: Policy) -> Iterator[Change]:
    """Yield the learner reaching the level wanted in a language of the teacher."""
    levels = {language.code: language.level for language in learner.languages}
    wanted = max(1, policy.minimum_language_level)
    for language in teacher.languages:
        if language.level >= wanted > levels.get(language.code, 0):
            others = tuple(spoken for spoken in learner.languages if spoken.code != language.code)
            changed = replace(learner, languages=(*others, Speaks(language.code, wanted)))
            reason = Reason("matching.change.language", {"code": language.code, "level": wanted})
            yield Change(changed, wanted - levels.get(language.code, 0), reason)


def add_topic(learner: Party, teacher: Party, policy: Policy) -> Iterator[Change]:
    """Yield the learner asking, as a beginner, for something else that the teacher offers."""
    last = max((need.priority for need in learner.needs), default=1)
    asked = {need.capacity for need in learner.needs}
    for offer in teacher.offers:
        if offer.capacity in asked:
            continue
        steps = [steps_between(need.capacity, offer.capacity, policy.parents) for need in learner.needs]
        amount = min((step for step in steps if step is not None), default=NO_KIN)
        changed = replace(learner, needs=(*learner.needs, Topic(offer.capacity, BEGINNER, last)))
        yield Change(
            changed, amount, Reason("matching.change.topic", {"topic": offer.capacity, "priority": last})
        )


CHANGES: dict[str, Callable[[Party, Party, Policy], Iterator[Change]]] = {
    "format_agrees": accept_format,
    "hours_overlap": add_hours,
    "dates_overlap": add_dates,
    "common_language": learn_language,
    "shares_a_topic": add_topic,
    "teaches_above": add_topic,
}
