"""The record of a programme's work: what was done, day by day, as everybody may read it in a report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from talka.impact.lifecycle import WorkReportStatus
from talka.impact.models import ImpactReport, WorkReport
from talka.impact.queries.work import Period, period_of
from talka.kernel.models import Entry
from talka.kernel.windows import zone
from talka.matching.models import Match
from talka.programmes.models import Cycle, Programme


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


def lines_between(programme: Programme, first: date, last: date) -> list[Line]:
    """List what was done in a period, the newest first."""
    period = period_of(programme, first, last)
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


SOURCES: tuple[Source, ...] = (_cycles, _matches, _impact_reports, _work_reports)
"""What tells of the work, room by room."""
