"""Gatherings are set, moved and cancelled; people sign up and stay away."""

from datetime import datetime
from typing import Any

from django.core import signing
from django.db import transaction
from django.urls import reverse

from talka.gatherings.models import Gathering, GatheringKind, Registration
from talka.kernel.ledger import record
from talka.kernel.windows import zone as find_zone
from talka.kernel.wording import Wording
from talka.letters.outbox import write_to_address
from talka.programmes.models import Cycle

SALT = "talka.gatherings.registration"


class GatheringOver(Exception):
    """The gathering is past or was cancelled: nobody signs up for it any more."""


@transaction.atomic
def create_gathering(
    *,
    cycle: Cycle,
    title: Wording,
    description: Wording,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
    link: str,
    by: Any,
    now: datetime,
    kind: str = GatheringKind.INTRODUCTORY,
) -> Gathering:
    """Set a gathering of the cycle. The link is told to those who sign up, and to nobody else."""
    gathering = Gathering.objects.create(
        cycle=cycle,
        kind=kind,
        title=dict(title),
        description=dict(description),
        starts_at=starts_at,
        ends_at=ends_at,
        zone=zone,
        link=link,
    )
    record(gathering, "create", by=by, now=now)
    return gathering


@transaction.atomic
def edit_gathering(
    *,
    gathering: Gathering,
    title: Wording,
    description: Wording,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
    link: str,
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Change a gathering. When its time or its link changes, those who signed up are told.

    Raises Overtaken.
    """
    before = Gathering.objects.get(pk=gathering.pk)
    gathering.title, gathering.description = dict(title), dict(description)
    gathering.starts_at, gathering.ends_at = starts_at, ends_at
    gathering.zone, gathering.link = zone, link
    gathering.save_version(version, ["title", "description", "starts_at", "ends_at", "zone", "link"])
    record(gathering, "edit", by=by, now=now)
    if (before.starts_at, before.ends_at, before.link) != (starts_at, ends_at, link):
        _tell_everybody("gathering_moved", gathering, now=now)


@transaction.atomic
def cancel_gathering(*, gathering: Gathering, version: int, by: Any, now: datetime) -> None:
    """Call the gathering off and tell those who signed up. Raises Overtaken."""
    gathering.cancelled_at = now
    gathering.save_version(version, ["cancelled_at"])
    record(gathering, "cancel", by=by, now=now)
    _tell_everybody("gathering_cancelled", gathering, now=now)


@transaction.atomic
def register(
    *,
    gathering: Gathering,
    name: str,
    email: str,
    question: str,
    account: Any,
    language: str,
    now: datetime,
) -> Registration:
    """Sign somebody up, with or without an account, and mail them the link. Raises GatheringOver.

    Who signs up again is signed up once, and gets the mail again on another day at the earliest.
    """
    # By the row, which is held: who signs up while it is cancelled is told, or is not signed up.
    if not Gathering.objects.select_for_update().get(pk=gathering.pk).takes_registrations(now):
        raise GatheringOver
    address = email.strip().lower()
    registration, is_new = Registration.objects.get_or_create(
        gathering=gathering,
        email=address,
        defaults={
            "account": account,
            "name": name,
            "question": question,
            "language": language,
            "registered_at": now,
        },
    )
    if is_new:
        record(gathering, "register", by=account, now=now)
    _tell("gathering_registered", registration, once=now.date().isoformat(), now=now)
    return registration


@transaction.atomic
def unregister(*, registration: Registration, by: Any, now: datetime) -> None:
    """Take somebody off the list; nothing of them is kept there."""
    if Registration.objects.filter(pk=registration.pk).delete()[0]:
        record(registration.gathering, "unregister", by=by, now=now)


def registration_token(registration: Registration) -> str:
    """Return what only the mail to this person holds, so that they can sign off without an account."""
    return signing.dumps(registration.pk, salt=SALT)


def registration_of(token: str) -> Registration | None:
    """Return whose sign-up a token from a mail is, or None when it is nobody's."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Registration.objects.select_related("gathering__cycle__programme").filter(pk=pk).first()


def _tell_everybody(key: str, gathering: Gathering, *, now: datetime) -> None:
    for registration in gathering.registrations.select_related("gathering__cycle__programme", "account"):
        _tell(key, registration, once=str(gathering.version), now=now)


def _tell(key: str, registration: Registration, *, once: str, now: datetime) -> None:
    gathering = registration.gathering
    clock = find_zone(gathering.zone)
    write_to_address(
        key,
        email=registration.email,
        language=registration.language,
        recipient=registration.account,
        values={
            "name": registration.name,
            "gathering": gathering,
            "programme": gathering.cycle.programme,
            # Without a zone, so that the template shows the organisers' clock and no other.
            "starts_at": gathering.starts_at.astimezone(clock).replace(tzinfo=None),
            "ends_at": gathering.ends_at.astimezone(clock).replace(tzinfo=None),
            "zone": gathering.zone.replace("_", " "),
            "link": gathering.link,
            "path": reverse("public:gathering", args=[gathering.pk]),
            "calendar_path": reverse("public:gathering_calendar", args=[gathering.pk]),
            "leave_path": reverse("public:unregister", args=[registration_token(registration)]),
        },
        about=registration,
        now=now,
        once=once,
    )
