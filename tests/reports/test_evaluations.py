"""Both sides of a mentorship look back: asked by the clock, each for itself, and reminded once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from talka.blueprints.mistakes import Mistakes
from talka.exchanges.models import Exchange, Pause
from talka.kernel.lifecycle import NotAllowed
from talka.letters.models import Letter
from talka.letters.sending import send_due
from talka.matching.models import Seat
from talka.reports.actions import (
    Incomplete,
    NotWritable,
    answer_evaluation,
    ask_evaluations,
    remind,
    remind_of_evaluations,
    save_report,
    submit_report,
)
from talka.reports.models import Report
from talka.reports.queries import answered_counts, partner_of, texts_in
from tests.reports.mentorship_samples import (
    BEGAN,
    FINAL,
    MIDPOINT,
    OVER,
    WELL,
    WORTH,
    answer,
    ask,
    at_noon,
    make_application,
    make_cohort,
    make_pair,
)

OPENS = MIDPOINT - timedelta(days=14)


@pytest.fixture
def cohort(cleo, now):
    return make_cohort(cleo, now)


@pytest.fixture
def pair(cohort, ada, bo):
    return make_pair(cohort, ada, bo)


def letters(key):
    return list(Letter.objects.filter(key=key).order_by("pk").values_list("email", "subject"))


def test_each_side_is_asked_two_weeks_before_the_day_and_told(pair, ada, bo):
    assert ask(at_noon(OPENS - timedelta(days=1))) == []
    assert ask(at_noon(OPENS)) == [
        ("midpoint", "learns", MIDPOINT, "draft"),
        ("midpoint", "teaches", MIDPOINT, "draft"),
    ]
    subject = "Mid-point evaluation: please answer by 20 February 2028"
    assert letters("evaluation_due") == [(ada.email, subject), (bo.email, subject)]


def test_the_clock_asks_once_however_often_it_runs(pair):
    assert [ask_evaluations(now=at_noon(OPENS)) for _time in range(3)] == [2, 0, 0]
    assert len(letters("evaluation_due")) == 2


def test_the_day_is_the_one_in_the_zone_of_the_programme(pair):
    # Midnight in Warsaw is 23:00 of the day before in UTC.
    eve = datetime(OPENS.year, OPENS.month, OPENS.day, tzinfo=UTC) - timedelta(hours=1)
    assert [ask_evaluations(now=eve - timedelta(minutes=1)), ask_evaluations(now=eve)] == [0, 2]


def test_a_pair_that_agreed_before_the_stage_is_counted_from_its_first_day(cohort, ada, bo):
    make_pair(cohort, ada, bo, began=datetime(2027, 11, 3, 9, 0, tzinfo=UTC))
    assert {row[2] for row in ask(at_noon(date(2028, 2, 1)))} == {date(2028, 2, 15)}


def test_a_pause_moves_the_day_by_as_much(pair):
    Pause.objects.create(exchange=pair, starts_on=date(2027, 12, 20), ends_on=date(2028, 1, 2))
    assert ask(at_noon(OPENS + timedelta(days=13))) == []
    assert {row[2] for row in ask(at_noon(OPENS + timedelta(days=14)))} == {MIDPOINT + timedelta(days=14)}


def test_while_it_is_paused_nothing_is_asked(pair):
    Exchange.objects.filter(pk=pair.pk).update(status="paused")
    assert ask(at_noon(MIDPOINT)) == []


def test_after_months_without_a_clock_only_the_newest_is_asked_and_nobody_is_late(pair):
    asked = ask(at_noon(FINAL + timedelta(days=3)))
    assert {row[:1] + row[2:3] for row in asked} == {("final", FINAL + timedelta(days=17))}


def test_a_pair_that_stopped_is_asked_for_its_last_evaluation_once_and_gently(pair, ada):
    ask(at_noon(OPENS))
    Exchange.objects.filter(pk=pair.pk).update(status="stopped")
    soon = MIDPOINT - timedelta(days=10)
    assert ask(at_noon(soon)) == [
        ("midpoint", "learns", MIDPOINT, "dropped"),
        ("midpoint", "teaches", MIDPOINT, "dropped"),
        ("final", "learns", soon + timedelta(days=14), "draft"),
        ("final", "teaches", soon + timedelta(days=14), "draft"),
    ]
    for day in range(60):
        assert remind_of_evaluations(now=at_noon(soon + timedelta(days=day))) == 0
    # The letter that told of the end asked to look back: no second one follows.
    assert Letter.objects.filter(key="evaluation_due", recipient=ada).count() == 1


def test_a_pair_that_was_cancelled_or_closed_is_asked_for_nothing(cohort, ada, bo, cleo, dan):
    make_pair(cohort, ada, bo, status="cancelled")
    make_pair(cohort, cleo, dan, status="closed")
    assert ask(at_noon(FINAL)) == []


def test_whoever_left_is_no_longer_asked_and_whoever_took_over_is(cohort, pair, bo, dan):
    ask(at_noon(OPENS))
    Seat.objects.filter(match=pair.match, part="teaches").update(left_at=at_noon(OPENS))
    stepped_in = make_application(cohort, "mentor", BEGAN, person=dan)
    Seat.objects.create(match=pair.match, application=stepped_in, part="teaches", answer="yes")
    found = ask(at_noon(OPENS + timedelta(days=1)))
    assert [row[3] for row in found] == ["draft", "dropped", "draft"]
    learner = Report.objects.get(seat__part="learns")
    assert partner_of(learner).person == dan


def test_helpers_are_not_asked(cohort, pair, dan):
    helper = make_application(cohort, "designer", BEGAN, person=dan)
    Seat.objects.create(match=pair.match, application=helper, part="supports", answer="yes")
    assert [row[1] for row in ask(at_noon(OPENS))] == ["learns", "teaches"]


def test_reminders_leave_once_by_day_and_only_to_whoever_has_not_answered(pair, ada, bo):
    ask(at_noon(OPENS))
    answer(Report.objects.get(seat__part="learns"), ada, at_noon(OPENS), WELL)
    sent = {}
    start = datetime(2028, 2, 7, 1, 0, tzinfo=UTC)
    for hour in range(0, 24 * 40, 6):
        moment = start + timedelta(hours=hour)
        if count := remind_of_evaluations(now=moment):
            sent[moment.date()] = sent.get(moment.date(), 0) + count
    assert sent == {date(2028, 2, 13): 1, date(2028, 2, 23): 1, date(2028, 3, 1): 1}
    assert {letter.recipient for letter in Letter.objects.filter(key="evaluation_reminder")} == {bo}
    hours = {one.due_at.astimezone(UTC).hour for one in Letter.objects.filter(key="evaluation_reminder")}
    assert hours == {8}  # Nine in Warsaw, in winter.


def test_a_reminder_that_an_outage_kept_for_days_still_leaves_and_one_of_weeks_does_not(pair):
    ask(at_noon(OPENS))
    assert remind_of_evaluations(now=at_noon(MIDPOINT - timedelta(days=4))) == 2
    assert remind_of_evaluations(now=at_noon(MIDPOINT + timedelta(days=30))) == 0


def test_the_reminders_of_visits_leave_evaluations_alone(pair):
    ask(at_noon(OPENS))
    assert remind(now=at_noon(MIDPOINT + timedelta(days=30))) == 0


def test_handing_in_is_the_end(pair, ada):
    ask(at_noon(OPENS))
    report = Report.objects.get(seat__part="learns")
    with pytest.raises(Incomplete):
        answer_evaluation(report=report, by=ada, now=at_noon(OPENS))
    answer(report, ada, at_noon(OPENS), WELL)
    report.refresh_from_db()
    assert (report.status, report.submitted_at) == ("answered", at_noon(OPENS))
    for act in (answer_evaluation, submit_report):
        with pytest.raises(NotAllowed):
            act(report=report, by=ada, now=timezone.now())
    with pytest.raises(NotWritable) as refused:
        save_report(report=report, answers=WELL, seen={}, by=ada, now=timezone.now())
    assert refused.value.reasons[0].key == "reports.evaluation_over"


def test_answers_are_counted_of_those_that_are_asked(cohort, pair, ada):
    ask(at_noon(OPENS))
    answer(Report.objects.get(seat__part="learns"), ada, at_noon(OPENS), WELL)
    assert answered_counts(cohort) == {"midpoint": (1, 2)}
    Exchange.objects.filter(pk=pair.pk).update(status="stopped")
    ask(at_noon(MIDPOINT))
    assert answered_counts(cohort) == {"midpoint": (1, 1), "final": (0, 2)}


def test_words_are_listed_by_the_alphabet_and_only_once_they_are_handed_in(cohort, pair, ada, bo):
    ask(OVER)
    learner, teacher = Report.objects.order_by("pk")
    answer(learner, ada, OVER, {**WORTH, "built": "Zebra"})
    save_report(report=teacher, answers={"built": "Apple"}, seen={}, by=bo, now=OVER)
    final = cohort.plan.evaluations[1]
    assert [texts for _label, texts in texts_in(cohort, final)] == [["Zebra"]]
    answer(Report.objects.get(pk=teacher.pk), bo, OVER, {**WORTH, "built": "Apple"})
    assert [texts for _label, texts in texts_in(cohort, final)] == [["Apple", "Zebra"]]


def test_the_clock_asks_as_many_questions_of_the_database_for_any_number_of_pairs(
    cohort, pair, ada, cleo, dan, django_assert_num_queries, django_assert_max_num_queries
):
    ask(at_noon(OPENS))
    with django_assert_max_num_queries(20) as few:
        ask_evaluations(now=at_noon(OPENS))
    make_pair(cohort, dan, cleo)
    ask(at_noon(OPENS))
    with django_assert_num_queries(len(few.captured_queries)):
        ask_evaluations(now=at_noon(OPENS))


def test_no_evaluation_may_take_the_key_of_the_report_on_a_visit(cleo, now):
    evaluation = {"key": "report", "name": {"en": "Taken"}, "form": "final", "after_months": 3}
    with pytest.raises(Mistakes) as found:
        make_cohort(cleo, now, evaluations=[evaluation])
    assert [one.reason.key for one in found.value.all] == ["blueprint.taken_key"]


def test_who_answers_at_night_gets_no_reminder_in_the_morning(pair, ada, bo):
    ask(at_noon(OPENS))
    send_due(now=at_noon(OPENS) + timedelta(days=1))
    night = at_noon(MIDPOINT).replace(hour=1)
    for day in range(-14, 1):
        remind_of_evaluations(now=night + timedelta(days=day))
    last = Letter.objects.filter(key="evaluation_reminder", recipient=ada).latest("due_at")
    answer(Report.objects.get(seat__part="learns"), ada, last.written_at, WELL)
    send_due(now=last.due_at)
    found = Letter.objects.filter(key="evaluation_reminder", due_at=last.due_at)
    assert dict(found.values_list("recipient", "status")) == {ada.pk: "dropped", bo.pk: "sent"}
