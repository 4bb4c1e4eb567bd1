"""The locale in which dates, numbers and names of places are written for a reader."""

from babel import Locale


def locale_of(language: str) -> Locale:
    """Return the locale of a language. English is written the British way here: 1 March, not March 1.

    Raises babel.UnknownLocaleError for a language nobody knows.
    """
    return Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))
