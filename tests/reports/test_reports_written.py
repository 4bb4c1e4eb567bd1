"""A visit is finished, both sides report, and the coordinators accept."""

from datetime import UTC, date, datetime, timedelta

import pytest

from talka.blueprints.reading import shipped
from talka.exchanges.lifecycle import ExchangeStatus
from talka.files.actions import path_of
from talka.forms.merging import mark
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from talka.people.models import Account
from talka.reports.actions import (
    Incomplete,
    NotWritable,
    StepRefused,
    VisitNotOver,
    accept_report,
    add_evidence,
    add_next_step,
    edit_next_step,
    finish_visit,
    finish_visits,
    remind,
    remove_evidence,
    return_report,
    save_report,
    submit_report,
)
from talka.reports.models import Evidence, Report
from talka.reports.queries import coordinators_question
from tests.reports.report_samples import (
    AFTER,
    ANSWERS,
    drawn_photo,
    fresh,
    make_exchange,
    make_visited,
    write_report,
)

ASKED = {one.key: dict(one.label) for one in shipped()["visit_exchange"].forms["report"].questions}


@pytest.fixture
def planned(cycle, ada, bo, now):
    return make_exchange(cycle, ada.community, bo.community, now)


@pytest.fixture
def report(cycle, ada, bo, now):
    """Return Ada's report, opened after the visit."""
    return make_visited(cycle, ada.community, bo.community, now)[1]


def letters(key):
    return list(Letter.objects.filter(key=key).order_by("pk").values_list("email", "subject"))


def test_a_finished_visit_opens_a_report_for_each_side_and_tells_them(planned, ada, bo):
    reports = finish_visit(exchange=planned, by=ada, now=AFTER)
    assert fresh(planned).status == ExchangeStatus.VISITED
    assert [one.seat.part for one in reports] == ["learns", "teaches"]
    assert [one.due_on for one in reports] == [date(2027, 10, 9)] * 2
    subject = "Your report on the visit: please hand it in by 9 October 2027"
    assert letters("report_due") == [(ada.email, subject), (bo.email, subject)]


@pytest.mark.parametrize(
    ("moment", "is_over"),
    # The last day ends at midnight where the visit took place: 22:00 UTC in summer.
    [(datetime(2027, 9, 9, 21, 59, tzinfo=UTC), False), (datetime(2027, 9, 9, 22, 0, tzinfo=UTC), True)],
)
def test_the_clock_finishes_a_visit_when_its_last_day_is_over_at_the_place(planned, moment, is_over):
    assert finish_visits(now=moment) == int(is_over)
    assert Report.objects.count() == 2 * int(is_over)


def test_the_clock_finishes_a_visit_once(planned):
    assert [finish_visits(now=AFTER), finish_visits(now=AFTER)] == [1, 0]
    assert [entry.actor for entry in Entry.objects.about(planned).filter(verb="visit")] == [None]


def test_a_visit_is_not_over_on_its_last_day(planned, ada):
    with pytest.raises(VisitNotOver) as refused:
        finish_visit(exchange=planned, by=ada, now=datetime(2027, 9, 9, 12, 0, tzinfo=UTC))
    assert refused.value.reasons[0].values == {"day": "2027-09-09"}
    assert fresh(planned).status == ExchangeStatus.PLANNED


def test_a_visit_that_was_not_planned_cannot_be_finished(planned, ada):
    finish_visit(exchange=planned, by=ada, now=AFTER)
    with pytest.raises(NotAllowed):
        finish_visit(exchange=fresh(planned), by=ada, now=AFTER)
    assert Report.objects.count() == 2


def test_each_reminder_is_sent_once_to_each_side_until_the_report_is_there(report, ada, bo):
    day = datetime(2027, 9, 24, 10, 0, tzinfo=UTC)
    # Four times a day from the day before the first reminder to two weeks after the last.
    sent = {}
    for hour in range(0, 24 * 40, 6):
        now = day + timedelta(hours=hour)
        if count := remind(now=now):
            sent[now.date()] = sent.get(now.date(), 0) + count
    assert sent == {
        # Midnight in Warsaw is 22:00 of the day before in UTC.
        date(2027, 9, 24): 2,
        date(2027, 10, 5): 2,
        date(2027, 10, 9): 2,
        date(2027, 10, 15): 2,
    }
    hours = {letter.due_at.hour for letter in Letter.objects.filter(key="report_reminder")}
    assert hours == {7}  # Nine in Warsaw.
    first = "Your report is due on 9 October 2027"
    assert letters("report_reminder")[:2] == [(ada.email, first), (bo.email, first)]
    assert letters("report_reminder")[-1] == (bo.email, "Your report was due on 9 October 2027")


def test_whoever_handed_in_is_not_reminded(report, ada, bo):
    write_report(report, ada, AFTER)
    submit_report(report=report, by=ada, now=AFTER)
    assert remind(now=datetime(2027, 10, 10, 10, 0, tzinfo=UTC)) == 1
    assert [email for email, _ in letters("report_reminder")] == [bo.email]


def test_after_a_long_pause_one_reminder_is_sent_and_not_four(report):
    assert remind(now=datetime(2027, 12, 1, 10, 0, tzinfo=UTC)) == 2
    assert remind(now=datetime(2027, 12, 2, 10, 0, tzinfo=UTC)) == 0


