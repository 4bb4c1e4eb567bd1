"""Pieces of an SVG picture that may stand in a page without inline styles, and in a PDF.

Every piece has a class, so that a style sheet can follow dark mode, and presentation attributes, so that
it looks right without one. Positions are written left to right; a right-to-left canvas mirrors them.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

from talka.papers.plain import one_line

Direction = Literal["ltr", "rtl"]

TEXT_SIZE = 14
LINE_HEIGHT = 18

_FONTS = "Noto Sans, Noto Sans Arabic, Noto Sans Armenian, Noto Sans Georgian, sans-serif"
_NARROW = frozenset("ijltfrI.,:;'|!()[] ")
_WIDE = frozenset("mwMWQOCDGHNU@%&—")
# The colours are those of Codex in light mode; each look is also a class, `chart-bar` and so on.
_LOOKS: dict[str, dict[str, str]] = {
    "text": {"fill": "#202122"},
    "strong": {"fill": "#202122", "font-weight": "700"},
    "subtle": {"fill": "#54595d"},
    "bar": {"fill": "#36c"},
    "axis": {"stroke": "#a2a9b1", "stroke-width": "1"},
    "past": {"fill": "#72777d"},
    "current": {"fill": "#36c"},
    "coming": {"fill": "#fff", "stroke": "#72777d", "stroke-width": "1.5"},
    "here": {"fill": "#bf3c2c", "stroke": "#bf3c2c", "stroke-width": "1.5"},
    "here-text": {"fill": "#bf3c2c", "font-weight": "700"},
    "dot": {"fill": "#36c", "stroke": "#36c", "stroke-width": "1.5"},
    "dot-alone": {"fill": "#fff", "stroke": "#72777d", "stroke-width": "1.5"},
    "link": {"stroke": "#36c", "stroke-width": "2"},
    "link-faint": {"stroke": "#72777d", "stroke-width": "1.5", "stroke-dasharray": "4 4"},
}


@dataclass(frozen=True)
class Canvas:
    """How wide a picture is, and from which side it is read."""

    width: int
    direction: Direction = "ltr"

    def across(self, x: float) -> float:
        """Mirror a position when the picture is read from the right."""
        return self.width - x if self.direction == "rtl" else x


def rectangle(canvas: Canvas, x: float, y: float, width: float, height: float, *, look: str) -> str:
    """Draw a rectangle whose beginning, in reading direction, is at x."""
    left = min(canvas.across(x), canvas.across(x + width))
    return _element("rect", look, x=left, y=y, width=width, height=height, rx=2)


def line(
    canvas: Canvas, start: tuple[float, float], end: tuple[float, float], *, look: str, hint: str = ""
) -> str:
    """Draw a straight line, with a hint that shows when it is pointed at."""
    (x1, y1), (x2, y2) = start, end
    inner = f"<title>{_clean(hint)}</title>" if hint else ""
    return _element("line", look, inner, x1=canvas.across(x1), y1=y1, x2=canvas.across(x2), y2=y2)


def dot(canvas: Canvas, x: float, y: float, *, look: str) -> str:
    """Draw a dot around a point."""
    return _element("circle", look, cx=canvas.across(x), cy=y, r=5)


def text(
    canvas: Canvas, x: float, y: float, parts: Iterable[str], *, anchor: str = "start", look: str = "text"
) -> str:
    """Write lines of text beneath each other, the first with its baseline at y."""
    if canvas.direction == "rtl":
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    place = {"x": canvas.across(x), "text-anchor": anchor, "unicode-bidi": "plaintext"}
    return "".join(
        _element("text", look, _clean(part), y=y + index * LINE_HEIGHT, **place)
        for index, part in enumerate(parts)
    )


def picture(
    canvas: Canvas, height: float, pieces: Iterable[str], *, key: str, title: str, description: str
) -> str:
    """Put the pieces into one SVG picture with a name and a description for those who cannot see it.

    The key makes its ids unique in a page. The root always counts from the left, because the canvas has
    mirrored the pieces already; each text finds its own direction.
    """
    name = "chart-" + re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", key)
    size = f'width="{canvas.width}" height="{_number(height)}" viewBox="0 0 {canvas.width} {_number(height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" {size} role="img" direction="ltr" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="{_FONTS}" font-size="{TEXT_SIZE}">'
        f'<title id="{name}-title">{_clean(title)}</title><desc id="{name}-desc">{_clean(description)}</desc>'
        f"{''.join(pieces)}</svg>"
    )


def text_width(written: str) -> float:
    """Estimate how wide a text is, rather too wide than too narrow: nothing here can measure a font."""
    return sum(map(_character_width, written))


def wrapped(written: str, width: float) -> list[str]:
    """Cut a text into lines that fit the width; a word that is too long for a line is divided, never lost."""
    found = [""]
    for word in one_line(written).split(" "):
        longer = f"{found[-1]} {word}".lstrip(" ")
        if text_width(longer) <= width:
            found[-1] = longer
            continue
        *whole, last = _divided(word, width)
        found += [*whole, last]
    return [part for part in found if part] or [""]


def _divided(word: str, width: float) -> list[str]:
    parts = [""]
    for char in word:
        if parts[-1] and not unicodedata.combining(char) and text_width(parts[-1] + char) > width:
            parts.append("")
        parts[-1] += char
    return parts


def _character_width(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return TEXT_SIZE * 1.05
    if char in _NARROW:
        return TEXT_SIZE * 0.4
    if char in _WIDE:
        return TEXT_SIZE * 0.9
    return TEXT_SIZE * (0.57 if char.isascii() and char.islower() else 0.64)


def _element(tag: str, look: str, inner: str = "", **attributes: object) -> str:
    written = {"class": f"chart-{look}", **_LOOKS[look], **attributes}
    pairs = " ".join(f'{name}="{_number(value)}"' for name, value in written.items())
    return f"<{tag} {pairs}>{inner}</{tag}>" if inner else f"<{tag} {pairs}/>"


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def _clean(words: str) -> str:
    return escape(one_line(words))
