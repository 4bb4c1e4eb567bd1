"""Who runs a programme: appointing people, and letting them go."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from talka.kernel.ledger import record
from talka.letters.outbox import write_letter
from talka.letters.sending import leads_nowhere
from talka.people.actions.sign_in import find_or_make_account
from talka.people.models import Account
from talka.programmes.models import Appointment, Post, Programme


class LastCoordinator(Exception):
    """A programme needs somebody to run it: its last coordinator cannot leave."""


class InventedPerson(Exception):
    """The address belongs to somebody invented for a rehearsal, who holds no post."""


@transaction.atomic
def appoint(*, programme: Programme, account: Account, post: str, by: Any, now: datetime) -> Appointment:
    """Give a person a post in the programme; who holds it already keeps it.

    Somebody appointed by another person gets a letter.
    """
    appointment, is_new = Appointment.objects.get_or_create(
        programme=programme,
        account=account,
        post=Post(post),
        ended_at=None,
        defaults={"appointed_at": now},
    )
    if is_new:
        record(programme, f"appoint {appointment.post}", by=by, now=now)
        if by is not None and by != account:
            _tell(appointment, by=by, now=now)
    return appointment


def _tell(appointment: Appointment, *, by: Account, now: datetime) -> None:
    write_letter(
        "programme_appointed",
        to=appointment.account,
        values={
            "programme": appointment.programme,
            "is_coordinator": appointment.post == Post.COORDINATOR,
            "by": by.name,
            "path": reverse("office:home"),
        },
        about=appointment,
        now=now,
    )


@transaction.atomic
def appoint_by_address(*, programme: Programme, email: str, post: str, by: Any, now: datetime) -> Appointment:
    """Give the person at the address a post; an account is made where the address has none.

    Raises InventedPerson.
    """
    if leads_nowhere(email):
        raise InventedPerson
    account = find_or_make_account(email=email, language=by.language, now=now)
    return appoint(programme=programme, account=account, post=post, by=by, now=now)


@transaction.atomic
def end_appointment(*, appointment: Appointment, by: Any, now: datetime) -> None:
    """End a post now. Raises LastCoordinator when nobody would be left to run the programme."""
    # Two coordinators who leave at the same moment wait for each other here.
    programme = Programme.objects.select_for_update().get(pk=appointment.programme_id)
    current = Appointment.objects.filter(programme=programme, ended_at__isnull=True)
    others = current.filter(post=Post.COORDINATOR).exclude(pk=appointment.pk)
    if appointment.post == Post.COORDINATOR and not others.exists():
        raise LastCoordinator
    if current.filter(pk=appointment.pk).update(ended_at=now):
        appointment.ended_at = now
        record(programme, f"dismiss {appointment.post}", by=by, now=now)
