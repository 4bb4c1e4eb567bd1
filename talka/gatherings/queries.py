"""Reads around gatherings: what comes next, what a series changes, who was there, what is still open."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from talka.applications.lifecycle import ApplicationStatus
from talka.gatherings.lifecycle import ActionStatus
from talka.gatherings.models import (
    ActionItem,
    Attendance,
    CalendarFeed,
    Gathering,
    GatheringKind,
    MinutesVersion,
    Registration,
    Series,
)
from talka.gatherings.models.gatherings import GatheringQuerySet
from talka.gatherings.rules import ahead, stand_ins
from talka.people.models import Account
from talka.people.reading import name_key
from talka.programmes.models import Cycle, Membership, Programme


@dataclass(frozen=True)
class SeriesChange:
    """What becomes of the meetings ahead when a series changes.

    `kept` follow the series: each with the day it stands for and its moment. `apart` were changed by
    themselves and stay as they are, standing for a day. `dropped` have no day any more, `added` are new days.
    `told` are the people who get a letter.
    """

    kept: tuple[tuple[Gathering, date, datetime], ...]
    apart: tuple[tuple[Gathering, date], ...]
    dropped: tuple[Gathering, ...]
    added: tuple[date, ...]
    told: int


def change_of_series(series: Series, *, now: datetime) -> SeriesChange:
    """Say what the series as it is given does to its meetings ahead. It need not be saved for that."""
    coming = list(series.gatherings.filter(starts_at__gt=now).order_by("original_on", "pk"))
    last = max((one.original_on for one in coming if one.original_on), default=None)
    plan = (series.pattern, series.starts_time, series.zone)
    needed = [day for day, _moment in ahead(*plan, now=now)]
    # As far as there are meetings already, which may be further than a new rhythm asks for.
    days = dict(ahead(*plan, now=now, last=last))
    past = set(series.gatherings.filter(starts_at__lte=now).values_list("original_on", flat=True))
    free = [day for day in days if day not in past]
    found = stand_ins([one.original_on for one in coming if one.original_on], free, rhythm=series.rhythm)
    standing = [(one, found[one.original_on]) for one in coming if one.original_on in found]
    kept = tuple((one, day, days[day]) for one, day in standing if not one.is_exception)
    dropped = tuple(one for one in coming if one.original_on not in found and not one.is_exception)
    touched = [one for one, day, moment in kept if _matters(one, series.occurrence(day, moment))]
    return SeriesChange(
        kept=kept,
        apart=tuple((one, day) for one, day in standing if one.is_exception),
        dropped=dropped,
        added=tuple(day for day in needed if day in free and day not in found.values()),
        told=Registration.objects.filter(gathering__in=[*touched, *dropped]).count(),
    )


def _matters(gathering: Gathering, values: dict[str, Any]) -> bool:
    """Tell whether those who signed up have to hear of it: another time, or another address."""
    return any(getattr(gathering, name) != values[name] for name in ("starts_at", "ends_at", "link"))


def next_meeting(gathering: Gathering, *, now: datetime) -> Gathering | None:
    """Return the next meeting of the same series that is not over, or None."""
    if gathering.series_id is None:
        return None
    later = Gathering.objects.coming(now).filter(
        series=gathering.series_id, starts_at__gt=gathering.starts_at
    )
    return later.exclude(pk=gathering.pk).first()


def with_counts(found: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Add to gatherings how many signed up, how many were there, and whether their minutes are public."""
    published = MinutesVersion.objects.filter(minutes__gathering=OuterRef("pk"))
    confirmed = Q(attendances__confirmed_at__isnull=False)
    return found.annotate(
        registration_count=Count("registrations", distinct=True),
        attendance_count=Count("attendances", filter=confirmed, distinct=True),
        has_minutes=Exists(published),
    )


def meetings_of(programme: Programme, account: Any) -> GatheringQuerySet:
    """Find the gatherings of a programme that a person may know of."""
    return Gathering.objects.visible_to(account).filter(programme=programme)


def needing(programme: Programme, *, now: datetime) -> list[Gathering]:
    """List the meetings that took place and of which attendance or minutes are missing, the latest first."""
    kinds = [GatheringKind.MEETING, GatheringKind.CHECK_IN]
    held = Gathering.objects.held(now).filter(programme=programme, kind__in=kinds)
    lacks = Q(attendance_count=0) | Q(kind=GatheringKind.MEETING, has_minutes=False)
    return list(with_counts(held).filter(lacks))


