"""Decisions: prepared unseen, changed, taken back, released together, reconsidered."""

from datetime import timedelta

import pytest
from django.utils import translation

from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.letters.outbox import edit_letter
from talka.people.models import SupportPeriod
from talka.screening.actions import (
    ask_for_more,
    declare_conflict,
    drop_decision,
    judge_application,
    prepare_decision,
    reconsider_application,
    release_decisions,
)
from talka.screening.actions.decisions import NoteMissing
from talka.screening.actions.fairness import InConflict
from talka.screening.models import Decision
from talka.screening.queries import answer_to, release_counts
from tests.conftest import NOW, make_account, make_representative
from tests.screening.screening_world import make_application, make_community, make_cycle


def prepare(application, cleo, outcome="accept", note=""):
    """Prepare a decision of Cleo's."""
    return prepare_decision(application=application, outcome=outcome, note=note, by=cleo, now=NOW)


def letters(**wanted):
    """List the letters as (key, address, status)."""
    found = Letter.objects.filter(**wanted).order_by("pk")
    return [(one.key, one.email, one.status) for one in found]


@pytest.mark.parametrize(
    ("outcome", "key"),
    [
        ("accept", "application_accepted"),
        ("wait", "application_waiting"),
        ("decline", "application_declined"),
    ],
)
def test_a_prepared_decision_has_its_letter_held(application, cleo, outcome, key):
    prepare(application, cleo, outcome)
    application.refresh_from_db()
    assert application.status == "submitted"
    assert letters() == [(key, "ada@demo.invalid", "held")]


def test_nothing_of_a_prepared_decision_is_where_the_applicant_reads(application, cleo):
    prepare(application, cleo, "decline", "Not this time.")
    assert answer_to(application) is None
    assert list(Entry.objects.about(application)) == []
    assert letters(status="queued") == []


def test_changing_it_writes_the_letter_anew(application, cleo):
    prepare(application, cleo, "accept")
    prepare(application, cleo, "wait", "Next year, perhaps.")
    assert letters() == [
        ("application_accepted", "ada@demo.invalid", "dropped"),
        ("application_waiting", "ada@demo.invalid", "held"),
    ]
    assert Decision.objects.get().outcome == "wait"


def test_taking_it_back_sends_nothing(application, cycle, cleo):
    decision = prepare(application, cleo)
    drop_decision(decision=decision, by=cleo, now=NOW)
    assert release_decisions(cycle=cycle, by=cleo, now=NOW) == 0
    assert letters() == [("application_accepted", "ada@demo.invalid", "dropped")]
    application.refresh_from_db()
    assert application.status == "submitted"


def test_the_same_decision_can_be_prepared_after_it_was_taken_back(application, cleo):
    drop_decision(decision=prepare(application, cleo), by=cleo, now=NOW)
    prepare(application, cleo)
    assert letters(status="held") == [("application_accepted", "ada@demo.invalid", "held")]


def test_all_are_released_together_each_with_its_own_letter(application, cycle, bo, cleo):
    mentor = make_application(cycle, bo.community, role="mentor")
    other = make_application(cycle, make_community(1))
    prepare(application, cleo, "accept")
    prepare(mentor, cleo, "wait")
    prepare(other, cleo, "decline")
    assert release_decisions(cycle=cycle, by=cleo, now=NOW) == 3
    statuses = [type(one).objects.get(pk=one.pk).status for one in (application, mentor, other)]
    assert statuses == ["accepted", "waiting", "declined"]
    assert letters() == [
        ("application_accepted", "ada@demo.invalid", "queued"),
        ("application_waiting", "bo@demo.invalid", "queued"),
    ]


def test_a_second_release_sends_nothing(application, cycle, cleo):
    prepare(application, cleo)
    release_decisions(cycle=cycle, by=cleo, now=NOW)
    assert release_decisions(cycle=cycle, by=cleo, now=NOW) == 0
    assert letters() == [("application_accepted", "ada@demo.invalid", "queued")]


def test_another_cycle_keeps_its_decisions(application, cycle, cleo):
    prepare(application, cleo)
    assert release_decisions(cycle=make_cycle(cleo, "other"), by=cleo, now=NOW) == 0
    assert letters() == [("application_accepted", "ada@demo.invalid", "held")]


def test_words_changed_by_hand_are_the_words_that_leave(application, cycle, cleo):
    prepare(application, cleo)
    letter = Letter.objects.get()
    edit_letter(letter=letter, subject="Hooray", body="Come!", version=1, by=cleo, now=NOW)
    release_decisions(cycle=cycle, by=cleo, now=NOW)
    letter.refresh_from_db()
    assert (letter.subject, letter.body, letter.status) == ("Hooray", "Come!\n", "queued")


