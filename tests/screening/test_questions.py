"""More is asked of one applicant, for a time."""

from datetime import timedelta

import pytest

from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.screening.actions import ask_for_more, end_question
from talka.screening.actions.fairness import InConflict
from talka.screening.actions.questions import NotFuture
from tests.conftest import NOW, make_account, make_representative

WEEK = timedelta(days=7)
LATE = NOW.replace(month=6)


def ask(application, cleo, *, now=LATE, until=LATE + WEEK, question="Which event?"):
    """Ask the applicant something after the call has closed."""
    ask_for_more(application=application, question=question, until=until, by=cleo, now=now)


def test_it_reopens_this_applicant_only_and_only_until_the_moment(application, cleo):
    assert not application.takes_changes(LATE)
    ask(application, cleo)
    application.refresh_from_db()
    assert application.status == "returned"
    assert application.takes_changes(LATE + WEEK - timedelta(seconds=1))
    assert not application.takes_changes(LATE + WEEK)
    assert not application.call.window.is_open(LATE)


def test_everybody_who_acts_for_the_applicant_gets_the_question_and_the_moment(application, ada, cleo):
    make_representative(make_account("abe"), ada.community)
    ask(application, cleo)
    letters = Letter.objects.order_by("email")
    assert [(one.email, one.status) for one in letters] == [
        ("abe@demo.invalid", "queued"),
        ("ada@demo.invalid", "queued"),
    ]
    assert "Which event?" in letters[0].body
    assert "Thursday 17 June 2027, 13:59 (Europe/Warsaw)" in letters[0].body


def test_the_question_is_a_line_of_the_ledger(application, cleo):
    ask(application, cleo)
    entry = Entry.objects.about(application).get()
    assert (entry.verb, entry.actor, entry.note) == ("return", cleo, "Which event?")


def test_asking_again_gives_more_time_and_writes_again(application, cleo):
    ask(application, cleo)
    ask(application, cleo, until=LATE + 2 * WEEK, now=LATE + WEEK, question="And which budget?")
    application.refresh_from_db()
    assert application.open_until == LATE + 2 * WEEK
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("until", [LATE, LATE - WEEK])
def test_the_moment_has_to_lie_ahead(application, cleo, until):
    with pytest.raises(NotFuture):
        ask(application, cleo, until=until)
    application.refresh_from_db()
    assert (application.status, Letter.objects.count()) == ("submitted", 0)


def test_nothing_is_asked_of_a_decided_applicant(application, cleo):
    application.status = "accepted"
    application.save()
    with pytest.raises(NotAllowed):
        ask(application, cleo)


def test_nobody_asks_their_own_community(application, ada, cleo):
    make_representative(cleo, ada.community)
    with pytest.raises(InConflict):
        ask(application, cleo)


def test_the_office_can_go_on_without_an_answer(application, cleo):
    ask(application, cleo)
    end_question(application=application, by=cleo, now=LATE)
    application.refresh_from_db()
    assert (application.status, application.takes_changes(LATE)) == ("submitted", False)
