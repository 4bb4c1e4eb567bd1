"""Moments and lists as the reader's language writes them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from talka.web.templatetags.words import language_names, listed, weekday_and_time

MOMENT = datetime(2027, 3, 1, 18, 0, tzinfo=ZoneInfo("Europe/Warsaw"))


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "Monday, 1 March 2027, 18:00"), ("ar", "الاثنين، 1 مارس 2027، 18:00")],
)
def test_a_moment_is_written_with_the_commas_of_the_language(language, written):
    with translation.override(language):
        assert weekday_and_time(MOMENT) == written


@pytest.mark.parametrize(
    ("language", "joined"), [("en", "Slovak, Czech and Arabic"), ("ar", "السلوفاكية والتشيكية والعربية")]
)
def test_languages_are_named_and_joined_in_the_language(language, joined):
    with translation.override(language):
        assert language_names(["sk", "cs", "ar"]) == joined


def test_words_of_any_kind_are_joined():
    with translation.override("en"):
        assert listed(["one", 2]) == "one and 2"
