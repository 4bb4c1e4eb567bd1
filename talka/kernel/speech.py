"""Reasons put into the words of whoever reads them."""

import contextlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language

from talka.kernel.locales import locale_of
from talka.kernel.reasons import Reason, unpack
from talka.kernel.registry import reasons
from talka.kernel.wording import say

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
        return say(value, language).text
    if isinstance(value, str) and _DAY.fullmatch(value):
        with contextlib.suppress(ValueError):
            return format_date(date.fromisoformat(value), "long", locale=locale_of(language))
    return value