def test_an_incomplete_report_is_refused_with_everything_it_lacks(report, ada):
    save_report(
        report=report, answers={**ANSWERS, "learned": "", "what_happened": ""}, seen={}, by=ada, now=AFTER
    )
    with pytest.raises(Incomplete) as refused:
        submit_report(report=report, by=ada, now=AFTER)
    assert [(reason.key, dict(reason.values)) for reason in refused.value.reasons] == [
        ("reports.unanswered", {"question": ASKED["what_happened"]}),
        ("reports.unanswered", {"question": ASKED["learned"]}),
        ("reports.evidence_missing", {"count": 1}),
        ("reports.steps_missing", {"count": 1}),
    ]
    assert fresh(report).status == "draft"


def test_a_complete_report_is_handed_in_and_the_coordinators_are_told(report, ada, cleo):
    write_report(report, ada, AFTER)
    submit_report(report=report, by=ada, now=AFTER)
    assert (fresh(report).status, fresh(report).submitted_at) == ("submitted", AFTER)
    told = (cleo.email, "Wikimedians of Ruritania handed in its report")
    assert letters("report_handed_in") == [told]


def test_a_report_that_was_handed_in_cannot_be_written(report, ada):
    write_report(report, ada, AFTER)
    submit_report(report=report, by=ada, now=AFTER)
    with pytest.raises(NotWritable):
        save_report(report=report, answers={"story": "x"}, seen={}, by=ada, now=AFTER)
    with pytest.raises(NotWritable):
        add_next_step(report=report, text="x", owner="y", due_on=date(2028, 1, 1), by=ada, now=AFTER)
    assert fresh(report).sheet.answers["story"] == ANSWERS["story"]


def test_a_returned_report_carries_the_question_and_can_be_handed_in_again(report, ada, cleo):
    write_report(report, ada, AFTER)
    submit_report(report=report, by=ada, now=AFTER)
    return_report(report=report, question="How many came?", by=cleo, now=AFTER)
    assert coordinators_question(report) == "How many came?"
    assert letters("report_returned") == [(ada.email, "A question about your report")]
    assert "How many came?" in Letter.objects.get(key="report_returned").body
    save_report(report=report, answers={"learned": "Twelve came."}, seen={}, by=ada, now=AFTER)
    submit_report(report=report, by=ada, now=AFTER + timedelta(days=1))
    assert (fresh(report).status, coordinators_question(report)) == ("submitted", "")
    assert len(letters("report_handed_in")) == 2


def test_an_accepted_report_is_followed_up_after_3_6_and_12_months(report, ada, cleo):
    write_report(report, ada, AFTER)
    submit_report(report=report, by=ada, now=AFTER)
    accept_report(report=report, by=cleo, now=AFTER)
    days = report.follow_ups.order_by("months").values_list("months", "due_on")
    assert list(days) == [(3, date(2027, 12, 9)), (6, date(2028, 3, 9)), (12, date(2028, 9, 9))]
    assert letters("report_accepted") == [(ada.email, "Your report is accepted")]


def test_what_two_representatives_write_at_once_is_both_kept(report, ada):
    eve = Account.objects.create(name="Eve", email="eve@demo.invalid", joined_at=AFTER)
    seen = {"learned": mark(None), "story": mark(None)}
    save_report(report=report, answers={"learned": "Ada's", "story": "Ada's"}, seen=seen, by=ada, now=AFTER)
    late = fresh(report)
    merged = save_report(
        report=late, answers={"learned": "Eve's", "lessons": "Eve's"}, seen=seen, by=eve, now=AFTER
    )
    assert merged.conflicts == ("learned",)
    assert fresh(report).sheet.answers == {"learned": "Ada's", "story": "Ada's", "lessons": "Eve's"}


def test_a_next_step_on_the_last_day_of_the_visit_is_refused(report, ada):
    with pytest.raises(StepRefused):
        add_next_step(report=report, text="x", owner="y", due_on=date(2027, 9, 9), by=ada, now=AFTER)
    assert report.next_steps.count() == 0


def test_the_slower_of_two_editors_of_a_next_step_is_told(report, ada):
    step = add_next_step(report=report, text="x", owner="y", due_on=date(2027, 12, 1), by=ada, now=AFTER)
    changed = {"owner": "y", "due_on": date(2027, 12, 2), "version": 1, "by": ada, "now": AFTER}
    edit_next_step(step=fresh(step), text="first", **changed)
    with pytest.raises(Overtaken):
        edit_next_step(step=step, text="second", **changed)
    assert fresh(step).text == "first"


def photo_words(**more):
    return {"caption": "Us", "author": "Eve", "licence": "cc0-1.0", "has_consent": True} | more


@pytest.mark.django_db(transaction=True)
def test_a_photo_is_redrawn_and_removed_with_its_files(report, ada):
    photo = add_evidence(report=report, data=drawn_photo(), name="us.jpg", **photo_words(), by=ada, now=AFTER)
    paths = [path_of(photo.upload), path_of(photo.upload, thumbnail=True)]
    assert [path.exists() for path in paths] == [True, True]
    remove_evidence(photo=photo, by=ada, now=AFTER)
    assert Evidence.objects.count() == 0
    assert [path.exists() for path in paths] == [False, False]
