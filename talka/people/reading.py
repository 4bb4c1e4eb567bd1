"""What a row of somebody's table says about a community: cells in, facts and problems out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.utils import translation

from talka.kernel.reasons import Reason
from talka.papers.plain import one_line, printable
from talka.people.codes import country_code, language_code
from talka.people.models import CommunityKind, Region, SupportKind
from talka.people.models.communities import Activity, Maturity, Size

PERIODS = {"recognised": SupportKind.RECOGNITION, "gsf": SupportKind.GENERAL_SUPPORT}
COLUMNS = (
    "name",
    "kind",
    "acronym",
    "country",
    "region",
    "languages",
    "size",
    "activity",
    "maturity",
    "about",
    "recognised_from",
    "recognised_until",
    "gsf_from",
    "gsf_until",
    "cee_meetings",
)
_ALSO_KINDS = {"wikimedia user group": "user_group", "group": "informal", "informal": "informal"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MEETING = re.compile(r"(?P<name>.+?)[\s:,(–-]+(?P<day>\d{4}-\d{2}-\d{2})\)?", re.ASCII)
_QUOTES = re.compile("[\"'`´‘’‛“”„]")
# A quotation mark after a letter that none opened was an apostrophe before some other tool mangled it.
_OPENED = re.compile(r'(?<!\w)"[^"]*"(?!\w)')


class Period(NamedTuple):
    """A span of recognition or of general support."""

    kind: str
    starts_on: date
    ends_on: date | None


class Meeting(NamedTuple):
    """A regional meeting that the community took part in."""

    meeting: str
    ended_on: date


@dataclass(frozen=True)
class Problem:
    """Why a line cannot be taken over."""

    line: int
    column: str
    reason: Reason


@dataclass(frozen=True)
class Facts:
    """What one line says: only what is filled in."""

    line: int
    written: str
    values: Mapping[str, Any]
    periods: tuple[Period, ...] = ()
    meetings: tuple[Meeting, ...] = ()


class _Unclear(Exception):
    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.reason = Reason(key, values)


def heading(text: str) -> str:
    """Write a heading as the columns are named: "Recognized from" is recognised_from."""
    return re.sub(r"[\s_-]+", "_", text.strip().casefold()).replace("recognized", "recognised")


def name_key(name: str) -> str:
    """Return what makes two spellings the same name: not capitals, spaces or kinds of quotation mark."""
    return _QUOTES.sub("'", one_line(name)).casefold()


def mended(name: str) -> str:
    """Write a name on one line, with the apostrophes that were mangled into quotation marks."""
    name = one_line(name)
    return name if '"' not in _OPENED.sub("", name) else name.replace('"', "'")


def read_row(line: int, cells: Mapping[str, str]) -> tuple[Facts, list[Problem]]:
    """Read one line. Empty cells say nothing; each unclear cell is a problem of its own."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []

    def read(column: str, reader: Callable[[str], Any]) -> Any:
        try:
            return reader(cells[column]) if one_line(cells.get(column, "")) else None
        except _Unclear as unclear:
            problems.append(Problem(line, column, unclear.reason))
            return None

    for column, reader in _READERS.items():
        if (value := read(column, reader)) is not None:
            values[column] = value
    periods = []
    for prefix, kind in PERIODS.items():
        first, last = read(f"{prefix}_from", _day), read(f"{prefix}_until", _day)
        if any(problem.column.startswith(prefix) for problem in problems):
            continue
        if reason := _disorder(first, last):
            problems.append(Problem(line, f"{prefix}_until", reason))
        elif first:
            periods.append(Period(kind, first, last))
    meetings = read("cee_meetings", _meetings) or ()
    if not one_line(cells.get("name", "")):
        problems.append(Problem(line, "name", Reason("import.no_name")))
    return Facts(line, one_line(cells.get("name", "")), values, tuple(periods), meetings), problems


def _disorder(first: date | None, last: date | None) -> Reason | None:
    if last and first is None:
        return Reason("import.period_without_start")
    return Reason("import.period_backwards") if first and last and last < first else None


def isolated(text: str) -> str:
    """Shorten what somebody wrote, and keep its direction apart from the sentence that quotes it."""
    return f"\u2068{one_line(text)[:60]}\u2069"


def _text(most: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > most:
            raise _Unclear("import.too_long", most=most)
        return one_line(cell)

    return read


def _name(cell: str) -> str:
    return mended(_text(200)(cell))


def _about(cell: str) -> str:
    if len(cell) > 10_000:
        raise _Unclear("import.too_long", most=10_000)
    return printable(cell).strip()


def _choice(key: str, choices: Any, also: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """Read one of a list, by its value or by its English words, however it is spelled."""

    def plain(text: str) -> str:
        text = text.casefold().replace("&", "and").replace("organiz", "organis")
        return re.sub(r"[\W_]+", " ", text).strip()

    @cache
    def known() -> Mapping[str, str]:
        with translation.override("en"):
            words = {plain(str(member.label)): member.value for member in choices}
        return {**words, **{plain(value): value for value in choices.values}, **(also or {})}

    def read(cell: str) -> str:
        if found := known().get(plain(cell)):
            return found
        raise _Unclear(key, value=isolated(cell))

    return read


def _country(cell: str) -> str:
    if code := country_code(one_line(cell)):
        return code
    raise _Unclear("import.unknown_country", value=isolated(cell))


def _languages(cell: str) -> list[str]:
    codes = []
    for part in filter(None, map(one_line, re.split(r"[,;/\n]", cell))):
        code = language_code(part)
        if code is None:
            raise _Unclear("import.unknown_language", value=isolated(part))
        codes.append(code)
    if len(codes) > 30:
        raise _Unclear("import.too_many_languages", most=30)
    return list(dict.fromkeys(codes))


def _size(cell: str) -> str:
    written = re.sub(r"\s*[–—-]\s*", "-", one_line(cell))
    if written in Size.values:
        return written
    if not re.fullmatch(r"[1-9]\d{0,6}", written, re.ASCII):
        raise _Unclear("import.unknown_size", value=isolated(cell))
    limits = ((5, Size.UP_TO_5), (20, Size.UP_TO_20), (50, Size.UP_TO_50))
    return next((size.value for most, size in limits if int(written) <= most), Size.MORE.value)


def _day(cell: str) -> date:
    try:
        if _DAY.fullmatch(cell.strip()):
            return date.fromisoformat(cell.strip())
    except ValueError:
        pass
    raise _Unclear("import.no_day", value=isolated(cell))


def _meetings(cell: str) -> tuple[Meeting, ...]:
    found = {}
    for part in filter(None, map(one_line, re.split(r"[;\n]", cell))):
        match = _MEETING.fullmatch(part)
        if match is None or len(match["name"]) > 120:
            raise _Unclear("import.unclear_meeting", value=isolated(part))
        found[match["name"]] = Meeting(match["name"], _day(match["day"]))
    return tuple(found.values())


_READERS: Mapping[str, Callable[[str], Any]] = {
    "name": _name,
    "kind": _choice("import.unknown_kind", CommunityKind, _ALSO_KINDS),
    "acronym": _text(30),
    "country": _country,
    "region": _choice("import.unknown_region", Region),
    "languages": _languages,
    "size": _size,
    "activity": _choice("import.unknown_activity", Activity),
    "maturity": _choice("import.unknown_maturity", Maturity),
    "about": _about,
}
