"""A circle's pages for its members: who sees it, what is written there, and leaving it."""

import pytest
from django.urls import reverse

from talka.exchanges.actions import leave_circle, publish_lesson, raise_concern, reply_to_lesson
from talka.exchanges.models import Concern, Exchange, Lesson
from tests.exchanges.circle_samples import make_circle, make_people, write

pytestmark = pytest.mark.django_db

WORDS = {"kind": "failure", "title": "Nobody came", "text": "We **forgot** the bell.", "language": "ar"}


@pytest.fixture
def circle(ada, bo, cleo, now, time_machine):
    """Return a circle of Ada, Bo and two others, today."""
    time_machine.move_to(now, tick=False)
    return make_circle(ada, bo, cleo, now)


@pytest.fixture
def lesson(circle, ada, now):
    """Return a lesson of Ada's."""
    return write(circle, ada, now)


def page_of(client, route, pk, **query):
    """Return a page as text."""
    response = client.get(reverse(f"desk:{route}", args=[pk]), query)
    assert response.status_code == 200
    return response.content.decode()


def test_members_see_who_is_in_it_and_when_they_could_meet(circle, ada, client_of):
    page = page_of(client_of(ada), "circle", circle.pk)
    assert [name in page for name in ("Bo", "Peer-01", "Peer-02", "Poland", "4 of 4 have time")] == [True] * 5
    assert "Nobody has written anything yet." in page


def test_nobody_else_sees_it_not_even_who_coordinates(circle, lesson, cleo, dan, client_of):
    for account in (cleo, dan):
        client = client_of(account)
        for route, pk in (("circle", circle.pk), ("lesson", lesson.pk), ("lesson_create", circle.pk)):
            assert client.get(reverse(f"desk:{route}", args=[pk])).status_code == 404


def test_what_somebody_writes_stands_in_the_circle(circle, ada, bo, client_of):
    address = reverse("desk:lesson_create", args=[circle.pk])
    response = client_of(ada).post(address, WORDS)
    lesson = Lesson.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("desk:lesson", args=[lesson.pk]))
    assert (lesson.kind, lesson.title, lesson.author, lesson.status) == (
        "failure",
        "Nobody came",
        ada,
        "shared",
    )
    page = page_of(client_of(bo), "lesson", lesson.pk)
    assert ["<strong>forgot</strong>" in page, "Publish it" in page, "Ask the coordinators" in page] == [
        True,
        False,
        True,
    ]
    kinds = [
        page_of(client_of(bo), "circle", circle.pk, kind=kind).count("Nobody came")
        for kind in ("failure", "success")
    ]
    assert kinds == [1, 0]


def test_the_country_it_is_about_is_what_the_author_says_and_stays_when_it_is_edited(circle, ada, client_of):
    client = client_of(ada)
    client.post(reverse("desk:lesson_create", args=[circle.pk]), {**WORDS, "country": "GH"})
    lesson = Lesson.objects.get()
    assert "Ghana" in page_of(client, "lesson", lesson.pk)
    assert '<option value="GH" selected>' in page_of(client, "lesson_edit", lesson.pk)
    other = {**WORDS, "country": "", "version": lesson.version}
    client.post(reverse("desk:lesson_edit", args=[lesson.pk]), other)
    assert Lesson.objects.values_list("country", flat=True).get() == ""


def test_a_form_with_a_mistake_keeps_what_was_typed(circle, ada, client_of):
    address = reverse("desk:lesson_create", args=[circle.pk])
    response = client_of(ada).post(address, {**WORDS, "title": ""})
    page = response.content.decode()
    assert (response.status_code, "We **forgot** the bell." in page, Lesson.objects.count()) == (422, True, 0)


def test_the_slower_of_two_tabs_gets_both_texts(lesson, ada, client_of):
    address, client = reverse("desk:lesson_edit", args=[lesson.pk]), client_of(ada)
    assert client.post(address, {**WORDS, "version": "1"}).status_code == 302
    response = client.post(address, {**WORDS, "title": "All came", "version": "1"})
    page = response.content.decode()
    assert (response.status_code, "All came" in page, "Nobody came" in page) == (409, True, True)
    assert client.post(address, {**WORDS, "title": "All came", "version": "2"}).status_code == 302
    lesson.refresh_from_db()
    assert lesson.title == "All came"


def test_only_the_author_changes_publishes_and_removes(lesson, bo, client_of):
    client = client_of(bo)
    for route in ("lesson_edit", "lesson_publish", "lesson_remove"):
        address = reverse(f"desk:{route}", args=[lesson.pk])
        assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]
    assert client.post(reverse("desk:lesson_take_back", args=[lesson.pk])).status_code == 403


def test_publishing_asks_for_the_name_and_can_be_taken_back(lesson, ada, client_of):
    address, client = reverse("desk:lesson_publish", args=[lesson.pk]), client_of(ada)
    assert client.post(address, {"version": "1"}).status_code == 422
    assert client.post(address, {"version": "1", "shows_author": "no"}).status_code == 302
    lesson.refresh_from_db()
    assert (lesson.status, lesson.shows_author, lesson.named_author) == ("published", False, "")
    for _again in range(2):
        assert client.post(reverse("desk:lesson_take_back", args=[lesson.pk])).status_code == 302
    lesson.refresh_from_db()
    assert lesson.status == "shared"


