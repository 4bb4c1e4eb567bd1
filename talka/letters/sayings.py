"""Words that a letter says in its reader's language: they are chosen when it is composed, not before."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language

from talka.kernel.reasons import Reason, unpack
from talka.kernel.registry import reasons
from talka.kernel.wording import Wording, say


class Later:
    """A text that is put into words each time it is read, in the language of that moment."""

    def __init__(self, words: Any) -> None:
        self._words = words

    def __str__(self) -> str:
        return self._words()


def said(words: Wording) -> Later:
    """Say a wording in the language of the letter."""
    return Later(lambda: say(words, get_language() or "en").text)


def reason(packed: Reason | Mapping[str, Any]) -> Later:
    """Put a reason into words in the language of the letter."""
    given = packed if isinstance(packed, Reason) else unpack(packed)
    return Later(lambda: str(reasons.get(given.key)) % {n: _spoken(v) for n, v in given.values.items()})


def _spoken(value: Any) -> Any:
    if isinstance(value, Mapping):
        return say(value, get_language() or "en").text
    if isinstance(value, str) and len(value) == 10 and value[4:5] == value[7:8] == "-":
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    return value