def account_people(gathering: Gathering) -> QuerySet[Account]:
    """Find the accounts that a gathering may have to do with.

    Those who signed up or were there, at it or another of its series, those who run the programme and those
    on its roll, and for one of a cycle everybody who acts for an accepted application. A check-in is no
    matter of the roll.
    """
    near = Q(pk=gathering.pk)
    if gathering.series_id is not None:
        near |= Q(series=gathering.series_id)
    around = Gathering.objects.filter(near).values("pk")
    run = Q(appointments__programme=gathering.programme_id, appointments__ended_at__isnull=True)
    known = Q(pk__in=Registration.objects.filter(gathering__in=around).values("account"))
    there = Q(pk__in=Attendance.objects.filter(gathering__in=around).values("account"))
    members = Q(pk__in=_members(gathering).values("account"))
    people = Account.objects.filter(is_active=True).filter(
        known | there | run | members | _of_cycle(gathering.cycle_id)
    )
    return people.distinct().order_by("name", "pk")


def _members(gathering: Gathering) -> QuerySet[Membership]:
    """Find the members with an account on the roll around a gathering."""
    members = Membership.objects.current().filter(programme=gathering.programme_id, account__isnull=False)
    return members.none() if gathering.kind == GatheringKind.CHECK_IN else members


def _of_cycle(cycle: int | None) -> Q:
    if cycle is None:
        return Q(pk__in=())
    accepted = {"call__cycle": cycle, "status": ApplicationStatus.ACCEPTED}
    alone = {f"applications__{name}": value for name, value in accepted.items()}
    groups = {f"representations__community__applications__{name}": value for name, value in accepted.items()}
    return Q(**alone) | Q(representations__status="accepted", **groups)


def bearers(gathering: Gathering) -> dict[str, set[int]]:
    """Return the key of each name to the accounts around the gathering that bear it, here or on the roll."""
    members = _members(gathering).filter(account__is_active=True)
    written = [
        *account_people(gathering).values_list("name", "pk"),
        *members.values_list("name", "account"),
        *members.exclude(user_name="").values_list("user_name", "account"),
    ]
    found: dict[str, set[int]] = {}
    for name, pk in written:
        found.setdefault(name_key(name), set()).add(pk)
    return found


def people_by_name(gathering: Gathering) -> dict[str, int]:
    """Return the key of a name to the one account around the gathering that bears it; no name of several."""
    return {key: min(accounts) for key, accounts in bearers(gathering).items() if len(accounts) == 1}


def led_check_ins_of(cycle: Cycle) -> dict[int, int]:
    """Count for each account at how many of the check-ins led by the organisers it was, as confirmed."""
    there = Attendance.objects.filter(
        gathering__cycle=cycle,
        gathering__kind=GatheringKind.CHECK_IN,
        gathering__cancelled_at__isnull=True,
        confirmed_at__isnull=False,
        account__isnull=False,
    )
    counted = there.order_by().values("account").annotate(count=Count("gathering", distinct=True))
    return dict(counted.values_list("account", "count"))


def still_open(gathering: Gathering) -> QuerySet[ActionItem]:
    """Find what earlier meetings of the same series left to do, the most pressing first."""
    earlier = Gathering.objects.filter(series=gathering.series_id, starts_at__lt=gathering.starts_at)
    found = ActionItem.objects.filter(
        status=ActionStatus.OPEN, gathering__in=earlier.exclude(pk=gathering.pk)
    )
    if gathering.series_id is None:
        return found.none()
    return found.select_related("owner", "gathering").order_by("due_on", "pk")


def places_left(gathering: Gathering) -> int | None:
    """Return how many places are left, or None where there is no end of them."""
    if gathering.places is None:
        return None
    return max(0, gathering.places - gathering.registrations.count())


def feed_of(token_hash: str) -> CalendarFeed | None:
    """Return the calendar whose secret has this hash, of somebody who is still here."""
    feeds = CalendarFeed.objects.filter(token_hash=token_hash, account__is_active=True)
    return feeds.select_related("account").first()
