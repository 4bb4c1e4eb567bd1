"""The library: what is published can be read by anyone, searched and followed; nothing else is there."""

import pytest
from django.urls import reverse

from talka.capacities.models import Capacity
from talka.exchanges.actions import publish_lesson, reply_to_lesson
from tests.exchanges.circle_samples import make_circle, write
from tests.exchanges.exchange_samples import make_cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(ada, bo, cleo, now):
    """Return a circle of Ada, Bo and two others."""
    return make_circle(ada, bo, cleo, now)


def publish(circle, author, now, *, named=True, **words):
    """Let somebody write a lesson and publish it."""
    lesson = write(circle, author, now, **words)
    return publish_lesson(lesson=lesson, shows_author=named, version=1, by=author, now=now)


def library(client, **query):
    """Return the library's page as text."""
    response = client.get(reverse("public:lessons", args=["mentorship"]), query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_library_says_what_will_stand_there(circle, client):
    page = library(client)
    assert ("Nothing is published yet." in page, '<form method="get"' in page) == (True, False)


def test_anyone_reads_what_is_published_without_the_answers(circle, ada, bo, now, client):
    lesson = publish(circle, ada, now, title="Teachers first")
    reply_to_lesson(lesson=lesson, text="A word among us", by=bo, now=now)
    write(circle, bo, now, title="Not for everybody")
    page = library(client)
    assert [words in page for words in ("Teachers first", "Not for everybody", ">Ada<")] == [
        True,
        False,
        True,
    ]
    page = client.get(reverse("public:lesson", args=["mentorship", lesson.pk])).content.decode()
    assert [
        words in page for words in ("<strong>began</strong>", "A word among us", ">Ada<", "take it back")
    ] == [
        True,
        False,
        True,
        False,
    ]


def test_without_a_name_there_is_none_anywhere(circle, ada, now, client):
    lesson = publish(circle, ada, now, named=False)
    pages = [
        client.get(reverse(f"public:{route}", args=["mentorship", *more])).content.decode()
        for route, more in (("lessons", ()), ("lesson", (lesson.pk,)), ("lessons_feed", ()))
    ]
    assert ["Ada" in page for page in pages] == [False, False, False]


def test_words_kind_topic_language_and_country_narrow_it(circle, ada, now, client):
    budgets = Capacity.objects.create(key="budgets", name={"en": "Budgets", "ar": "الميزانيات"})
    publish(circle, ada, now, title="One", text="money matters", capacity=budgets, country="SK")
    publish(circle, ada, now, title="Two", kind="question", language="ar", country="TN")
    found = {
        str(query): [title for title in ("One", "Two") if f">{title}</a>" in library(client, **query)]
        for query in (
            {},
            {"q": "MONEY matters"},
            {"q": "الميزانيات"},
            {"q": "money pupils"},
            {"kind": "question"},
            {"capacity": budgets.pk},
            {"language": "ar"},
            {"language": "xx"},
            {"country": "TN"},
            {"country": "SK", "q": "pupils"},
            {"country": "DE"},
        )
    }
    assert list(found.values()) == [
        ["One", "Two"],
        ["One"],
        ["One"],
        [],
        ["Two"],
        ["One"],
        ["Two"],
        ["One", "Two"],
        ["Two"],
        [],
        ["One", "Two"],
    ]


def test_only_countries_that_published_lessons_name_are_offered(circle, ada, now, client):
    publish(circle, ada, now, title="One", country="SK")
    publish(circle, ada, now, title="Two")
    write(circle, ada, now, title="Three", country="DE")
    page = library(client)
    assert [f'<option value="{code}"' in page for code in ("SK", "DE")] == [True, False]
    assert page.count("Slovakia") == 2


def test_the_feed_holds_titles_and_addresses(circle, ada, now, client):
    lesson = publish(circle, ada, now, title="Teachers & pupils")
    response = client.get(reverse("public:lessons_feed", args=["mentorship"]))
    text = response.content.decode()
    address = reverse("public:lesson", args=["mentorship", lesson.pk])
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [words in text for words in ("Teachers &amp; pupils", address, "began")] == [True, True, False]


def test_a_programme_without_circles_has_no_library(cleo, now, client_of):
    make_cycle(cleo, now)
    assert client_of(cleo).get(reverse("public:lessons", args=["cee"])).status_code == 404


def test_what_is_taken_back_or_of_another_programme_is_not_there(circle, ada, cleo, now, client_of):
    private = write(circle, ada, now)
    public = publish(circle, ada, now)
    make_cycle(cleo, now)
    client = client_of(cleo)
    found = [
        client.get(reverse("public:lesson", args=args)).status_code
        for args in (["mentorship", private.pk], ["cee", public.pk], ["mentorship", public.pk])
    ]
    assert found == [404, 404, 200]


def test_a_programme_that_is_not_published_hides_its_library(circle, ada, now, client):
    lesson = publish(circle, ada, now)
    programme = circle.match.cycle.programme
    programme.is_published = False
    programme.save()
    addresses = [
        reverse("public:lessons", args=["mentorship"]),
        reverse("public:lesson", args=["mentorship", lesson.pk]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_members_and_coordinators_find_their_way_from_the_public_page(
    circle, ada, bo, cleo, dan, now, client_of
):
    lesson = publish(circle, ada, now)
    address = reverse("public:lesson", args=["mentorship", lesson.pk])
    ways = [reverse("desk:lesson", args=[lesson.pk]), reverse("office:lesson", args=[lesson.pk])]
    found = {
        account.name: [way in client_of(account).get(address).content.decode() for way in ways]
        for account in (bo, cleo, dan)
    }
    assert found == {"Bo": [True, False], "Cleo": [False, True], "Dan": [False, False]}


def test_the_programme_s_page_leads_to_the_library(circle, client):
    page = client.get(reverse("public:programme", args=["mentorship"])).content.decode()
    assert reverse("public:lessons", args=["mentorship"]) in page


def test_many_lessons_take_as_many_queries(circle, ada, now, client, django_assert_max_num_queries):
    for number in range(60):
        publish(circle, ada, now, title=f"Lesson {number}")
    with django_assert_max_num_queries(10):
        page = library(client, q="lesson we began")
    assert (page.count(">Lesson "), "60 lessons" in page) == (50, True)
