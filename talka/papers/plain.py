"""What every kind of paper can carry: text without control characters."""

import re

# Controls other than tab and line breaks, halves of surrogate pairs, and what XML 1.0 refuses besides.
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")


def printable(text: object) -> str:
    """Leave out the characters that no file format of ours may hold; tabs and line breaks stay."""
    return _NEVER.sub("", str(text))


def lines(text: object) -> str:
    """Write every kind of line break as a plain one, and leave out what is not printable."""
    return printable(_BREAKS.sub("\n", str(text)))


def undirected(text: object) -> str:
    """Leave out the marks that turn the direction of writing: they could turn the words around a name."""
    return _DIRECTIONS.sub("", str(text))


def one_line(text: object) -> str:
    """Fold the text into one line, with single spaces and none at its ends."""
    return _SPACES.sub(" ", lines(text)).strip()
