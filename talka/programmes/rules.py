"""What looks wrong about the dates of a cycle, when a user name is the same, and when a post is vacant."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from talka.kernel.reasons import Reason


class DatedStage(NamedTuple):
    """A stage as it is judged: where it belongs, what it is called, and its days."""

    key: str
    name: dict[str, str]
    starts_on: date
    ends_on: date


def disorder(stages: Sequence[DatedStage], after: dict[str, str]) -> list[Reason]:
    """Say where stages overlap the wrong way: a stage that begins before the one it builds on is over.

    `stages` are in the order of the programme; `after` names, by key, the stage that each one follows.
    A stage that starts before one listed above it is told of as well. Nothing is forbidden: organisers may
    know better.
    """
    found = []
    known = {stage.key: stage for stage in stages}
    for index, stage in enumerate(stages):
        before = known.get(after.get(stage.key, ""))
        if before and stage.starts_on <= before.ends_on:
            found.append(_reason("stages.overlap", stage, before))
        elif index and stage.starts_on < stages[index - 1].starts_on:
            found.append(_reason("stages.order", stage, stages[index - 1]))
    return found


def _reason(key: str, stage: DatedStage, before: DatedStage) -> Reason:
    return Reason(
        key,
        {
            "stage": stage.name,
            "before": before.name,
            "starts_on": stage.starts_on.isoformat(),
            "ends_on": before.ends_on.isoformat(),
        },
    )


def user_key(name: str) -> str:
    """Return what makes two spellings one Wikimedia user name, whatever its capitals and underscores.

    The wiki itself tells capitals apart after the first letter; two people who differ by that alone are rarer
    than one person who is written in two ways.
    """
    spaced = " ".join(unicodedata.normalize("NFC", name).replace("_", " ").split())
    return spaced.casefold()


class Term(NamedTuple):
    """A term as it is judged: its first and its last day, which may be open."""

    starts_on: date
    ends_on: date | None


def most_at_once(term: Term, others: Iterable[Term]) -> int:
    """Count how many of the other terms run on the same day, on the worst day of a term."""
    shared = [other for other in others if _meet(term, other)]
    days = [max(term.starts_on, other.starts_on) for other in shared]
    return max((sum(_runs(other, day) for other in shared) for day in days), default=0)


def vacancies(seats: int, terms: Sequence[Term], *, today: date) -> list[date | None]:
    """Say for each vacant seat since which day it is vacant; None for one that was never filled."""
    vacant = max(0, seats - sum(_runs(term, today) for term in terms))
    ended = sorted((term.ends_on for term in terms if term.ends_on and term.ends_on < today), reverse=True)
    since: list[date | None] = [day + timedelta(days=1) for day in ended[:vacant]]
    return since + [None] * (vacant - len(since))


def _meet(one: Term, other: Term) -> bool:
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


def _runs(term: Term, day: date) -> bool:
    return term.starts_on <= day <= (term.ends_on or date.max)
