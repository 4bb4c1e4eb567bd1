"""A line of a table of people: its cells under our own names of columns, and what is wrong with them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from talka.matching.engine.files.faults import Fault
from talka.matching.engine.values import Reason

COLUMNS = (
    "id",
    "name",
    "role",
    "needs",
    "offers",
    "languages",
    "dates",
    "first_day",
    "last_day",
    "hours",
    "zone",
    "formats",
    "country",
    "region",
    "kind",
    "newcomer",
    "places",
    "priority",
    "wishes",
    "avoids",
    "earlier",
    "lock",
    "ban",
)
SPREAD = ("needs", "offers", "languages")
"""Columns whose entries may each have a heading of their own: "needs:editathons"."""
FAILED_FORMULAS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")
LONGEST_CELL = 5000
LONGEST_QUOTE = 40
LIKENESS = 0.76
"""How like two words must be for one to have been meant; of 1."""


@dataclass(frozen=True)
class Codes:
    """How codes are found that people write in many ways; None for what nobody knows."""

    language: Callable[[str], str | None]
    country: Callable[[str], str | None]


@dataclass(frozen=True)
class Heading:
    """A heading of the file, the column it means, and the one thing its cells are about, if they are."""

    text: str
    column: str
    about: str = ""


@dataclass(frozen=True)
class Piece:
    """One entry of a cell, and the heading it stands under."""

    text: str
    heading: str


class Row:
    """A line with its cells, and the faults found in them so far."""

    def __init__(
        self,
        file: str,
        line: int,
        cells: Mapping[str, str],
        headings: Iterable[Heading],
        words: Mapping[str, str],
    ) -> None:
        """Put the cells under our columns, without those that nobody can have meant."""
        self.file, self.line, self.words = file, line, words
        self.faults: list[Fault] = []
        self._placed: dict[str, list[tuple[Heading, str]]] = {}
        self._filled: set[str] = set()
        for heading in headings:
            text = cells.get(heading.text, "").strip()
            if text:
                self._filled.add(heading.column)
            if len(text) > LONGEST_CELL:
                self.blame(heading.text, "people.too_long", most=LONGEST_CELL)
            elif text in FAILED_FORMULAS:
                self.blame(heading.text, "people.failed_formula", text=text)
            elif text:
                self._placed.setdefault(heading.column, []).append((heading, text))

    def blame(self, heading: str, key: str, **values: str | int) -> None:
        """Note a fault of this line."""
        self.faults.append(Fault(self.file, self.line, heading, Reason(key, values)))

    def says(self, column: str) -> bool:
        """Tell whether there is anything in a column, readable or not."""
        return column in self._filled

    def heading(self, column: str) -> str:
        """Return the heading under which a column stands in the file."""
        return self._placed[column][0][0].text if column in self._placed else column

    def text(self, column: str) -> str:
        """Return what is said in a column, in the words that the policy gives it.

        Of several headings it is one after the other, such as a first name and a last.
        """
        return self.said(" ".join(text for _, text in self._placed.get(column, ())))

    def pieces(self, column: str) -> Iterator[Piece]:
        """Yield the entries of a column. Semicolons part them, or commas where there is no semicolon."""
        for heading, text in self._placed.get(column, ()):
            if heading.about:
                yield Piece(f"{heading.about}:{text}", heading.text)
                continue
            whole = self.words.get(_plain(text).casefold(), text)
            for part in re.split(r"[;\n]" if re.search(r"[;\n]", whole) else ",", whole):
                if part.strip():
                    yield Piece(self.said(part), heading.text)

    def said(self, text: str) -> str:
        """Return the text on one line, or the word that the policy has for it."""
        plain = _plain(text)
        return self.words.get(plain.casefold(), plain)


def headings_of(given: Iterable[str], map_: Mapping[str, str]) -> tuple[tuple[Heading, ...], tuple[str, ...]]:
    """Return the headings that mean something, by the policy's map or by their own name, and the others."""
    found, ignored = [], []
    for text in given:
        column, _, about = map_.get(text.casefold(), text).partition(":")
        column = column.strip().casefold().replace(" ", "_")
        if column in COLUMNS:
            found.append(Heading(text, column, about.strip()))
        else:
            ignored.append(text)
    return tuple(found), tuple(ignored)


def _plain(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.split())


def is_word(text: str) -> bool:
    """Tell whether there is a letter in a text: else a spreadsheet made a number or a date of it."""
    return any(map(str.isalpha, text))


def quoted(text: str) -> str:
    """Return a text as a sentence may quote it."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def nearest(text: str, known: Iterable[str]) -> str:
    """Return the known word that a text most looks like, or nothing when none is like it."""
    by_plain = {word.casefold(): word for word in sorted(known)}
    found = get_close_matches(text.casefold()[:LONGEST_QUOTE], by_plain, n=1, cutoff=LIKENESS)
    return by_plain[found[0]] if found else ""


def ordered(faults: Iterable[Fault], headings: Sequence[str]) -> list[Fault]:
    """Return the faults as one reads the file: line by line, and in a line from the first column on."""
    places = {heading: at for at, heading in enumerate(headings)}
    return sorted(faults, key=lambda fault: (fault.line, places.get(fault.column, len(places))))
