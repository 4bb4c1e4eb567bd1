"""How pairs are shown: what speaks for them, part by part, and how well they fit in a hundred."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.matching.queries.reasons import Refused
from talka.matching.queries.words import Names, speak, speak_all

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


@dataclass(frozen=True)
class Line:
    """One part of a score in words, with its points and how many there could be."""

    name: Any
    words: str
    points: int
    of: int


def lines_of(parts: Iterable[Mapping[str, Any]], names: Names) -> list[Line]:
    """Put the parts of a score into words, the weightiest first; parts without weight are left out."""
    weighty = sorted((part for part in parts if part["of"]), key=lambda part: -part["of"])
    return [
        Line(
            PART_NAMES.get(part["name"], part["name"]),
            speak(part["reason"], names),
            round(part["points"] / UNIT),
            round(part["of"] / UNIT),
        )
        for part in weighty
    ]


def fit_of(parts: Iterable[Mapping[str, Any]]) -> int:
    """Return how well two fit, from 0 to 100."""
    points, of = 0, 0
    for part in parts:
        points, of = points + part["points"], of + part["of"]
    return round(100 * points / of) if of else 0


def refusal_in_words(refused: Refused, names: Names | None = None) -> str:
    """Say why something was refused, in one text."""
    return " ".join(speak_all(refused.reasons, names or Names()))
