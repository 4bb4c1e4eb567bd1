"""On which days a series meets, on which clock, and when one is reminded."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from talka.gatherings.rules import (
    Pattern,
    ahead,
    days_of,
    may_say_so,
    newest_reminder,
    on_clock,
    reminding_moment,
    stand_ins,
)

VILNIUS = "Europe/Vilnius"


def first(pattern, count):
    return list(islice(days_of(pattern), count))


def test_every_second_week_is_the_same_weekday():
    days = first(Pattern(date(2027, 12, 21), "weekly", every=2), 3)
    assert days == [date(2027, 12, 21), date(2028, 1, 4), date(2028, 1, 18)]


@pytest.mark.parametrize(
    ("begins", "days"),
    [
        (date(2027, 1, 31), [(1, 31), (2, 28), (3, 31), (4, 30)]),
        (date(2028, 1, 31), [(1, 31), (2, 29), (3, 31), (4, 30)]),
        (date(2028, 1, 30), [(1, 30), (2, 29), (3, 30), (4, 30)]),
        (date(2027, 1, 29), [(1, 29), (2, 28), (3, 29), (4, 29)]),
        (date(2028, 2, 29), [(2, 29), (3, 29), (4, 29), (5, 29)]),
    ],
)
def test_a_month_that_is_too_short_has_its_last_day_and_the_next_one_the_right_day(begins, days):
    found = first(Pattern(begins, "monthly_day"), 4)
    assert [(day.month, day.day) for day in found] == days


def test_a_leap_day_every_twelve_months_is_the_last_of_february():
    days = first(Pattern(date(2028, 2, 29), "monthly_day", every=12), 5)
    assert [day.day for day in days] == [29, 28, 28, 28, 29]


def test_the_second_tuesday_and_the_last_friday_of_a_month():
    assert first(Pattern(date(2027, 3, 9), "monthly_weekday"), 3) == [
        date(2027, 3, 9),
        date(2027, 4, 13),
        date(2027, 5, 11),
    ]
    # 30 April 2027 is a fifth Friday; May has only four.
    assert first(Pattern(date(2027, 4, 30), "monthly_weekday"), 3) == [
        date(2027, 4, 30),
        date(2027, 5, 28),
        date(2027, 6, 25),
    ]


def test_a_series_ends_on_its_last_day_or_after_so_many():
    assert first(Pattern(date(2027, 3, 1), "weekly", until_on=date(2027, 3, 15)), 9) == [
        date(2027, 3, 1),
        date(2027, 3, 8),
        date(2027, 3, 15),
    ]
    assert len(first(Pattern(date(2027, 3, 1), "monthly_day", count=2), 9)) == 2


RHYTHMS = ["weekly", "monthly_day", "monthly_weekday"]
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(
    begins=DAYS,
    every=st.integers(1, 12),
    rhythm=st.sampled_from(["weekly", "monthly_day", "monthly_weekday"]),
)
def test_the_days_are_those_that_dateutil_counts_out(begins, every, rhythm):
    week = (begins.day - 1) // 7 + 1
    options = {
        "weekly": {"freq": rrule.WEEKLY},
        "monthly_day": {
            "freq": rrule.MONTHLY,
            "bymonthday": tuple(range(28, begins.day + 1)) or (begins.day,),
            "bysetpos": -1,
        },
        "monthly_weekday": {
            "freq": rrule.MONTHLY,
            "byweekday": rrule.weekday(begins.weekday(), week if week < 5 else -1),
        },
    }[rhythm]
    start = datetime.combine(begins, time())
    expected = [one.date() for one in rrule.rrule(dtstart=start, interval=every, count=30, **options)]
    assert first(Pattern(begins, rhythm, every=every), 30) == expected


@given(begins=DAYS, weeks=st.integers(0, 60), at=st.times().map(lambda one: one.replace(microsecond=0)))
def test_the_clock_shows_the_same_time_unless_that_hour_is_jumped_over(begins, weeks, at):
    day = begins + timedelta(weeks=weeks)
    moment = on_clock(day, at, VILNIUS)
    there = moment.astimezone(ZoneInfo(VILNIUS)).replace(tzinfo=None)
    assert there - datetime.combine(day, at) in (timedelta(0), timedelta(hours=1))
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "hour"),
    [(date(2027, 3, 27), 16), (date(2027, 3, 28), 15), (date(2027, 10, 30), 15), (date(2027, 10, 31), 16)],
)
def test_six_in_the_evening_is_another_hour_in_utc_on_the_other_side_of_the_change(day, hour):
    assert on_clock(day, time(18), VILNIUS) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_the_one_after_it_and_one_that_comes_twice_is_the_first():
    assert on_clock(date(2027, 3, 28), time(3, 30), VILNIUS) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert on_clock(date(2027, 10, 31), time(3, 30), VILNIUS) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_twelve_weeks_are_made_ahead_and_six_meetings_at_least():
    now = datetime(2027, 3, 10, 12, tzinfo=UTC)
    weekly = ahead(Pattern(date(2027, 3, 2), "weekly"), time(18), VILNIUS, now=now)
    assert (weekly[0][0], weekly[-1][0], len(weekly)) == (date(2027, 3, 16), date(2027, 6, 1), 12)
    monthly = ahead(Pattern(date(2027, 1, 15), "monthly_day"), time(18), VILNIUS, now=now)
    assert [day.month for day, _moment in monthly] == [3, 4, 5, 6, 7, 8]


def test_days_move_to_the_nearest_new_one_and_not_into_another_week():
    old = [date(2027, 3, 15), date(2027, 3, 22), date(2027, 3, 29)]
    new = [date(2027, 3, 17), date(2027, 3, 22), date(2027, 4, 5)]
    assert stand_ins(old, new, rhythm="weekly") == {
        date(2027, 3, 15): date(2027, 3, 17),
        date(2027, 3, 22): date(2027, 3, 22),
    }


@pytest.mark.parametrize(
    ("place", "moment"),
    [
        # The clocks go forward on 28 March: the day before is still winter there.
        ("Europe/Vilnius", datetime(2027, 3, 27, 7, 0, tzinfo=UTC)),
        # 9:00 UTC is half past two in the afternoon there.
        ("Asia/Kolkata", datetime(2027, 3, 27, 3, 30, tzinfo=UTC)),
        # There the meeting is late on the 27th, so the day before is the 26th.
        ("Pacific/Honolulu", datetime(2027, 3, 26, 19, 0, tzinfo=UTC)),
    ],
)
def test_one_is_reminded_at_nine_on_the_day_before_where_one_lives(place, moment):
    assert reminding_moment(datetime(2027, 3, 28, 9, 0, tzinfo=UTC), place) == moment


def test_an_action_item_is_reminded_of_four_times_and_after_a_pause_only_by_the_newest():
    due = date(2027, 3, 29)
    # Nine in Vilnius: on 26 March in winter time, from 2 April on in summer time.
    begins = datetime(2027, 3, 26, 7, 0, tzinfo=UTC)
    assert newest_reminder(due, VILNIUS, now=begins - timedelta(seconds=1)) is None
    assert newest_reminder(due, VILNIUS, now=begins) == 0
    second = datetime(2027, 4, 2, 6, 0, tzinfo=UTC)
    assert newest_reminder(due, VILNIUS, now=second - timedelta(seconds=1)) == 0
    assert newest_reminder(due, VILNIUS, now=second) == 1
    assert newest_reminder(due, VILNIUS, now=second + timedelta(days=14)) == 3
    assert newest_reminder(due, VILNIUS, now=second + timedelta(days=400)) == 3


def test_people_say_that_they_were_there_from_the_beginning_until_a_week_after_the_end():
    starts_at, ends_at = datetime(2027, 3, 1, 10, tzinfo=UTC), datetime(2027, 3, 1, 11, tzinfo=UTC)
    asked = [
        starts_at - timedelta(seconds=1),
        starts_at,
        ends_at + timedelta(days=6),
        ends_at + timedelta(days=7),
    ]
    assert [may_say_so(ends_at, starts_at, now=now) for now in asked] == [False, True, True, False]
