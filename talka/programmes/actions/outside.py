"""Coordination with groups outside: whom one writes to, and a log of what was said and agreed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from talka.kernel.ledger import record
from talka.kernel.models import Overtaken
from talka.programmes.models import ContactNote, OutsideGroup, Programme


@transaction.atomic
def add_outside_group(
    *, programme: Programme, name: str, purpose: str, contact: str, address: str, by: Any, now: datetime
) -> OutsideGroup:
    """Name a group outside with which the programme coordinates."""
    group = OutsideGroup.objects.create(
        programme=programme, name=name, purpose=purpose, contact=contact, address=address
    )
    record(group, "create", by=by, now=now)
    return group


@transaction.atomic
def edit_outside_group(
    *,
    group: OutsideGroup,
    name: str,
    purpose: str,
    contact: str,
    address: str,
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Change what is said of a group outside. Raises Overtaken."""
    group.name, group.purpose, group.contact, group.address = name, purpose, contact, address
    group.save_version(version, ["name", "purpose", "contact", "address"])
    record(group, "edit", by=by, now=now)


@transaction.atomic
def remove_outside_group(*, group: OutsideGroup, version: int, by: Any, now: datetime) -> None:
    """Forget a group outside with its whole log. Raises Overtaken when somebody changed it meanwhile."""
    if not OutsideGroup.objects.select_for_update().filter(pk=group.pk, version=version).exists():
        raise Overtaken(f"group {group.pk} is past version {version}")
    OutsideGroup.objects.filter(pk=group.pk).delete()
    record(group.programme, "remove outside group", by=by, now=now)


@transaction.atomic
def add_contact_note(
    *,
    group: OutsideGroup,
    met_on: date,
    said: str,
    agreed: str,
    next_on: date | None,
    by: Any,
    now: datetime,
) -> ContactNote:
    """Write down what was said on a day. The next date of the newest note is the one that counts."""
    note = ContactNote.objects.create(
        group=group,
        met_on=met_on,
        said=said,
        agreed=agreed,
        next_on=next_on,
        written_by=by,
        written_at=now,
    )
    record(group, "add to the log", by=by, now=now)
    return note


@transaction.atomic
def edit_contact_note(
    *,
    note: ContactNote,
    met_on: date,
    said: str,
    agreed: str,
    next_on: date | None,
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Correct a note of the log. Raises Overtaken."""
    note.met_on, note.said, note.agreed, note.next_on = met_on, said, agreed, next_on
    note.save_version(version, ["met_on", "said", "agreed", "next_on"])
    record(note.group, "correct the log", by=by, now=now)
