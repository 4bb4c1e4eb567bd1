"""A table of communities is looked at, then taken over whole or not at all."""

from datetime import date

import pytest

from talka.kernel.models import Entry, Overtaken
from talka.papers.tables import Row, read_table, write_csv
from talka.people.actions.communities import edit_community
from talka.people.actions.imports import Change, ImportRefused, apply_import, read_communities
from talka.people.models import Community
from talka.people.queries import community_rows, listed_communities
from talka.people.reading import COLUMNS
from tests.real_input import affiliates_csv

pytestmark = pytest.mark.django_db


def table(*lines):
    """Make rows of dicts, the first in line 2."""
    return [Row(number, line) for number, line in enumerate(lines, start=2)]


def take_over(rows, now, by=None):
    return apply_import(preview=read_communities(rows), by=by, now=now)


def counts(preview):
    return [len(part) for part in (preview.new, preview.changed, preview.same, preview.errors)]


def affiliates():
    return read_table(affiliates_csv().read_bytes(), affiliates_csv().name)


def test_the_186_affiliates_are_taken_over_and_the_second_time_nothing_changes(now):
    assert counts(read_communities(affiliates())) == [186, 0, 0, 0]
    assert take_over(affiliates(), now) == 186
    before = list(Community.objects.values_list().order_by("pk"))
    preview = read_communities(affiliates())
    assert (counts(preview), preview.can_apply) == ([0, 0, 186, 0], False)
    assert apply_import(preview=preview, by=None, now=now) == 0
    assert list(Community.objects.values_list().order_by("pk")) == before
    assert Entry.objects.filter(verb="import").count() == 186


def test_the_affiliates_miss_what_the_file_misses(now):
    take_over(affiliates(), now)
    assert Community.objects.filter(country="").count() == 46
    assert Community.objects.filter(region="").count() == 39
    kinds = Community.objects.values_list("kind", flat=True)
    assert {kind: list(kinds).count(kind) for kind in set(kinds)} == {
        "chapter": 38,
        "thematic_organisation": 2,
        "user_group": 146,
    }


def test_mangled_names_are_mended_and_the_preview_says_so():
    mended = [(one.mended_from, one.name) for one in read_communities(affiliates()).new if one.mended_from]
    assert mended == [
        ('MediaWiki Stakeholders" Group', "MediaWiki Stakeholders' Group"),
        ('WikiWomen"s User Group', "WikiWomen's User Group"),
        ('Wikimedia Community User Group Côte d"Ivoire', "Wikimedia Community User Group Côte d'Ivoire"),
    ]


def test_a_preview_writes_nothing():
    read_communities(affiliates())
    assert (Community.objects.count(), Entry.objects.count()) == (0, 0)


def test_an_empty_cell_overwrites_nothing(now, bo):
    take_over(table({"name": "Wikimedia Graustark", "country": "", "languages": "", "kind": ""}), now)
    community = Community.objects.get(pk=bo.community.pk)
    assert (community.country, community.languages, community.kind) == ("PL", ["pl", "en"], "chapter")


def test_what_would_change_is_told_fact_by_fact(bo):
    rows = table({"name": "wikimedia GRAUSTARK", "country": "CZ", "languages": "pl, cs", "size": "12"})
    preview = read_communities(rows)
    assert [one.changes for one in preview.changed] == [
        (
            Change("country", "PL", "CZ"),
            Change("languages", "pl, en", "pl, cs"),
            Change("size", "", "6-20"),
        )
    ]


def test_a_name_in_another_spelling_is_found_and_never_changed(now):
    Community.objects.create(name="WikiWomen’s User Group", kind="user_group")
    take_over(table({"name": 'WIKIWOMEN"S User Group', "acronym": "WKW"}), now)
    assert list(Community.objects.values_list("name", "acronym")) == [("WikiWomen’s User Group", "WKW")]


def test_errors_carry_line_column_and_sentence_key_and_nothing_is_taken_over(now):
    rows = table(
        {"name": "Good Group", "kind": "Chapter"},
        {"name": "", "kind": "Chapter"},
        {"name": "Bad Group", "kind": "Club", "country": "Ruritania"},
        {"name": "GOOD group", "kind": "Chapter"},
        {"name": "Another Group", "kind": ""},
    )
    preview = read_communities(rows)
    assert [(one.line, one.column, one.reason.key) for one in preview.errors] == [
        (3, "name", "import.no_name"),
        (4, "kind", "import.unknown_kind"),
        (4, "country", "import.unknown_country"),
        (5, "name", "import.twice"),
        (6, "kind", "import.no_kind"),
    ]
    assert preview.can_apply is False
    with pytest.raises(ImportRefused):
        apply_import(preview=preview, by=None, now=now)
    assert Community.objects.count() == 0


