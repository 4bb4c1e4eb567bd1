"""The names of months as signatures write them, in the languages that the CLDR spells out for us."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale

# Of wikis whose signatures have a day, the name of a month and a year, in Latin or Cyrillic letters. Some are
# here for their differences: "listopad" is October in Croatian and November in Czech and Polish.
LANGUAGES = ("en", "cs", "de", "es", "fr", "hr", "id", "it", "nl", "pl", "pt", "ru", "sv", "tr", "uk")


def plain(word: str) -> str:
    """Return what makes two spellings of a month one: not capitals, nor the full stop of a short form."""
    return unicodedata.normalize("NFC", word).casefold().strip(".")


@cache
def months() -> Mapping[str, int]:
    """Return the number of each name of a month; one that means two months, in two languages, is left out.

    English is not given up for others: it is what Meta writes.
    """
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for word, number in _of(language):
            found.setdefault(word, set()).add(number)
    certain = {word: numbers.pop() for word, numbers in found.items() if len(numbers) == 1}
    return certain | dict(_of("en"))


def _of(language: str) -> list[tuple[str, int]]:
    known = Locale.parse(language).months
    return [
        (plain(word), number)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, word in known[context][width].items()
    ]
