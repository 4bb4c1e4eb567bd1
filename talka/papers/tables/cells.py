"""What one cell of a table holds: plain text, and never a formula by accident."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from talka.papers.plain import printable

_FORMULA_STARTS = frozenset("=+-@")
_BREAK_STARTS = frozenset("\t\r\n")
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_NUMBER = re.compile(r"[+-]?\d+(?:[.,\u00a0\u202f ]\d+)*(?:[eE][+-]?\d+)?", re.ASCII)
_PHONE = re.compile(r"\+\d[\d ().-]*", re.ASCII)


def as_text(value: object) -> str:
    """Write a value as plain text: dates as ISO 8601, numbers in full, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return printable(value)


def neutralised(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would read as a formula."""
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def restored(text: str) -> str:
    """Take off the apostrophe that `neutralised` put there."""
    return text[1:] if text.startswith("'") and is_formula(text.lstrip("'")) else text


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet could take the text for a formula; telephone numbers are none."""
    if text[:1] in _BREAK_STARTS:
        return True
    seen = next((char for char in text if unicodedata.category(char) not in _INVISIBLE), "")
    if unicodedata.normalize("NFKC", seen) not in _FORMULA_STARTS:
        return False
    bare = text.strip(" ")
    return not (_NUMBER.fullmatch(bare) or _PHONE.fullmatch(bare))