def test_who_stopped_acting_for_the_applicant_gets_no_letter_and_who_began_does(
    application, ada, cycle, cleo
):
    prepare(application, cleo)
    ada.representations.update(status="ended")
    make_representative(make_account("abe"), ada.community)
    release_decisions(cycle=cycle, by=cleo, now=NOW)
    assert letters() == [
        ("application_accepted", "ada@demo.invalid", "dropped"),
        ("application_accepted", "abe@demo.invalid", "queued"),
    ]


def test_one_of_whom_more_is_asked_stays_behind(application, cycle, cleo):
    prepare(application, cleo)
    until = NOW + timedelta(days=3)
    ask_for_more(application=application, question="Which?", until=until, by=cleo, now=NOW)
    assert release_counts(cycle).left == 1
    assert release_decisions(cycle=cycle, by=cleo, now=NOW) == 0
    assert letters(key="application_accepted") == [("application_accepted", "ada@demo.invalid", "held")]


def test_the_counts_say_what_a_release_would_do(application, cycle, bo, cleo):
    prepare(application, cleo, "accept")
    prepare(make_application(cycle, bo.community, role="mentor"), cleo, "accept")
    counts = release_counts(cycle)
    tally = [(key, count) for key, _label, count in counts.decisions]
    assert (tally, counts.letters, counts.left) == ([("accept", 2)], 2, 0)


def test_a_decision_on_ones_own_application_is_refused(application, ada, cleo):
    make_representative(cleo, ada.community)
    with pytest.raises(InConflict):
        prepare(application, cleo)
    assert Decision.objects.count() == 0


def test_who_declared_a_conflict_prepares_no_decision(application, cleo):
    declare_conflict(application=application, by=cleo, now=NOW)
    with pytest.raises(InConflict):
        prepare(application, cleo)


@pytest.mark.parametrize("status", ["draft", "returned", "accepted", "withdrawn"])
def test_only_what_is_handed_in_is_decided(application, cleo, status):
    application.status = status
    application.save()
    with pytest.raises(NotAllowed):
        prepare(application, cleo)


def test_a_released_decision_cannot_be_taken_back(application, cycle, cleo):
    prepare(application, cleo)
    release_decisions(cycle=cycle, by=cleo, now=NOW)
    with pytest.raises(NotAllowed):
        drop_decision(decision=Decision.objects.get(), by=cleo, now=NOW)


def test_reconsidering_opens_it_again_and_the_new_decision_is_told(application, cycle, cleo):
    prepare(application, cleo, "accept")
    release_decisions(cycle=cycle, by=cleo, now=NOW)
    application.refresh_from_db()
    reconsider_application(application=application, note="A mistake of ours.", by=cleo, now=NOW)
    assert (application.status, answer_to(application)) == ("submitted", None)
    prepare(application, cleo, "accept")
    assert release_decisions(cycle=cycle, by=cleo, now=NOW) == 1
    assert letters(status="queued") == [("application_accepted", "ada@demo.invalid", "queued")] * 2


def test_reconsidering_needs_a_reason_which_stays_in_the_office(application, cycle, cleo):
    prepare(application, cleo, "decline")
    release_decisions(cycle=cycle, by=cleo, now=NOW)
    application.refresh_from_db()
    with pytest.raises(NoteMissing):
        reconsider_application(application=application, note=" ", by=cleo, now=NOW)
    reconsider_application(application=application, note="They called.", by=cleo, now=NOW)
    lines = [(one.verb, one.note) for one in Entry.objects.about(application)]
    assert lines == [("decline", ""), ("reconsider", "")]


def test_a_declined_applicant_reads_the_reasons_in_their_own_language(application, ada, cycle, cleo):
    SupportPeriod.objects.create(community=ada.community, kind="general_support", starts_on="2026-07-01")
    judge_application(application=application, by=None, now=NOW)
    with translation.override("ar"):
        prepare(application, cleo, "decline", "Write to us.")
    body = Letter.objects.get().body
    assert (
        "- Wikimedians of Ruritania has received a General Support Fund grant since 1 July 2026. "
        "Communities with general support cannot take part as learners.\n"
    ) in body
    assert "\nWrite to us.\n" in body
    assert "WikiLearn: online courses: https://meta.wikimedia.org/wiki/WikiLearn" in body


def test_an_accepted_applicant_reads_by_when_they_hear_more(application, cycle, cleo):
    prepare(application, cleo, "accept")
    body = Letter.objects.get().body
    assert "What happens next: Matching. You hear from us by 30 April 2027 at the latest." in body


def test_what_was_overridden_is_no_reason_to_decline(application, ada, cycle, cleo):
    SupportPeriod.objects.create(community=ada.community, kind="general_support", starts_on="2026-07-01")
    judge_application(application=application, by=None, now=NOW)
    application.verdicts.filter(criterion="without_general_support").update(
        override="pass", override_note="It ended."
    )
    prepare(application, cleo, "decline")
    assert "General Support Fund" not in Letter.objects.get().body
    release_decisions(cycle=cycle, by=cleo, now=NOW)
    assert answer_to(application).unmet == ()
