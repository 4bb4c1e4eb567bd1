"""Tables of numbers alone: who could be paired with whom for what score, and how many each may have."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np

from talka.matching.engine.files.faults import Fault, FaultyTable
from talka.matching.engine.solve.rings.values import Arcs
from talka.matching.engine.values import Reason

MOST_DECIMALS = 9
MOST_DIGITS = 30
ENDLESS = 10**9
"""More places than anybody has."""


@dataclass(frozen=True)
class Edges:
    """Pairs with scores in whole units of `unit`, each pair once; ids in the order of their characters."""

    learners: tuple[str, ...]
    mentors: tuple[str, ...]
    rows: np.ndarray
    columns: np.ndarray
    scores: np.ndarray
    unit: Decimal


@dataclass(frozen=True)
class Share:
    """How many partners somebody must and may have, and how urgent: 1 comes before 2."""

    fewest: int = 0
    most: int = 1
    priority: int = 1


@dataclass
class Reading:
    """A file being read: its lines, and what was wrong with them."""

    path: Path
    faults: list[Fault] = field(default_factory=list)

    def blame(self, line: int, column: str, key: str, /, **values: str | int) -> None:
        """Note a fault."""
        self.faults.append(Fault(self.path.name, line, column, Reason(key, values)))

    def lines(self, *headings: str, optional: tuple[str, ...] = ()) -> Iterator[tuple[int, list[str]]]:
        """Yield each line with its cells in the order of the headings asked for."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            try:
                places = self._places(next(reader, []), headings, optional)
                for cells in reader if places else ():
                    if any(map(str.strip, cells)):
                        given = [cells[at].strip() if 0 <= at < len(cells) else "" for at in places]
                        yield reader.line_num, given
            except (csv.Error, UnicodeDecodeError):
                self.blame(reader.line_num + 1, "", "table.broken_line")

    def _places(self, given: list[str], headings: tuple[str, ...], optional: tuple[str, ...]) -> list[int]:
        """Return where the headings stand, -1 for one that may be missing; nothing when one must not."""
        found = [heading.strip().casefold() for heading in given]
        missing = [heading for heading in headings if heading not in found]
        for heading in missing:
            self.blame(1, heading, "table.column_missing", column=heading)
        names = () if missing else (*headings, *optional)
        return [found.index(name) if name in found else -1 for name in names]


def read_edges(path: Path) -> Edges:
    """Read a table `learner,mentor,score`. Raises FaultyTable with every fault."""
    scored = _read_scored(Reading(path), "learner", "mentor")
    learners, mentors = (tuple(sorted({pair[side] for pair in scored.pairs})) for side in (0, 1))
    places = _places(scored, 0, learners), _places(scored, 1, mentors)
    return Edges(learners, mentors, *places, scored.scores, scored.unit)


def read_arcs(path: Path) -> Arcs:
    """Read a table `from,to,score`: who teaches, who learns. Raises FaultyTable with every fault."""
    scored = _read_scored(Reading(path), "from", "to")
    people = tuple(sorted({key for pair in scored.pairs for key in pair}))
    places = _places(scored, 0, people), _places(scored, 1, people)
    return Arcs(people, *places, scored.scores, scored.unit)


def read_shares(path: Path, who: str) -> dict[str, Share]:
    """Read a table `mentor,min,max` or `learner,min,max,priority`. Raises FaultyTable with every fault.

    What is left empty is as if nothing was said: at least 0, at most 1 (or as many as must be), priority 1.
    """
    reading = Reading(path)
    shares: dict[str, Share] = {}
    for line, (key, *texts) in reading.lines(who, optional=("min", "max", "priority")):
        if not key:
            reading.blame(line, who, "table.cell_empty")
        if key in shares:
            reading.blame(line, who, "table.row_twice", key=key)
        fewest = _count(reading, line, "min", texts[0], 0)
        most = _count(reading, line, "max", texts[1], max(1, fewest))
        priority = _count(reading, line, "priority", texts[2], 1)
        if fewest > most:
            reading.blame(line, "min", "table.min_above_max", fewest=fewest, most=most)
        shares[key] = Share(fewest, most, priority)
    if reading.faults:
        raise FaultyTable(reading.faults)
    return shares


@dataclass(frozen=True)
class Scored:
    """The pairs of a table, in the order of their characters, with scores in whole units of `unit`."""

    pairs: list[tuple[str, str]]
    scores: np.ndarray
    unit: Decimal


def _read_scored(reading: Reading, first: str, second: str) -> Scored:
    """Read pairs with scores, each pair once; between `from` and `to` nobody leads to themselves."""
    pairs: dict[tuple[str, str], Decimal] = {}
    for line, (one, other, text) in reading.lines(first, second, "score"):
        for column, value in ((first, one), (second, other)):
            if not value:
                reading.blame(line, column, "table.cell_empty")
        score = _decimal(reading, line, "score", text)
        if (one, other) in pairs:
            reading.blame(line, first, "table.pair_twice", learner=one, mentor=other)
        if first == "from" and one and one == other:
            reading.blame(line, second, "table.with_oneself", key=one)
        pairs[one, other] = score
    if reading.faults:
        raise FaultyTable(reading.faults)
    decimals = max((-int(score.as_tuple().exponent) for score in pairs.values()), default=0)
    unit = Decimal(1).scaleb(-max(decimals, 0))
    order = sorted(pairs)
    scores = [int(pairs[pair] / unit) for pair in order]
    great = max(map(abs, scores), default=0) >= 1 << 62
    return Scored(order, np.array(scores, dtype=object if great else np.int64), unit)


def _places(scored: Scored, side: int, keys: tuple[str, ...]) -> np.ndarray:
    """Return where the keys of one side stand."""
    place_of = {key: at for at, key in enumerate(keys)}
    return np.array([place_of[pair[side]] for pair in scored.pairs], dtype=np.int32)


def _decimal(reading: Reading, line: int, column: str, text: str) -> Decimal:
    """Return the number, noting what is none, or has more digits than are sensible."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        reading.blame(line, column, "table.not_a_number", text=text[:40])
        return Decimal(0)
    shown = number.as_tuple()
    if -int(shown.exponent) > MOST_DECIMALS or len(shown.digits) + int(shown.exponent) > MOST_DIGITS:
        reading.blame(line, column, "table.too_many_digits", text=text[:40], decimals=MOST_DECIMALS)
        return Decimal(0)
    return number


def _count(reading: Reading, line: int, column: str, text: str, otherwise: int) -> int:
    """Return the whole number, noting what is none."""
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and int(text) <= ENDLESS):
        reading.blame(line, column, "table.not_a_count", text=text[:40])
        return otherwise
    return int(text)
