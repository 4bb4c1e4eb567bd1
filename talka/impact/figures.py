"""The figures of a cycle: frozen rows in, frozen figures out, and what is too small to be told hidden.

Two kinds of count are told apart.

*What took place* is public already: which communities visited each other is announced, told in stories
and seen on the wiki. How many communities, countries, exchanges, days and euros that were, whether goals
were met and promises kept, are counts of groups and their work, not of people; a first cycle of three
exchanges has to be able to say so. They are exact.

*What people answered, and how it went for those who applied* is not public: each answer is one person's,
and being turned down is nobody's business. There the totals count as known to everybody (both sides of
every exchange report, so twice the exchanges is the number of answers), and yet no group of fewer than
`per_option` may be found by subtraction:

- a table of fewer than `per_question` answers is withheld;
- an option with fewer than `per_option` answers, also with none, is shown as "fewer than";
- where those hidden add up to fewer than `per_option`, or to so many that each must be just below it,
  subtraction would tell: the whole table is withheld. Where they add up to nothing, they are shown as 0;
- how many applied is told exactly only when those who did not take part are none, or enough.

Where the applicants are people and not communities, every count is one of people and all of this holds for
all tables. `tests/impact` proves it against somebody who subtracts.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from talka.kernel.wording import Wording

FORMAT = 1
STEPS = ("done", "open", "dropped")
GOALS = ("yes", "partly", "no")
OUTCOMES = ("took_part", "accepted", "waiting", "declined", "withdrawn", "undecided")
ORIGINS = ("agreed_beforehand", "suggested")


@dataclass(frozen=True)
class Applicant:
    """Who applied, under a key, and how it went for them in the end: one of OUTCOMES."""

    key: int
    country: str
    outcome: str


@dataclass(frozen=True)
class Visit:
    """An exchange that took place: its two sides by their keys, and what came of it."""

    sides: tuple[int, ...]
    origin: str
    days: int
    topics: tuple[str, ...]
    goals_met: str


@dataclass(frozen=True)
class Cost:
    """A sum in the budget's currency, by its kind."""

    kind: str
    amount: Decimal


