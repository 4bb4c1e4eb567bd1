"""Who travels: naming them, what they tell, and their emergency contacts, seen by few and deleted in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from talka.applications.queries import people_of
from talka.exchanges.actions.changing import hold_exchange
from talka.exchanges.models import Exchange, Traveller
from talka.exchanges.queries import (
    emergency_contact_is_shown,
    emergency_contacts_go_at,
)
from talka.kernel.ledger import record
from talka.letters.outbox import write_letter
from talka.people.models import Account

EMERGENCY_FIELDS = ("emergency_name", "emergency_phone")
TRAVELLER_FIELDS = (
    "travels_from",
    "has_passport",
    "needs_visa",
    "needs_letter",
    "wishes",
    *EMERGENCY_FIELDS,
)


class NotOfTheVisitors(Exception):
    """Only representatives of the community that travels can be travellers."""


class ContactNotShown(Exception):
    """The plan is not approved, or the contact has been deleted."""


@dataclass(frozen=True)
class EmergencyContact:
    """Whom to call."""

    name: str
    phone: str


@transaction.atomic
def name_traveller(*, exchange: Exchange, account: Account, by: Any, now: datetime) -> Traveller:
    """Write down that a representative of the visiting community travels; naming twice changes nothing.

    Somebody named by another person gets a letter that asks what the bookings need.
    Raises NotOfTheVisitors, and NotAllowed when the visit is over.
    """
    held = hold_exchange(exchange, "travel")
    if account not in people_of([held.visitor]):
        raise NotOfTheVisitors
    traveller, is_new = Traveller.objects.get_or_create(exchange=held, account=account)
    if is_new:
        record(held, "name traveller", by=by, now=now)
        if by != account:
            values = {"exchange": held, "by": str(by), "path": held.get_absolute_url()}
            write_letter("traveller_named", to=account, values=values, about=traveller, now=now)
    return traveller


@transaction.atomic
def save_traveller(
    *, traveller: Traveller, values: Mapping[str, Any], version: int, by: Any, now: datetime
) -> None:
    """Write what a traveller tells. Raises Overtaken, and NotAllowed when the visit is over.

    An emergency contact that would already have been deleted is not kept.
    """
    held = hold_exchange(traveller.exchange, "travel")
    fields = [name for name in TRAVELLER_FIELDS if name in values]
    for name in fields:
        setattr(traveller, name, values[name])
    goes_at = emergency_contacts_go_at(held)
    if goes_at is not None and now >= goes_at:
        traveller.emergency_name = traveller.emergency_phone = ""
    traveller.save_version(version, fields)
    record(traveller, "edit", by=by, now=now)


@transaction.atomic
def show_emergency_contact(*, traveller: Traveller, by: Any, now: datetime) -> EmergencyContact:
    """Return whom to call, and leave a line in the ledger about who looked. Raises ContactNotShown."""
    if not emergency_contact_is_shown(traveller, now=now):
        raise ContactNotShown
    record(traveller, "show emergency contact", by=by, now=now)
    return EmergencyContact(traveller.emergency_name, traveller.emergency_phone)


@transaction.atomic
def forget_emergency_contacts(*, exchange: Exchange, by: Any, now: datetime) -> int:
    """Delete the emergency contacts of an exchange now; return how many there were."""
    kept = _with_contact().filter(exchange=exchange)
    return sum(_forget(traveller, by=by, now=now) for traveller in kept)


def delete_emergency_contacts(*, now: datetime) -> int:
    """Delete every emergency contact whose time is over; return how many there were."""
    kept = _with_contact().select_related("exchange__plan", "exchange__match__cycle")
    return sum(_forget(traveller, by=None, now=now) for traveller in kept if _is_over(traveller, now))


def _with_contact() -> Any:
    return Traveller.objects.exclude(Q(emergency_name="") & Q(emergency_phone=""))


def _is_over(traveller: Traveller, now: datetime) -> bool:
    goes_at = emergency_contacts_go_at(traveller.exchange)
    return goes_at is not None and now >= goes_at


@transaction.atomic
def _forget(traveller: Traveller, *, by: Any, now: datetime) -> bool:
    kept = Traveller.objects.select_for_update().get(pk=traveller.pk)
    kept.emergency_name = kept.emergency_phone = ""
    # A new version, so that a form opened before cannot put the contact back.
    kept.save_version(kept.version, list(EMERGENCY_FIELDS))
    record(kept, "forget emergency contact", by=by, now=now)
    return True
