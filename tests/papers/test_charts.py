import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.papers.charts import Bar, Dot, Link, Stage, bar_chart, bipartite, timeline

SVG = "{http://www.w3.org/2000/svg}"
NAMED = {"title": "Days", "description": "Days a community", "key": "days"}
STAGES = [
    Stage("Outreach", date(2026, 2, 1), date(2026, 2, 28)),
    Stage("Matching", date(2026, 3, 1), date(2026, 3, 31)),
    Stage("Visits", date(2026, 4, 1), date(2026, 6, 30)),
]
HOSTILE = [
    "<script>alert(1)</script>",
    '"/><style>x</style>',
    "]]>&amp;",
    "a\x00\x1b\ud800\uffff",
    "مرحبا",
    "漢字" * 30,
]


def words(svg: str, look: str | None = None) -> str:
    found = [
        node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text") if look in (None, node.get("class"))
    ]
    return " ".join(found)


def draw_all(text: str, direction: str = "ltr") -> list[str]:
    named = {"title": text, "description": text, "key": text, "direction": direction}
    bars = [Bar(text, 3), Bar("b", 0, text)]
    return [
        bar_chart(bars, **named),
        timeline(
            [Stage(text, date(2026, 1, 1), date(2026, 1, 2), text)],
            today=date(2026, 1, 1),
            here=text,
            **named,
        ),
        bipartite(
            [Dot("a", text)], [Dot("b", text)], [Link("a", "b", hint=text)], headings=(text, text), **named
        ),
    ]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_hostile_text_stays_text_and_the_picture_needs_no_style(text, direction):
    for svg in draw_all(text, direction):
        nodes = list(ET.fromstring(svg).iter())
        assert {node.tag.removeprefix(SVG) for node in nodes} <= {
            "svg",
            "title",
            "desc",
            "text",
            "rect",
            "line",
            "circle",
        }
        assert [
            name for node in nodes for name in node.attrib if name == "style" or name.startswith("on")
        ] == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["ltr", "rtl"]))
def test_any_text_gives_a_picture_that_parses(text, direction):
    for svg in draw_all(text, direction):
        assert ET.fromstring(svg).tag == f"{SVG}svg"


