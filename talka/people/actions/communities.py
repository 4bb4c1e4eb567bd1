"""Keeping the facts about communities."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from talka.kernel.ledger import record
from talka.kernel.reasons import Reason
from talka.people.actions.imports import overlap
from talka.people.models import Community, MeetingAttendance, SupportPeriod
from talka.people.reading import Period, name_key

OWN_FACTS = ("about", "languages", "size", "activity")
"""What a community's representatives say themselves."""

ALL_FACTS = ("name", "kind", "acronym", "country", "region", "maturity", *OWN_FACTS)
"""What the office keeps."""


class FactRefused(Exception):
    """A fact contradicts what is known already; the reason says what."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.key)
        self.reason = reason


@contextmanager
def _with_its_own_name() -> Iterator[None]:
    """Keep a change in one transaction, and refuse a name that another request took at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise FactRefused(Reason("community.name_taken")) from error


def _refuse_taken_name(name: str, *, besides: int | None = None) -> None:
    """Raise FactRefused when another community has the name, however it is spelled."""
    names = Community.objects.exclude(pk=besides or 0).values_list("name", flat=True)
    if name_key(name) in map(name_key, names):
        raise FactRefused(Reason("community.name_taken"))


@_with_its_own_name()
def create_community(
    *, facts: Mapping[str, Any], by: Any, now: datetime, is_synthetic: bool = False
) -> Community:
    """Create a community from facts of ALL_FACTS. Raises FactRefused when its name is taken."""
    _refuse_taken_name(facts["name"])
    community = Community.objects.create(
        **{name: facts[name] for name in ALL_FACTS if name in facts}, is_synthetic=is_synthetic
    )
    record(community, "create", by=by, now=now)
    return community


@_with_its_own_name()
def edit_community(
    *, community: Community, facts: Mapping[str, Any], version: int, by: Any, now: datetime
) -> None:
    """Change facts of a community. Raises FactRefused when the name is taken, Overtaken when it changed."""
    if "name" in facts:
        _refuse_taken_name(facts["name"], besides=community.pk)
    given = [name for name in ALL_FACTS if name in facts]
    for name in given:
        setattr(community, name, facts[name])
    community.save_version(version, given)
    record(community, "edit", by=by, now=now)


@transaction.atomic
def add_support_period(
    *, community: Community, kind: str, starts_on: date, ends_on: date | None, by: Any, now: datetime
) -> SupportPeriod:
    """Keep a period of recognition or general support. Raises FactRefused when it overlaps another."""
    if ends_on and ends_on < starts_on:
        raise FactRefused(Reason("community.period_backwards"))
    Community.objects.select_for_update().get(pk=community.pk)
    wanted = Period(kind, starts_on, ends_on)
    for other in community.support_periods.filter(kind=kind):
        if overlap(wanted, other):
            values = {"starts_on": other.starts_on.isoformat()}
            raise FactRefused(Reason("community.period_overlaps", values))
    period = community.support_periods.create(kind=kind, starts_on=starts_on, ends_on=ends_on)
    _leave_line(community, f"add_{kind}", by=by, now=now)
    return period


@transaction.atomic
def remove_support_period(*, period: SupportPeriod, by: Any, now: datetime) -> None:
    """Remove a period that was wrong."""
    period.delete()
    _leave_line(period.community, f"remove_{period.kind}", by=by, now=now)


@transaction.atomic
def add_meeting(
    *, community: Community, meeting: str, ended_on: date, by: Any, now: datetime
) -> MeetingAttendance:
    """Keep that a community took part in a regional meeting. Raises FactRefused when it is known."""
    Community.objects.select_for_update().get(pk=community.pk)
    if any(name_key(meeting) == name_key(one.meeting) for one in community.meetings_attended.all()):
        raise FactRefused(Reason("community.meeting_known"))
    attended = community.meetings_attended.create(meeting=meeting, ended_on=ended_on)
    _leave_line(community, "add_meeting", by=by, now=now)
    return attended


@transaction.atomic
def remove_meeting(*, attended: MeetingAttendance, by: Any, now: datetime) -> None:
    """Remove a meeting that the community was not at."""
    attended.delete()
    _leave_line(attended.community, "remove_meeting", by=by, now=now)


def _leave_line(community: Community, verb: str, *, by: Any, now: datetime) -> None:
    """Write the ledger, and let whoever read the community before notice that it changed."""
    community.save_version(community.version, [])
    record(community, verb, by=by, now=now)
