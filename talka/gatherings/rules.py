"""On which days a series meets, and when one is reminded: judged on plain values. No Django here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice, takewhile

from talka.kernel.windows import add_months, zone

# So far ahead the meetings of a series are made: whichever of the two reaches further.
WEEKS_AHEAD, FEWEST_AHEAD = 12, 6
# How long after a meeting people may say that they were there.
FRESH = timedelta(days=7)
NINE = time(9)
REMINDERS = 4
# How many days a meeting may move with its series; what would move further is another meeting.
REACH = {"weekly": 3}
REACH_OF_MONTHS = 14
LAST_DAY = date(9000, 1, 1)


@dataclass(frozen=True)
class Pattern:
    """How days follow each other: from the first one on, every so many weeks or months, until an end."""

    first_on: date
    rhythm: str
    every: int = 1
    until_on: date | None = None
    count: int | None = None


def days_of(pattern: Pattern) -> Iterator[date]:
    """List the days of a series in order; without an end they go on for some thousand years.

    A month without a 30th has its last day instead. The fifth weekday of a month is taken for its last.
    """
    days = takewhile(lambda day: day < (pattern.until_on or LAST_DAY) + timedelta(days=1), _steps(pattern))
    return islice(days, pattern.count)


def _steps(pattern: Pattern) -> Iterator[date]:
    first = pattern.first_on
    for number in count():
        step = number * pattern.every
        if pattern.rhythm == "weekly":
            yield first + timedelta(weeks=step)
        elif pattern.rhythm == "monthly_day":
            yield add_months(first, step)
        else:
            yield _same_weekday(first, add_months(first.replace(day=1), step))


def _same_weekday(first: date, month: date) -> date:
    """Return the day of another month that is the same weekday in the same week of it."""
    week = (first.day - 1) // 7
    day = month + timedelta(days=(first.weekday() - month.weekday()) % 7 + 7 * week)
    return day if day.month == month.month else day - timedelta(weeks=1)


def on_clock(day: date, at: time, zone_name: str) -> datetime:
    """Return the moment at which clocks of the zone show the time on the day, in UTC.

    An hour that the clocks jump over is the one after it; of an hour that comes twice it is the first.
    """
    return datetime.combine(day, at, tzinfo=zone(zone_name)).astimezone(UTC)


def ahead(
    pattern: Pattern, at: time, zone_name: str, *, now: datetime, last: date | None = None
) -> list[tuple[date, datetime]]:
    """List the meetings of a series that lie ahead and should be there already: day, and moment.

    With a `last` day they reach at least as far as it does.
    """
    horizon = now + timedelta(weeks=WEEKS_AHEAD)
    found: list[tuple[date, datetime]] = []
    for day in days_of(pattern):
        moment = on_clock(day, at, zone_name)
        if moment > horizon and len(found) >= FEWEST_AHEAD and (last is None or day > last):
            break
        if moment > now:
            found.append((day, moment))
    return found


def stand_ins(old: Sequence[date], new: Sequence[date], *, rhythm: str) -> dict[date, date]:
    """Return for each old day of a series the new day it becomes, as far as there is one near enough.

    A day that stays is its own; of the others each takes the nearest that is free, the earliest first.
    """
    found = {day: day for day in old if day in new}
    free = [day for day in new if day not in found]
    reach = REACH.get(rhythm, REACH_OF_MONTHS)
    for day in sorted(set(old) - set(found)):
        near = [one for one in free if abs((one - day).days) <= reach]
        if near:
            found[day] = min((abs((one - day).days), one) for one in near)[1]
            free.remove(found[day])
    return found


def reminding_moment(starts_at: datetime, zone_name: str) -> datetime:
    """Return when one is reminded of a meeting: at nine on the day before it, where they live."""
    day = starts_at.astimezone(zone(zone_name)).date() - timedelta(days=1)
    return on_clock(day, NINE, zone_name)


def newest_reminder(due_on: date, zone_name: str, *, now: datetime) -> int | None:
    """Return which reminder of an action item is due, from 0 on, or None before the first.

    The first comes three days before the day it is due, the others each a week after the one before. After a
    long pause that is one, not one for each that was missed. Each comes at nine where its owner lives.
    """
    first = due_on - timedelta(days=3)
    moments = [on_clock(first + timedelta(weeks=number), NINE, zone_name) for number in range(REMINDERS)]
    passed = [number for number, moment in enumerate(moments) if moment <= now]
    return passed[-1] if passed else None


def may_say_so(ends_at: datetime, starts_at: datetime, *, now: datetime) -> bool:
    """Tell whether people may say now that they were there: from its beginning until a week after its end."""
    return starts_at <= now < ends_at + FRESH
