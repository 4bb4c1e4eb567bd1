"""Two people write at once."""

from hypothesis import given
from hypothesis import strategies as st

from talka.forms.merging import mark, marks, merge, seen_after

VALUES = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "one", "two", "three"]))


def test_what_only_one_changed_is_kept():
    merged = merge(kept={"a": "hers", "b": ""}, mine={"a": "", "b": "mine"}, seen={"a": "", "b": ""})
    assert (dict(merged.values), merged.conflicts) == ({"a": "hers", "b": "mine"}, ())


def test_what_both_changed_alike_is_no_conflict():
    merged = merge(kept={"a": "same"}, mine={"a": "same"}, seen={"a": ""})
    assert merged.conflicts == ()


def test_what_both_changed_differently_stays_theirs_and_is_named():
    merged = merge(kept={"a": "hers"}, mine={"a": "mine"}, seen={"a": ""})
    assert (dict(merged.values), merged.conflicts) == ({"a": "hers"}, ("a",))


def test_no_answer_is_no_answer_however_it_is_written():
    assert {mark(nothing) for nothing in (None, "", [], {})} == {""}
    assert mark(0) != mark(False) != mark("")


@given(before=VALUES, hers=VALUES, mine=VALUES)
def test_nothing_that_somebody_wrote_is_overwritten_unseen(before, hers, mine):
    kept = {**before, **hers}
    merged = merge(kept=kept, mine=mine, seen=marks(before, "abcd"))
    for key, value in kept.items():
        if mark(value) != mark(before.get(key)):
            assert merged.values[key] == value


@given(before=VALUES, hers=VALUES, mine=VALUES)
def test_after_a_save_an_untouched_page_changes_nothing_more(before, hers, mine):
    page = {key: mine.get(key, before.get(key, "")) for key in "abcd"}
    seen = marks(before, "abcd")
    merged = merge(kept={**before, **hers}, mine=page, seen=seen)
    if not merged.conflicts:
        seen = seen_after(seen=seen, mine=page, kept=merged.values, merged=merged)
        again = merge(kept=merged.values, mine=page, seen=seen)
        assert (dict(again.values), again.conflicts) == (dict(merged.values), ())
