"""From a blueprint's stages to real dates."""

from datetime import date, timedelta
from typing import NamedTuple

from talka.blueprints.schema import Blueprint
from talka.blueprints.stages import Stage
from talka.kernel.windows import add_months

DAY = timedelta(days=1)


class PlannedStage(NamedTuple):
    """A stage with its first and its last day, both of which belong to it."""

    stage: str
    starts_on: date
    ends_on: date


def plan_dates(blueprint: Blueprint, *, year: int) -> tuple[PlannedStage, ...]:
    """Give every stage its days, for a cycle whose first stage starts in the year.

    A stage "after" another starts the day after that one's last day. A day that
    would fall before the start of the stage listed above it is meant for the next year.
    """
    planned: dict[str, PlannedStage] = {}
    earliest = date(year, 1, 1)
    for stage in blueprint.stages:
        if stage.starts.after:
            starts_on = planned[stage.starts.after].ends_on + DAY
        else:
            starts_on = _next(str(stage.starts.day), earliest)
        planned[stage.key] = PlannedStage(stage.key, starts_on, _last_day(stage, starts_on))
        earliest = starts_on
    return tuple(planned.values())


def first_year(blueprint: Blueprint, *, today: date) -> int:
    """Return the first year in which a cycle can still invite: this one, until its calls would be over."""
    inviting = {call.stage for call in blueprint.calls}
    last_days = [stage.ends_on for stage in plan_dates(blueprint, year=today.year) if stage.stage in inviting]
    return today.year + (today > max(last_days, default=today))


def _next(month_and_day: str, earliest: date) -> date:
    month, day = (int(part) for part in month_and_day.split("-"))
    found = date(earliest.year, month, day)
    return found if found >= earliest else date(earliest.year + 1, month, day)


def _last_day(stage: Stage, starts_on: date) -> date:
    if stage.lasts_days:
        return starts_on + (stage.lasts_days - 1) * DAY
    end = add_months(starts_on, stage.lasts_months or 0)
    # 1 February to 28 or 29 February; and a month from 31 January, where there is no
    # 31 February, lasts to the end of February, not to the day before it.
    return end - DAY if end.day == starts_on.day else end
