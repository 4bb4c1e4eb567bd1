"""Series of meetings are begun, changed and ended; their meetings are made some weeks ahead."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.gatherings.actions.gatherings import cancel_gathering, home_of
from talka.gatherings.actions.letters import tell_everybody
from talka.gatherings.models import Gathering, Series
from talka.gatherings.queries import SeriesChange, change_of_series
from talka.gatherings.rules import ahead
from talka.kernel.ledger import record
from talka.programmes.models import Cycle, Programme

# What can be changed about a series later; whose it is and of which kind stays.
FIELDS = (
    "title",
    "description",
    "first_on",
    "starts_time",
    "length_minutes",
    "zone",
    "rhythm",
    "every",
    "until_on",
    "count",
    "link",
    "places",
)


@transaction.atomic
def create_series(
    *,
    programme: Programme | None = None,
    cycle: Cycle | None = None,
    kind: str,
    values: Mapping[str, Any],
    by: Any,
    now: datetime,
) -> Series:
    """Begin a series with the values of FIELDS, and make the meetings that lie ahead.

    Raises ValueError when the cycle is another programme's.
    """
    series = Series.objects.create(
        programme=home_of(programme, cycle), cycle=cycle, kind=kind, **{name: values[name] for name in FIELDS}
    )
    record(series, "create", by=by, now=now)
    _add_missing(series, now=now)
    return series


def extend_series(*, now: datetime) -> int:
    """Make the meetings that every series should have ahead; return how many were made.

    Running twice, or twice at once, makes none twice: a series has one meeting a day.
    """
    return sum(
        _extend(pk, now=now) for pk in Series.objects.running().order_by("pk").values_list("pk", flat=True)
    )


@transaction.atomic
def _extend(pk: int, *, now: datetime) -> int:
    # By the row, which is held: what is ended or changed meanwhile is not gone on with.
    series = Series.objects.running().select_for_update().filter(pk=pk).first()
    return _add_missing(series, now=now) if series else 0


def _add_missing(series: Series, *, now: datetime) -> int:
    days = ahead(series.pattern, series.starts_time, series.zone, now=now)
    taken = set(series.gatherings.values_list("original_on", flat=True))
    missing = [_occurrence(series, day, moment) for day, moment in days if day not in taken]
    return len(Gathering.objects.bulk_create(missing))


def _occurrence(series: Series, day: Any, moment: datetime) -> Gathering:
    own = series.occurrence(day, moment)
    return Gathering(
        programme_id=series.programme_id, cycle_id=series.cycle_id, kind=series.kind, series=series, **own
    )


@transaction.atomic
def edit_series(
    *, series: Series, values: Mapping[str, Any], version: int, by: Any, now: datetime
) -> SeriesChange:
    """Change a series, and with it the meetings ahead that nobody changed by themselves.

    Each moves to the new day nearest to its own; what has none near is cancelled, what is missing is made.
    Those who signed up are told when time or link of their meeting changes. What is past stays. Returns what
    changed. Raises Overtaken.
    """
    for name in FIELDS:
        setattr(series, name, values[name])
    series.save_version(version, list(FIELDS))
    record(series, "edit", by=by, now=now)
    change = change_of_series(series, now=now)
    # A day is free before another meeting takes it.
    standing = [*(one.pk for one, _day, _moment in change.kept), *(one.pk for one, _day in change.apart)]
    Gathering.objects.filter(pk__in=standing).update(original_on=None)
    for gathering, day in change.apart:
        Gathering.objects.filter(pk=gathering.pk).update(original_on=day)
    for gathering, day, moment in change.kept:
        _follow(gathering, series.occurrence(day, moment), now=now)
    for gathering in change.dropped:
        cancel_gathering(gathering=gathering, version=gathering.version, by=by, now=now)
    if series.ended_at is None:
        _add_missing(series, now=now)
    return change


def _follow(gathering: Gathering, values: Mapping[str, Any], *, now: datetime) -> None:
    """Let a meeting be as its series now says; tell those who signed up where it matters to them."""
    told = ("starts_at", "ends_at", "link")
    before = {name: getattr(gathering, name) for name in values}
    is_moved = any(before[name] != values[name] for name in told)
    for name, value in values.items():
        setattr(gathering, name, value)
    if before == dict(values):
        gathering.save(update_fields=["original_on"])
        return
    gathering.save_version(gathering.version, list(values))
    if is_moved:
        tell_everybody("gathering_moved", gathering, now=now)


@transaction.atomic
def end_series(*, series: Series, version: int, by: Any, now: datetime) -> tuple[int, int]:
    """End a series and cancel what is ahead of it; return how many meetings, and how many people were told.

    Raises Overtaken.
    """
    series.ended_at = now
    series.save_version(version, ["ended_at"])
    record(series, "end", by=by, now=now)
    coming = list(
        series.gatherings.filter(starts_at__gt=now, cancelled_at__isnull=True).order_by("starts_at")
    )
    told = [cancel_gathering(gathering=one, version=one.version, by=by, now=now) for one in coming]
    return len(coming), sum(told)
