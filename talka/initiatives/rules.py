"""When one asks what became of an initiative, and how its stages follow each other. No Django here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from talka.kernel.windows import DAY_BEGINS, add_months, decent_moment, zone

MONTHS = 6


@dataclass(frozen=True)
class Reached:
    """A stage was reached on a day, or an initiative was still at it."""

    stage: str
    on: date


def asked_on(heard_on: date, last_asked_on: date | None) -> date:
    """Return the day on which one asks again: half a year after one last heard of it, or last asked."""
    return add_months(max(heard_on, last_asked_on or heard_on), MONTHS)


def nine_o_clock(day: date, zone_name: str, now: datetime) -> datetime:
    """Return nine in the morning of the day in the zone; when that has passed, the next decent moment.

    That is now by day, and otherwise nine in the morning after.
    """
    nine = datetime.combine(day, DAY_BEGINS, tzinfo=zone(zone_name))
    return nine if nine >= now else decent_moment(now, zone_name)


def stage_on(history: Iterable[Reached], day: date) -> str:
    """Return the stage at the end of the day, or nothing before the first. `history` is in its order."""
    found = ""
    for reached in history:
        if reached.on <= day:
            found = reached.stage
    return found


def went_back(stages: Sequence[str], before: str, after: str) -> bool:
    """Tell whether a stage stands before the one that an initiative was at."""
    if before not in stages or after not in stages:
        return False
    return stages.index(after) < stages.index(before)


@dataclass(frozen=True)
class Span:
    """A stage with its first day and the last one; the last span goes on until today."""

    stage: str
    starts_on: date
    ends_on: date


def spans(history: Iterable[Reached], *, until: date) -> list[Span]:
    """Join the days on which an initiative was at the same stage, one after another."""
    found: list[Span] = []
    for reached in history:
        if found:
            last = found[-1]
            found[-1] = Span(last.stage, last.starts_on, max(last.starts_on, reached.on))
            if last.stage == reached.stage:
                continue
        found.append(Span(reached.stage, reached.on, reached.on))
    if found:
        found[-1] = Span(found[-1].stage, found[-1].starts_on, max(found[-1].starts_on, until))
    return found
