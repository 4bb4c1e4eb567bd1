"""What a plan lacks, what is odd about it, and when an emergency contact goes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from talka.exchanges.rules import (
    PlanFacts,
    PlanLimits,
    emergency_contact_goes_at,
    missing,
    oddities,
    shows_emergency_contact,
)
from talka.kernel.reasons import Reason

TODAY = date(2027, 6, 1)
LIMITS = PlanLimits(3, 5, 10, 15, visits_from=date(2027, 7, 1), visits_until=date(2027, 9, 30))
WHOLE = PlanFacts(
    goals="A budget",
    project="The summer school",
    starts_on=date(2027, 7, 5),
    ends_on=date(2027, 7, 7),
    city="Warsaw",
    place="The library",
    item_days=(date(2027, 7, 5), date(2027, 7, 6), date(2027, 7, 7)),
    question_count=10,
    traveller_count=1,
)


def keys(facts, today=TODAY):
    return [reason.key for reason in missing(facts, LIMITS, today=today)]


def test_a_whole_plan_lacks_nothing():
    assert missing(WHOLE, LIMITS, today=TODAY) == ()
    assert oddities(WHOLE, LIMITS) == ()


def test_an_empty_plan_lacks_everything():
    assert keys(PlanFacts()) == [
        "exchanges.no_goals",
        "exchanges.no_project",
        "exchanges.no_city",
        "exchanges.no_place",
        "exchanges.no_days",
        "exchanges.questions_not_as_many",
    ]


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({"goals": " \n"}, "exchanges.no_goals"),
        ({"project": ""}, "exchanges.no_project"),
        ({"city": ""}, "exchanges.no_city"),
        ({"place": ""}, "exchanges.no_place"),
        ({"starts_on": None}, "exchanges.no_days"),
        ({"ends_on": None}, "exchanges.no_days"),
        ({"question_count": 9}, "exchanges.questions_not_as_many"),
        ({"question_count": 16}, "exchanges.questions_not_as_many"),
        ({"item_days": (date(2027, 7, 5), date(2027, 7, 7))}, "exchanges.day_is_empty"),
        ({"item_days": (*WHOLE.item_days, date(2027, 7, 8))}, "exchanges.item_outside"),
    ],
)
def test_each_gap_is_named_alone(change, lacking):
    assert keys(replace(WHOLE, **change)) == [lacking]


@pytest.mark.parametrize("count", [10, 11, 15])
def test_ten_to_fifteen_questions_are_enough(count):
    assert keys(replace(WHOLE, question_count=count)) == []


@pytest.mark.parametrize(("days", "lacking"), [(2, True), (3, False), (4, False), (5, False), (6, True)])
def test_a_visit_takes_three_to_five_days(days, lacking):
    planned = tuple(date(2027, 7, 5) + timedelta(days=count) for count in range(days))
    facts = replace(WHOLE, ends_on=planned[-1], item_days=planned)
    limit = Reason("exchanges.days_not_as_many", {"count": days, "least": 3, "most": 5})
    assert missing(facts, LIMITS, today=TODAY) == ((limit,) if lacking else ())


def test_a_visit_of_centuries_is_named_once_and_not_day_by_day():
    assert keys(replace(WHOLE, ends_on=date.max)) == ["exchanges.days_not_as_many"]


@pytest.mark.parametrize(
    ("today", "lacking"),
    [
        (date(2027, 7, 4), []),
        (date(2027, 7, 5), ["exchanges.days_not_ahead"]),
        (date(2027, 7, 6), ["exchanges.days_not_ahead"]),
    ],
)
def test_a_visit_begins_after_today(today, lacking):
    assert keys(WHOLE, today=today) == lacking


@pytest.mark.parametrize(
    ("first", "last", "odd"),
    [
        (date(2027, 7, 1), date(2027, 7, 3), False),
        (date(2027, 6, 30), date(2027, 7, 2), True),
        (date(2027, 9, 28), date(2027, 9, 30), False),
        (date(2027, 9, 29), date(2027, 10, 1), True),
    ],
)
def test_days_outside_the_visits_stage_are_odd_and_never_missing(first, last, odd):
    facts = replace(WHOLE, starts_on=first, ends_on=last)
    values = {"first": "2027-07-01", "last": "2027-09-30"}
    assert oddities(facts, LIMITS) == ((Reason("exchanges.outside_visits", values),) if odd else ())
    assert "exchanges.outside_visits" not in keys(facts)


def test_a_visit_to_which_nobody_travels_is_odd():
    assert oddities(replace(WHOLE, traveller_count=0), LIMITS) == (Reason("exchanges.nobody_travels"),)


def test_an_emergency_contact_goes_when_the_fourteenth_day_after_the_visit_has_ended_there():
    there = ZoneInfo("Europe/Warsaw")
    assert emergency_contact_goes_at(date(2027, 7, 7), "Europe/Warsaw") == datetime(2027, 7, 22, tzinfo=there)
    # The last Sunday of October has 25 hours; the day ends in winter time.
    goes_at = emergency_contact_goes_at(date(2027, 10, 17), "Europe/Warsaw")
    assert goes_at.astimezone(UTC) == datetime(2027, 10, 31, 23, tzinfo=UTC)
    assert emergency_contact_goes_at(date(2028, 2, 15), "UTC") == datetime(2028, 3, 1, tzinfo=UTC)


SECOND = timedelta(seconds=1)
GOES = datetime(2027, 7, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("is_approved", "now", "shown"),
    [
        (True, GOES - SECOND, True),
        (True, GOES, False),
        (True, GOES + SECOND, False),
        (False, GOES - SECOND, False),
    ],
)
def test_an_emergency_contact_is_shown_from_approval_until_it_goes(is_approved, now, shown):
    assert shows_emergency_contact(is_approved=is_approved, goes_at=GOES, now=now) == shown
