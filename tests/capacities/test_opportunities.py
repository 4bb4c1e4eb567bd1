"""What one side lacks is shown, and never a single private request."""

from datetime import timedelta

import pytest

from talka.capacities.actions import NeedRefused, end_offer, reach_out, reply_to_need
from talka.capacities.models import Outreach
from talka.capacities.queries import counts_of, opportunities_of, public_needs
from talka.capacities.rules import Asked, countable
from talka.letters.models import Letter
from talka.people.models import Community
from tests.capacities.asking_world import ENGLISH, POLISH, ask, fresh, offer, strangers

A_DAY = timedelta(days=1)


def topics(found):
    return [(topic.key, count) for topic, count in found]


def test_private_requests_count_when_three_people_share_them():
    def asked(*askers, is_public=False):
        return [Asked("x", asker, is_public) for asker in askers]

    counts = [
        countable(asked("a", "b")),
        countable(asked("a", "b", "b", "b")),
        countable(asked("a", "b", "c")),
        countable([*asked("a", "b"), *asked("c", is_public=True)]),
        countable([*asked("a", "b", "c"), *asked("c", "d", is_public=True)]),
    ]
    assert counts == [{}, {}, {"x": 3}, {"x": 1}, {"x": 4}]


def test_topics_asked_for_and_offered_by_nobody(programme, ada, bo, now):
    ask(programme, ada, now, "glam", "classes", "wikidata", is_public=True)
    offer(programme, bo, now, "education")
    # Classes are part of education, which Bo offers.
    assert topics(opportunities_of(programme).wanted_topics) == [("glam", 1), ("wikidata", 1)]


def test_two_private_requests_show_nothing_and_three_do(programme, now):
    for number, person in enumerate(strangers(3)):
        ask(programme, person, now, "glam", languages=POLISH)
        found = opportunities_of(programme)
        shown = (topics(found.wanted_topics), found.countries, found.languages)
        assert shown == (([("glam", 3)], (("SK", 3),), (("pl", 3),)) if number == 2 else ([], (), ()))


def test_a_public_request_shows_its_topic_and_country_and_not_its_languages(programme, ada, now):
    ask(programme, ada, now, "glam", is_public=True, languages=POLISH)
    found = opportunities_of(programme)
    assert (topics(found.wanted_topics), found.countries, found.languages) == (
        [("glam", 1)],
        (("SK", 1),),
        (),
    )


def test_countries_and_languages_with_a_mentor_are_left_out(programme, bo, now):
    for person in strangers(3):
        ask(programme, person, now, "glam", languages=[*POLISH, *ENGLISH])
    given = offer(programme, bo, now, "glam", languages=POLISH, country="SK")
    found = opportunities_of(programme)
    assert (found.countries, found.languages) == ((), (("en", 3),))
    end_offer(offer=given, by=bo, now=now)
    assert [code for code, _count in opportunities_of(programme).languages] == ["en", "pl"]


def test_a_private_request_does_not_show_by_being_missing(programme, ada, bo, now):
    offer(programme, bo, now, "glam")
    before = topics(opportunities_of(programme).idle_topics)
    ask(programme, ada, now, "glam")
    after = topics(opportunities_of(programme).idle_topics)
    ask(programme, ada, now, "glam", is_public=True)
    assert (before, after, topics(opportunities_of(programme).idle_topics)) == (
        [("glam", 1)],
        [("glam", 1)],
        [],
    )


def test_settled_requests_count_no_more(programme, ada, cleo, now):
    need = ask(programme, ada, now, "glam", is_public=True)
    assert list(public_needs(programme)) == [need]
    reply_to_need(need=fresh(need), text="So.", by=cleo, now=now)
    assert (list(public_needs(programme)), opportunities_of(programme).is_empty) == ([], True)
    assert counts_of(programme) == {"asked": 1, "helped": 1, "offers": 0}


def test_a_page_of_many_takes_as_many_queries_as_one_of_few(programme, now, django_assert_num_queries):
    for person in strangers(8):
        ask(programme, person, now, "glam")
        offer(programme, person, now, "wikidata")
    with django_assert_num_queries(6):
        opportunities_of(programme)


def invite(programme, community, cleo, now, way="letter"):
    return reach_out(programme=programme, community=community, way=way, words="Come!", by=cleo, now=now)


def test_a_community_is_invited_by_letter_once_in_ninety_days(programme, ada, cleo, now):
    invite(programme, ada.community, cleo, now)
    letter = Letter.objects.get(key="community_reached")
    assert (letter.email, "Come!" in letter.body) == (ada.email, True)
    with pytest.raises(NeedRefused, match="too_early"):
        invite(programme, ada.community, cleo, now + 90 * A_DAY - timedelta(seconds=1), way="talk_page")
    invite(programme, ada.community, cleo, now + 90 * A_DAY)
    assert (Outreach.objects.count(), Letter.objects.filter(key="community_reached").count()) == (2, 2)


def test_where_nobody_represents_a_community_its_talk_page_is_kept(programme, cleo, now):
    alone = Community.objects.create(name="Alone", kind="informal")
    with pytest.raises(NeedRefused, match="nobody"):
        invite(programme, alone, cleo, now)
    assert invite(programme, alone, cleo, now, way="talk_page").way == "talk_page"
    assert Letter.objects.filter(key="community_reached").count() == 0
