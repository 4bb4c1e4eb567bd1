"""What anyone may know of communities."""

from datetime import date

import pytest
from django.urls import reverse

from talka.capacities.actions import import_capacities, set_capacity
from talka.capacities.models import Capacity
from talka.kernel.ledger import move
from talka.people.models import Community, SupportPeriod
from talka.programmes.actions import retract_cycle
from talka.reports.actions import close_exchange
from tests.reports.report_samples import AFTER, make_accepted, make_cycle, make_exchange

pytestmark = pytest.mark.django_db


def listed(client, **query):
    answer = client.get(reverse("public:communities"), query)
    assert answer.status_code == 200
    return [one.name for one in answer.context["page"]]


def test_communities_are_listed_by_name_and_found_by_words_region_and_kind(client, ada, bo):
    assert listed(client) == ["Wikimedia Graustark", "Wikimedians of Ruritania"]
    assert listed(client, q="ruri") == ["Wikimedians of Ruritania"]
    assert listed(client, kind="chapter") == ["Wikimedia Graustark"]
    assert listed(client, region="ssa") == []


@pytest.mark.parametrize(
    "query",
    [
        {"q": "x" * 60_000},
        {"region": "nowhere"},
        {"kind": "<script>"},
        {"page": "-1"},
        {"page": str(2**70)},
        {"page": "x"},
        {"q": "%_'\"\u202e🦆"},
        {"missing": "representative"},
    ],
)
def test_odd_searches_are_answered(client, ada, query):
    assert client.get(reverse("public:communities"), query).status_code == 200


def test_the_list_has_fifty_a_page(client):
    for number in range(51):
        Community.objects.create(name=f"Group {number:02}", kind="informal")
    assert (len(listed(client)), listed(client, page=2)) == (50, ["Group 50"])


@pytest.mark.parametrize("how_many", [1, 30, 186])
def test_the_list_takes_two_queries_whatever_its_length(client, how_many, django_assert_num_queries):
    for number in range(how_many):
        Community.objects.create(name=f"Group {number}", kind="informal", country="SK", region="cee_ca")
    with django_assert_num_queries(2):
        client.get(reverse("public:communities"))


def test_a_community_shows_its_facts_offers_and_needs(client, ada, now):
    import_capacities(by=None, now=now)
    for key, relation in (("glam", "offer"), ("grants", "need")):
        capacity = Capacity.objects.get(key=key)
        set_capacity(community=ada.community, capacity=capacity, relation=relation, level=2, by=ada, now=now)
    answer = client.get(ada.community.get_absolute_url())
    assert [str(one.capacity) for one in answer.context["offers"]] == [
        "Galleries, libraries, archives and museums (GLAM)"
    ]
    assert [str(one.capacity) for one in answer.context["needs"]] == ["Writing and running grants"]
    page = answer.content.decode()
    assert [page.count(words) for words in ("Slovakia", "User group", "Slovak and English")] == [1, 1, 1]


def test_a_community_shows_the_exchanges_it_has_finished_and_no_others(client, ada, bo, cleo, now):
    cycle = make_cycle(cleo, now)
    exchange, *_reports = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    pages = [ada.community.get_absolute_url(), bo.community.get_absolute_url()]
    assert ["None yet." in client.get(page).text for page in pages] == [True, True]
    close_exchange(exchange=exchange, words={"goals_met": "yes", "evidence": "Seen."}, by=cleo, now=AFTER)
    mine, theirs = (client.get(page).text for page in pages)
    assert f'Learned from <a href="{pages[1]}"><bdi>Wikimedia Graustark</bdi></a>' in mine
    assert f'Taught <a href="{pages[0]}"><bdi>Wikimedians of Ruritania</bdi></a>' in theirs
    assert (cycle.get_absolute_url() in mine, "Strelsau" in mine) == (True, False)
    retract_cycle(cycle=cycle, by=cleo, now=AFTER)
    assert ["None yet." in client.get(page).text for page in pages] == [True, True]


def test_a_visit_that_was_called_off_is_not_shown(client, ada, bo, cleo, now):
    exchange = make_exchange(make_cycle(cleo, now), ada.community, bo.community, now)
    move(exchange, "cancel", by=cleo, now=now)
    move(exchange, "close", by=cleo, now=now)
    assert "None yet." in client.get(ada.community.get_absolute_url()).text


def test_a_community_says_nothing_about_people_or_grants(client, ada):
    SupportPeriod.objects.create(
        community=ada.community, kind="general_support", starts_on=date(2023, 7, 13), ends_on=None
    )
    page = client.get(ada.community.get_absolute_url()).content.decode()
    leaks = [ada.email, "Ada", "13 July 2023", "General Support", "Developing"]
    assert [word for word in leaks if word in page] == []


def test_markup_in_what_a_community_says_stays_text(client, ada):
    Community.objects.update(name="<b>Bold</b>", about="<script>alert(1)</script>\nsecond line")
    page = client.get(ada.community.get_absolute_url()).content.decode()
    assert [page.count(tag) for tag in ("<b>Bold", "<script>alert", "<br>second")] == [0, 0, 1]


def test_invented_and_unknown_communities_are_not_there(client, ada):
    Community.objects.update(is_synthetic=True)
    for pk in (ada.community.pk, 10**12, 2**70):
        assert client.get(f"/communities/{pk}/").status_code == 404
