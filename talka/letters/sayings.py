"""Words that a letter says in its reader's language: they are chosen when it is composed, not before."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from talka.kernel.reasons import Reason
from talka.kernel.speech import speak
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
    return Later(lambda: speak(packed))