def test_a_text_that_was_changed_since_it_was_read_is_not_published_by_a_click(lesson, ada, client_of):
    client = client_of(ada)
    client.post(reverse("desk:lesson_edit", args=[lesson.pk]), {**WORDS, "version": "1"})
    address = reverse("desk:lesson_publish", args=[lesson.pk])
    response = client.post(address, {"version": "1", "shows_author": "yes"})
    assert (response.status_code, "We **forgot** the bell." in response.content.decode()) == (409, True)
    lesson.refresh_from_db()
    assert lesson.status == "shared"


def test_removing_asks_first_and_leads_back_to_the_circle(lesson, circle, ada, client_of):
    address, client = reverse("desk:lesson_remove", args=[lesson.pk]), client_of(ada)
    assert "cannot be undone" in client.get(address).content.decode()
    response = client.post(address)
    assert (response["Location"], client.get(reverse("desk:lesson", args=[lesson.pk])).status_code) == (
        circle.get_absolute_url(),
        404,
    )


def test_members_answer_and_take_only_their_own_answer_away(lesson, ada, bo, now, client_of):
    client_of(bo).post(reverse("desk:lesson", args=[lesson.pk]), {"text": "We, **too**."})
    reply = lesson.replies.get()
    address = reverse("desk:reply_remove", args=[reply.pk])
    assert "<strong>too</strong>" in page_of(client_of(ada), "lesson", lesson.pk)
    assert client_of(ada).post(address).status_code == 403
    assert client_of(bo).post(address).status_code == 302
    assert lesson.replies.count() == 0


def test_a_member_asks_the_coordinators_to_look_and_the_circle_sees_that_somebody_did(
    lesson, ada, bo, client_of
):
    address = reverse("desk:lesson_ask", args=[lesson.pk])
    assert client_of(bo).post(address, {"words": "It names a pupil."}).status_code == 302
    assert Concern.objects.get().raised_by == bo
    page = page_of(client_of(ada), "lesson", lesson.pk)
    assert ("Somebody of the circle has asked the coordinators" in page, "It names a pupil." in page) == (
        True,
        False,
    )


def test_who_leaves_reads_no_more_but_keeps_their_own_lessons(lesson, circle, ada, bo, now, client_of):
    theirs = write(circle, bo, now, title="Mine")
    reply_to_lesson(lesson=theirs, text="A secret answer", by=ada, now=now)
    client = client_of(bo)
    address = reverse("desk:circle_leave", args=[circle.pk])
    assert "need no reason" in client.get(address).content.decode()
    assert client.post(address)["Location"] == reverse("desk:home")
    found = [
        client.get(reverse(f"desk:{route}", args=[pk])).status_code
        for route, pk in (("circle", circle.pk), ("lesson", lesson.pk), ("lesson", theirs.pk))
    ]
    assert found == [404, 404, 200]
    page = page_of(client, "lesson", theirs.pk)
    assert ("A secret answer" in page, "Publish it" in page) == (False, True)
    assert client.post(reverse("desk:lesson", args=[theirs.pk]), {"text": "x"}).status_code == 403
    publish_lesson(lesson=theirs, shows_author=True, version=1, by=bo, now=now)
    assert client.post(reverse("desk:lesson_take_back", args=[theirs.pk])).status_code == 302


def test_a_circle_that_is_over_stays_readable_and_takes_nothing_more(lesson, circle, ada, client_of):
    Exchange.objects.filter(pk=circle.pk).update(status="stopped")
    client = client_of(ada)
    assert "This circle is over." in page_of(client, "circle", circle.pk)
    assert (
        client.post(reverse("desk:lesson_create", args=[circle.pk]), WORDS)["Location"]
        == circle.get_absolute_url()
    )
    assert client.post(reverse("desk:circle_leave", args=[circle.pk])).status_code == 302
    assert (Lesson.objects.count(), circle.match.seats.filter(left_at__isnull=False).count()) == (1, 0)


def test_the_desk_leads_to_the_circle(circle, ada, client_of):
    assert circle.get_absolute_url() in client_of(ada).get(reverse("desk:home")).content.decode()


def test_the_pages_of_visits_do_not_know_circles(circle, ada, cleo, client_of):
    for account, route in ((ada, "desk:exchange"), (cleo, "office:exchange"), (cleo, "office:closing")):
        assert client_of(account).get(reverse(route, args=[circle.pk])).status_code == 404
    assert client_of(ada).get(reverse("desk:match", args=[circle.match_id])).status_code == 404


def test_a_circle_with_many_lessons_takes_as_many_queries(
    circle, ada, now, client_of, django_assert_max_num_queries
):
    for number in range(60):
        write(circle, ada, now, title=f"Lesson {number}")
    client = client_of(ada)
    with django_assert_max_num_queries(22):
        page = page_of(client, "circle", circle.pk)
    assert page.count("Lesson ") == 50


def test_nobody_is_moved_by_an_address_of_another_circle(circle, ada, cleo, now, client_of):
    seat = circle.match.seats.get(application__person=ada)
    leave_circle(circle=circle, seat=seat, by=cleo, now=now)
    other = make_people(1, first=9)[0]
    assert client_of(other).post(reverse("desk:circle_leave", args=[circle.pk])).status_code == 404
    raise_concern(lesson=write(circle, ada, now), words="x", by=ada, now=now)
