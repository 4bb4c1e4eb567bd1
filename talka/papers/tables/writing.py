"""Write tables for spreadsheets, as CSV and as XLSX, so that no cell is ever taken for a formula."""

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from talka.papers.plain import one_line
from talka.papers.tables.cells import as_text, is_formula, neutralised

Header = Sequence[object]
Rows = Iterable[Sequence[Any]]

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_TITLE_LENGTH = 31
_EXACT_INTEGERS = 10**15  # A spreadsheet keeps fifteen digits; a longer number is safer as text.
_FIRST_SPREADSHEET_YEAR = 1901  # Excel believes in a 29 February 1900.
_NARROWEST, _WIDEST = 8, 60


def write_csv(header: Header, rows: Rows) -> bytes:
    """Write a table as CSV in UTF-8 with a byte order mark, which is what spreadsheets open rightly.

    A cell that a spreadsheet would read as a formula gets an apostrophe in front; `read_table` takes it
    off again. Numbers and what looks like a telephone number stay as they are. (OWASP ASVS 5.0, 1.2.10.)
    """
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([neutralised(as_text(value)) for value in row])
    return sink.getvalue().encode("utf-8-sig")


def write_xlsx(sheets: Mapping[str, tuple[Header, Rows]]) -> bytes:
    """Write a workbook with typed cells: text is always text, dates and numbers are dates and numbers.

    Titles of sheets are mended to what a spreadsheet allows. The header of each sheet is bold and stays
    in sight. A time that knows its zone is written as the clock there shows it.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, (header, rows) in sheets.items():
        _fill(book.create_sheet(_sheet_title(title, book.sheetnames)), header, rows)
    if not book.worksheets:
        book.create_sheet("1")
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _fill(sheet: Worksheet, header: Header, rows: Rows) -> None:
    widths: dict[int, int] = {}
    for line, row in enumerate((header, *rows), start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(line, column)
            _set(cell, value if line > 1 else one_line(value))
            longest = max((len(part) for part in as_text(value).splitlines()), default=0)
            widths[column] = max(widths.get(column, _NARROWEST), longest + 2)
            if line == 1:
                cell.font = Font(bold=True)
            elif longest > _WIDEST:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(width, _WIDEST)
    sheet.freeze_panes = "A2"


def _set(cell: Cell | MergedCell, value: Any) -> None:
    if isinstance(value, datetime | time) and value.tzinfo is not None:
        value = value.replace(tzinfo=None)
    if value is None or _is_native(value):
        cell.value = value
        return
    text = as_text(value)
    cell.value = text
    cell.data_type = "s"  # openpyxl would take text that begins with "=" for a formula.
    cell.quotePrefix = is_formula(text)  # Editing the cell in a spreadsheet keeps it text, too.


def _is_native(value: Any) -> bool:
    """Tell whether a spreadsheet can hold the value exactly as a date, a truth or a number."""
    if isinstance(value, bool | time):
        return True
    if isinstance(value, date):
        return value.year >= _FIRST_SPREADSHEET_YEAR
    if isinstance(value, int | float | Decimal):
        return math.isfinite(value) and -_EXACT_INTEGERS < value < _EXACT_INTEGERS
    return False


def _sheet_title(title: str, taken: Sequence[str]) -> str:
    """Mend a title to what spreadsheets allow: 31 characters, none of `[]:*?/\\`, none twice."""
    wanted = one_line(_NOT_IN_TITLES.sub(" ", title)).strip("'") or "1"
    used = {name.casefold() for name in taken}
    number, ending = 1, ""
    while (found := wanted[: _TITLE_LENGTH - len(ending)] + ending).casefold() in used:
        number += 1
        ending = f" {number}"
    return found
