"""Several words in one sentence, joined as the reader's language does."""

from collections.abc import Iterable

from babel.lists import format_list
from django.utils.translation import get_language

from talka.kernel.locales import locale_of


def listed(words: Iterable[object]) -> str:
    """Join words with the comma and the “and” of the reader's language."""
    return format_list([str(word) for word in words], locale=locale_of(get_language() or "en"))