@dataclass(frozen=True)
class Question:
    """A question with options that participants answered, and the keys that they chose."""

    key: str
    label: Wording
    options: tuple[tuple[str, Wording], ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """Everything that the figures of a cycle are computed from."""

    applicants: tuple[Applicant, ...]
    visits: tuple[Visit, ...]
    costs: tuple[Cost, ...]
    steps: tuple[str, ...]
    questions: tuple[Question, ...]
    topic_names: Mapping[str, Wording]
    cost_names: Mapping[str, Wording]
    currency: str
    are_people: bool = False


@dataclass(frozen=True)
class Limits:
    """Below how many answers a question, and an option, is hidden."""

    per_question: int = 10
    per_option: int = 5


@dataclass(frozen=True)
class Cell:
    """A line of a table. A hidden one has no value: it is below the limit of an option."""

    key: str
    value: int | str | None
    label: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """Counts by option. A withheld table has no cells: there were too few answers."""

    key: str
    cells: tuple[Cell, ...]
    withheld: bool = False
    title: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Number:
    """A figure alone; `at_least` where those that are hidden come on top. None is hidden itself."""

    key: str
    value: int | str | None
    at_least: bool = False


@dataclass(frozen=True)
class Figures:
    """What is published: numbers, tables, the currency of amounts, and the limit that hid some of them."""

    format: int
    numbers: tuple[Number, ...]
    tables: tuple[Table, ...]
    currency: str
    per_option: int


def compute(rows: Rows, limits: Limits = Limits()) -> Figures:
    """Compute the figures that may be published. The order of the rows never matters."""
    known = () if rows.are_people else ("took_part",)
    facts = _facts(rows)
    if rows.are_people:
        facts = [_guard(table, limits) for table in facts]
    guarded = [
        _guard(_outcomes(rows), limits, known=known),
        *(_guard(_answers(question), limits) for question in rows.questions),
    ]
    return Figures(
        format=FORMAT,
        numbers=_numbers(rows, limits),
        tables=(*facts, *guarded, _costs(rows)),
        currency=rows.currency,
        per_option=limits.per_option,
    )


def count_answers(questions: Iterable[Question], limits: Limits = Limits()) -> Figures:
    """Compute what may be told of answers alone, such as those to an evaluation."""
    tables = tuple(_guard(_answers(question), limits) for question in questions)
    return Figures(FORMAT, numbers=(), tables=tables, currency="", per_option=limits.per_option)


def _outcomes(rows: Rows) -> Table:
    return _table("outcomes", OUTCOMES, (one.outcome for one in rows.applicants))


def _participants(rows: Rows) -> list[Applicant]:
    keys = {key for visit in rows.visits for key in visit.sides}
    return [one for one in rows.applicants if one.key in keys]


def _facts(rows: Rows) -> list[Table]:
    """Build the tables of what took place."""
    countries = [one.country for one in _participants(rows) if one.country]
    topics = [topic for visit in rows.visits for topic in set(visit.topics)]
    return [
        _table("countries", sorted(set(countries)), countries),
        _table("topics", sorted(set(topics)), topics, rows.topic_names),
        _table("origins", ORIGINS, (visit.origin for visit in rows.visits)),
        _table("goals_met", GOALS, (visit.goals_met for visit in rows.visits)),
        _table("steps", STEPS, rows.steps),
    ]


def _answers(question: Question) -> Table:
    labels = dict(question.options)
    built = _table(f"question_{question.key}", tuple(labels), question.answers, labels)
    return replace(built, title=dict(question.label))


def _table(
    key: str, options: Iterable[str], values: Iterable[str], labels: Mapping[str, Wording] | None = None
) -> Table:
    counts = Counter(values)
    cells = (Cell(option, counts[option], dict((labels or {}).get(option, {}))) for option in options)
    return Table(key, tuple(cells))


def _costs(rows: Rows) -> Table:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for cost in rows.costs:
        sums[cost.kind] += cost.amount
    cells = (Cell(kind, _amount(sums[kind]), dict(rows.cost_names.get(kind, {}))) for kind in sorted(sums))
    return Table("costs", tuple(cells))


def _amount(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01")))


def _guard(table: Table, limits: Limits, *, known: Iterable[str] = ()) -> Table:
    """Hide what is too small. Options that are `known` are public anyway and always shown."""
    counts = {cell.key: int(cell.value or 0) for cell in table.cells}
    small = {key: count for key, count in counts.items() if count < limits.per_option and key not in known}
    together = sum(small.values())
    if sum(counts.values()) < limits.per_question:
        return replace(table, cells=(), withheld=True)
    if together == 0:
        return table
    highest = (limits.per_option - 1) * len(small)
    if not limits.per_option <= together < highest:
        return replace(table, cells=(), withheld=True)
    cells = (replace(cell, value=None) if cell.key in small else cell for cell in table.cells)
    return replace(table, cells=tuple(cells))


def _numbers(rows: Rows, limits: Limits) -> tuple[Number, ...]:
    participants = _participants(rows)
    enough = not rows.are_people or min(len(participants), len(rows.visits)) >= limits.per_option
    facts = {
        "took_part": len(participants),
        "countries": len({one.country for one in participants if one.country}),
        "exchanges": len(rows.visits),
        "days": sum(visit.days for visit in rows.visits),
        "steps": len(rows.steps),
    }
    return (
        _applied(len(rows.applicants), len(participants) if enough else 0, limits),
        *(Number(key, value if enough else None) for key, value in facts.items()),
        Number("cost", _amount(sum((cost.amount for cost in rows.costs), Decimal(0)))),
    )


def _applied(count: int, took_part: int, limits: Limits) -> Number:
    """Say how many applied, if that does not tell of a few that they did not take part."""
    others = count - took_part
    if others == 0 or others >= limits.per_option:
        return Number("applied", count)
    return Number("applied", took_part or None, at_least=True)


def plain(figures: Figures) -> dict[str, Any]:
    """Write figures as plain data, for a JSON column."""
    return asdict(figures)


def read(data: Mapping[str, Any]) -> Figures:
    """Read back what `plain` wrote, also after a journey through JSON."""
    tables = (
        Table(**{**table, "cells": tuple(Cell(**cell) for cell in table["cells"])})
        for table in data["tables"]
    )
    numbers = (Number(**number) for number in data["numbers"])
    return Figures(**{**data, "numbers": tuple(numbers), "tables": tuple(tables)})


def canonical(data: Any) -> str:
    """Write plain data as JSON in one way only, so that equal data gives equal text."""
    return json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def seal(data: Any) -> str:
    """Return the SHA-256 of the data in its canonical form."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()
