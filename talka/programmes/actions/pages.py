"""What a programme tells people: its pages, and whom to ask."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.kernel.ledger import record
from talka.kernel.models import Overtaken
from talka.kernel.wording import Wording
from talka.programmes.models import Contact, Page, Programme


@transaction.atomic
def edit_page(*, page: Page, title: Wording, body: Wording, version: int, by: Any, now: datetime) -> None:
    """Change the words of a page, in all its languages. Raises Overtaken."""
    page.title, page.body = dict(title), dict(body)
    page.save_version(version, ["title", "body"])
    record(page, "edit", by=by, now=now)


@transaction.atomic
def add_contact(
    *, programme: Programme, name: str, task: str, address: str, by: Any, now: datetime
) -> Contact:
    """Name somebody to ask on the programme's pages."""
    contact = Contact.objects.create(programme=programme, name=name, task=task, address=address)
    record(programme, "add contact", by=by, now=now)
    return contact


@transaction.atomic
def edit_contact(*, contact: Contact, name: str, task: str, address: str, by: Any, now: datetime) -> None:
    """Change what is said about a contact. Raises Overtaken when somebody else removed it."""
    if not Contact.objects.filter(pk=contact.pk).update(name=name, task=task, address=address):
        raise Overtaken(f"contact {contact.pk} was removed")
    record(contact.programme, "edit contact", by=by, now=now)


@transaction.atomic
def remove_contact(*, contact: Contact, by: Any, now: datetime) -> None:
    """Take a contact off the programme's pages."""
    if Contact.objects.filter(pk=contact.pk).delete()[0]:
        record(contact.programme, "remove contact", by=by, now=now)
