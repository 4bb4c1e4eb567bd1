"""Hours of every week become real ones: counted again minute by minute, across changes of the clocks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine import Party, Policy, Reason, Slot
from talka.matching.engine.encode.hard import hours_overlap
from talka.matching.engine.encode.hours import QUARTERS_A_WEEK, days_of, days_to_meet, runs, week_of
from talka.matching.engine.encode.soft import hours
from tests.thoroughness import examples

KINDLY = settings(max_examples=examples(200), deadline=None, derandomize=True, database=None)
ZONES = (
    "Europe/Warsaw",
    "America/New_York",
    "America/Santiago",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Antarctica/Troll",
    "UTC",
)
CHANGES = (
    date(2027, 3, 28),
    date(2027, 10, 31),
    date(2027, 3, 14),
    date(2027, 11, 7),
    date(2027, 4, 4),
    date(2027, 9, 26),
    date(2027, 2, 7),
    date(2027, 4, 30),
    date(2027, 3, 29),
    date(2027, 10, 3),
)
"""Days on which clocks change somewhere."""
EVENING, NIGHT = Slot(0, 18 * 60, 20 * 60), Slot(6, 22 * 60, 2 * 60)


def policy_for(first: date, days: int = 7, zone: str = "UTC", minutes: int = 60) -> Policy:
    """Return a policy for a few days."""
    period = first, first + timedelta(days=days - 1)
    return Policy(hard=(), weights={"hours": 1}, period=period, zone=zone, meeting_minutes=minutes)


def is_free(slots, zone, instant) -> bool:
    """Look at the clock on the wall, and tell whether it shows a time within a slot."""
    local = instant.astimezone(ZoneInfo(zone))
    minute = local.weekday() * 1440 + local.hour * 60 + local.minute
    for slot in slots:
        start = slot.weekday * 1440 + slot.starts
        end = slot.weekday * 1440 + slot.ends + (1440 if slot.ends <= slot.starts else 0)
        if start <= minute < end or start <= minute + 7 * 1440 < end:
            return True
    return False


def counted(one: Party, other: Party, policy: Policy) -> int:
    """Count the days on which a meeting can begin at a quarter of an hour, minute by minute."""
    zone = ZoneInfo(policy.zone)
    first, last = policy.period
    begin = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC) - timedelta(hours=3)
    minutes = ((last - first).days + 1) * 1440 + 12 * 60
    both = []
    for number in range(minutes):
        instant = begin + timedelta(minutes=number)
        both.append(is_free(one.hours, one.zone, instant) and is_free(other.hours, other.zone, instant))
    length = -(-policy.meeting_minutes // 15) * 15
    days = {
        (begin + timedelta(minutes=number)).astimezone(zone).date()
        for number in range(0, minutes - length, 15)
        if all(both[number : number + length])
    }
    return len({day for day in days if first <= day <= last})


slots = st.builds(
    Slot,
    st.integers(0, 6),
    st.sampled_from((0, 60, 90, 610, 1080, 1380)),
    st.sampled_from((45, 130, 700, 1440)),
)
weeks = st.lists(slots, max_size=4).map(tuple)


@KINDLY
@given(weeks, weeks, st.data())
def test_the_meetings_are_those_that_clocks_on_two_walls_allow(mine, yours, data):
    zones = st.sampled_from(ZONES)
    one, other = Party("a", hours=mine, zone=data.draw(zones)), Party("b", hours=yours, zone=data.draw(zones))
    first = data.draw(st.sampled_from(CHANGES)) - timedelta(days=data.draw(st.integers(0, 4)))
    minutes = data.draw(st.sampled_from((15, 50, 60, 120, 360)))
    policy = policy_for(first, 5, data.draw(zones), minutes)
    assert days_to_meet(one, other, policy) == counted(one, other, policy)
    assert days_to_meet(one, other, policy) == days_to_meet(other, one, policy)


@pytest.mark.parametrize(
    ("zone", "slot", "day", "minutes", "expected"),
    [
        # In Warsaw 02:00 becomes 03:00 on 28 March, and 03:00 becomes 02:00 on 31 October.
        ("Europe/Warsaw", Slot(6, 120, 180), date(2027, 3, 28), 15, 0),
        ("Europe/Warsaw", Slot(6, 60, 240), date(2027, 3, 28), 120, 1),
        ("Europe/Warsaw", Slot(6, 60, 240), date(2027, 3, 28), 135, 0),
        ("Europe/Warsaw", Slot(6, 120, 180), date(2027, 10, 31), 120, 1),
        ("Europe/Warsaw", Slot(6, 120, 180), date(2027, 10, 31), 135, 0),
    ],
)
def test_a_skipped_hour_is_no_time_and_a_doubled_one_counts_twice(zone, slot, day, minutes, expected):
    somebody = Party("a", hours=(slot,), zone=zone)
    assert days_to_meet(somebody, somebody, policy_for(day, 1, zone, minutes)) == expected


def test_two_sides_that_change_their_clocks_on_different_dates_meet_only_in_between():
    warsaw = Party("a", hours=(Slot(0, 18 * 60, 19 * 60),), zone="Europe/Warsaw")
    new_york = Party("b", hours=(Slot(0, 13 * 60, 14 * 60),), zone="America/New_York")
    # Six hours apart, but five from 14 to 28 March: of nine Mondays two.
    policy = policy_for(date(2027, 2, 22), 63)
    assert days_to_meet(warsaw, new_york, policy) == 2
    assert hours(warsaw, new_york, policy) == (333, Reason("matching.part.hours", {"meetings": 2}))


def test_a_slot_runs_over_midnight_and_over_the_end_of_the_week():
    assert week_of((NIGHT,)) == ((1 << 8) - 1) << (QUARTERS_A_WEEK - 8) | (1 << 8) - 1
    sunday = Party("a", hours=(NIGHT,), zone="UTC")
    monday = Party("b", hours=(Slot(0, 60, 120),), zone="UTC")
    assert days_to_meet(sunday, monday, policy_for(date(2027, 5, 1), 31)) == 5


def test_a_quarter_counts_when_slots_cover_it_together():
    parts = (Slot(6, 23 * 60 + 50, 10), Slot(0, 10, 30), Slot(2, 600, 607), Slot(2, 607, 615))
    assert week_of(parts) == week_of((Slot(0, 0, 30), Slot(2, 600, 615)))


def test_at_most_one_meeting_a_day_as_the_calendar_of_the_programme_counts_days():
    somebody = Party("a", hours=(Slot(0, 17 * 60, 20 * 60),), zone="America/Mexico_City")
    assert days_to_meet(somebody, somebody, policy_for(date(2027, 6, 7), 7, "America/Mexico_City")) == 1
    # The same evening lies on two days of Greenwich.
    assert days_to_meet(somebody, somebody, policy_for(date(2027, 6, 7), 7)) == 2


def test_who_gave_no_hours_is_unknown_and_who_has_none_cannot():
    policy = policy_for(date(2027, 5, 1))
    known, unsaid = Party("a", hours=(EVENING,), zone="UTC"), Party("b", zone="UTC")
    assert hours_overlap(known, unsaid, policy) is None
    assert hours(known, unsaid, policy) == (0, Reason("matching.part.hours_unknown"))
    assert hours_overlap(known, Party("b", hours=(), zone="UTC"), policy) is False
    assert hours_overlap(known, Party("b", hours=(EVENING,)), policy) is None
    assert hours_overlap(known, known, Policy(hard=(), weights={})) is None
    assert hours_overlap(known, known, policy) is True


@pytest.mark.parametrize("zone", ZONES)
def test_the_days_of_a_year_follow_each_other_without_a_gap(zone):
    days = days_of(((date(2027, 1, 1), date(2027, 12, 31)), zone, 4))
    assert (len(days), {day.quarters for day in days} <= {92, 94, 96, 98, 100, 88, 104}) == (365, True)
    assert all(day.first + day.quarters == after.first for day, after in pairwise(days))


@given(st.integers(0, 2**40), st.integers(1, 12))
@KINDLY
def test_runs_begin_where_so_many_bits_follow(bits, length):
    mask = (1 << length) - 1
    assert runs(bits, length) == sum(1 << place for place in range(41) if bits >> place & mask == mask)
