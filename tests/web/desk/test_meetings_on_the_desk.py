"""The desk asks people to sign up for check-ins and to say what became of what they took on."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talka.gatherings.actions import add_action_item
from talka.gatherings.models import ActionItem, CalendarFeed
from talka.kernel.models import AnsweredPost
from tests.gatherings.meeting_samples import accept, make_cycle, make_meeting, make_programme, sign_up

HOME = "desk:home"


@pytest.fixture(autouse=True)
def clock(time_machine, now):
    time_machine.move_to(now, tick=False)
    return time_machine


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)


@pytest.fixture
def cycle(programme, cleo, now):
    return make_cycle(programme, cleo, now)


def shown(client, route=HOME, *args):
    answer = client.get(reverse(route, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def check_in(cycle, cleo, now, **given):
    return make_meeting(None, cleo, now, cycle=cycle, kind="check_in", title={"en": "Hub check-in"}, **given)


def test_who_was_accepted_is_asked_to_sign_up_and_then_has_it_among_theirs(
    cycle, cleo, dan, ada, now, client_of
):
    accept(cycle, dan, now)
    one = check_in(cycle, cleo, now)
    check_in(cycle, cleo, now, starts_at=now + timedelta(days=40))
    assert "Hub check-in" not in shown(client_of(ada))
    page = shown(client_of(dan))
    assert page.count("sign up for “Hub check-in”") == 2
    sign_up(one, dan, now)
    page = shown(client_of(dan))
    assert ("sign up for" in page, page.count("Hub check-in")) == (False, 1)


def test_nobody_is_asked_to_sign_up_where_no_place_is_left(cycle, cleo, dan, ada, now, client_of):
    accept(cycle, dan, now)
    sign_up(check_in(cycle, cleo, now, places=1), ada, now)
    assert "Hub check-in" not in shown(client_of(dan))


def item(programme, owner, cleo, now):
    meeting = make_meeting(programme, cleo, now)
    values = {"owner_name": "", "due_on": date(2027, 3, 12), "by": cleo, "now": now}
    return add_action_item(gathering=meeting, text="Write it down", owner=owner, **values)


def test_what_one_took_on_is_asked_of_one_until_it_is_done(programme, cleo, ada, dan, now, client_of):
    mine = item(programme, ada, cleo, now)
    page = shown(client_of(ada))
    assert "you took on “Write it down”" in page and "Closes in 2 days" in page
    address = reverse("desk:action_item", args=[mine.pk])
    assert client_of(dan).get(address).status_code == 404
    client = client_of(ada)
    assert client.post(address, {"note": "kept words"}).content.decode().count("kept words") == 1
    client.post(address, {"status": "done", "note": "See the handbook"})
    kept = ActionItem.objects.get()
    assert (kept.status, kept.note, "Write it down" in shown(client)) == ("done", "See the handbook", False)
    assert client.post(address, {"status": "dropped"}).status_code == 409
    assert "See the handbook" in shown(client, "desk:action_item", mine.pk)


def test_the_desk_asks_the_same_number_of_questions_for_one_thing_and_for_twenty(
    programme, cycle, cleo, ada, now, client_of, django_assert_num_queries
):
    accept(cycle, ada, now)
    item(programme, ada, cleo, now)
    check_in(cycle, cleo, now)
    client = client_of(ada)
    with CaptureQueriesContext(connection) as few:
        shown(client)
    for _number in range(19):
        item(programme, ada, cleo, now)
        check_in(cycle, cleo, now)
    with django_assert_num_queries(len(few.captured_queries)):
        shown(client)


def test_the_secret_address_is_shown_once_and_kept_nowhere(ada, client_of):
    client = client_of(ada)
    assert "There is no address yet." in shown(client, "desk:calendar")
    page = client.post(reverse("desk:calendar")).content.decode()
    secret = page.partition("/calendar/")[2].partition(".ics")[0]
    assert len(secret) == 43
    assert client.get(reverse("public:my_feed", args=[secret])).status_code == 200
    again = shown(client, "desk:calendar")
    assert ("You made an address on 10 March 2027." in again, secret in again) == (True, False)
    feed = CalendarFeed.objects.get()
    assert (secret in feed.token_hash, len(feed.token_hash)) == (False, 64)
    kept = AnsweredPost.objects.values_list("location", "cookies")
    assert [one for one in kept if secret in "".join(one)] == []
    client.post(reverse("desk:calendar_revoke"))
    assert "There is no address yet." in shown(client, "desk:calendar")
