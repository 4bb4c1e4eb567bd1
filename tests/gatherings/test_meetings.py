"""Introductory meetings are set, moved and called off, and people hear of it."""

from datetime import UTC, datetime, timedelta

import pytest

from talka.blueprints.reading import shipped
from talka.gatherings.actions import (
    GatheringOver,
    cancel_gathering,
    create_gathering,
    edit_gathering,
    register,
    registration_of,
    registration_token,
    unregister,
)
from talka.gatherings.models import Gathering
from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from talka.programmes.actions import create_programme, open_cycle

START = datetime(2027, 3, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
def meeting(cleo, now):
    programme = create_programme(
        slug="exchange", blueprint=shipped()["visit_exchange"], zone="Europe/Vilnius", by=cleo, now=now
    )
    cycle = open_cycle(programme=programme, slug="2027", label={"en": "2027"}, year=2027, by=cleo, now=now)
    return create_gathering(
        cycle=cycle,
        title={"en": "Questions welcome", "ar": "أسئلتكم"},
        description={},
        starts_at=START,
        ends_at=START + timedelta(hours=1),
        zone="Europe/Vilnius",
        link="https://meet.example.org/abc",
        by=cleo,
        now=now,
    )


def signed_up(meeting, now, email="eve@demo.invalid", language="en", account=None):
    return register(
        gathering=meeting,
        name="Eve",
        email=email,
        question="",
        account=account,
        language=language,
        now=now,
    )


def changed(meeting, by, now, version=1, **values):
    fields = ("title", "description", "starts_at", "ends_at", "zone", "link")
    given = {name: getattr(meeting, name) for name in fields} | values
    edit_gathering(gathering=meeting, **given, version=version, by=by, now=now)


def test_who_signs_up_gets_the_link_and_the_time_on_the_organisers_clock(meeting, now):
    signed_up(meeting, now)
    letter = Letter.objects.get()
    assert letter.subject == "You are on the list: Questions welcome"
    # On 28 March 2027 Vilnius is on summer time: 12:00 UTC is 15:00 there.
    assert "28 March 2027, 15:00 to 16:00 (Europe/Vilnius time)" in letter.body
    assert "https://meet.example.org/abc" in letter.body


def test_the_letter_speaks_the_language_of_who_signed_up(meeting, now):
    signed_up(meeting, now, language="ar")
    assert Letter.objects.get().subject.endswith("أسئلتكم")


def test_signing_up_twice_makes_one_registration_and_one_letter_a_day(meeting, now):
    first = signed_up(meeting, now)
    assert signed_up(meeting, now, email="EVE@demo.invalid") == first
    assert Letter.objects.count() == 1
    signed_up(meeting, now + timedelta(days=1))
    assert (Letter.objects.count(), meeting.registrations.count()) == (2, 1)


def test_the_token_in_a_mail_takes_one_person_off_the_list_and_no_other(meeting, now):
    mine, other = signed_up(meeting, now), signed_up(meeting, now, email="finn@demo.invalid")
    token = registration_token(mine)
    assert registration_of(token) == mine
    assert registration_of(token[:-2] + "xx") is None
    unregister(registration=registration_of(token), by=None, now=now)
    assert list(meeting.registrations.all()) == [other]
    assert registration_of(token) is None


def test_a_new_time_is_told_to_everybody_and_a_new_title_is_not(meeting, cleo, now):
    signed_up(meeting, now)
    changed(meeting, cleo, now, title={"en": "Ask us"})
    assert Letter.objects.filter(key="gathering_moved").count() == 0
    later = START + timedelta(days=1)
    changed(meeting, cleo, now, version=2, starts_at=later, ends_at=later + timedelta(hours=1))
    changed(meeting, cleo, now, version=3, link="https://meet.example.org/def")
    moved = Letter.objects.filter(key="gathering_moved").order_by("pk")
    assert ["abc" in letter.body for letter in moved] == [True, False]
    assert "29 March 2027, 15:00" in moved[0].body


def test_the_slower_of_two_editors_tells_nobody_anything(meeting, cleo, now):
    signed_up(meeting, now)
    changed(meeting, cleo, now, title={"en": "Ask us"})
    with pytest.raises(Overtaken):
        changed(meeting, cleo, now, link="https://meet.example.org/def")
    assert Gathering.objects.get().link == "https://meet.example.org/abc"
    assert Letter.objects.filter(key="gathering_moved").count() == 0


def test_a_cancelled_meeting_is_told_and_takes_nobody(meeting, cleo, now):
    signed_up(meeting, now)
    cancel_gathering(gathering=meeting, version=1, by=cleo, now=now)
    assert Letter.objects.get(key="gathering_cancelled").subject == "Cancelled: Questions welcome"
    with pytest.raises(GatheringOver):
        signed_up(meeting, now, email="finn@demo.invalid")
    assert [entry.verb for entry in Entry.objects.about(meeting)] == ["create", "register", "cancel"]


def test_nobody_signs_up_from_the_moment_it_ends(meeting, now):
    signed_up(meeting, meeting.ends_at - timedelta(seconds=1))
    with pytest.raises(GatheringOver):
        signed_up(meeting, meeting.ends_at, email="finn@demo.invalid")