def test_a_table_without_names_is_refused():
    preview = read_communities(table({"title": "Good Group", "kind": "Chapter"}))
    assert [(one.line, one.reason.key) for one in preview.errors] == [(1, "import.no_name_column")]


def test_columns_nobody_knows_are_named():
    preview = read_communities(table({"Name": "x", "Kind": "Chapter", "Colour": "red", "GSF from": ""}))
    assert (preview.ignored, counts(preview)) == (("Colour",), [1, 0, 0, 0])


def test_a_table_of_headings_only_has_nothing_to_do():
    assert read_communities([]).can_apply is False


def test_periods_and_meetings_are_kept_and_filled_in_later(now):
    row = {
        "name": "Group",
        "kind": "Chapter",
        "gsf_from": "2023-01-01",
        "cee_meetings": "CEE 2025 2025-09-28",
    }
    take_over(table(row), now)
    assert counts(read_communities(table(row))) == [0, 0, 1, 0]
    later = {**row, "gsf_until": "2024-12-31"}
    assert read_communities(table(later)).changed[0].changes == (
        Change("general_support", "2023-01-01 –", "2023-01-01 – 2024-12-31"),
    )
    take_over(table(later), now)
    # The first table again: an empty last day does not open the period anew.
    take_over(table(row), now)
    group = Community.objects.get(name="Group")
    assert list(group.support_periods.values_list("kind", "starts_on", "ends_on")) == [
        ("general_support", date(2023, 1, 1), date(2024, 12, 31))
    ]
    assert list(group.meetings_attended.values_list("meeting", "ended_on")) == [
        ("CEE 2025", date(2025, 9, 28))
    ]


def test_a_period_that_overlaps_another_is_an_error(now):
    take_over(table({"name": "Group", "kind": "Chapter", "recognised_from": "2020-01-01"}), now)
    preview = read_communities(table({"name": "Group", "recognised_from": "2021-01-01"}))
    assert [(one.line, one.column, one.reason.key) for one in preview.errors] == [
        (2, "recognised_from", "import.period_overlaps")
    ]


def test_an_import_that_fails_half_way_leaves_nothing(now, bo):
    preview = read_communities(
        table({"name": "New Group", "kind": "Chapter"}, {"name": "Wikimedia Graustark", "country": "CZ"})
    )
    edit_community(
        community=Community.objects.get(pk=bo.community.pk), facts={"about": "x"}, version=1, by=bo, now=now
    )
    with pytest.raises(Overtaken):
        apply_import(preview=preview, by=None, now=now)
    assert list(Community.objects.values_list("name", "country")) == [("Wikimedia Graustark", "PL")]
    assert Entry.objects.filter(verb="import").count() == 0


def test_the_same_new_community_by_two_people_at_once_is_made_once(now):
    rows = table({"name": "New Group", "kind": "Chapter"})
    first, second = read_communities(rows), read_communities(rows)
    apply_import(preview=first, by=None, now=now)
    with pytest.raises(Overtaken):
        apply_import(preview=second, by=None, now=now)
    assert Community.objects.count() == 1


def test_the_mark_of_a_preview_changes_with_what_it_would_do(bo):
    rows = table({"name": "Wikimedia Graustark", "country": "CZ"})
    before = read_communities(rows).mark
    assert read_communities(rows).mark == before
    Community.objects.filter(pk=bo.community.pk).update(country="DE")
    assert read_communities(rows).mark != before


@pytest.mark.parametrize(
    "name", ["a" * 200, "=cmd()", "<script>alert(1)</script>", "א ב", "🦆", "'quoted'", "x'"]
)
def test_what_is_exported_can_be_imported_and_changes_nothing(now, name):
    row = {
        "name": name,
        "kind": "Informal group",
        "country": "Chile",
        "region": "North America",
        "languages": "sk, Polish",
        "size": "30",
        "activity": "strong",
        "maturity": "developing",
        "about": "=1+1\nand a second line",
        "recognised_from": "2020-01-01",
        "recognised_until": "2021-01-01",
        "gsf_from": "2023-01-01",
        "cee_meetings": "CEE 2024 2024-09-22; CEE 2025 2025-09-28",
    }
    take_over(table(row), now)
    exported = write_csv(COLUMNS, community_rows(listed_communities()))
    assert counts(read_communities(read_table(exported, "communities.csv"))) == [0, 0, 1, 0]


@pytest.mark.parametrize("how_many", [1, 30, 186])
def test_a_preview_takes_three_queries_whatever_its_length(how_many, now, django_assert_num_queries):
    rows = affiliates()[:how_many]
    take_over(rows, now)
    with django_assert_num_queries(3):
        read_communities(rows)
    with django_assert_num_queries(3):
        community_rows(listed_communities())
