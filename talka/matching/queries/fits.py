"""How well two fit, part by part, and how possible partners became fewer: names and figures for a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.matching.queries.words import Names, speak

UNIT = 1000

PART_NAMES: Mapping[str, Any] = {
    "topic": _("Topic"),
    "level": _("Experience"),
    "language": _("Language"),
    "dates": _("Dates"),
    "hours": _("Hours"),
    "format": _("Format"),
    "cost": _("Cost"),
    "visa": _("Visa"),
    "wish": _("Wishes"),
    "near": _("Nearness"),
    "newcomer": _("Newcomers first"),
    "fresh": _("New partners first"),
}


# Translators: the hard rules, each after "Two can only be a pair if" or "The rule:".
RULE_NAMES: Mapping[str, Any] = {
    "shares_a_topic": _("they share a topic"),
    "teaches_above": _("who teaches has more experience"),
    "common_language": _("they share a language"),
    "dates_overlap": _("they are free on the same days"),
    "hours_overlap": _("they have hours in common"),
    "format_agrees": _("they agree on who travels"),
    "different_country": _("they are in different countries"),
    "not_avoided": _("neither avoids the other"),
    "not_repeated": _("they were not partners before"),
}

STEPS: Mapping[str, Any] = {
    # Translators: steps of a funnel, each after a number: 12 take part on the other side, 5 share a topic,
    # 3 and share a language.
    "all": _("take part on the other side"),
    "shares_a_topic": _("share a topic"),
    "teaches_above": _("and differ in experience"),
    "common_language": _("and share a language"),
    "dates_overlap": _("and are free on the same days"),
    "hours_overlap": _("and have enough hours in common"),
    "format_agrees": _("and agree on who travels"),
    "different_country": _("and are in another country"),
    "not_avoided": _("and want to work with them"),
    "not_repeated": _("and were not partners before"),
    "not_banned": _("and were not ruled out by you"),
    "fits": _("and have something that speaks for them"),
    "free": _("and have a place left"),
}

STAGES: Mapping[str, Any] = {
    "look": _("Looking at everybody with everybody"),
    "solve": _("Looking for the best pairs"),
    "explain": _("Finding out why some are left out"),
    "study": _("Working out what each decision costs"),
}


@dataclass(frozen=True)
class Line:
    """One part of a score in words, with its points and how many there could be, to a tenth of a point."""

    name: Any
    words: str
    points: float
    of: float


def lines_of(parts: Iterable[Mapping[str, Any]], names: Names) -> list[Line]:
    """Put the parts of a score into words, the weightiest first; parts without weight are left out."""
    weighty = sorted((part for part in parts if part["of"]), key=lambda part: -part["of"])
    return [
        Line(
            PART_NAMES.get(part["name"], part["name"]),
            speak(part["reason"], names),
            points_of(part["points"]),
            points_of(part["of"]),
        )
        for part in weighty
    ]


def points_of(thousandths: int) -> float:
    """Return points to a tenth, whole ones without it: parts are to add up to what is said of the pair."""
    points = round(thousandths / UNIT, 1)
    return int(points) if points.is_integer() else points


def fit_of(parts: Iterable[Mapping[str, Any]]) -> int:
    """Return how well two fit, from 0 to 100."""
    points, of = 0, 0
    for part in parts:
        points, of = points + part["points"], of + part["of"]
    return round(100 * points / of) if of else 0
