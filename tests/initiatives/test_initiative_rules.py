"""When one asks what became of an initiative, and how its stages follow each other."""

from datetime import UTC, date, datetime

import pytest

from talka.initiatives.rules import Reached, Span, asked_on, nine_o_clock, spans, stage_on, went_back

STAGES = ("idea", "planned", "pilot", "running")
HISTORY = [
    Reached("idea", date(2026, 1, 10)),
    Reached("pilot", date(2026, 6, 1)),
    Reached("pilot", date(2026, 12, 1)),
    Reached("planned", date(2027, 2, 1)),
]


@pytest.mark.parametrize(
    ("heard", "asked", "due"),
    [
        (date(2026, 8, 31), None, date(2027, 2, 28)),
        (date(2026, 8, 31), date(2027, 2, 28), date(2027, 8, 28)),
        (date(2027, 3, 1), date(2027, 2, 28), date(2027, 9, 1)),
    ],
)
def test_one_asks_half_a_year_after_one_heard_or_asked(heard, asked, due):
    assert asked_on(heard, asked) == due


@pytest.mark.parametrize(
    ("now", "zone", "leaves"),
    [
        # Before nine: at nine, in the winter and, after 28 March, in the summer time of Vilnius.
        (datetime(2027, 3, 10, 3, tzinfo=UTC), "Europe/Vilnius", datetime(2027, 3, 10, 7, tzinfo=UTC)),
        (datetime(2027, 3, 28, 1, tzinfo=UTC), "Europe/Vilnius", datetime(2027, 3, 28, 6, tzinfo=UTC)),
        (datetime(2027, 10, 31, 1, tzinfo=UTC), "Europe/Vilnius", datetime(2027, 10, 31, 7, tzinfo=UTC)),
        # By day, after nine: at once. In the evening: at nine on the day after.
        (datetime(2027, 3, 10, 12, tzinfo=UTC), "Europe/Vilnius", datetime(2027, 3, 10, 12, tzinfo=UTC)),
        (datetime(2027, 3, 10, 20, tzinfo=UTC), "Europe/Vilnius", datetime(2027, 3, 11, 7, tzinfo=UTC)),
    ],
)
def test_a_letter_leaves_at_nine_where_its_reader_is(now, zone, leaves):
    there = now.astimezone(nine_o_clock(now.date(), zone, now).tzinfo)
    assert nine_o_clock(there.date(), zone, now) == leaves


def test_after_an_outage_it_leaves_the_next_morning_and_not_at_night():
    now = datetime(2027, 3, 13, 2, tzinfo=UTC)
    assert nine_o_clock(date(2027, 3, 10), "UTC", now) == datetime(2027, 3, 13, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 1, 9), ""),
        (date(2026, 1, 10), "idea"),
        (date(2026, 11, 1), "pilot"),
        (date(2027, 2, 1), "planned"),
    ],
)
def test_the_stage_of_a_day_is_the_last_one_reached_by_then(day, stage):
    assert stage_on(HISTORY, day) == stage


@pytest.mark.parametrize(
    ("before", "after", "is_back"),
    [
        ("pilot", "idea", True),
        ("idea", "pilot", False),
        ("idea", "idea", False),
        ("", "idea", False),
        ("gone", "idea", False),
    ],
)
def test_going_back_is_told_from_going_on(before, after, is_back):
    assert went_back(STAGES, before, after) is is_back


def test_a_stage_that_goes_on_is_one_span_and_the_last_goes_on_until_today():
    assert spans(HISTORY, until=date(2027, 3, 10)) == [
        Span("idea", date(2026, 1, 10), date(2026, 6, 1)),
        Span("pilot", date(2026, 6, 1), date(2027, 2, 1)),
        Span("planned", date(2027, 2, 1), date(2027, 3, 10)),
    ]


def test_nothing_told_makes_no_span():
    assert spans([], until=date(2027, 3, 10)) == []
