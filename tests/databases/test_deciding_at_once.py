"""Two coordinators at the same moment: one decision with its own letters, and nobody matched twice."""

import threading
from collections import Counter
from datetime import timedelta

import pytest

from talka.applications.actions import reopen_application
from talka.applications.models import Application
from talka.letters.models import Letter
from talka.matching.actions import draft_run, publish_run, validate_beforehand
from talka.matching.models import Match, Run
from talka.screening.actions import (
    ask_for_more,
    edit_application,
    judge_application,
    override_verdict,
    prepare_decision,
)
from talka.screening.actions.decisions import LETTERS
from talka.screening.models import Decision, Verdict
from tests.conftest import NOW
from tests.databases.conftest import at_once
from tests.matching.matching_world import agree_beforehand, make_world
from tests.screening.screening_world import make_cycle, make_mentee

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(outcomes):
    """Count what the threads returned or raised, by type."""
    return Counter(type(outcome).__name__ for outcome in outcomes)


def test_of_two_decisions_at_once_the_later_stands_with_its_own_letter(ada, cleo):
    key = make_mentee(make_cycle(cleo), ada).pk
    wanted = ("accept", "decline")

    def decide(number):
        mine = Application.objects.get(pk=key)
        return prepare_decision(application=mine, outcome=wanted[number], note="", by=cleo, now=NOW)

    outcomes = at_once(2, decide)
    decision = Decision.objects.get()
    held = list(Letter.objects.filter(status="held").values_list("key", flat=True))
    assert (kinds(outcomes), decision.version, held) == ({"Decision": 2}, 2, [LETTERS[decision.outcome]])


def test_of_two_who_decide_over_a_rule_one_is_told(ada, cleo):
    application = make_mentee(make_cycle(cleo), ada)
    judge_application(application=application, by=None, now=NOW)
    wanted, together = ("pass", "fail"), threading.Barrier(2, timeout=30)

    def decide(number):
        mine = Verdict.objects.get(application=application, criterion="in_region")
        together.wait()
        override_verdict(verdict=mine, ruling=wanted[number], note="So it is.", by=cleo, now=NOW)
        return mine.override

    outcomes = at_once(2, decide)
    (kept,) = Verdict.objects.exclude(override="").values_list("override", flat=True)
    assert kinds(outcomes) == {"str": 1, "Overtaken": 1}
    assert kept in outcomes


@pytest.mark.parametrize("verb", [reopen_application, ask_for_more])
def test_of_two_who_open_an_application_until_another_moment_one_is_told(ada, cleo, verb):
    key, together = make_mentee(make_cycle(cleo), ada).pk, threading.Barrier(2, timeout=30)
    words = "note" if verb is reopen_application else "question"

    def open_it(number):
        mine = Application.objects.get(pk=key)
        together.wait()
        verb(application=mine, until=NOW + timedelta(days=1 + number), **{words: "?"}, by=cleo, now=NOW)
        return mine.open_until

    outcomes = at_once(2, open_it)
    assert kinds(outcomes) == {"datetime": 1, "Overtaken": 1}
    assert Application.objects.get(pk=key).open_until in outcomes


def test_an_edit_and_a_word_over_a_rule_never_miss_each_other(ada, cleo):
    application = make_mentee(make_cycle(cleo), ada)
    judge_application(application=application, by=None, now=NOW)
    seen = Verdict.objects.get(criterion="in_region").version

    def act(number):
        if number:
            mine = Verdict.objects.get(criterion="in_region")
            given = {"ruling": "fail", "note": "Moved.", "version": seen, "by": cleo, "now": NOW}
            return override_verdict(verdict=mine, **given)
        change = Application.objects.filter(pk=application.pk).update
        edit_application(application=application, change=lambda: change(format="mentor_travels"), now=NOW)
        return None

    _edit, word = at_once(2, act)
    verdict = Verdict.objects.get(criterion="in_region")
    # Either the word came first and is marked, or its giver is told that the text is another one.
    assert (verdict.override, verdict.is_outdated) == (("", False) if word else ("fail", True))


def test_of_two_drafts_published_at_once_one_gives_the_places_away(ada, bo, cleo):
    world = make_world(ada, bo, cleo, NOW)
    keys = [draft_run(cycle=world.cycle, by=cleo, now=NOW).pk for _ in range(2)]

    def publish(number):
        return publish_run(run=Run.objects.get(pk=keys[number]), by=cleo, now=NOW)

    outcomes = at_once(2, publish)
    learners = [match.seat_of("learns").application_id for match in Match.objects.all()]
    assert (kinds(outcomes), sorted(learners)) == (
        {"list": 1, "Refused": 1},
        sorted([world.ada.pk, world.eva.pk]),
    )


def test_a_pair_that_agreed_beforehand_is_proposed_once(ada, bo, cleo):
    world = make_world(ada, bo, cleo, NOW)
    agree_beforehand(world.ada, bo.community)

    def propose(number):
        learner, teacher = (Application.objects.get(pk=one.pk) for one in (world.ada, world.bo))
        return validate_beforehand(learner=learner, teacher=teacher, by=cleo, now=NOW)

    outcomes = at_once(2, propose)
    assert (kinds(outcomes), Match.objects.count()) == ({"Match": 1, "Refused": 1}, 1)
