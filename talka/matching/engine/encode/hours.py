"""Weekly hours become real ones: the quarters of an hour in which a meeting can begin, day by day.

Somebody is free at an instant when the clock on their wall shows a time within one of their slots. So an
hour that the clock skips in spring is no time at all, and one it shows twice in autumn counts twice. A
quarter counts when all of it is free. Every day has a lane of 128 bits, bit 0 its first quarter; a bit is set
where somebody can begin a meeting. Two can meet where both have a bit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from talka.matching.engine.values import Party, Policy, Slot

QUARTER = 15
"""Minutes. No zone's clock is off by less since 1972."""
MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY
QUARTERS_A_WEEK = MINUTES_A_WEEK // QUARTER
LANE = 128
LONGEST_MEETING = 360
"""Minutes. The longest day has 25 hours; with what runs over into the next a lane holds it."""
LONGEST_PERIOD = 731
"""Days."""
MONDAY = 3 * MINUTES_A_DAY // QUARTER
"""What turns the quarters since 1970, which began on a Thursday, into quarters of a week."""
KEPT = 4096
"""How many expansions are remembered: at 16 bytes a day, about 10 MB for half a year."""


@dataclass(frozen=True)
class Day:
    """A day of the calendar: its first quarter since 1970 in UTC, and how many quarters it has."""

    first: int
    quarters: int


@dataclass(frozen=True)
class Stretch:
    """A part of a lane in which a zone's clock runs evenly: its first bit, the next after its last, and the
    quarter of the local week at which it begins."""

    start: int
    end: int
    quarter: int


Calendar = tuple[tuple[date, date], str, int]
"""The period, the zone that counts its days, and the quarters of a meeting: what expansions depend on."""


