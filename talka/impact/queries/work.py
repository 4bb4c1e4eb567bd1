"""What a programme did in a period, counted: from its ledger and from what people wrote, in whole days.

The days are those of the programme's zone, the first and the last included. What a ledger knows is counted by
the moves of that period, so that what was undone later still counts as done then.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet, Sum

from talka.applications.models import Application
from talka.exchanges.lifecycle import HoursStatus
from talka.exchanges.models import CheckIn, Exchange, Hours
from talka.kernel.models import Entry
from talka.kernel.windows import end_of, start_of
from talka.matching.models import Match
from talka.programmes.models import Programme

MINUTES = 60


@dataclass(frozen=True)
class Period:
    """The first and the last day, and the moments between which they lie."""

    first: date
    last: date
    since: datetime
    until: datetime


Counted = Iterator[tuple[str, int]]
"""Names of figures, with how many."""


def period_of(programme: Programme, first: date, last: date) -> Period:
    """Return the days of the programme's zone as a period."""
    return Period(first, last, start_of(first, programme.zone), end_of(last, programme.zone))


def figures_between(programme: Programme, first: date, last: date) -> list[dict[str, Any]]:
    """Count the programme's work in a period, part by part, as plain data.

    Each part is {"key": …, "facts": [{"key": …, "count": …}]}. It takes the same few queries however much
    there was.
    """
    period = period_of(programme, first, last)
    return [
        {"key": key, "facts": [{"key": name, "count": count} for name, count in counted(programme, period)]}
        for key, counted in PARTS.items()
    ]


def _moved(period: Period, rows: QuerySet[Any], *verbs: str) -> int:
    """Count the records among the rows to which one of the verbs was done in the period."""
    return _lines(period, rows.model, *verbs).filter(subject_id__in=rows.values("pk")).count()


def _lines(period: Period, model: type[Model], *verbs: str) -> QuerySet[Any]:
    found = Entry.objects.filter(
        subject_type=model._meta.label_lower,
        verb__in=verbs,
        moved_at__gte=period.since,
        moved_at__lt=period.until,
    )
    return found.values("subject_id").distinct()


def _people(programme: Programme, period: Period) -> Counted:
    applications = Application.objects.filter(call__cycle__programme=programme)
    yield "applications", _moved(period, applications, "submit")
    yield "accepted", _moved(period, applications, "accept")


def _pairs(programme: Programme, period: Period) -> Counted:
    exchanges = Exchange.objects.filter(match__cycle__programme=programme)
    yield "agreed", _moved(period, Match.objects.filter(cycle__programme=programme), "agree")
    yield "begun", _moved(period, exchanges, "begin", "approve")
    yield "visits", _moved(period, exchanges, "visit")
    yield "completed", _moved(period, exchanges, "complete")
    yield "ended_early", _moved(period, exchanges, "stop", "cancel")


def _time(programme: Programme, period: Period) -> Counted:
    hours = Hours.objects.filter(
        exchange__match__cycle__programme=programme,
        status=HoursStatus.CONFIRMED,
        day__range=(period.first, period.last),
    )
    minutes = hours.aggregate(sum=Sum("minutes"))["sum"] or 0
    yield "hours", minutes // MINUTES
    check_ins = CheckIn.objects.filter(exchange__match__cycle__programme=programme)
    yield "check_ins", check_ins.filter(held_on__range=(period.first, period.last)).count()


PARTS: dict[str, Callable[[Programme, Period], Counted]] = {
    "people": _people,
    "pairs": _pairs,
    "time": _time,
}
"""The parts of a report about work, in their order."""
