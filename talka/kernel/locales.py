"""The locale in which dates, numbers and names of places are written for a reader."""

from babel import Locale, UnknownLocaleError


def locale_of(language: str) -> Locale:
    """Return the locale of a language. English is written the British way here: 1 March, not March 1.

    Raises babel.UnknownLocaleError for a language nobody knows.
    """
    return Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))


def language_called(language: str, reader: str) -> str:
    """Name a language in the reader's language; a code that nobody named stays as it is."""
    here = locale_of(reader)
    if language in here.languages:
        return here.languages[language]
    try:
        return Locale.parse(language, sep="-").get_display_name(here) or language
    except (UnknownLocaleError, ValueError):
        return language


def direction_of(language: str) -> str:
    """Return the direction in which a language is written, for `dir`; "auto" for one that nobody knows."""
    for code in (language, language.split("-")[0]):
        try:
            return locale_of(code).text_direction
        except (UnknownLocaleError, ValueError):
            continue
    return "auto"
