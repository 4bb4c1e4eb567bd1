"""A proposed match on the desk: what each side sees of the other, and its yes or no."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from talka.exchanges.models import Exchange
from talka.matching.actions import draft_run, lapse_matches, publish_run
from talka.matching.models import Match
from talka.people.models import Account
from talka.web.desk.match_tasks import match_tasks
from tests.conftest import make_representative
from tests.matching.matching_world import learn, make_community, make_world, teach

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(ada, bo, cleo, now):
    """Return a cycle with two who learn and two who teach."""
    return make_world(ada, bo, cleo, now)


@pytest.fixture
def match(world, cleo, now):
    """Return the match of Ada's community with Bo's, proposed just now."""
    answers = world.bo.sheet.answers | {"experience": "CNRY-experience", "anything_else": "CNRY-private"}
    world.bo.sheet.answers = answers | {"has_passport": True}
    world.bo.sheet.save()
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    publish_run(run=run, by=cleo, now=timezone.now())
    return Match.objects.get(seats__application=world.ada)


def say(client, match, part, answer, **data):
    """Send the answer of one side, as its form does."""
    name = {"yes": "desk:agree_to_match", "no": "desk:decline_match"}[answer]
    return client.post(reverse(name, args=[match.pk, match.seats.get(part=part).pk]), data, follow=True)


def words_of(response):
    """Return the words of a page without its tags, white space made single."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_side_sees_who_why_and_until_when(client_of, ada, match):
    page = words_of(client_of(ada).get(reverse("desk:match", args=[match.pk])))
    for words in (
        "Your match with Wikimedia Graustark",
        "Wikimedians of Ruritania would learn from Wikimedia Graustark.",
        "Teaches what is asked for: Event budgets.",
        "CNRY-experience",
        "closes in",
        "Yes, we want this",
    ):
        assert words in page


def test_before_both_agreed_nothing_private_and_no_contact_is_shown(client_of, ada, bo, match):
    client = client_of(ada)
    for _ in range(2):
        page = client.get(reverse("desk:match", args=[match.pk])).content.decode()
        found = [one for one in ("CNRY-private", "bo@demo.invalid", "travel document") if one in page]
        assert found == []
        say(client, match, "learns", "yes")


def test_the_mentor_sees_the_goals_of_who_would_learn(client_of, bo, match):
    page = words_of(client_of(bo).get(reverse("desk:match", args=[match.pk])))
    assert "We keep a budget." in page
    assert "Wikimedians of Ruritania would learn from Wikimedia Graustark." in page


def test_after_two_yes_the_contacts_and_the_exchange_are_there(client_of, ada, bo, match):
    say(client_of(ada), match, "learns", "yes")
    page = say(client_of(bo), match, "teaches", "yes").content.decode()
    exchange = Exchange.objects.get(match=match)
    assert "ada@demo.invalid" in page
    assert exchange.get_absolute_url() in page
    assert "CNRY-private" not in client_of(ada).get(reverse("desk:match", args=[match.pk])).content.decode()


def test_a_no_needs_a_word_of_why_and_keeps_the_page(client_of, bo, match):
    client = client_of(bo)
    url = reverse("desk:decline_match", args=[match.pk, match.seats.get(part="teaches").pk])
    refused = client.post(url, {"note": " "})
    assert (refused.status_code, Match.objects.get(pk=match.pk).status) == (422, "proposed")
    assert "Please say why" in words_of(refused)
    long = client.post(url, {"note": "x" * 2001})
    assert (long.status_code, "x" * 2001 in long.content.decode()) == (422, True)


def test_after_a_no_the_other_side_sees_neither_reason_nor_answers(client_of, ada, bo, match):
    say(client_of(bo), match, "teaches", "no", note="CNRY-reason")
    page = client_of(ada).get(reverse("desk:match", args=[match.pk])).content.decode()
    assert [one for one in ("CNRY-reason", "CNRY-experience", "Yes, we want") if one in page] == []
    assert "cannot take part in this match" in page


def test_an_answer_to_what_is_decided_is_refused_with_a_sentence(client_of, ada, bo, match):
    say(client_of(bo), match, "teaches", "no", note="No time.")
    page = words_of(say(client_of(ada), match, "learns", "yes"))
    assert "This match is no longer waiting for answers." in page