def calendar_of(policy: Policy) -> Calendar | None:
    """Return the calendar of the policy, or None if it has no period."""
    if policy.period is None:
        return None
    return policy.period, policy.zone, -(-policy.meeting_minutes // QUARTER)


@lru_cache(maxsize=16)
def days_of(calendar: Calendar) -> tuple[Day, ...]:
    """Return the days of the calendar: 23, 24 or 25 hours, as its zone has them."""
    (first, last), name, _ = calendar
    dates = [first + timedelta(days=number) for number in range((last - first).days + 2)]
    # Where midnight is skipped, the offset before the change gives the first instant after it.
    midnights = [datetime(each.year, each.month, each.day, tzinfo=ZoneInfo(name)) for each in dates]
    starts = [int(midnight.timestamp()) // 60 // QUARTER for midnight in midnights]
    return tuple(Day(start, end - start) for start, end in pairwise(starts))


@lru_cache(maxsize=1024)
def stretches_of(zone: str, calendar: Calendar) -> tuple[tuple[Stretch, ...], ...]:
    """Return the even stretches of the zone's clock in the lane of each day: one, or two around a change."""
    lanes = []
    for day in days_of(calendar):
        before, after = _offset(zone, day.first), _offset(zone, day.first + LANE - 1)
        low, high = 0, LANE
        if before != after:
            low = _first_with(zone, day.first, after)
        pieces = [(0, low, before), (low, high, after)]
        lanes.append(
            tuple(
                Stretch(start, end, (day.first + start + offset + MONDAY) % QUARTERS_A_WEEK)
                for start, end, offset in pieces
                if start < end
            )
        )
    return tuple(lanes)


def shifts_between(zone: str, other: str, calendar: Calendar) -> list[int]:
    """Return by how many minutes the other zone's clock is ahead of the zone's, each amount there is."""
    both = zip(stretches_of(zone, calendar), stretches_of(other, calendar), strict=True)
    pairs = {(ours[0].quarter, theirs[0].quarter) for ours, theirs in both}
    return sorted({(there - here) * QUARTER for here, there in pairs})


def _first_with(zone: str, first: int, offset: int) -> int:
    """Return the bit of the lane at which the zone changes to the offset."""
    low, high = 0, LANE - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _offset(zone, first + middle) == offset else (middle, high)
    return high


def _offset(zone: str, quarter: int) -> int:
    """Return how many quarters the zone is ahead of UTC in a quarter since 1970."""
    instant = datetime.fromtimestamp(quarter * QUARTER * 60, UTC)
    ahead = instant.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    return int(ahead.total_seconds()) // 60 // QUARTER


def week_of(slots: tuple[Slot, ...]) -> int:
    """Return the quarters of a week that are wholly within the slots, as bits from Monday's midnight on."""
    whole: list[list[int]] = []
    for start, end in sorted(_minutes(slots)):
        if whole and start <= whole[-1][1]:
            whole[-1][1] = max(end, whole[-1][1])
        else:
            whole.append([start, end])
    week = 0
    for start, end in whole:
        first, last = -(-start // QUARTER), end // QUARTER
        week |= ((1 << max(last - first, 0)) - 1) << first
    return week


def _minutes(slots: tuple[Slot, ...]) -> Iterator[tuple[int, int]]:
    """Yield where the slots begin and end, in minutes since Monday's midnight, cut at the end of the week."""
    for slot in slots:
        start = slot.weekday * MINUTES_A_DAY + slot.starts
        length = (slot.ends - slot.starts) % MINUTES_A_DAY or MINUTES_A_DAY
        yield start, min(start + length, MINUTES_A_WEEK)
        if start + length > MINUTES_A_WEEK:
            yield 0, start + length - MINUTES_A_WEEK


def runs(bits: int, length: int) -> int:
    """Return the bits with which a run of that many set bits begins."""
    done = 1
    while done < length:
        step = min(done, length - done)
        bits &= bits >> step
        done += step
    return bits


def expand(slots: tuple[Slot, ...], zone: str, calendar: Calendar, days: range | list[int]) -> bytes:
    """Return the lanes of those days: where somebody with such slots in such a zone can begin a meeting."""
    length = calendar[2]
    week = week_of(slots)
    free = week | week << QUARTERS_A_WEEK
    begins = runs(free, length)
    all_days, all_stretches = days_of(calendar), stretches_of(zone, calendar)
    lanes = []
    for number in days:
        day, stretches = (1 << all_days[number].quarters) - 1, all_stretches[number]
        if len(stretches) == 1:
            lane = begins >> stretches[0].quarter
        else:
            lane = 0
            for piece in stretches:
                lane |= (free >> piece.quarter & ((1 << piece.end - piece.start) - 1)) << piece.start
            lane = runs(lane, length)
        lanes.append((lane & day).to_bytes(LANE // 8, "little"))
    return b"".join(lanes)


@lru_cache(maxsize=KEPT)
def _lanes(slots: tuple[Slot, ...], zone: str, calendar: Calendar) -> int:
    """Return the lanes of all days as one number."""
    return int.from_bytes(expand(slots, zone, calendar, range(len(days_of(calendar)))), "little")


@lru_cache(maxsize=16)
def _ones(count: int) -> tuple[int, int]:
    """Return what carries any set bit of a lane to its last bit, and those last bits, for so many lanes."""
    lowest = sum(1 << LANE * number for number in range(count))
    return lowest * ((1 << LANE - 1) - 1), lowest << LANE - 1


def days_to_meet(learner: Party, teacher: Party, policy: Policy) -> int | None:
    """Return the days of the period on which the two can meet, or None if that is not known."""
    return days_for_all((learner, teacher), policy)


def days_for_all(parties: Iterable[Party], policy: Policy) -> int | None:
    """Return the days of the period on which all of them can meet, or None if that is not known."""
    calendar = calendar_of(policy)
    if calendar is None:
        return None
    together = -1
    for party in parties:
        if party.hours is None or not party.zone:
            return None
        together &= _lanes(party.hours, party.zone, calendar)
    carry, last = _ones(len(days_of(calendar)))
    return ((together + carry) & last).bit_count()


def kinds_of_days(calendar: Calendar, zones: Iterable[str]) -> tuple[list[int], list[int]]:
    """Return one day of each kind and how many there are: days that are alike on the clocks of the zones."""
    shared = list(
        zip(days_of(calendar), *(stretches_of(zone, calendar) for zone in sorted(zones)), strict=True)
    )
    numbers: dict[Any, list[int]] = {}
    for number, (day, *stretches) in enumerate(shared):
        numbers.setdefault((day.quarters, *stretches), []).append(number)
    return [alike[0] for alike in numbers.values()], [len(alike) for alike in numbers.values()]
