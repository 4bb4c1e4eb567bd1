"""When reports and reminders are due, and what a complete report has."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from talka.kernel.reasons import Gap, Reason
from talka.kernel.windows import decent_moment
from talka.reports.rules import (
    ReportFacts,
    due_day,
    reminder_of_today,
    reminders,
    what_is_missing,
)

ENDS = date(2027, 9, 9)


@pytest.mark.parametrize(
    ("last_day", "due"),
    [
        (date(2027, 1, 28), date(2027, 2, 28)),
        (date(2027, 1, 29), date(2027, 2, 28)),
        (date(2027, 1, 30), date(2027, 2, 28)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 28), date(2028, 2, 28)),
        (date(2028, 1, 29), date(2028, 2, 29)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2027, 2, 28), date(2027, 3, 28)),
        (date(2027, 3, 31), date(2027, 4, 30)),
        (date(2027, 9, 9), date(2027, 10, 9)),
        (date(2027, 12, 31), date(2028, 1, 31)),
    ],
)
def test_a_report_is_due_one_calendar_month_after_the_last_day(last_day, due):
    assert due_day(last_day, 1) == due


def test_reminders_come_in_order_of_their_days():
    planned = reminders(date(2027, 10, 9), before=[3, 14], after=[1, 7])
    assert [(one.on, one.mark, one.is_late) for one in planned] == [
        (date(2027, 9, 25), "before-14", False),
        (date(2027, 10, 6), "before-3", False),
        (date(2027, 10, 10), "after-1", True),
        (date(2027, 10, 16), "after-7", True),
    ]


@pytest.mark.parametrize(
    ("today", "mark"),
    [
        (date(2027, 9, 24), None),
        (date(2027, 9, 25), "before-14"),
        (date(2027, 10, 5), "before-14"),
        (date(2027, 10, 6), "before-3"),
        (date(2027, 10, 9), "before-3"),
        (date(2027, 10, 10), "after-1"),
        (date(2028, 1, 1), "after-7"),
    ],
)
def test_the_newest_reminder_whose_day_has_come_is_the_one(today, mark):
    planned = reminders(date(2027, 10, 9), before=[14, 3], after=[1, 7])
    found = reminder_of_today(planned, today=today)
    assert (found.mark if found else None) == mark


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ((9, 25, 3, 0), (9, 25, 9, 0)),
        ((9, 25, 9, 0), (9, 25, 9, 0)),
        ((9, 25, 18, 59), (9, 25, 18, 59)),
        ((9, 25, 19, 0), (9, 26, 9, 0)),
        ((9, 30, 23, 30), (10, 1, 9, 0)),
        # The clocks go back in the night of 30 to 31 October: it is nine in the new time.
        ((10, 30, 22, 0), (10, 31, 9, 0)),
    ],
)
def test_letters_leave_by_day(now, leaves):
    warsaw = ZoneInfo("Europe/Warsaw")
    moment = datetime(2027, *now, tzinfo=warsaw).astimezone(UTC)
    assert decent_moment(moment, "Europe/Warsaw") == datetime(2027, *leaves, tzinfo=warsaw)


def test_a_complete_report_lacks_nothing():
    facts = ReportFacts(unanswered={}, evidence_count=1, steps_due=(date(2027, 9, 10),))
    assert what_is_missing(facts, evidence_min=1, steps_min=1, last_day=ENDS) == []


def test_an_empty_report_lacks_everything_each_with_its_reason():
    facts = ReportFacts(unanswered={"did": {"en": "What did you do?"}}, evidence_count=0, steps_due=())
    assert what_is_missing(facts, evidence_min=2, steps_min=1, last_day=ENDS) == [
        Gap("answers", Reason("reports.unanswered", {"question": {"en": "What did you do?"}}), "did"),
        Gap("photos", Reason("reports.evidence_missing", {"count": 2})),
        Gap("steps", Reason("reports.steps_missing", {"count": 1})),
    ]


@pytest.mark.parametrize(("day", "lacking"), [(9, ["reports.step_too_early"]), (10, [])])
def test_a_next_step_comes_after_the_visit(day, lacking):
    facts = ReportFacts(unanswered={}, evidence_count=1, steps_due=(date(2027, 9, day),))
    found = what_is_missing(facts, evidence_min=1, steps_min=1, last_day=ENDS)
    assert [gap.reason.key for gap in found] == lacking
