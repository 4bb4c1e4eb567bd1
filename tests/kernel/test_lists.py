"""Words joined as languages do."""

import pytest
from django.utils import translation

from talka.kernel.lists import listed


@pytest.mark.parametrize(
    ("language", "words", "joined"),
    [
        ("en", [], ""),
        ("en", ["Polish"], "Polish"),
        ("en", ["Polish", "Czech", "Arabic"], "Polish, Czech and Arabic"),
        ("ar", ["البولندية", "التشيكية"], "البولندية والتشيكية"),
        ("ar", ["أ", "ب", "ج"], "أ وب وج"),
    ],
)
def test_words_are_joined_as_the_readers_language_does(language, words, joined):
    with translation.override(language):
        assert listed(words) == joined
