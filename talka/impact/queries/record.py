"""The record of a programme's work: what was done, day by day, as everybody may read it in a report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from talka.capacities.models import Need
from talka.exchanges.lifecycle import LessonStatus
from talka.exchanges.models import Exchange, Lesson
from talka.gatherings.models import GatheringKind
from talka.impact.lifecycle import WorkReportStatus
from talka.impact.models import ImpactReport, WorkReport
from talka.impact.queries.work import Period, held_in, period_of
from talka.initiatives.models import Initiative, StageChange
from talka.kernel.models import Entry
from talka.kernel.windows import zone
from talka.matching.models import Match
from talka.programmes.models import Cycle, Membership, Programme
from talka.recognition.models import Certificate


@dataclass(frozen=True)
class Line:
    """Something that was done on a day: of what kind, the name of what it was done to, and how often."""

    on: date
    kind: str
    name: str
    count: int = 1
    address: str = ""


Source = Callable[[Programme, Period], Iterable[Line]]
"""Lists what one room knows of a period, in a few queries however much there was."""


def lines_between(programme: Programme, first: date, last: date, *, now: datetime) -> list[Line]:
    """List what was done in a period until now, the newest first."""
    period = period_of(programme, first, last, now=now)
    found = [line for source in SOURCES for line in source(programme, period)]
    return sorted(found, key=lambda line: (line.on, line.kind, line.name), reverse=True)


def _ledger(programme: Programme, period: Period, rows: Any, *verbs: str) -> Iterable[tuple[date, int]]:
    """Return the day and the key of every record among the rows to which one of the verbs was done."""
    here = zone(programme.zone)
    found = Entry.objects.filter(
        subject_type=rows.model._meta.label_lower,
        subject_id__in=rows.values("pk"),
        verb__in=verbs,
        moved_at__gte=period.since,
        moved_at__lt=period.until,
    )
    for moved_at, pk in found.values_list("moved_at", "subject_id"):
        yield moved_at.astimezone(here).date(), pk


def _by_day(found: Iterable[tuple[date, str]], kind: str) -> Iterable[Line]:
    """Put what was done on one day to things of one name into one line."""
    counts: dict[tuple[date, str], int] = {}
    for day, name in found:
        counts[day, name] = counts.get((day, name), 0) + 1
    return [Line(day, kind, name, count) for (day, name), count in counts.items()]


def _cycles(programme: Programme, period: Period) -> Iterable[Line]:
    cycles = {cycle.pk: cycle for cycle in Cycle.objects.filter(programme=programme)}
    for verb in ("announce", "close"):
        for day, pk in _ledger(programme, period, Cycle.objects.filter(programme=programme), verb):
            yield Line(day, f"cycle_{verb}", str(cycles[pk]), address=cycles[pk].get_absolute_url())


def _matches(programme: Programme, period: Period) -> Iterable[Line]:
    matches = Match.objects.filter(cycle__programme=programme)
    cycles = {match.pk: str(match.cycle) for match in matches.select_related("cycle")}
    return _by_day(((day, cycles[pk]) for day, pk in _ledger(programme, period, matches, "agree")), "agreed")


def _impact_reports(programme: Programme, period: Period) -> Iterable[Line]:
    here = zone(programme.zone)
    found = ImpactReport.objects.filter(
        cycle__programme=programme, published_at__gte=period.since, published_at__lt=period.until
    )
    for report in found.select_related("cycle"):
        yield Line(report.published_at.astimezone(here).date(), "impact_report", str(report.cycle))


def _work_reports(programme: Programme, period: Period) -> Iterable[Line]:
    here = zone(programme.zone)
    found = WorkReport.objects.filter(
        programme=programme,
        status=WorkReportStatus.PUBLISHED,
        published_at__gte=period.since,
        published_at__lt=period.until,
    )
    for report in found.select_related("programme"):
        day = report.published_at.astimezone(here).date() if report.published_at else period.last
        yield Line(day, "work_report", report.title, address=report.get_absolute_url())


def _meetings(programme: Programme, period: Period) -> Iterable[Line]:
    here = zone(programme.zone)
    confirmed = Count("attendances", filter=Q(attendances__confirmed_at__isnull=False))
    for held in held_in(programme, period).annotate(there=confirmed):
        kind = "check_in_led" if held.kind == GatheringKind.CHECK_IN else "meeting"
        day = held.starts_at.astimezone(here).date()
        yield Line(day, kind, str(held), held.there, held.get_absolute_url())


def _members(programme: Programme, period: Period) -> Iterable[Line]:
    """Tell how many joined; who they are stands on the roll, where they can take it back."""
    here = zone(programme.zone)
    joined = Membership.objects.filter(
        programme=programme, joined_at__gte=period.since, joined_at__lt=period.until
    ).values_list("joined_at", flat=True)
    return _by_day(((moment.astimezone(here).date(), "") for moment in joined), "joined")


def _requests(programme: Programme, period: Period) -> Iterable[Line]:
    here, needs = zone(programme.zone), Need.objects.filter(programme=programme)
    asked = needs.filter(asked_at__gte=period.since, asked_at__lt=period.until)
    moments = asked.values_list("asked_at", flat=True)
    yield from _by_day(((moment.astimezone(here).date(), "") for moment in moments), "asked")
    answered = _ledger(programme, period, needs, "reply", "introduce", "begin application")
    yield from _by_day(((day, "") for day, _pk in answered), "answered")


def _exchanges(programme: Programme, period: Period) -> Iterable[Line]:
    """Tell what became of pairs, cycle by cycle and without names: the two decide what is told of them."""
    rows = Exchange.objects.filter(match__cycle__programme=programme).select_related("match__cycle")
    cycles = {exchange.pk: str(exchange.match.cycle) for exchange in rows}
    for kind, verbs in (("begun", ("begin", "approve")), ("visit", ("visit",)), ("completed", ("complete",))):
        done = _ledger(programme, period, rows, *verbs)
        yield from _by_day(((day, cycles[pk]) for day, pk in done), kind)


def _certificates(programme: Programme, period: Period) -> Iterable[Line]:
    here = zone(programme.zone)
    issued = Certificate.objects.filter(
        cycle__programme=programme, issued_at__gte=period.since, issued_at__lt=period.until
    ).select_related("cycle")
    return _by_day(((one.issued_at.astimezone(here).date(), str(one.cycle)) for one in issued), "certificate")


def _lessons(programme: Programme, period: Period) -> Iterable[Line]:
    published = Lesson.objects.filter(
        exchange__match__cycle__programme=programme, status=LessonStatus.PUBLISHED
    )
    titles = dict(published.values_list("pk", "title"))
    for day, pk in _ledger(programme, period, published, "publish"):
        yield Line(day, "lesson", titles[pk])


def _initiatives(programme: Programme, period: Period) -> Iterable[Line]:
    """Tell which stages the public initiatives reached."""
    changes = StageChange.objects.filter(
        initiative__in=Initiative.objects.public().filter(programme=programme).values("pk"),
        reached_on__range=(period.first, period.last),
    )
    for change in changes.select_related("initiative"):
        initiative = change.initiative
        yield Line(change.reached_on, "stage", initiative.name, address=initiative.get_absolute_url())


SOURCES: tuple[Source, ...] = (
    _cycles,
    _members,
    _requests,
    _meetings,
    _matches,
    _exchanges,
    _certificates,
    _lessons,
    _initiatives,
    _impact_reports,
    _work_reports,
)
"""What tells of the work, room by room."""
