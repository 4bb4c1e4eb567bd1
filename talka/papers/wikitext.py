"""Write wikitext in which no text of a person is ever markup."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from talka.papers.plain import one_line

_HARMLESS = frozenset(' .,()?"%/')
_HIGHEST, _LOWEST = 2, 6  # Level 1 is the title of the page.
_BETWEEN_LETTERS = re.compile(r"(?<=\w)-(?=\w)")
_MAGIC_LINK = re.compile(r"\b(?:ISBN|RFC|PMID)(?=\s)")


def escape(text: object) -> str:
    """Write any text so that MediaWiki shows exactly it: no link, template, list, signature or switch.

    Whatever is not known to be harmless becomes a character entity. The text becomes one line, since a
    line break is markup too; give paragraphs one by one.
    """
    plain = one_line(text)
    kept = {match.start() for match in _BETWEEN_LETTERS.finditer(plain)}
    magic = {match.start() for match in _MAGIC_LINK.finditer(plain)}
    return "".join(
        char if at in kept or (at not in magic and _is_harmless(char)) else f"&#{ord(char)};"
        for at, char in enumerate(plain)
    )


def heading(text: object, level: int = 2) -> str:
    """Write a heading of level 2 to 6 on a line of its own. Raises ValueError for another level."""
    if not _HIGHEST <= level <= _LOWEST:
        raise ValueError(f"A heading has a level from {_HIGHEST} to {_LOWEST}, not {level}.")
    marks = "=" * level
    return f"{marks} {escape(text)} {marks}\n"


def table(header: Sequence[object], rows: Iterable[Sequence[object]], *, caption: object) -> str:
    """Write a table in the wiki's own look, with its caption and one heading a column."""
    parts = ['{| class="wikitable"', f"|+ {escape(caption)}", "|-"]
    parts += [f'! scope="col" | {escape(cell)}' for cell in header]
    for row in rows:
        parts.append("|-")
        parts += [f"| {escape('' if cell is None else cell)}" for cell in row]
    return "\n".join([*parts, "|}", ""])


def _is_harmless(char: str) -> bool:
    """Tell whether a character means nothing to the wiki, nor looks like one that does.

    The wide forms count as what they stand for: in Japanese "＿＿目次＿＿" and "＃転送" are markup as well.
    """
    if char.isalnum():
        return True
    return all(part in _HARMLESS or not part.isascii() for part in unicodedata.normalize("NFKC", char))
