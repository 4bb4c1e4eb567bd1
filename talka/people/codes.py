"""Codes of countries and languages, and the names that people write instead."""

import re
from collections.abc import Mapping
from functools import cache

from talka.kernel.locales import locale_of

# What CLDR lists beside countries: unions, pseudo-locales, islands without a code of their own.
_NOT_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)
_ALSO = {
    "burma": "MM",
    "cote d'ivoire": "CI",
    "czech republic": "CZ",
    "hong kong": "HK",
    "ivory coast": "CI",
    "macedonia": "MK",
    "palestine": "PS",
    "turkey": "TR",
    "uk": "GB",
    "usa": "US",
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}", re.ASCII)


@cache
def countries(language: str) -> Mapping[str, str]:
    """Name every country in a language, by its ISO 3166 code and in the order of the names."""
    named = [
        (code, name)
        for code, name in locale_of(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    ]
    return dict(sorted(named, key=lambda one: one[1].casefold()))


@cache
def _languages(language: str) -> Mapping[str, str]:
    return {code.replace("_", "-").lower(): name for code, name in locale_of(language).languages.items()}


@cache
def _by_name(language: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Find the codes of countries and of languages by their names in a language."""
    return (
        {name.casefold(): code for code, name in countries(language).items()},
        {name.casefold(): code for code, name in _languages(language).items()},
    )


def country_code(text: str, language: str = "en") -> str | None:
    """Find the ISO 3166 code that somebody meant: the code, or a name in the language or in English."""
    wanted = text.strip()
    if wanted.upper() in countries("en"):
        return wanted.upper()
    name = wanted.casefold()
    found = _by_name(language)[0].get(name) or _by_name("en")[0].get(name)
    return found or _ALSO.get(name.replace("’", "'").replace("ô", "o"))


def language_code(text: str, language: str = "en") -> str | None:
    """Find the language code that somebody meant: a name in the language or in English, or a code.

    Wikis exist in languages that CLDR does not name, so a code of three letters is believed.
    """
    name = text.strip().casefold()
    if found := _by_name(language)[1].get(name) or _by_name("en")[1].get(name):
        return found
    code = name.replace("_", "-")
    first = code.split("-")[0]
    believed = len(first) == 3 or first in _languages("en")
    return code if _LANGUAGE.fullmatch(code) and believed else None


def language_in_words(code: str, language: str) -> str:
    """Name a language in a language; a code that nobody named stays as it is."""
    return _languages(language).get(code) or _languages("en").get(code) or code
