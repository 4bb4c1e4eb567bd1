"""Cycles: opened from the blueprint or copied from another, dated, announced, closed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from talka.blueprints.dates import plan_dates
from talka.blueprints.reading import pack
from talka.kernel.ledger import move, record
from talka.kernel.windows import add_months
from talka.kernel.wording import Wording
from talka.programmes.actions.refusals import AddressTaken
from talka.programmes.models import Cycle, Programme, Stage

DAY = timedelta(days=1)


@transaction.atomic
def open_cycle(
    *,
    programme: Programme,
    slug: str,
    label: Wording,
    year: int,
    by: Any,
    now: datetime,
    budget: Decimal | int = 0,
    currency: str | None = None,
) -> Cycle:
    """Make a cycle in preparation, with a snapshot of the blueprint and its stages dated from the year.

    Raises AddressTaken.
    """
    plan = programme.plan
    cycle = _make_cycle(
        programme=programme,
        slug=slug,
        label=dict(label),
        blueprint=pack(plan),
        budget=budget,
        currency=currency or plan.currency,
    )
    days = {planned.stage: planned for planned in plan_dates(plan, year=year)}
    _make_stages(
        cycle,
        (
            Stage(
                key=stage.key,
                name=dict(stage.name),
                starts_on=days[stage.key].starts_on,
                ends_on=days[stage.key].ends_on,
            )
            for stage in plan.stages
        ),
    )
    record(cycle, "open", by=by, now=now)
    return cycle


@transaction.atomic
def copy_cycle(*, cycle: Cycle, slug: str, label: Wording, year: int, by: Any, now: datetime) -> Cycle:
    """Make a cycle like another one, its stages moved to begin in the year.

    The copy takes over the other's blueprint, budget and the dates its coordinators chose, on the same
    days of the year; the last day of a month stays the last, so that February keeps its end.
    Raises AddressTaken.
    """
    copy = _make_cycle(
        programme=cycle.programme,
        slug=slug,
        label=dict(label),
        blueprint=cycle.blueprint,
        budget=cycle.budget,
        currency=cycle.currency,
        cloned_from=cycle,
    )
    stages = list(cycle.stages.order_by("position"))
    years = year - min((stage.starts_on.year for stage in stages), default=year)
    _make_stages(
        copy,
        (
            Stage(
                key=stage.key,
                name=stage.name,
                starts_on=move_years(stage.starts_on, years),
                ends_on=move_years(stage.ends_on, years),
            )
            for stage in stages
        ),
    )
    record(copy, "copy", by=by, now=now)
    return copy


def move_years(day: date, years: int) -> date:
    """Return the same day in another year; the last day of a month stays the last day of that month."""
    moved = add_months(day, 12 * years)
    if (day + DAY).day == 1:
        return add_months(moved.replace(day=1), 1) - DAY
    return moved


def _make_cycle(**fields: Any) -> Cycle:
    try:
        with transaction.atomic():
            return Cycle.objects.create(**fields)
    except IntegrityError:
        raise AddressTaken from None


def _make_stages(cycle: Cycle, stages: Iterable[Stage]) -> None:
    for position, stage in enumerate(stages):
        stage.cycle, stage.position = cycle, position
        stage.save()


@transaction.atomic
def edit_stage(*, stage: Stage, starts_on: date, ends_on: date, by: Any, now: datetime) -> None:
    """Give one stage other days."""
    stage.starts_on, stage.ends_on = starts_on, ends_on
    stage.save(update_fields=["starts_on", "ends_on"])
    record(stage.cycle, "move stage", by=by, now=now, note=str(stage))


@transaction.atomic
def edit_stages(
    *,
    cycle: Cycle,
    days: Mapping[str, tuple[date, date]],
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Give stages, by their keys, other first and last days. Raises Overtaken."""
    cycle.save_version(version, [])
    for stage in cycle.stages.filter(key__in=days).order_by("position"):
        starts_on, ends_on = days[stage.key]
        if (stage.starts_on, stage.ends_on) != (starts_on, ends_on):
            edit_stage(stage=stage, starts_on=starts_on, ends_on=ends_on, by=by, now=now)


@transaction.atomic
def edit_cycle(
    *,
    cycle: Cycle,
    label: Wording,
    budget: Decimal,
    currency: str,
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Change a cycle's label and budget. Raises Overtaken."""
    cycle.label, cycle.budget, cycle.currency = dict(label), budget, currency
    cycle.save_version(version, ["label", "budget", "currency"])
    record(cycle, "edit", by=by, now=now)


def announce_cycle(*, cycle: Cycle, by: Any, now: datetime) -> None:
    """Show the cycle and its calls to everybody, as soon as its programme is published."""
    move(cycle, "announce", by=by, now=now)


def retract_cycle(*, cycle: Cycle, by: Any, now: datetime) -> None:
    """Take the cycle back into preparation: nobody outside sees it any more."""
    move(cycle, "retract", by=by, now=now)


def close_cycle(*, cycle: Cycle, by: Any, now: datetime) -> None:
    """Say that the cycle is over. It stays visible."""
    move(cycle, "close", by=by, now=now)


def reopen_cycle(*, cycle: Cycle, by: Any, now: datetime) -> None:
    """Take up a closed cycle again."""
    move(cycle, "reopen", by=by, now=now)
