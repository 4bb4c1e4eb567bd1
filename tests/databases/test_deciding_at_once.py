"""Two coordinators at the same moment: one decision with its own letters, and nobody matched twice."""

from collections import Counter

import pytest

from talka.applications.models import Application
from talka.letters.models import Letter
from talka.matching.actions import draft_run, publish_run, validate_beforehand
from talka.matching.models import Match, Run
from talka.screening.actions import prepare_decision
from talka.screening.actions.decisions import LETTERS
from talka.screening.models import Decision
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
