"""What an application says that matching asks about, read from its answers.

Answers are found by the kind of their question, so that a form edited in the browser is read as well:
capacities are topics, languages are languages, travel dates are windows, hours are slots of every week.
"""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from talka.applications.models import Application
from talka.blueprints.questions import Question
from talka.matching.engine import Slot

MIDDLE = 3
MIDNIGHT = 24 * 60
DAYS_MEANT = {
    "weekdays": range(5),
    "every_day": range(7),
    **{str(day): (day,) for day in range(7)},
}
"""The days of the week, from 0 for Monday, that a row of hours is about."""

Questions = tuple[Question, ...]
"""The questions of the form that an application answers."""


def windows_of(application: Application, questions: Questions) -> tuple[tuple[date, date], ...] | None:
    """Return when they can travel or host; None where they have not said."""
    spans = []
    for given in _answers(application, questions, "travel_dates"):
        try:
            span = date.fromisoformat(given["starts_on"]), date.fromisoformat(given["ends_on"])
        except (KeyError, TypeError, ValueError):
            continue
        if span[0] <= span[1]:
            spans.append(span)
    return tuple(spans) or None


def country_of(application: Application, questions: Questions) -> str:
    """Return the country of the community, or the one that the person named."""
    if application.community is not None:
        return application.community.country
    for question in questions:
        if question.kind == "country":
            return str(application.sheet.answers.get(question.key) or "")
    return ""


def zone_of(application: Application) -> str:
    """Return the zone on whose clock the hours were written: that of the person, or of who began it."""
    writer = application.person or application.started_by
    return writer.time_zone if writer else "UTC"


def hours_of(application: Application, questions: Questions) -> tuple[Slot, ...] | None:
    """Return when they can meet in a usual week; None where they have not said."""
    slots = []
    for given in _answers(application, questions, "hours"):
        try:
            starts, ends = (_minute(given[name]) for name in ("starts", "ends"))
        except (KeyError, TypeError, ValueError):
            continue
        # Midnight is the end of the day that begins before it.
        slots += [Slot(day, starts, ends or MIDNIGHT) for day in DAYS_MEANT.get(given.get("day", ""), ())]
    return tuple(slots) or None


def _minute(text: str) -> int:
    clock = time.fromisoformat(text)
    return clock.hour * 60 + clock.minute


def languages_of(application: Application, questions: Questions) -> Iterator[tuple[str, int]]:
    """Yield each language answered with its highest level."""
    best: dict[str, int] = {}
    for given in _answers(application, questions, "language"):
        level = _level(given, lowest=0, highest=6)
        if level is not None and given.get("language"):
            best[given["language"]] = max(level, best.get(given["language"], 0))
    yield from best.items()


def topics_of(application: Application, questions: Questions) -> Iterator[tuple[str, int]]:
    """Yield the capacities answered with their levels, in the order of the answer, each once."""
    seen = set()
    for given in _answers(application, questions, "capacity"):
        level = _level(given, lowest=1, highest=5)
        if given.get("capacity") and given["capacity"] not in seen:
            seen.add(given["capacity"])
            yield given["capacity"], MIDDLE if level is None else level


def _answers(application: Application, questions: Questions, kind: str) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of the answers to every question of the kind."""
    for question in questions:
        if question.kind == kind:
            rows = application.sheet.answers.get(question.key)
            yield from (row for row in rows or [] if isinstance(row, dict))


def _level(given: Mapping[str, Any], *, lowest: int, highest: int) -> int | None:
    try:
        return min(max(int(given.get("level", "")), lowest), highest)
    except (TypeError, ValueError):
        return None


def levels_at_home(application: Application, relation: str) -> dict[str, int]:
    """Return what the community offers or needs in the directory, with levels."""
    if application.community is None:
        return {}
    rows = application.community.capacities.all()
    return {row.capacity.key: row.level for row in rows if row.relation == relation}
