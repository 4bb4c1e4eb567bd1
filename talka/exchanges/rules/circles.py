"""When the most members of a circle could meet: in the hours they said, else while people are awake."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from talka.matching.engine import Slot

AWAKE_FROM, AWAKE_UNTIL = 8 * 60, 22 * 60
"""Minutes since midnight on the clock of who has not said when they have time."""
A_QUARTER, AN_HOUR = timedelta(minutes=15), timedelta(hours=1)
A_DAY, A_WEEK = 24 * 60, 7 * 24 * 60
DAYS_AHEAD, MOST_MEETINGS = 7, 5


@dataclass(frozen=True)
class Member:
    """Whose clock counts, and when they said they have time in a usual week; None where they did not."""

    zone: str
    hours: tuple[Slot, ...] | None


@dataclass(frozen=True)
class Meeting:
    """A stretch of whole hours at which so many of all could meet."""

    starts_at: datetime
    ends_at: datetime
    free: int
    of: int


def best_meetings(members: Sequence[Member], *, now: datetime) -> list[Meeting]:
    """List the next stretches at which as many as possible could meet, within a week, the soonest first.

    Fewer than half of the members are no meeting of the circle.
    """
    counts = list(_counts(members, now))
    best = max((count for _hour, count in counts), default=0)
    if best < 2 or best * 2 < len(members):
        return []
    found = []
    for is_best, stretch in groupby(counts, key=lambda counted: counted[1] == best):
        hours = [hour for hour, _count in stretch]
        if is_best:
            found.append(Meeting(hours[0], hours[-1] + AN_HOUR, best, len(members)))
    return found[:MOST_MEETINGS]


def _counts(members: Sequence[Member], now: datetime) -> Iterator[tuple[datetime, int]]:
    """Yield each hour of the next days with how many are free in all of it."""
    first = now.replace(minute=0, second=0, microsecond=0) + AN_HOUR
    for number in range(DAYS_AHEAD * 24):
        hour = first + number * AN_HOUR
        yield hour, sum(is_free(member, hour) for member in members)


def is_free(member: Member, hour: datetime) -> bool:
    """Tell whether somebody has time in all of an hour, on the clock of where they are."""
    return all(_has_time(member, hour + number * A_QUARTER) for number in range(4))


def _has_time(member: Member, moment: datetime) -> bool:
    there = moment.astimezone(ZoneInfo(member.zone))
    minute = there.hour * 60 + there.minute
    if member.hours is None:
        return AWAKE_FROM <= minute < AWAKE_UNTIL
    return any(_within(slot, there.weekday() * A_DAY + minute) for slot in member.hours)


def _within(slot: Slot, minute: int) -> bool:
    """Tell whether a minute of the week is in a slot, which may run over midnight and over the week's end."""
    length = (slot.ends - slot.starts) % A_DAY or A_DAY
    return (minute - slot.weekday * A_DAY - slot.starts) % A_WEEK < length
