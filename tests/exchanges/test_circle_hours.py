"""When a circle could meet: in the hours its members said, on their own clocks, also when these change."""

from datetime import UTC, datetime, timedelta

import pytest

from talka.exchanges.rules.circles import Meeting, Member, best_meetings, is_free
from talka.matching.engine import Slot

# A Wednesday.
NOW = datetime(2027, 3, 10, 12, 10, tzinfo=UTC)
FRIDAY_EVENING = (Slot(4, 18 * 60, 21 * 60),)


def member(zone="UTC", hours=None):
    """Return a member of a circle."""
    return Member(zone, hours)


def at(day, hour):
    """Return an hour of March 2027 in UTC."""
    return datetime(2027, 3, day, hour, tzinfo=UTC)


def test_the_soonest_hours_that_suit_all_come_first():
    people = [member(hours=FRIDAY_EVENING), member("Europe/Warsaw", FRIDAY_EVENING), member()]
    assert best_meetings(people, now=NOW) == [Meeting(at(12, 18), at(12, 20), 3, 3)]


def test_where_no_hour_suits_all_the_most_count():
    people = [member(), member(), member("Pacific/Auckland"), member("Pacific/Auckland")]
    found = best_meetings(people, now=NOW)
    assert {(one.free, one.of) for one in found} == {(4, 4)}
    apart = [
        member(hours=FRIDAY_EVENING),
        member(hours=(Slot(5, 9 * 60, 10 * 60),)),
        member(hours=FRIDAY_EVENING),
    ]
    assert best_meetings(apart, now=NOW) == [Meeting(at(12, 18), at(12, 21), 2, 3)]


@pytest.mark.parametrize(
    "people",
    [
        [],
        [member()],
        [member(hours=FRIDAY_EVENING), member(hours=(Slot(5, 0, 60),)), member(hours=(Slot(6, 0, 60),))],
    ],
)
def test_fewer_than_half_or_one_alone_is_no_meeting(people):
    assert best_meetings(people, now=NOW) == []


def test_a_slot_may_run_over_midnight_and_over_the_end_of_the_week():
    sunday_night = member(hours=(Slot(6, 23 * 60, 60),))
    assert [is_free(sunday_night, at(14, 22) + timedelta(hours=number)) for number in range(4)] == [
        False,
        True,
        True,
        False,
    ]


def test_an_hour_counts_on_the_clock_after_it_was_changed():
    warsaw = member("Europe/Warsaw", (Slot(6, 18 * 60, 19 * 60),))
    # Clocks go forward on Sunday 28 March 2027.
    assert [is_free(warsaw, at(21, 17)), is_free(warsaw, at(28, 17)), is_free(warsaw, at(28, 16))] == [
        True,
        False,
        True,
    ]


def test_zones_of_half_an_hour_are_free_only_in_whole_hours():
    delhi = member("Asia/Kolkata", (Slot(2, 18 * 60, 19 * 60),))
    assert [is_free(delhi, at(10, hour)) for hour in (12, 13)] == [False, False]
