"""Text that coordinators write, in one or several languages."""

from collections.abc import Mapping
from typing import Self

Wording = Mapping[str, str]
"""Language code to text."""


class Said(str):
    """A wording in the language nearest to the one asked for: a text that knows its language."""

    language: str
    is_fallback: bool

    def __new__(cls, text: str, language: str = "", *, is_fallback: bool = False) -> Self:
        said = super().__new__(cls, text)
        said.language, said.is_fallback = language, is_fallback
        return said

    @property
    def text(self) -> str:
        """Return the text alone."""
        return str(self)


def say(wording: Wording, language: str) -> Said:
    """Choose the text for a reader of the language.

    Falls back from "pt-br" to "pt", then to English, then to any language there
    is, and says so: a page shows the fall-back, it does not hide it.
    """
    for code in (language, language.split("-")[0]):
        if wording.get(code):
            return Said(wording[code], code, is_fallback=False)
    # A database may reorder the entries: the order they were written in decides nothing.
    for code in ("en", *sorted(wording)):
        if wording.get(code):
            return Said(wording[code], code, is_fallback=True)
    return Said("", language, is_fallback=False)


def in_order(wording: Wording) -> dict[str, str]:
    """Return the wording with English first and then the other languages by their codes.

    PostgreSQL keeps the entries of JSON in an order of its own: what shows or writes all of a wording asks
    for this one.
    """
    return {code: wording[code] for code in sorted(wording, key=lambda code: (code != "en", code))}
