"""Names and directions of languages."""

import pytest

from talka.kernel.locales import direction_of, language_called


@pytest.mark.parametrize(
    ("code", "direction"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("uz-arab", "rtl"),
        ("be-tarask", "ltr"),
        ("pt-br", "ltr"),
        ("zzz", "auto"),
        ("", "auto"),
    ],
)
def test_a_language_has_its_direction_and_an_unknown_one_finds_its_own(code, direction):
    assert direction_of(code) == direction


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("en", "ar", "الإنجليزية"),
        ("ar", "en", "Arabic"),
        ("pt-br", "en", "Portuguese (Brazil)"),
        ("zzz", "en", "zzz"),
        ("not one", "en", "not one"),
    ],
)
def test_a_language_is_called_what_its_reader_calls_it(code, reader, name):
    assert language_called(code, reader) == name
