"""Read a table that somebody sends in, as CSV or XLSX, without trusting it."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from openpyxl import load_workbook

from talka.papers.plain import one_line
from talka.papers.tables.cells import as_text, restored

MOST_ROWS = 10_000
MOST_COLUMNS = 200
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED_BYTES = 50 * 1024 * 1024

_ZIP_START = b"PK\x03\x04"
_TEXT_ENDINGS = (".csv", ".tsv", ".txt")
_DELIMITERS = ",;\t"
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 2000


class Row(NamedTuple):
    """A row of a table: the line it begins on in the file, and its text under each heading."""

    line: int
    cells: dict[str, str]


class UnreadableTable(Exception):
    """A table that cannot be read, with a message key and the values its words need.

    The keys: table.empty, table.too_large (megabytes), table.too_many_rows (limit),
    table.too_many_columns (limit), table.not_a_spreadsheet, table.broken_line (line), table.no_header
    (line), table.unnamed_column (line, column), table.duplicate_header (header).
    """

    def __init__(self, key: str, **values: int | str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


Line = tuple[int, list[str]]


def read_table(
    data: bytes, name: str, *, most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES
) -> list[Row]:
    """Read the first sheet of a CSV or XLSX file: the first line that is not blank holds the headings.

    All values are text without space around it; dates come as ISO 8601. Blank lines are left out. Raises
    UnreadableTable when the file is empty, too large, or no table that can be read without guessing.
    """
    if len(data) > most_bytes:
        raise UnreadableTable("table.too_large", megabytes=max(1, most_bytes // 1024**2))
    if not data.strip(b"\0\t\r\n "):
        raise UnreadableTable("table.empty")
    if data.startswith(_ZIP_START):
        lines = _sheet_lines(data)
    elif name.lower().endswith(_TEXT_ENDINGS):
        lines = _text_lines(_decoded(data))
    else:
        raise UnreadableTable("table.not_a_spreadsheet")
    return _rows(((number, cells) for number, cells in lines if any(cells)), most_rows)


def _rows(lines: Iterator[Line], most_rows: int) -> list[Row]:
    first = next(lines, None)
    if first is None:
        raise UnreadableTable("table.empty")
    headings = _headings(*first)
    found: list[Row] = []
    for number, cells in lines:
        if len(found) == most_rows:
            raise UnreadableTable("table.too_many_rows", limit=most_rows)
        found.append(Row(number, _under(headings, cells, number)))
    return found


def _under(headings: list[str], cells: list[str], line: int) -> dict[str, str]:
    placed = dict.fromkeys(filter(None, headings), "")
    for column, (heading, cell) in enumerate(zip_longest(headings, cells, fillvalue=""), start=1):
        if heading:
            placed[heading] = cell
        elif cell:
            raise UnreadableTable("table.unnamed_column", line=line, column=column)
    return placed


def _headings(line: int, cells: list[str]) -> list[str]:
    headings = [one_line(cell) for cell in cells]
    if not any(char.isalpha() for heading in headings for char in heading):
        raise UnreadableTable("table.no_header", line=line)
    seen = set()
    for heading in filter(None, headings):
        if heading.casefold() in seen:
            raise UnreadableTable("table.duplicate_header", header=heading)
        seen.add(heading.casefold())
    return headings


def _decoded(data: bytes) -> str:
    """Decode by the byte order mark, else as UTF-8, else as the Western European of older spreadsheets."""
    marked = [encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)]
    for encoding in marked or _encodings_to_try(data[:_SAMPLE]):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableTable("table.not_a_spreadsheet")


def _encodings_to_try(sample: bytes) -> tuple[str, ...]:
    if b"\0" not in sample:
        return ("utf-8", "cp1252")
    return ("utf-16-le",) if sample[1::2].count(0) > sample[::2].count(0) else ("utf-16-be",)


def _text_lines(text: str) -> Iterator[Line]:
    delimiter, skipped = _delimiter(text), 0
    if text[:4] == "sep=":
        first, _, text = text.partition("\n")
        skipped, delimiter = 1, first[4:5]
        if delimiter not in _DELIMITERS:
            raise UnreadableTable("table.broken_line", line=1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + skipped + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableTable("table.broken_line", line=number) from error
        if cells is None:
            return
        while cells and not cells[-1]:
            cells.pop()
        _refuse_too_wide(cells)
        yield number, [restored(cell).strip() for cell in cells]


def _delimiter(text: str) -> str:
    """Find the delimiter that cuts the first line into the most cells; a comma when none cuts more."""
    first = next(filter(None, map(str.strip, text[: _SAMPLE * 5].splitlines())), "")

    def pieces(delimiter: str) -> int:
        return len(next(csv.reader([first], delimiter=delimiter), []))

    return max(_DELIMITERS, key=pieces)


def _sheet_lines(data: bytes) -> Iterator[Line]:
    _refuse_bombs(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # A file may lie about its size; the rows themselves do not.
        for number, values in enumerate(_values(sheet), start=1):
            cells = [as_text(value).strip() for value in values]
            while cells and not cells[-1]:
                cells.pop()
            _refuse_too_wide(cells)
            yield number, cells
        book.close()
    except UnreadableTable:
        raise
    except Exception as error:  # A broken workbook makes the parsers beneath raise nearly anything.
        raise UnreadableTable("table.not_a_spreadsheet") from error


def _values(sheet) -> Iterable[tuple[object, ...]]:
    return sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)


def _refuse_too_wide(cells: list[str]) -> None:
    if len(cells) > MOST_COLUMNS:
        raise UnreadableTable("table.too_many_columns", limit=MOST_COLUMNS)


def _refuse_bombs(data: bytes) -> None:
    """Look at the sizes in the archive's list before anything is unpacked.

    The list may lie, but the archive reader never unpacks more of a member than its list says.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableTable("table.not_a_spreadsheet") from error
    if unpacked > MOST_UNPACKED_BYTES:
        raise UnreadableTable("table.too_large", megabytes=MOST_UNPACKED_BYTES // 1024**2)
