"""Circles in the office: drafted, changed by hand, published, and seen without what is written in them."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from talka.exchanges.actions import publish_lesson, raise_concern
from talka.exchanges.models import Exchange, Lesson
from talka.letters.models import Letter
from talka.matching.models import CircleDraft
from talka.programmes.actions import appoint
from tests.exchanges.circle_samples import (
    make_circle,
    make_cohort,
    make_people,
    make_wanting,
    want_circle,
    write,
)
from tests.exchanges.exchange_samples import make_cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(cleo, now, time_machine):
    """Return a cohort of nine who want circles, today."""
    time_machine.move_to(now, tick=False)
    cycle = make_cohort(cleo, now)
    make_wanting(cycle, make_people(9), now)
    return cycle


@pytest.fixture
def office(cleo, client_of):
    """Return Cleo's browser."""
    return client_of(cleo)


def text_of(client, route, *args):
    """Return a page as text."""
    response = client.get(reverse(f"office:{route}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def make_draft(office, cycle):
    """Let Cleo make a draft, and return it."""
    response = office.post(reverse("office:circle_draft_make", args=[cycle.pk]))
    draft = CircleDraft.objects.order_by("-pk")[0]
    assert response["Location"] == reverse("office:circle_draft", args=[draft.pk])
    return draft


def move(office, draft, application, **given):
    """Let Cleo move somebody of a draft."""
    given = {"application": application.pk, "version": draft.version, **given}
    office.post(reverse("office:circle_draft_move", args=[draft.pk]), given)
    draft.refresh_from_db()


def test_before_anybody_is_accepted_the_page_says_what_comes_first(cleo, now, office):
    page = text_of(office, "circles", make_cohort(cleo, now).pk)
    assert ("Nobody waits for a circle." in page, "Make a draft" in page) == (True, False)


def test_a_draft_is_made_looked_at_and_published(cycle, office):
    assert "No draft yet." in text_of(office, "circles", cycle.pk)
    draft = make_draft(office, cycle)
    page = text_of(office, "circle_draft", draft.pk)
    assert [
        words in page
        for words in ("Circle 1", "Circle 2", "All of them speak English.", "Everybody has one.")
    ] == [True] * 4
    assert "The proof of this draft does not hold." not in page
    page = text_of(office, "circle_publish", draft.pk)
    assert ("2 circles begin at once." in page, "9 members get a letter" in page) == (True, True)
    response = office.post(reverse("office:circle_publish", args=[draft.pk]), {"version": draft.version})
    assert response["Location"] == reverse("office:circles", args=[cycle.pk])
    assert (Exchange.objects.circles().count(), Letter.objects.filter(key="circle_started").count()) == (2, 9)
    assert office.get(reverse("office:circle_publish", args=[draft.pk])).status_code == 302


def test_moving_by_hand_warns_and_a_late_click_changes_nothing(cycle, office):
    draft = make_draft(office, cycle)
    first = cycle.calls.get(role="mentee").applications.order_by("pk")[0]
    small = min(range(2), key=lambda place: len(draft.circles[place]["members"]))
    who = draft.who[draft.circles[small]["members"][0]]
    one = next(person for person in cycle.calls.get(role="mentee").applications.all() if person.pk == who)
    move(office, draft, one, instead="out")
    page = text_of(office, "circle_draft", draft.pk)
    assert (
        "Only 3: a circle has at least 4 members." in page,
        "Was taken out by the coordinators." in page,
    ) == (True, True)
    before = draft.circles
    move(office, draft, first, instead="new", version=1)
    assert draft.circles == before
    assert "Somebody else changed this draft meanwhile." in text_of(office, "circle_draft", draft.pk)
    move(office, draft, one, to=str(small + 1))
    assert sorted(len(circle["members"]) for circle in draft.circles) == [4, 5]


@pytest.mark.parametrize(
    "given", [{"application": "x"}, {"application": "0"}, {"to": "77"}, {"version": "²"}, {}]
)
def test_odd_words_move_nobody(cycle, office, given):
    draft = make_draft(office, cycle)
    address = reverse("office:circle_draft_move", args=[draft.pk])
    assert office.post(address, given).status_code in (302, 404)
    draft.refresh_from_db()
    assert draft.version == 1


def test_what_is_kept_stays_when_the_others_are_made_again(cycle, office):
    draft = make_draft(office, cycle)
    address = reverse("office:circle_draft_keep", args=[draft.pk, 1])
    office.post(address, {"kept": "yes", "version": draft.version})
    office.post(reverse("office:circle_draft_again", args=[draft.pk]))
    again = CircleDraft.objects.order_by("-pk")[0]
    assert (again.pk != draft.pk, again.circles[0]["kept"]) == (True, True)
    assert set(again.circles[0]["members"]) == set(draft.circles[0]["members"])
    assert office.post(reverse("office:circle_draft_keep", args=[draft.pk, 99])).status_code == 302


def test_a_draft_is_put_aside(cycle, office):
    draft = make_draft(office, cycle)
    office.post(reverse("office:circle_draft_discard", args=[draft.pk]))
    assert "Draft of 10" not in text_of(office, "circles", cycle.pk)
    assert "can no longer be changed" in text_of(office, "circle_draft", draft.pk)


def test_coordinators_see_that_a_circle_lives_and_not_what_it_says(ada, bo, cleo, now, office):
    circle = make_circle(ada, bo, cleo, now)
    lesson = write(circle, ada, now, title="Only among us")
    for page in (text_of(office, "circles", circle.match.cycle_id), text_of(office, "circle", circle.pk)):
        assert ("Only among us" in page, "Bo" in page) == (False, True)
    assert office.get(reverse("office:lesson", args=[lesson.pk])).status_code == 404
    response = office.get(reverse("office:circles_export", args=[circle.match.cycle_id]))
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(response.content)).active.rows]
    assert [(row[2], row[4], row[5], row[6]) for row in rows[1:]] == [
        ("Ada", 1, 0, 0),
        ("Bo", 1, 0, 0),
        ("Peer-01", 1, 0, 0),
        ("Peer-02", 1, 0, 0),
    ]


