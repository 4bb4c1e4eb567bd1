"""The days of a cycle's stages."""

from datetime import date

import pytest
from blueprint_samples import small

from talka.blueprints.dates import PlannedStage, first_year, plan_dates
from talka.blueprints.reading import shipped
from talka.blueprints.schema import check_blueprint


def planned(*stages, year=2027):
    data = small()
    data["stages"] += [{"name": "x", **stage} for stage in stages]
    return {stage.stage: stage[1:] for stage in plan_dates(check_blueprint(data), year=year)}


def first_stage(start, *, year, **length):
    data = small()
    data["stages"][0] = {"key": "calling", "name": "Call", "starts": start, **length}
    return plan_dates(check_blueprint(data), year=year)[0][1:]


@pytest.mark.parametrize(
    ("start", "year", "last"),
    [
        ("01-28", 2027, date(2027, 2, 27)),
        ("01-29", 2027, date(2027, 2, 28)),
        ("01-30", 2027, date(2027, 2, 28)),
        ("01-31", 2027, date(2027, 2, 28)),
        ("01-29", 2028, date(2028, 2, 28)),
        ("01-30", 2028, date(2028, 2, 29)),
        ("01-31", 2028, date(2028, 2, 29)),
        ("02-01", 2027, date(2027, 2, 28)),
        ("02-01", 2028, date(2028, 2, 29)),
        ("03-31", 2027, date(2027, 4, 30)),
        ("12-01", 2027, date(2027, 12, 31)),
        ("12-15", 2027, date(2028, 1, 14)),
    ],
)
def test_a_month_is_a_calendar_month(start, year, last):
    assert first_stage(start, year=year, lasts_months=1)[1] == last


def test_one_day_starts_and_ends_on_itself():
    assert first_stage("02-28", year=2028, lasts_days=1) == (date(2028, 2, 28), date(2028, 2, 28))


def test_days_count_the_leap_day():
    assert first_stage("02-28", year=2028, lasts_days=3) == (date(2028, 2, 28), date(2028, 3, 1))
    assert first_stage("02-28", year=2027, lasts_days=3) == (date(2027, 2, 28), date(2027, 3, 2))


def test_a_stage_after_another_starts_the_next_day():
    assert planned() == {
        "calling": (date(2027, 1, 31), date(2027, 2, 28)),
        "working": (date(2027, 3, 1), date(2027, 3, 10)),
    }


def test_two_stages_may_follow_the_same_one():
    stages = planned({"key": "meeting", "starts": {"after": "calling"}, "lasts_days": 1})
    assert stages["meeting"] == (date(2027, 3, 1), date(2027, 3, 1))


def test_a_day_already_past_is_meant_for_the_next_year():
    stages = planned(
        {"key": "autumn", "starts": "10-15", "lasts_months": 3},
        {"key": "winter", "starts": "01-10", "lasts_days": 5},
    )
    assert stages["autumn"] == (date(2027, 10, 15), date(2028, 1, 14))
    assert stages["winter"] == (date(2028, 1, 10), date(2028, 1, 14))


def test_the_visit_exchange_fills_a_year_from_february():
    stages = plan_dates(shipped()["visit_exchange"], year=2028)
    assert stages[:2] == (
        PlannedStage("outreach", date(2028, 2, 1), date(2028, 2, 29)),
        PlannedStage("applications", date(2028, 3, 1), date(2028, 3, 31)),
    )
    assert stages[-1].ends_on == date(2028, 12, 31)


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2027, 1, 1), 2027),
        (date(2027, 3, 31), 2027),
        (date(2027, 4, 1), 2028),
        (date(2027, 12, 31), 2028),
    ],
)
def test_a_new_cycle_is_meant_for_the_first_year_in_which_it_can_invite(today, year):
    assert first_year(shipped()["visit_exchange"], today=today) == year


def test_a_cycle_without_calls_begins_this_year():
    assert first_year(check_blueprint(small() | {"calls": []}), today=date(2027, 12, 31)) == 2027
