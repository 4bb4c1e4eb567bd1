"""Draw figures, stages and matches as SVG pictures that need neither scripts nor styles.

Each takes a `key` that is unique in its page, and is drawn for the reading direction. A page shows the
same facts as a table beside the picture; what a number or a date looks like is the caller's to say.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from talka.papers.svg import (
    LINE_HEIGHT,
    Canvas,
    Direction,
    dot,
    line,
    picture,
    rectangle,
    text,
    text_width,
    wrapped,
)

WIDTH = 640
_GAP = 10
_BAR = 18
_LABELS_SHARE = 0.38  # of the width, so that two lines hold some sixty characters
_SIDE_SHARE = 0.36
_BOLD = 1.15


@dataclass(frozen=True)
class Bar:
    """A label with its value, which is 0 or more, and how the value is written for the reader."""

    label: str
    value: float
    shown: str = ""


@dataclass(frozen=True)
class Stage:
    """A stretch of days, the last one included, and how its dates are written for the reader."""

    name: str
    starts_on: date
    ends_on: date
    shown: str = ""


@dataclass(frozen=True)
class Dot:
    """One of a side in a matching."""

    key: str
    label: str


@dataclass(frozen=True)
class Link:
    """A line between two keys; a faint one is only suggested. The hint shows when pointed at."""

    left: str
    right: str
    faint: bool = False
    hint: str = ""


def bar_chart(
    bars: Iterable[Bar],
    *,
    title: str,
    description: str,
    key: str,
    direction: Direction = "ltr",
    width: int = WIDTH,
) -> str:
    """Draw a bar a row, its label before it and its value behind it.

    A long label takes two lines, and more only where two cannot hold it: text is never cut. Raises
    ValueError for a value below 0 or that is no number.
    """
    found = _checked(bars)
    canvas = Canvas(width, direction)
    labels = width * _LABELS_SHARE
    values = max((text_width(_shown(bar)) for bar in found), default=0) + _GAP
    scale = max(width - labels - values, 1) / (max((bar.value for bar in found), default=0) or 1)
    pieces, y = [], float(_GAP)
    for bar in found:
        words = wrapped(bar.label, labels - _GAP)
        tall = max(len(words) * LINE_HEIGHT, _BAR)
        middle, length = y + tall / 2, bar.value * scale
        pieces.append(text(canvas, 0, y + 13, words))
        pieces.append(rectangle(canvas, labels, middle - _BAR / 2, length, _BAR, look="bar"))
        pieces.append(text(canvas, labels + length + 6, middle + 5, [_shown(bar)]))
        y += tall + _GAP
    return picture(canvas, y, pieces, key=key, title=title, description=description)


def timeline(
    stages: Iterable[Stage],
    *,
    today: date,
    here: str,
    title: str,
    description: str,
    key: str,
    direction: Direction = "ltr",
    width: int = WIDTH,
) -> str:
    """Draw a stage a row along the days, and a line for today with the words `here` above it.

    Past stages are grey, present ones blue with a bold name, coming ones an outline. There is no line
    when today is outside the whole. Raises ValueError for a stage that ends before it begins.
    """
    found = sorted(stages, key=lambda stage: (stage.starts_on, stage.ends_on))
    if any(stage.ends_on < stage.starts_on for stage in found):
        raise ValueError("A stage cannot end before it begins.")
    canvas = Canvas(width, direction)
    labels = width * _LABELS_SHARE
    first = min((stage.starts_on for stage in found), default=today)
    days = max(((stage.ends_on - first).days + 1 for stage in found), default=1)
    per_day = (width - labels - 2) / days  # An outline is a little wider than its days.
    words = wrapped(here, width)
    top = len(words) * LINE_HEIGHT + 8.0
    pieces, y = [], top + _GAP
    for stage in found:
        drawn, tall = _stage_row(canvas, stage, today, first, y=y, labels=labels, per_day=per_day)
        pieces.append(drawn)
        y += tall + _GAP
    if found and first <= today <= max(stage.ends_on for stage in found):
        x = labels + ((today - first).days + 0.5) * per_day
        pieces.append(_marker(canvas, x, words, top=top, bottom=y))
    return picture(canvas, y, pieces, key=key, title=title, description=description)


def bipartite(
    left: Sequence[Dot],
    right: Sequence[Dot],
    links: Iterable[Link],
    *,
    headings: tuple[str, str] = ("", ""),
    title: str,
    description: str,
    key: str,
    direction: Direction = "ltr",
    width: int = WIDTH,
) -> str:
    """Draw a matching: two columns of labelled dots with lines between them, hollow dots for those alone.

    It is at most `width` wide, and less where all labels are short. Read from the right, the left side stands
    on the right. Raises KeyError for a link to nobody.
    """
    most = width * _SIDE_SHARE
    labels = min(most, _longest([*left, *right], headings))
    width -= int(2 * (most - labels))
    canvas = Canvas(width, direction)
    joined = list(links)
    left_at, left_end = _rows(left, headings[0], labels)
    right_at, right_end = _rows(right, headings[1], labels)
    inner, outer = labels + 12, width - labels - 12
    pieces = [
        line(
            canvas,
            (inner, left_at[link.left]),
            (outer, right_at[link.right]),
            look="link-faint" if link.faint else "link",
            hint=link.hint,
        )
        for link in joined
    ]
    busy = {link.left for link in joined}, {link.right for link in joined}
    pieces += _side(canvas, left, left_at, headings[0], busy[0], edge=labels, x=inner, anchor="end")
    pieces += _side(canvas, right, right_at, headings[1], busy[1], edge=width - labels, x=outer)
    return picture(canvas, max(left_end, right_end), pieces, key=key, title=title, description=description)


def _longest(dots: Iterable[Dot], headings: Iterable[str]) -> float:
    """Say how wide the longest label is; headings are bold."""
    return max(*(text_width(one.label) for one in dots), *(text_width(one) * _BOLD for one in headings), 1)


def _checked(bars: Iterable[Bar]) -> list[Bar]:
    found = list(bars)
    if any(not math.isfinite(bar.value) or bar.value < 0 for bar in found):
        raise ValueError("A bar needs a value of 0 or more.")
    return found


def _shown(bar: Bar) -> str:
    return bar.shown or f"{bar.value:g}"


def _stage_row(
    canvas: Canvas, stage: Stage, today: date, first: date, *, y: float, labels: float, per_day: float
) -> tuple[str, float]:
    """Draw one stage and say how tall its row is."""
    look = "past" if stage.ends_on < today else "coming" if stage.starts_on > today else "current"
    names = wrapped(stage.name, labels - _GAP)
    dates = wrapped(stage.shown or f"{stage.starts_on} – {stage.ends_on}", labels - _GAP)
    tall = (len(names) + len(dates)) * LINE_HEIGHT
    length = max(((stage.ends_on - stage.starts_on).days + 1) * per_day, 4)
    start = min(labels + (stage.starts_on - first).days * per_day, canvas.width - 2 - length)
    pieces = (
        text(canvas, 0, y + 13, names, look="strong" if look == "current" else "text"),
        text(canvas, 0, y + 13 + len(names) * LINE_HEIGHT, dates, look="subtle"),
        rectangle(canvas, start, y + tall / 2 - _BAR / 2, length, _BAR, look=look),
    )
    return "".join(pieces), tall


def _marker(canvas: Canvas, x: float, words: Sequence[str], *, top: float, bottom: float) -> str:
    # Bold letters are wider.
    half = max(map(text_width, words)) * _BOLD / 2
    centre = min(max(x, half), canvas.width - half)
    return text(canvas, centre, 14, words, anchor="middle", look="here-text") + line(
        canvas, (x, top), (x, bottom), look="here"
    )


def _side(
    canvas: Canvas,
    dots: Sequence[Dot],
    at: dict[str, float],
    heading: str,
    busy: set[str],
    *,
    edge: float,
    x: float,
    anchor: str = "start",
) -> list[str]:
    labels = min(edge, canvas.width - edge)
    pieces = [text(canvas, edge, 14, wrapped(heading, labels), anchor=anchor, look="strong")]
    for one in dots:
        words = wrapped(one.label, labels)
        start = at[one.key] + 5 - (len(words) - 1) * LINE_HEIGHT / 2
        pieces.append(text(canvas, edge, start, words, anchor=anchor))
        pieces.append(dot(canvas, x, at[one.key], look="dot" if one.key in busy else "dot-alone"))
    return pieces


def _rows(dots: Sequence[Dot], heading: str, labels: float) -> tuple[dict[str, float], float]:
    """Say at which height each dot stands, and where its column ends."""
    y = len(wrapped(heading, labels)) * LINE_HEIGHT + _GAP if heading else 4.0
    at = {}
    for one in dots:
        tall = len(wrapped(one.label, labels)) * LINE_HEIGHT
        at[one.key] = y + tall / 2
        y += tall + _GAP
    return at, y