def test_somebody_is_added_let_go_and_the_circle_ended(ada, bo, cleo, now, office):
    circle = make_circle(ada, bo, cleo, now)
    nina = want_circle(circle.match.cycle, make_people(1, first=9)[0], now)
    join = reverse("office:circle_join", args=[circle.pk])
    assert [office.post(join, {"application": given}).status_code for given in ("", "77", nina.pk)] == [
        422,
        422,
        302,
    ]
    seat = circle.match.seats.get(application=nina)
    let_go = reverse("office:circle_let_go", args=[circle.pk, seat.pk])
    assert "it blames nobody" in office.get(let_go).content.decode()
    assert office.post(let_go).status_code == 302
    seat.refresh_from_db()
    assert seat.left_at is not None
    dissolve = reverse("office:circle_dissolve", args=[circle.pk])
    assert office.post(dissolve, {"words": ""}).status_code == 422
    assert office.post(dissolve, {"words": "Thank you."}).status_code == 302
    assert Exchange.objects.get(pk=circle.pk).status == "stopped"
    assert text_of(office, "circles", circle.match.cycle_id).count("Peer-09") == 1


def test_a_concern_is_shown_settled_and_gone(ada, bo, cleo, now, office):
    circle = make_circle(ada, bo, cleo, now)
    lesson = write(circle, ada, now, title="A pupil did it")
    raise_concern(lesson=lesson, words="It names a pupil.", by=bo, now=now)
    assert "It names a pupil." in text_of(office, "circles", circle.match.cycle_id)
    assert "A pupil did it" in text_of(office, "lesson", lesson.pk)
    settle = reverse("office:lesson_settle", args=[lesson.pk])
    assert office.post(settle, {"settle-answer": ""}).status_code == 422
    assert office.post(settle, {"settle-answer": "We talked."}).status_code == 302
    assert office.get(reverse("office:lesson", args=[lesson.pk])).status_code == 404


@pytest.mark.parametrize(
    ("route", "field", "status"), [("take_back", "take", "shared"), ("remove", "remove", "removed")]
)
def test_a_published_lesson_is_taken_back_or_removed_with_a_reason(
    ada, bo, cleo, now, office, route, field, status
):
    circle = make_circle(ada, bo, cleo, now)
    lesson = publish_lesson(lesson=write(circle, ada, now), shows_author=True, version=1, by=ada, now=now)
    address = reverse(f"office:lesson_{route}", args=[lesson.pk])
    assert office.post(address, {f"{field}-reason": ""}).status_code == 422
    assert office.post(address, {f"{field}-reason": "It names a pupil."}).status_code == 302
    assert Lesson.objects.get().status == status


def test_the_board_says_what_waits(ada, bo, cleo, now, client_of, time_machine):
    time_machine.move_to(now, tick=False)
    office = client_of(cleo)
    circle = make_circle(ada, bo, cleo, now)
    cycle = circle.match.cycle
    want_circle(cycle, make_people(1, first=9)[0], now)
    make_draft(office, cycle)
    time_machine.move_to(now + timedelta(days=60), tick=False)
    office = client_of(cleo)
    page = text_of(office, "cycle", cycle.pk)
    silent, drafted = "One circle has been silent for 60 days.", "One draft of circles is neither"
    assert [words in page for words in (silent, drafted)] == [True, True]
    lesson = write(circle, ada, now + timedelta(days=59))
    raise_concern(lesson=lesson, words="Look.", by=bo, now=now)
    page = text_of(office, "cycle", cycle.pk)
    assert [words in page for words in (silent, "asks you to look at one text.")] == [False, True]


def test_circles_count_neither_as_matches_nor_as_exchanges(ada, bo, cleo, now, office):
    circle = make_circle(ada, bo, cleo, now)
    page = text_of(office, "mentorships", circle.match.cycle_id)
    assert "Circle of" not in page
    assert "Circle of" not in text_of(office, "matching", circle.match.cycle_id)


def test_a_cycle_without_circles_has_no_such_page(cleo, now, office):
    cycle = make_cycle(cleo, now)
    assert office.get(reverse("office:circles", args=[cycle.pk])).status_code == 404
    assert reverse("office:circles", args=[cycle.pk]) not in text_of(office, "cycle", cycle.pk)


def test_who_only_reads_applications_sees_no_circles(cycle, dan, now, client_of, cleo):
    appoint(programme=cycle.programme, account=dan, post="reviewer", by=cleo, now=now)
    assert client_of(dan).get(reverse("office:circles", args=[cycle.pk])).status_code == 404


def test_many_circles_take_as_many_queries(cleo, now, office, django_assert_max_num_queries):
    cycle = make_cohort(cleo, now)
    make_wanting(cycle, make_people(40), now)
    draft = make_draft(office, cycle)
    with django_assert_max_num_queries(25):
        text_of(office, "circle_draft", draft.pk)
    office.post(reverse("office:circle_publish", args=[draft.pk]), {"version": draft.version})
    with django_assert_max_num_queries(25):
        text_of(office, "circles", cycle.pk)
