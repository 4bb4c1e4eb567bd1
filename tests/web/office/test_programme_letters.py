"""The letters that belong to no cycle are in the office too: read, and sent again where they failed."""

import re

import pytest
from django.urls import reverse

from talka.gatherings.actions import cancel_gathering
from talka.letters.models import Letter
from talka.programmes.actions import appoint, join_roll
from tests.conftest import make_account
from tests.gatherings.meeting_samples import (
    make_cycle,
    make_meeting,
    make_programme,
    sign_up,
    sign_up_as_guest,
)


@pytest.fixture(autouse=True)
def clock(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)


@pytest.fixture
def office(client_of, cleo):
    return client_of(cleo)


def listed(office, programme, status="queued"):
    page = office.get(reverse("office:programme_letters", args=[programme.slug]), {"status": status})
    return {(letter.key, letter.email) for letter in page.context["page"]}


def test_letters_about_the_groups_own_meetings_and_its_roll_are_listed(
    programme, office, cleo, ada, dan, now
):
    meeting = make_meeting(programme, cleo, now)
    sign_up(meeting, ada, now)
    sign_up_as_guest(meeting, "Eve", now)
    join_roll(programme=programme, account=dan, name="Dan", user_name="", contributions=[], now=now)
    cancel_gathering(gathering=meeting, version=1, by=cleo, now=now)
    assert listed(office, programme) == {
        ("gathering_registered", ada.email),
        ("gathering_registered", "eve@example.org"),
        ("gathering_cancelled", ada.email),
        ("gathering_cancelled", "eve@example.org"),
        ("roll_joined", dan.email),
    }


def test_letters_of_a_cycle_and_of_another_programme_stay_where_they_belong(
    programme, office, cleo, ada, now
):
    cycle = make_cycle(programme, cleo, now)
    sign_up(make_meeting(programme, cleo, now, cycle=cycle), ada, now)
    other = make_programme(cleo, now, slug="other")
    sign_up(make_meeting(other, cleo, now), ada, now)
    assert listed(office, programme) == set()
    assert listed(office, other) == {("gathering_registered", ada.email)}
    foreign = Letter.objects.latest("pk")
    address = reverse("office:programme_letter", args=[programme.slug, foreign.pk])
    assert office.get(address).status_code == 404


def test_a_letter_is_read_and_sent_again_where_it_failed(programme, office, cleo, ada, now):
    sign_up(make_meeting(programme, cleo, now), ada, now)
    Letter.objects.update(status="failed", last_error="550 no such person")
    letter = Letter.objects.get()
    listing = reverse("office:programme_letters", args=[programme.slug])
    assert "550 no such person" in office.get(listing).text
    page = office.get(f"{listing}{letter.pk}/").text
    again = reverse("office:retry_programme_letter", args=[programme.slug, letter.pk])
    assert (letter.subject in page, again in page) == (True, True)
    assert office.post(again).url == f"{listing}{letter.pk}/"
    letter.refresh_from_db()
    assert letter.status == "queued"


def test_the_key_to_leave_a_list_is_shown_to_nobody_but_who_got_the_letter(
    programme, office, client, cleo, now
):
    sign_up_as_guest(make_meeting(programme, cleo, now), "Eve", now)
    letter = Letter.objects.get()
    page = office.get(reverse("office:programme_letter", args=[programme.slug, letter.pk])).text
    key = re.search(r"/gatherings/leave/([^/]+)/", letter.body)[1]
    assert client.get(reverse("public:unregister", args=[key])).status_code == 200
    assert ("/gatherings/leave/…/" in page, key in page) == (True, False)


def test_a_held_letter_can_still_be_changed(programme, office, cleo, ada, now):
    sign_up(make_meeting(programme, cleo, now), ada, now)
    Letter.objects.update(status="held")
    letter = Letter.objects.get()
    address = reverse("office:programme_letter", args=[programme.slug, letter.pk])
    words = {"subject": "Come", "body": "We meet.", "version": letter.version}
    assert office.post(address, words).status_code == 302
    assert Letter.objects.values_list("subject", "body").get() == ("Come", "We meet.\n")
    assert office.post(address, words).status_code == 409


def test_only_who_coordinates_the_programme_reads_them(programme, client_of, cleo, now):
    rosa = make_account("rosa")
    appoint(programme=programme, account=rosa, post="reviewer", by=cleo, now=now)
    address = reverse("office:programme_letters", args=[programme.slug])
    assert client_of(rosa).get(address).status_code == 403
    assert client_of(make_account("eve")).get(address).status_code == 404


def test_the_programme_and_its_meetings_lead_to_them(programme, office):
    address = reverse("office:programme_letters", args=[programme.slug])
    for place in ("programme", "meetings"):
        assert address in office.get(reverse(f"office:{place}", args=[programme.slug])).text
