"""Reasons and wordings put into the words of whoever reads them; a fall-back names its language."""

import contextlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.html import format_html
from django.utils.translation import get_language

from talka.kernel.locales import direction_of, language_called, locale_of
from talka.kernel.reasons import Reason, unpack
from talka.kernel.registry import reasons
from talka.kernel.wording import Said, say

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def speak(given: Reason | Mapping[str, Any]) -> str:
    """Put a reason, or a packed one, into words in the language of the moment. Raises UnknownName."""
    reason = given if isinstance(given, Reason) else unpack(given)
    words = reasons.get(reason.key)
    return str(words) % {name: _spoken(value) for name, value in reason.values.items()}


def _spoken(value: Any) -> Any:
    """Say a wording in the language, and write out a day; anything else stays as it is."""
    language = get_language() or "en"
    if isinstance(value, Mapping):
        return noted(say(value, language))
    if isinstance(value, str) and _DAY.fullmatch(value):
        with contextlib.suppress(ValueError):
            return format_date(date.fromisoformat(value), "long", locale=locale_of(language))
    return value


def marked(words: Any) -> Any:
    """Draw a text for a page: a fall-back carries its language and direction, and names the language.

    What is no `Said` stays as it is, so that a template may ask this of any label.
    """
    if not isinstance(words, Said) or not words.is_fallback:
        return words
    return format_html(
        '<span lang="{}" dir="{}">{}</span> <span class="talka-fallback">({})</span>',
        words.language,
        direction_of(words.language),
        words.text,
        _called(words),
    )


def noted(said: Said) -> str:
    """Write a text where no mark can be drawn, as in a title or a picture: a fall-back names its language."""
    return f"{said.text} ({_called(said)})" if said.is_fallback else said.text


def _called(said: Said) -> str:
    return language_called(said.language, get_language() or "en")
