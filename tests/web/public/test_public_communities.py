"""What anyone may know of communities."""

from datetime import date

import pytest
from django.urls import reverse

from talka.capacities.actions import import_capacities, set_capacity
from talka.capacities.models import Capacity
from talka.people.models import Community, SupportPeriod

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
    assert [page.count(words) for words in ("Slovakia", "User group", "Slovak, English")] == [1, 1, 1]


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