def test_a_picture_has_a_name_and_a_description_with_ids_of_its_own():
    root = ET.fromstring(bar_chart([Bar("a", 1)], title="Days", description="By place", key="a b"))
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "chart-a_20_b-title chart-a_20_b-desc")
    assert [(node.get("id"), node.text) for node in list(root)[:2]] == [
        ("chart-a_20_b-title", "Days"),
        ("chart-a_20_b-desc", "By place"),
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_every_bar_is_drawn_within_the_picture(count):
    root = ET.fromstring(bar_chart([Bar(f"Community {n}", n) for n in range(count)], **NAMED))
    bars = root.findall(f"{SVG}rect")
    width, height = float(root.get("width")), float(root.get("height"))
    assert len(bars) == count
    for bar in bars:
        x, y, wide, tall = (float(bar.get(name)) for name in ("x", "y", "width", "height"))
        assert (x >= 0, y >= 0, x + wide <= width, y + tall <= height) == (True,) * 4


def test_bars_are_as_long_as_their_values():
    root = ET.fromstring(bar_chart([Bar("a", 10), Bar("b", 5), Bar("c", 0)], **NAMED))
    longest, half, none = (float(bar.get("width")) for bar in root.findall(f"{SVG}rect"))
    assert (round(half / longest, 2), none) == (0.5, 0)


def test_a_long_label_takes_two_lines_and_loses_no_word():
    label = "Wikimedia Community User Group of Somewhere Else"
    root = ET.fromstring(bar_chart([Bar(label, 1, "one")], **NAMED))
    lines = [node.text for node in root.findall(f"{SVG}text")]
    assert (len(lines), " ".join(lines)) == (3, f"{label} one")


def test_a_word_longer_than_a_line_is_divided_but_never_cut():
    svg = bar_chart([Bar("x" * 300, 1, "v")], **NAMED)
    assert words(svg).replace(" ", "") == "x" * 300 + "v"


def test_the_value_is_shown_as_the_caller_writes_it():
    assert (
        words(bar_chart([Bar("Cost", 1200, "€1,200"), Bar("Rest", 2.5)], **NAMED)) == "Cost €1,200 Rest 2.5"
    )


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_a_value_that_has_no_length_is_refused(value):
    with pytest.raises(ValueError, match="0 or more"):
        bar_chart([Bar("a", value)], **NAMED)


def test_reading_from_the_right_mirrors_the_picture():
    def edges(direction: str) -> list[tuple[float, float]]:
        root = ET.fromstring(bar_chart([Bar("a", 2), Bar("b", 1)], direction=direction, **NAMED))
        return [(float(bar.get("x")), float(bar.get("width"))) for bar in root.findall(f"{SVG}rect")]

    mirrored = [(640 - x - width, width) for x, width in edges("ltr")]
    for found, expected in zip(edges("rtl"), mirrored, strict=True):
        assert found == pytest.approx(expected, abs=0.2)
    first = ET.fromstring(bar_chart([Bar("a", 2)], direction="rtl", **NAMED)).find(f"{SVG}text")
    assert (first.get("x"), first.get("text-anchor")) == ("640", "end")


def drawn(today: date) -> str:
    return timeline(STAGES, today=today, here="You are here", **NAMED)


@pytest.mark.parametrize(
    ("today", "looks"),
    [
        (date(2026, 1, 31), ["coming", "coming", "coming"]),
        (date(2026, 2, 1), ["current", "coming", "coming"]),
        (date(2026, 3, 31), ["past", "current", "coming"]),
        (date(2026, 6, 30), ["past", "past", "current"]),
        (date(2026, 7, 1), ["past", "past", "past"]),
    ],
)
def test_a_stage_is_past_current_or_coming_to_the_day(today, looks):
    root = ET.fromstring(drawn(today))
    assert [bar.get("class") for bar in root.findall(f"{SVG}rect")] == [f"chart-{look}" for look in looks]


@pytest.mark.parametrize(
    ("today", "here"),
    [
        (date(2026, 1, 31), ""),
        (date(2026, 2, 1), "You are here"),
        (date(2026, 6, 30), "You are here"),
        (date(2026, 7, 1), ""),
    ],
)
def test_you_are_here_stands_only_within_the_cycle(today, here):
    assert words(drawn(today), "chart-here-text") == here


def test_the_marker_stands_within_the_stage_of_the_day():
    root = ET.fromstring(drawn(date(2026, 3, 15)))
    marker = float(root.find(f"{SVG}line").get("x1"))
    bar = root.findall(f"{SVG}rect")[1]
    assert float(bar.get("x")) < marker < float(bar.get("x")) + float(bar.get("width"))


def test_stages_are_drawn_in_the_order_of_their_days():
    svg = timeline(reversed(STAGES), today=date(2026, 3, 1), here="Here", **NAMED)
    assert re.findall("Outreach|Matching|Visits", svg) == ["Outreach", "Matching", "Visits"]


def test_a_stage_that_ends_before_it_begins_is_refused():
    backwards = Stage("x", date(2026, 2, 1), date(2026, 2, 1) - timedelta(days=1))
    with pytest.raises(ValueError, match="before it begins"):
        timeline([backwards], today=date(2026, 2, 1), here="Here", **NAMED)


def match(direction: str) -> ET.Element:
    left, right = [Dot("a", "Ada"), Dot("c", "Cleo")], [Dot("b", "Bo"), Dot("d", "Dan")]
    links = [Link("a", "b"), Link("a", "d", faint=True, hint="Both speak Polish")]
    return ET.fromstring(
        bipartite(left, right, links, headings=("Learn", "Teach"), direction=direction, **NAMED)
    )


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_matching_draws_lines_from_dot_to_dot(direction):
    root = match(direction)
    dots = [(node.get("cx"), node.get("cy")) for node in root.findall(f"{SVG}circle")]
    ada, _, bo, dan = dots
    ends = [((n.get("x1"), n.get("y1")), (n.get("x2"), n.get("y2"))) for n in root.findall(f"{SVG}line")]
    assert ends == [(ada, bo), (ada, dan)]
    assert (float(ada[0]) < float(bo[0])) == (direction == "ltr")


def test_a_matching_shows_who_is_alone_and_what_is_only_suggested():
    root = match("ltr")
    assert [node.get("class") for node in root.findall(f"{SVG}circle")] == [
        "chart-dot", "chart-dot-alone", "chart-dot", "chart-dot",
    ]  # fmt: skip
    assert [(node.get("class"), node.findtext(f"{SVG}title")) for node in root.findall(f"{SVG}line")] == [
        ("chart-link", None),
        ("chart-link-faint", "Both speak Polish"),
    ]


def test_a_line_to_nobody_is_refused():
    with pytest.raises(KeyError):
        bipartite([Dot("a", "Ada")], [], [Link("a", "b")], **NAMED)


def test_a_matching_of_short_names_is_no_wider_than_it_needs():
    def width(name):
        drawn = bipartite([Dot("a", name)], [Dot("b", "Bo")], [], headings=("Learn", "Teach"), **NAMED)
        return int(re.search(r'width="(\d+)"', drawn)[1])

    assert width("Ada") < 360 < width("Wikimedians of the Free City of Strelsau and all of Ruritania") == 640
