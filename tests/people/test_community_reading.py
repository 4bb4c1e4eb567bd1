"""Cells of somebody's table become facts, or problems with a sentence."""

from datetime import date

import pytest

from talka.kernel.registry import reasons
from talka.people.reading import COLUMNS, mended, name_key, read_row


def facts(**cells):
    """Read one row that must be clear."""
    found, problems = read_row(2, {"name": "Wikimedia Chile", **cells})
    assert problems == []
    return found


def problem(**cells):
    """Read one row that must have one problem; return its column and key."""
    _found, problems = read_row(2, {"name": "Wikimedia Chile", **cells})
    assert [one.line for one in problems] == [2]
    assert reasons.get(problems[0].reason.key) % dict(problems[0].reason.values)
    return problems[0].column, problems[0].reason.key


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('WikiWomen"s User Group', "WikiWomen's User Group"),
        ('MediaWiki Stakeholders" Group', "MediaWiki Stakeholders' Group"),
        ('Group Côte d"Ivoire', "Group Côte d'Ivoire"),
        ('Wikipedians "Amical" of Catalonia', 'Wikipedians "Amical" of Catalonia'),
        ("  Two \n lines ", "Two lines"),
        ("O’Neill", "O’Neill"),
    ],
)
def test_mangled_quotation_marks_are_mended_and_meant_ones_kept(written, name):
    assert mended(written) == name


def test_spellings_of_one_name_are_the_same_name():
    spellings = ["WikiWomen's UG", 'WIKIWOMEN"S  ug', "WikiWomen’s UG", " wikiwomen`s ug "]
    assert {name_key(spelling) for spelling in spellings} == {"wikiwomen's ug"}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Wikimedia user group", "user_group"),
        ("User Group", "user_group"),
        ("user_group", "user_group"),
        ("Chapter", "chapter"),
        ("Thematic organization", "thematic_organisation"),
        ("Thematic organisation", "thematic_organisation"),
        ("Informal group", "informal"),
        ("informal", "informal"),
    ],
)
def test_a_kind_is_known_by_its_many_names(written, kind):
    assert facts(kind=written).values["kind"] == kind


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("East, Southeast Asia, & Pacific", "eseap"),
        ("central and eastern europe and central asia", "cee_ca"),
        ("CEE_CA", "cee_ca"),
    ],
)
def test_a_region_is_known_by_its_many_names(written, region):
    assert facts(region=written).values["region"] == region


@pytest.mark.parametrize(
    ("written", "code"),
    [("cl", "CL"), ("Chile", "CL"), ("UK", "GB"), ("Czech Republic", "CZ"), ("Côte d’Ivoire", "CI")],
)
def test_a_country_is_known_by_its_code_or_name(written, code):
    assert facts(country=written).values["country"] == code


def test_languages_are_read_from_codes_and_names_without_doubles():
    assert facts(languages="sk; English, EN, be-tarask,  tly").values["languages"] == [
        "sk",
        "en",
        "be-tarask",
        "tly",
    ]


@pytest.mark.parametrize(
    ("written", "size"), [("12", "6-20"), ("6 – 20", "6-20"), ("1-5", "1-5"), ("900", "51+"), ("51+", "51+")]
)
def test_a_size_is_read_from_a_number_or_a_range(written, size):
    assert facts(size=written).values["size"] == size


def test_periods_and_meetings_are_read():
    found = facts(
        recognised_from="2015-05-01",
        gsf_from="2023-01-01",
        gsf_until="2025-12-31",
        cee_meetings="CEE Meeting 2024 (2024-09-22); CEE Meeting 2025: 2025-09-28",
    )
    assert found.periods == (
        ("recognition", date(2015, 5, 1), None),
        ("general_support", date(2023, 1, 1), date(2025, 12, 31)),
    )
    assert found.meetings == (
        ("CEE Meeting 2024", date(2024, 9, 22)),
        ("CEE Meeting 2025", date(2025, 9, 28)),
    )


def test_empty_cells_say_nothing():
    found = facts(**dict.fromkeys(COLUMNS[1:], " \u200b"[:1]))
    assert dict(found.values) == {"name": "Wikimedia Chile"}
    assert (found.periods, found.meetings) == ((), ())


@pytest.mark.parametrize(
    ("column", "cell", "key"),
    [
        ("name", "x" * 201, "import.too_long"),
        ("acronym", "x" * 31, "import.too_long"),
        ("about", "x" * 10_001, "import.too_long"),
        ("kind", "Club", "import.unknown_kind"),
        ("country", "Ruritania", "import.unknown_country"),
        ("country", "EU", "import.unknown_country"),
        ("region", "Europe", "import.unknown_region"),
        ("languages", "sk, Klingonish", "import.unknown_language"),
        ("languages", ",".join(f"aa{chr(97 + n % 26)}-a{n}" for n in range(31)), "import.too_many_languages"),
        ("size", "many", "import.unknown_size"),
        ("size", "2026-06-20", "import.unknown_size"),
        ("size", "-3", "import.unknown_size"),
        ("activity", "sleepy", "import.unknown_activity"),
        ("maturity", "old", "import.unknown_maturity"),
        ("recognised_from", "2024", "import.no_day"),
        ("recognised_from", "2024-02-30", "import.no_day"),
        ("recognised_from", "١٢٣٤-٠١-٠١", "import.no_day"),
        ("gsf_until", "2024-02-01", "import.period_without_start"),
        ("cee_meetings", "2024", "import.unclear_meeting"),
        ("cee_meetings", f"{'x' * 121} 2024-09-22", "import.unclear_meeting"),
        ("cee_meetings", "CEE Meeting 2024-13-01", "import.no_day"),
    ],
)
def test_what_cannot_be_read_is_a_problem_of_its_column(column, cell, key):
    assert problem(**{column: cell}) == (column, key)


def test_a_period_that_ends_before_it_begins_is_a_problem():
    assert problem(gsf_from="2024-02-02", gsf_until="2024-02-01") == ("gsf_until", "import.period_backwards")


@pytest.mark.parametrize("cell", ["", "  ", "\x07\x00", "\u2028"])
def test_a_line_without_a_name_is_a_problem(cell):
    _facts, problems = read_row(3, {"name": cell, "kind": "Chapter"})
    assert [(one.column, one.reason.key) for one in problems] == [("name", "import.no_name")]


def test_every_unclear_cell_of_a_line_is_told_at_once():
    _facts, problems = read_row(3, {"name": "", "kind": "Club", "country": "XX", "gsf_from": "soon"})
    assert [one.column for one in problems] == ["kind", "country", "gsf_from", "name"]


def test_foreign_text_cannot_turn_the_sentence_around_it():
    _facts, problems = read_row(3, {"name": "x", "kind": "\u202eabcd" + "y" * 500})
    value = problems[0].reason.values["value"]
    assert (value[0], value[-1], len(value)) == ("\u2068", "\u2069", 62)
