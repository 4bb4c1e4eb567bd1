"""Text that coordinators write, in one or several languages."""

from collections.abc import Mapping
from dataclasses import dataclass

Wording = Mapping[str, str]
"""Language code to text."""


@dataclass(frozen=True)
class Said:
    """A wording in the language nearest to the one asked for."""

    text: str
    language: str
    is_fallback: bool

    def __str__(self) -> str:
        return self.text


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
