"""Gatherings are set, moved and cancelled; people sign up and stay away."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.gatherings.actions.letters import registration_of, registration_token, tell, tell_everybody
from talka.gatherings.actions.refusals import GatheringOver, NoPlaceLeft
from talka.gatherings.models import Gathering, GatheringKind, Registration
from talka.kernel.ledger import record
from talka.kernel.wording import Wording
from talka.programmes.models import Cycle, Programme

__all__ = [
    "cancel_gathering",
    "create_gathering",
    "edit_gathering",
    "register",
    "registration_of",
    "registration_token",
    "unregister",
]

EDITED = ["title", "description", "starts_at", "ends_at", "zone", "link", "places", "is_exception"]


@transaction.atomic
def create_gathering(
    *,
    programme: Programme | None = None,
    cycle: Cycle | None = None,
    title: Wording,
    description: Wording,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
    link: str,
    by: Any,
    now: datetime,
    kind: str = GatheringKind.INTRODUCTORY,
    places: int | None = None,
) -> Gathering:
    """Set a gathering of a programme, or of one of its cycles.

    The link is told to those who sign up, and to nobody else. Raises ValueError when neither is named, or
    the cycle is another programme's.
    """
    gathering = Gathering.objects.create(
        programme=home_of(programme, cycle),
        cycle=cycle,
        kind=kind,
        title=dict(title),
        description=dict(description),
        starts_at=starts_at,
        ends_at=ends_at,
        zone=zone,
        link=link,
        places=places,
    )
    record(gathering, "create", by=by, now=now)
    return gathering


def home_of(programme: Programme | None, cycle: Cycle | None) -> Programme:
    """Return the programme of what is set for it, or for one of its cycles. Raises ValueError."""
    if cycle is None:
        if programme is None:
            raise ValueError("A gathering belongs to a programme.")
        return programme
    if programme is not None and programme.pk != cycle.programme_id:
        raise ValueError("The cycle is another programme's.")
    return cycle.programme


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
    places: int | None = None,
) -> None:
    """Change a gathering. When its time or its link changes, those who signed up are told.

    One of a series is an exception from then on: what is changed about the series no longer reaches it.
    Raises Overtaken.
    """
    before = Gathering.objects.get(pk=gathering.pk)
    gathering.title, gathering.description = dict(title), dict(description)
    gathering.starts_at, gathering.ends_at = starts_at, ends_at
    gathering.zone, gathering.link, gathering.places = zone, link, places
    gathering.is_exception = before.series_id is not None
    gathering.save_version(version, EDITED)
    record(gathering, "edit", by=by, now=now)
    if (before.starts_at, before.ends_at, before.link) != (starts_at, ends_at, link):
        tell_everybody("gathering_moved", gathering, now=now)


@transaction.atomic
def cancel_gathering(*, gathering: Gathering, version: int, by: Any, now: datetime) -> int:
    """Call the gathering off and tell those who signed up; return how many. Raises Overtaken."""
    gathering.cancelled_at, gathering.is_exception = now, gathering.series_id is not None
    gathering.save_version(version, ["cancelled_at", "is_exception"])
    record(gathering, "cancel", by=by, now=now)
    return tell_everybody("gathering_cancelled", gathering, now=now)


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
    """Sign somebody up, with or without an account, and mail them the link.

    Who signs up again is signed up once, and gets the mail again on another day at the earliest.
    Raises GatheringOver, and NoPlaceLeft for who is not on the list yet.
    """
    # By the row, which is held: who signs up while it is cancelled, or full, is told, or is not signed up.
    held = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if not held.takes_registrations(now):
        raise GatheringOver
    address = email.strip().lower()
    known = held.registrations.filter(email__iexact=address).exists()
    if not known and held.places is not None and held.registrations.count() >= held.places:
        raise NoPlaceLeft
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
    tell("gathering_registered", registration, once=now.date().isoformat(), now=now)
    return registration


@transaction.atomic
def unregister(*, registration: Registration, by: Any, now: datetime) -> None:
    """Take somebody off the list; nothing of them is kept there."""
    if Registration.objects.filter(pk=registration.pk).delete()[0]:
        record(registration.gathering, "unregister", by=by, now=now)
