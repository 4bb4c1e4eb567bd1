"""How to ask for help, what is asked for in the open, and what one side lacks, for anyone."""

import pytest
from django.urls import reverse

from talka.capacities.models import Need
from talka.people.models import Community
from talka.programmes.models import Programme
from tests.capacities.asking_world import ask, make_programme, offer, strangers


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)


def at(name, programme):
    return reverse(f"public:{name}", args=[programme.slug])


def test_the_page_explains_counts_and_leads_to_asking_and_offering(programme, client, ada, bo, now):
    ask(programme, ada, now)
    offer(programme, bo, now)
    answer = client.get(at("help", programme))
    links = [
        reverse(f"desk:{name}", args=[programme.slug]) in answer.text for name in ("need_ask", "offer_make")
    ]
    assert (links, answer.context["counts"]) == ([True, True], {"asked": 1, "helped": 0, "offers": 1})
    assert "answer within 14 days" in answer.text


def test_open_requests_show_topic_and_country_and_nothing_else(programme, client, ada, now):
    ask(programme, ada, now, "glam", is_public=True, country="SK", community=ada.community)
    ask(programme, ada, now, "wikidata", country="NO")
    Need.objects.update(text="CNRYTEXT", when="CNRYWHEN")
    text = client.get(at("help", programme)).text
    words = ("Glam", "Slovakia", "Wikidata", "Norway", "CNRYTEXT", "CNRYWHEN", "Ada", "Ruritania")
    assert [word in text for word in words] == [True, True] + [False] * 6


def test_the_pages_are_there_where_the_programme_takes_requests_and_is_published(programme, client_of, dan):
    client = client_of(dan)
    pages = [at("help", programme), at("opportunities", programme)]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    Programme.objects.update(is_published=False)
    assert [client.get(page).status_code for page in pages] == [404, 404]
    Programme.objects.update(is_published=True, blueprint=programme.blueprint | {"requests": None})
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_the_programme_links_them(programme, client):
    text = client.get(programme.get_absolute_url()).text
    assert [at(name, programme) in text for name in ("help", "opportunities")] == [True, True]


def test_opportunities_say_what_is_missing_and_who_was_not_reached(programme, client, ada, bo, now):
    ask(programme, ada, now, "glam", is_public=True)
    offer(programme, bo, now, "wikidata")
    Community.objects.create(name="Alone", kind="informal", country="DE", region="nwe")
    Community.objects.create(name="Far away", kind="chapter", country="BR", region="lac")
    answer = client.get(at("opportunities", programme))
    found = [(str(topic), count) for topic, count in answer.context["found"].wanted_topics]
    assert (found, [str(topic) for topic, _ in answer.context["found"].idle_topics]) == (
        [("Glam", 1)],
        ["Wikidata"],
    )
    asked = {"": ["Alone", "Far away"], "nwe": ["Alone"], "lac": ["Far away"]}
    shown = {
        region: [
            one.name
            for one, _ in client.get(at("opportunities", programme), {"region": region}).context["listed"]
        ]
        for region in asked
    }
    assert (shown, "Invite" in answer.text) == (asked, False)


def test_only_who_runs_the_programme_can_invite(programme, client_of, cleo, ada):
    Community.objects.create(name="Alone", kind="informal")
    pages = [client_of(who).get(at("opportunities", programme)).text for who in (cleo, ada)]
    assert ["/outreach/" in page for page in pages] == [True, False]


def test_many_communities_come_in_pages_with_as_many_queries(
    programme, client, now, django_assert_max_num_queries
):
    for number in range(120):
        Community.objects.create(name=f"Community {number:03}", kind="informal")
    for person in strangers(10):
        ask(programme, person, now, "glam")
        offer(programme, person, now, "wikidata")
    with django_assert_max_num_queries(20):
        answer = client.get(at("opportunities", programme), {"page": 2})
    assert (answer.context["page"].number, len(answer.context["listed"])) == (2, 50)
