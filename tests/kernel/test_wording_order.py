"""All of a wording is shown in one order, in whichever the database keeps it."""

import pytest

from talka.kernel.wording import in_order


@pytest.mark.parametrize("codes", [("de", "ar", "en"), ("en", "de", "ar"), ("ar", "en", "de")])
def test_english_comes_first_and_the_others_by_their_codes(codes):
    assert list(in_order(dict.fromkeys(codes, "Text"))) == ["en", "ar", "de"]
