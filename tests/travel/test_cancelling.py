"""Exchanges that are called off, and travellers who stay at home."""

import pytest

from talka.exchanges.actions import name_traveller, save_traveller
from talka.exchanges.models import Exchange, Traveller
from talka.exchanges.queries import visit_event
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.travel.actions import Refused, cancel_exchange, issue_invitation, remove_traveller
from talka.travel.models import Booking
from talka.travel.queries import left_in
from tests.exchanges.exchange_samples import fresh
from tests.travel.travel_samples import booked, quote


@pytest.mark.parametrize("who", ["ada", "bo", "cleo"])
def test_either_side_and_the_office_may_call_it_off_and_all_read_why(approved, who, request, now):
    person = request.getfixturevalue(who)
    cancel_exchange(exchange=approved, reason="The host fell ill.", by=person, now=now)
    assert fresh(approved).status == "cancelled"
    letters = Letter.objects.filter(key="exchange_cancelled")
    addresses = ["ada@demo.invalid", "bo@demo.invalid", "cleo@demo.invalid"]
    assert sorted(letter.email for letter in letters) == addresses
    assert [("The host fell ill." in letter.body) for letter in letters] == [True, True, True]
    last = Entry.objects.about(approved).last()
    assert (last.verb, last.actor, last.note) == ("cancel", person, "The host fell ill.")


def test_what_was_only_quoted_is_cancelled_and_what_was_booked_stays_visible(approved, ada, cleo, now):
    quote(approved, cleo, now, "10")
    booked(approved, cleo, now, "20")
    cancel_exchange(exchange=approved, reason="Ill", by=ada, now=now)
    assert sorted(Booking.objects.values_list("amount", "status")) == [(10, "cancelled"), (20, "booked")]
    assert left_in(approved.match.cycle) == 980
    counts = {letter.email: "1 booking was already made" in letter.body for letter in Letter.objects.all()}
    assert (counts["cleo@demo.invalid"], counts["ada@demo.invalid"]) == (True, False)


def test_the_match_ends_too(approved, ada, now):
    cancel_exchange(exchange=approved, reason="Ill", by=ada, now=now)
    assert fresh(approved).match.status == "cancelled"


def test_emergency_contacts_are_deleted_at_once(approved, ada, cleo, now):
    traveller = name_traveller(exchange=approved, account=ada, by=ada, now=now)
    values = {"emergency_name": "Zoe", "emergency_phone": "+48 123"}
    save_traveller(traveller=traveller, values=values, version=1, by=ada, now=now)
    cancel_exchange(exchange=approved, reason="Ill", by=cleo, now=now)
    assert list(Traveller.objects.values_list("emergency_name", "emergency_phone")) == [("", "")]


@pytest.mark.parametrize("status", ["visited", "closed", "cancelled"])
def test_what_is_over_cannot_be_called_off(approved, ada, status, now):
    Exchange.objects.filter(pk=approved.pk).update(status=status)
    with pytest.raises(NotAllowed):
        cancel_exchange(exchange=approved, reason="Ill", by=ada, now=now)
    assert Letter.objects.filter(key="exchange_cancelled").count() == 0


def test_the_calendar_says_that_the_visit_is_cancelled(approved, ada, now):
    before = visit_event(fresh(approved), now=now)
    cancel_exchange(exchange=approved, reason="Ill", by=ada, now=now)
    after = visit_event(fresh(approved), now=now)
    assert (before.cancelled, after.cancelled) == (False, True)
    assert (after.uid, after.sequence) == (before.uid, before.sequence + 1)


def test_a_traveller_who_stays_at_home_is_forgotten(approved, ada, now):
    traveller = name_traveller(exchange=approved, account=ada, by=ada, now=now)
    remove_traveller(traveller=traveller, by=ada, now=now)
    assert Traveller.objects.count() == 0


def test_a_traveller_with_a_booking_or_a_letter_is_kept(approved, ada, cleo, now):
    traveller = name_traveller(exchange=approved, account=ada, by=ada, now=now)
    quote(approved, cleo, now, traveller=traveller)
    with pytest.raises(Refused):
        remove_traveller(traveller=traveller, by=ada, now=now)
    Booking.objects.update(status="cancelled")
    issue_invitation(traveller=traveller, by=cleo, now=now)
    with pytest.raises(Refused):
        remove_traveller(traveller=traveller, by=ada, now=now)
    assert Traveller.objects.count() == 1
