"""A table of people and the policy for it, from files."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from talka.matching.engine.files.faults import Fault, FaultyTable
from talka.matching.engine.files.people import Asked, Codes, PolicyFile, read_people, read_policy
from talka.matching.engine.values import Reason
from talka.papers.tables import Row, UnreadableTable, read_table
from talka.people.codes import country_code, language_code

MOST_BYTES = 32 * 1024 * 1024
MOST_POLICY_BYTES = 1024 * 1024
CODES = Codes(language_code, country_code)
_TEXT_ENDINGS = (".csv", ".tsv", ".txt")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 2000


def read_asked(people: Path, policy: Path | None) -> Asked:
    """Read what is asked of the engine. Raises FaultyTable with the faults of both files."""
    faults: list[Fault] = []
    rules: PolicyFile | None = None
    try:
        if policy:
            rules, faults = _policy(policy)
    except FaultyTable as faulty:
        faults += faulty.faults
    try:
        rows = _rows(people)
        if policy is None or rules:
            headings = list(rows[0].cells) if rows else []
            asked = read_people(people.name, headings, [(row.line, row.cells) for row in rows], rules, CODES)
    except FaultyTable as faulty:
        faults += faulty.faults
    if faults:
        raise FaultyTable(faults)
    return asked


def _policy(path: Path) -> tuple[PolicyFile, list[Fault]]:
    """Read a policy, with its faults. Raises FaultyTable when nothing in it can be read."""
    data = _bytes(path, MOST_POLICY_BYTES)
    _refuse_other_letters(path, data)
    return read_policy(data.decode("utf-8-sig"), path.name, CODES)


def _rows(path: Path) -> list[Row]:
    """Read the lines of a table. Raises FaultyTable when it is none."""
    data = _bytes(path, MOST_BYTES)
    if path.suffix.lower() in _TEXT_ENDINGS and data[:2] not in _WIDE_MARKS and b"\0" not in data[:_SAMPLE]:
        _refuse_other_letters(path, data)
    try:
        with _cells_of_any_length():
            return read_table(data, path.name, most_bytes=MOST_BYTES)
    except UnreadableTable as unreadable:
        reason = Reason(unreadable.key, unreadable.values)
        raise FaultyTable([Fault(path.name, 0, "", reason)]) from unreadable


def _bytes(path: Path, most: int) -> bytes:
    """Return what a file holds. Raises FaultyTable when it is too large to be what it should."""
    if path.stat().st_size > most:
        reason = Reason("table.too_large", {"megabytes": most // 1024**2})
        raise FaultyTable([Fault(path.name, 0, "", reason)])
    return path.read_bytes()


def _refuse_other_letters(path: Path, data: bytes) -> None:
    """Raise FaultyTable, naming the line, unless the file is in UTF-8: names are not to be guessed."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FaultyTable([Fault(path.name, line, "", Reason("table.not_utf8"))]) from None


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """Let cells be long: which of them are too long is told by line and column."""
    before = csv.field_size_limit(MOST_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)