def test_a_match_whose_time_is_over_takes_no_answer(client_of, ada, match):
    Match.objects.filter(pk=match.pk).update(answer_by=timezone.now() - timedelta(seconds=1))
    client = client_of(ada)
    page = words_of(client.get(reverse("desk:match", args=[match.pk])))
    assert "The time to answer is over." in page
    assert "The time to answer is over." in words_of(say(client, match, "learns", "yes"))
    lapse_matches(now=timezone.now())
    assert "Not both sides answered in time" in words_of(client.get(reverse("desk:match", args=[match.pk])))


@pytest.mark.parametrize(("who", "expected"), [("dan", 404), ("cleo", 404), ("eva", 404), ("nobody", 302)])
def test_others_do_not_know_of_the_match(request, client, world, match, who, expected):
    if who == "eva":
        client.force_login(world.eva.community.representations.get().account)
    elif who != "nobody":
        client.force_login(request.getfixturevalue(who))
    seat = match.seats.get(part="learns").pk
    pages = [client.get(reverse("desk:match", args=[match.pk]))]
    pages += [
        client.post(reverse(name, args=[match.pk, seat]), {"note": "x"})
        for name in ("desk:agree_to_match", "desk:decline_match")
    ]
    assert [page.status_code for page in pages] == [expected] * 3
    assert set(match.seats.values_list("answer", flat=True)) == {"pending"}


def test_nobody_answers_for_the_other_side(client_of, ada, match):
    response = say(client_of(ada), match, "teaches", "yes")
    assert response.status_code == 403
    assert set(match.seats.values_list("answer", flat=True)) == {"pending"}


def test_who_acts_for_both_sides_sees_and_answers_both(client_of, ada, world, match):
    make_representative(ada, world.bo.community)
    client = client_of(ada)
    page = words_of(client.get(reverse("desk:match", args=[match.pk])))
    assert page.count("Yes, we want this") == 2
    say(client, match, "learns", "yes")
    say(client, match, "teaches", "yes")
    assert Match.objects.get(pk=match.pk).status == "agreed"


def test_the_desk_asks_for_an_answer_and_then_waits(client_of, ada, match):
    now = timezone.now()
    (asked,) = match_tasks(ada, now)
    assert (asked.waits, asked.address, asked.due_at) == (
        False,
        f"/desk/matches/{match.pk}/",
        match.answer_by,
    )
    say(client_of(ada), match, "learns", "yes")
    (waiting,) = match_tasks(ada, now)
    assert waiting.waits
    assert match_tasks(ada, match.answer_by) == []


def test_the_desk_asks_the_database_as_often_for_many_matches(
    ada, bo, world, match, now, django_assert_num_queries
):
    with django_assert_num_queries(5):
        assert len(match_tasks(ada, timezone.now())) == 1
    for number in range(6):
        other = teach(world.cycle, make_community(f"Mentor {number}", "HR"), now)
        more = Match.objects.create(
            cycle=world.cycle, origin="suggested", proposed_at=now, answer_by=match.answer_by
        )
        more.seats.create(application=world.ada, part="learns")
        more.seats.create(application=other, part="teaches")
    with django_assert_num_queries(5):
        assert len(match_tasks(ada, timezone.now())) == 7


def test_get_changes_nothing(client_of, ada, match):
    seat = match.seats.get(part="learns").pk
    assert client_of(ada).get(reverse("desk:agree_to_match", args=[match.pk, seat])).status_code == 405


def test_the_application_says_who_the_partner_is(client_of, ada, world, match):
    page = words_of(client_of(ada).get(reverse("desk:application", args=[world.ada.pk])))
    assert "Accepted, and there is a partner. Partner Wikimedia Graustark Proposed" in page
    assert ("You hear about a partner" in page, "we look for your partner" in page) == (False, False)


def test_the_application_says_when_a_match_came_to_nothing(client_of, ada, world, match):
    lapse_matches(now=match.answer_by)
    page = words_of(client_of(ada).get(reverse("desk:application", args=[world.ada.pk])))
    assert "Accepted. At present there is no partner. Partner This came to nothing." in page
    assert "Wikimedia Graustark No answer in time" in page


def test_the_application_says_why_there_is_no_partner(client_of, cleo, now, world):
    far = learn(
        world.cycle,
        make_community("Far", "BG", represented_by="gil"),
        now,
        languages=[{"language": "bg", "level": 6}],
    )
    gil = Account.objects.get(email="gil@demo.invalid")
    address = reverse("desk:application", args=[far.pk])
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    assert "You hear about a partner once the matching is done." in words_of(client_of(gil).get(address))
    publish_run(run=run, by=cleo, now=now)
    page = words_of(client_of(gil).get(address))
    assert "Why there is no partner Partners with the right topic there are (2), but none speaks" in page
