"""Two at the same moment: one is on a request, the last place is given once, a reminder is written once."""

import threading
from collections import Counter
from datetime import timedelta

import pytest

from talka.capacities.actions import accept_introduction, introduce, make_offer, reach_out, take_up_need
from talka.capacities.actions.clockwork import remind_of_needs
from talka.capacities.models import Introduction, Need, Offer, Outreach
from talka.letters.models import Letter
from tests.capacities.asking_world import ask, brought_together, make_programme, offer, strangers
from tests.conftest import NOW, make_account
from tests.databases.conftest import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def programme(cleo):
    return make_programme(cleo, NOW)


def kinds(outcomes):
    """Count what the threads returned or raised, by type."""
    return Counter(type(outcome).__name__ for outcome in outcomes)


def test_of_two_coordinators_one_is_on_a_request(programme, ada, cleo):
    need, both = ask(programme, ada, NOW), (cleo, make_account("rosa"))
    together = threading.Barrier(2, timeout=30)

    def take(number):
        mine = Need.objects.select_related("programme").get(pk=need.pk)
        together.wait()
        take_up_need(need=mine, note="", by=both[number], now=NOW)

    outcomes = at_once(2, take)
    need.refresh_from_db()
    letters = Letter.objects.filter(key="need_taken").count()
    assert (kinds(outcomes), need.status, letters) == ({"NoneType": 1, "Overtaken": 1}, "taken", 1)
    assert need.owner == both[outcomes.index(None)]


def test_the_last_place_of_an_offer_is_given_once(programme, bo, cleo):
    given = offer(programme, bo, NOW, places=2)
    needs = [ask(programme, person, NOW) for person in strangers(6)]

    def bring(number):
        mine = Need.objects.select_related("programme").get(pk=needs[number].pk)
        return introduce(need=mine, offer=Offer.objects.get(pk=given.pk), note="x", by=cleo, now=NOW)

    outcomes = at_once(6, bring)
    assert kinds(outcomes) == {"Introduction": 2, "NeedRefused": 4}
    assert Introduction.objects.filter(status="asked").count() == 2


def test_of_two_mentors_one_is_asked_about_a_request(programme, ada, bo, dan, cleo):
    need, offers = ask(programme, ada, NOW), [offer(programme, who, NOW) for who in (bo, dan)]

    def bring(number):
        mine = Need.objects.select_related("programme").get(pk=need.pk)
        return introduce(need=mine, offer=offers[number], note="x", by=cleo, now=NOW)

    assert kinds(at_once(2, bring)) == {"Introduction": 1, "NeedRefused": 1}


def test_a_yes_that_is_sent_twice_tells_both_once(programme, ada, bo, cleo):
    _need, _given, made = brought_together(programme, ada, bo, cleo, NOW)

    def accept(number):
        mine = Introduction.objects.select_related("offer__programme").get(pk=made.pk)
        accept_introduction(introduction=mine, by=bo, now=NOW)

    outcomes = at_once(2, accept)
    letters = Letter.objects.filter(key__in=["introduction_agreed", "introduction_accepted"]).count()
    assert (kinds(outcomes), letters) == ({"NoneType": 1, "NotAllowed": 1}, 2)


def test_four_clocks_write_one_reminder(programme, ada):
    ask(programme, ada, NOW)
    later = NOW + timedelta(days=7)
    sent = at_once(4, lambda number: remind_of_needs(now=later))
    assert (sum(sent), Letter.objects.filter(key="need_reminder").count()) == (1, 1)


def test_two_clicks_make_one_offer_and_one_invitation(programme, ada, bo, cleo):
    def click(number):
        return make_offer(programme=programme, person=bo, words={"places": 1}, topics=[], by=bo, now=NOW)

    def invite(number):
        given = {"community": ada.community, "way": "letter", "words": "Come!"}
        return reach_out(programme=programme, **given, by=cleo, now=NOW)

    assert (kinds(at_once(2, click)), Offer.objects.count()) == ({"Offer": 2}, 1)
    assert kinds(at_once(2, invite)) == {"Outreach": 1, "NeedRefused": 1}
    assert (Outreach.objects.count(), Letter.objects.filter(key="community_reached").count()) == (1, 1)
