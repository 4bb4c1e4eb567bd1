import mwparserfromhell
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mwparserfromhell.nodes import HTMLEntity, Text

from talka.papers.wikitext import escape, heading, table

HOSTILE = [
    "{{ }}",
    "{{Delete}}",
    "{{{1}}}",
    "|",
    "[[Category:Cats]]",
    "[[File:x.jpg|thumb]]",
    "<nowiki>",
    "</nowiki>'''x'''",
    "~~~~",
    "~~~",
    "__NOINDEX__",
    "＿＿目次＿＿",
    "＃転送 [[x]]",
    "<ref>x</ref>",
    "{{subst:x}}",
    "{{#invoke:x|y}}",
    "-{ zh }-",
    "* a",
    "# a",
    ": a",
    "; a : b",
    "#REDIRECT [[x]]",
    "== x ==",
    "----",
    " leading",
    "a\n* b",
    "a\r\n\r\n# b",
    "\u2028* b",
    "http://example.org",
    "HTTPS://x",
    "//x.org",
    "mailto:a@b.c",
    "news:x",
    "[http://x y]",
    "''i''",
    "'''b'''",
    "<script>alert(1)</script>",
    "<!-- x -->",
    "&lt;b&gt;",
    "&#91;&#91;x]]",
    "&amp;",
    "ISBN 9780306406157",
    "RFC 2119",
    "PMID\u00a01234",
    "\x7f'\"`UNIQ--ref-00000001-QINU`\"'\x7f",
    "|}",
    "|-",
    "!! x",
    "{|",
    "+49",
    "\ud800",
]


def shown(code: str) -> str:
    """Read the code as the wiki shows it; fail when anything but text is in it."""
    nodes = mwparserfromhell.parse(code).nodes
    assert [node for node in nodes if not isinstance(node, Text | HTMLEntity)] == []
    return "".join(node.normalize() if isinstance(node, HTMLEntity) else str(node) for node in nodes)


def plain(text: str) -> str:
    kept = text.replace("\x7f", "").replace("\ud800", "")
    return " ".join(kept.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text):
    assert shown(escape(text)) == plain(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_character_that_the_wiki_gives_a_meaning_is_left(text):
    rest = escape(text).replace("&#", "").replace(";", "")
    assert set(rest) & set("{}[]|<>&=:;*#!~_'\n\r\x7f＿＃+") == set()


@pytest.mark.parametrize("text", ["ISBN 9780306406157", "RFC 2119", "PMID\u00a01234"])
def test_numbers_of_books_and_papers_do_not_become_links(text):
    assert escape(text)[:2] == "&#"


def test_ordinary_text_stays_readable_in_the_code():
    text = "A three-day visit (12,5 %), “Łódź” – Ереван. Շնորհակալ?"
    assert escape(text) == text


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"])),
        max_size=4,
    )
)
def test_any_text_is_shown_as_it_is(parts):
    text = "".join(parts)
    assert shown(escape(text)) == plain(text)


@pytest.mark.parametrize("level", [2, 6])
def test_a_heading_holds_its_text_only(level):
    nodes = mwparserfromhell.parse(heading("== {{x}} ==", level)).filter_headings()
    assert [(node.level, shown(str(node.title)).strip()) for node in nodes] == [(level, "== {{x}} ==")]


@pytest.mark.parametrize("level", [0, 1, 7])
def test_a_heading_of_another_level_is_refused(level):
    with pytest.raises(ValueError, match="A heading has a level from 2 to 6"):
        heading("x", level)


def test_a_table_holds_its_caption_headings_and_cells():
    code = table(["Name", "Days"], [["Ada", 3], ["Bo", None]], caption="Visits")
    assert code == (
        '{| class="wikitable"\n|+ Visits\n|-\n! scope="col" | Name\n! scope="col" | Days\n'
        "|-\n| Ada\n| 3\n|-\n| Bo\n| \n|}\n"
    )


def test_hostile_cells_stay_in_their_cells():
    code = table(HOSTILE[:3], [[text] for text in HOSTILE], caption="|}\n{{x}}")
    parsed = mwparserfromhell.parse(code)
    cells = parsed.filter_tags(matches=lambda tag: tag.tag == "td")
    caption, *found = [shown(str(cell.contents)).strip() for cell in cells]  # The parser has no captions.
    assert (caption, found) == ("+ |} {{x}}", [plain(text) for text in HOSTILE])
    assert (
        parsed.filter_templates(),
        parsed.filter_wikilinks(),
        len(parsed.filter_tags(recursive=False)),
    ) == ([], [], 1)
