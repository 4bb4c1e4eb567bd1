"""Who travels, and emergency contacts: seen by few, deleted in time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from talka.exchanges.actions import (
    ContactNotShown,
    EmergencyContact,
    NotOfTheVisitors,
    add_question,
    delete_emergency_contacts,
    forget_emergency_contacts,
    name_traveller,
    save_traveller,
    show_emergency_contact,
)
from talka.exchanges.models import Traveller
from talka.kernel.models import Entry, Overtaken
from talka.kernel.registry import clockwork
from talka.letters.models import Letter
from tests.conftest import make_account, make_representative
from tests.exchanges.exchange_samples import fresh

# The visit ends on 5 August; the fourteenth day after it ends with 19 August in Warsaw.
GOES = datetime(2027, 8, 20, tzinfo=ZoneInfo("Europe/Warsaw"))
SECOND = timedelta(seconds=1)
CONTACT = {"emergency_name": "Zoe", "emergency_phone": "+48 123"}


def make_traveller(exchange, account, now):
    traveller = name_traveller(exchange=exchange, account=account, by=account, now=now)
    save_traveller(traveller=traveller, values=CONTACT, version=1, by=account, now=now)
    return Traveller.objects.select_related("exchange__plan").get(pk=traveller.pk)


def kept(traveller):
    found = Traveller.objects.get(pk=traveller.pk)
    return found.emergency_name, found.emergency_phone


def test_representatives_of_the_visitors_travel_and_nobody_else(exchange, ada, bo, dan, now):
    name_traveller(exchange=exchange, account=ada, by=ada, now=now)
    for stranger in (bo, dan):
        with pytest.raises(NotOfTheVisitors):
            name_traveller(exchange=exchange, account=stranger, by=ada, now=now)
    assert [traveller.account for traveller in exchange.travellers.all()] == [ada]


def test_somebody_who_is_named_is_asked_by_letter_once(exchange, ada, now):
    eve = make_account("eve")
    make_representative(eve, ada.community)
    for _ in range(2):
        name_traveller(exchange=exchange, account=eve, by=ada, now=now)
    assert [letter.email for letter in Letter.objects.filter(key="traveller_named")] == ["eve@demo.invalid"]
    assert exchange.travellers.count() == 1


def test_the_slower_of_two_tabs_is_told(exchange, ada, now):
    traveller = make_traveller(exchange, ada, now)
    with pytest.raises(Overtaken):
        save_traveller(traveller=traveller, values={"travels_from": "Bratislava"}, version=1, by=ada, now=now)
    assert Traveller.objects.get().travels_from == ""


def test_nobody_sees_the_contact_before_the_plan_is_approved(exchange, ada, cleo, now):
    traveller = make_traveller(exchange, ada, now)
    with pytest.raises(ContactNotShown):
        show_emergency_contact(traveller=traveller, by=cleo, now=now)
    assert [entry.verb for entry in Entry.objects.about(traveller)] == ["edit"]


def test_each_look_at_the_contact_leaves_a_line(approved, ada, bo, cleo, now):
    traveller = make_traveller(approved, ada, now)
    for who in (bo, cleo, bo):
        seen = show_emergency_contact(traveller=traveller, by=who, now=now)
        assert seen == EmergencyContact("Zoe", "+48 123")
    looked = Entry.objects.about(traveller).filter(verb="show emergency contact")
    assert [entry.actor for entry in looked] == [bo, cleo, bo]
    assert [entry.note for entry in looked] == ["", "", ""]


def test_the_contact_hides_again_while_the_plan_is_changed(approved, ada, cleo, now):
    traveller = make_traveller(approved, ada, now)
    add_question(plan=approved.plan, text="And this?", by=ada, now=now)
    traveller = Traveller.objects.get(pk=traveller.pk)
    with pytest.raises(ContactNotShown):
        show_emergency_contact(traveller=traveller, by=cleo, now=now)


@pytest.mark.parametrize(("moment", "deleted"), [(GOES - SECOND, 0), (GOES, 1), (GOES + SECOND, 1)])
def test_the_contact_is_deleted_with_the_end_of_the_fourteenth_day(approved, ada, now, moment, deleted):
    traveller = make_traveller(approved, ada, now)
    assert delete_emergency_contacts(now=moment) == deleted
    assert kept(traveller) == (("", "") if deleted else ("Zoe", "+48 123"))


@pytest.mark.parametrize(("moment", "shown"), [(GOES - SECOND, True), (GOES, False), (GOES + SECOND, False)])
def test_the_contact_is_hidden_from_the_same_moment_even_when_no_clock_ticked(
    approved, ada, cleo, now, moment, shown
):
    traveller = make_traveller(approved, ada, now)
    if shown:
        assert show_emergency_contact(traveller=traveller, by=cleo, now=moment).name == "Zoe"
    else:
        with pytest.raises(ContactNotShown):
            show_emergency_contact(traveller=traveller, by=cleo, now=moment)


def test_a_form_opened_before_the_deletion_cannot_put_the_contact_back(approved, ada, now):
    traveller = make_traveller(approved, ada, now)
    seen = traveller.version
    delete_emergency_contacts(now=GOES)
    with pytest.raises(Overtaken):
        save_traveller(traveller=traveller, values=CONTACT, version=seen, by=ada, now=GOES)
    again = Traveller.objects.get(pk=traveller.pk)
    save_traveller(traveller=again, values=CONTACT, version=again.version, by=ada, now=GOES)
    assert kept(traveller) == ("", "")


def test_as_long_as_a_plan_has_no_days_the_end_of_the_visits_counts(exchange, ada, now):
    traveller = make_traveller(exchange, ada, now)
    last = fresh(exchange).match.cycle.stages.get(key="visits").ends_on
    goes = datetime.combine(last + timedelta(days=15), datetime.min.time(), ZoneInfo("Europe/Warsaw"))
    assert delete_emergency_contacts(now=goes - SECOND) == 0
    assert delete_emergency_contacts(now=goes) == 1
    assert kept(traveller) == ("", "")


def test_contacts_of_one_exchange_are_forgotten_at_once(approved, ada, cleo, now):
    traveller = make_traveller(approved, ada, now)
    assert forget_emergency_contacts(exchange=approved, by=cleo, now=now) == 1
    assert kept(traveller) == ("", "")


def test_the_clock_knows_the_job():
    assert clockwork.get("exchanges.delete_emergency_contacts") is delete_emergency_contacts
