"""Some months after the visit one asks what became of the next steps."""

from datetime import UTC, date, datetime

import pytest

from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from talka.reports.actions import (
    StepAnswer,
    StepRefused,
    add_next_step,
    answer_follow_up,
    ask_follow_ups,
)
from talka.reports.models import NextStep
from tests.reports.report_samples import AFTER, fresh, make_accepted

# In December the day begins an hour before midnight UTC.
DUE = datetime(2027, 12, 8, 23, 0, tzinfo=UTC)


@pytest.fixture
def report(cycle, ada, bo, now, cleo):
    return make_accepted(cycle, ada.community, bo.community, now, by=cleo)[1]


@pytest.fixture
def follow_up(report):
    return report.follow_ups.get(months=3)


def test_each_side_is_asked_once_on_the_day(report, ada, bo):
    assert ask_follow_ups(now=DUE.replace(hour=22, minute=59)) == 0
    assert [ask_follow_ups(now=DUE), ask_follow_ups(now=DUE.replace(minute=5))] == [2, 0]
    found = Letter.objects.filter(key="follow_up_due").order_by("pk")
    subject = "3 months after the visit: what became of your next steps?"
    assert [(letter.email, letter.subject) for letter in found] == [(ada.email, subject), (bo.email, subject)]
    assert [letter.due_at for letter in found] == [datetime(2027, 12, 9, 8, 0, tzinfo=UTC)] * 2


def test_an_answer_says_what_is_done_open_and_given_up(report, follow_up, ada):
    for text in ("second", "third"):
        NextStep.objects.create(report=report, text=text, owner="Ada", due_on=date(2027, 12, 1))
    done, later, dropped = report.next_steps.order_by("pk")
    answers = [
        StepAnswer(done, "done"),
        StepAnswer(later, "open", due_on=date(2028, 3, 1)),
        StepAnswer(dropped, "dropped", reason="No room."),
    ]
    answer_follow_up(follow_up=follow_up, steps=answers, note="Going well.", by=ada, now=DUE)
    steps = report.next_steps.order_by("pk").values_list("status", "due_on")
    assert list(steps) == [
        ("done", date(2027, 12, 1)),
        ("open", date(2028, 3, 1)),
        ("dropped", date(2027, 12, 1)),
    ]
    assert Entry.objects.about(dropped).get().note == "No room."
    assert (fresh(follow_up).note, fresh(follow_up).answered_by) == ("Going well.", ada)


def test_a_follow_up_is_answered_once_and_then_not_asked_again(follow_up, ada, bo):
    answer_follow_up(follow_up=follow_up, steps=[], note="First.", by=ada, now=DUE)
    with pytest.raises(Overtaken):
        answer_follow_up(follow_up=follow_up, steps=[], note="Second.", by=ada, now=DUE)
    assert fresh(follow_up).note == "First."
    assert ask_follow_ups(now=DUE) == 1


def test_an_open_step_is_not_put_off_into_the_past_and_nothing_is_kept(report, follow_up, ada):
    step = report.next_steps.get()
    with pytest.raises(StepRefused):
        answer_follow_up(
            follow_up=follow_up,
            steps=[StepAnswer(step, "open", due_on=date(2027, 12, 7))],
            note="x",
            by=ada,
            now=DUE,
        )
    assert fresh(follow_up).answered_at is None


def test_an_accepted_report_takes_no_more_steps(report, ada):
    with pytest.raises(Exception, match="not_writable"):
        add_next_step(report=report, text="x", owner="y", due_on=date(2028, 1, 1), by=ada, now=AFTER)
