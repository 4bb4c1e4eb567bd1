"""Reading a signature list: the lines of a wiki page, or what a browser copied of it, into names and dates.

Nothing is invented: a line that cannot be read without guessing is reported with its reason.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from talka.kernel.reasons import Reason
from talka.papers.plain import lines, one_line
from talka.programmes.rules import user_key
from talka.wiki.links import is_wikitext, take_apart
from talka.wiki.stamps import Stamp, Unclear, has_stamp, stamp_in

LONGEST_LINE = 2_000
LONGEST_NAME = 120
# MediaWiki keeps a user name in 255 bytes.
MOST_BYTES = 255
# A name of more words is rather a sentence.
MOST_WORDS = 6

ZONE_ASSUMED = Reason("signatures.zone_assumed")
USER_ASSUMED = Reason("signatures.user_assumed")


@dataclass(frozen=True)
class Signature:
    """One line that was read: the name as signed, the user name, the moment in UTC, and what was assumed."""

    line: int
    source: str
    name: str
    user: str
    signed_at: datetime
    assumed: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Unread:
    """One line that was not read, and why."""

    line: int
    source: str
    reason: Reason


@dataclass(frozen=True)
class Reading:
    """What a text holds: lines that were read, lines that were not, and the numbers of those around."""

    signatures: tuple[Signature, ...] = ()
    unread: tuple[Unread, ...] = ()
    skipped: tuple[int, ...] = ()


# A number, a sign of a list, and the dash that some write before their name.
_MARK = re.compile(r"^(?:[0-9]{1,4}[.)](?=\s|\W|$)|[#*:;]+|[•·‣◦])?\s*(?P<dash>(?:[-\u2010-\u2015]+\s*)+)?")
_HEADING = re.compile(r"^(?:=+.*=+|.*\[\s*(?:edit|edit source)[^\]]*\])$", re.IGNORECASE)
_TALK_WORDS = (
    "talk|discuss|discussion|contribs|contributions|diskussion|beiträge|discusión|contribuciones|discussão|"
    "discuter|contributions|discussione|contributi|overleg|bijdragen|обсуждение|обс|вклад|обговорення|внесок|"
    "dyskusja|wkład|diskuse|tartışma|bicara|kontrib|نقاش|مساهمات|t|c|d"
)
_TALK = re.compile(
    rf"\s*(?:\(\s*(?:{_TALK_WORDS})\.?(?:\s*[|·•/,–-]\s*(?:{_TALK_WORDS})\.?)*\s*\)|(?<=\s)talk)\s*$",
    re.IGNORECASE,
)
# The dash after a comment and before a name; a single hyphen there may belong to the name, or may not.
_SIGNING_DASH = re.compile(r"\s(?:--+|[\u2012-\u2015])\s?(?=\S)")
_UNSURE = re.compile(r"\s[-\u2010\u2011]\s|\s(?:at|on|um|am|à|le|el)$", re.IGNORECASE)
_AFTER = re.compile(r"^\s*(?:\[[^\[\]]{1,20}\]\s*)*[.;,]?\s*$")
# What no user name has, and what ends a sentence rather than a name.
_NEVER = re.compile(r"[#<>\[\]|{}]")
_SENTENCE = re.compile(r"[/@=]|[.!?:;,](?:\s|$)|https?", re.IGNORECASE)
# Marks of direction and breaks that cannot be seen, which browsers copy along.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")


def read_signatures(text: str, *, until: datetime | None = None) -> Reading:
    """Read a signature list, as wikitext or as copied from a page.

    Each line of the text is in exactly one part of the answer, and the same text gives the same answer.
    Headings and what stands around the list are skipped. Whoever has signed twice is read once, at the first
    line. `until` is a moment after which nobody can have signed yet.
    """
    written = lines(text.removeprefix("\ufeff")).split("\n")
    kinds = [_kind(line) for line in written]
    inside = _inside(kinds)
    read: dict[str, Signature] = {}
    unread: list[Unread] = []
    skipped: list[int] = []
    for number, (source, kind) in enumerate(zip(written, kinds, strict=True), start=1):
        if kind == "nothing" or (kind == "words" and number not in inside):
            skipped.append(number)
            continue
        try:
            found = _read(number, source, until)
            first = read.setdefault(user_key(found.user), found)
            if first is not found:
                raise Unclear("signatures.twice", line=first.line)
        except Unclear as unclear:
            unread.append(Unread(number, source.strip(), unclear.reason))
    return Reading(tuple(read.values()), tuple(unread), tuple(skipped))


def _kind(source: str) -> str:
    """Tell what a line looks like: a signature, words that may be one, or nothing that could be."""
    line = _seen(source)
    if not line or _HEADING.match(line) or not re.sub(r"<!--.*?-->", "", line).strip():
        return "nothing"
    if has_stamp(line) or re.match(r"^(?:[0-9]{1,4}[.)](?:\s|$)|#)", line) or "[[user" in line.casefold():
        return "signature"
    return "words"


def _inside(kinds: Sequence[str]) -> range:
    """Return the numbers of the lines from the first to the last that look like signatures."""
    found = [number for number, kind in enumerate(kinds, start=1) if kind == "signature"]
    return range(found[0], found[-1] + 1) if found else range(0)


def _seen(source: str) -> str:
    return one_line(_UNSEEN.sub("", source))


def _read(number: int, source: str, until: datetime | None) -> Signature:
    """Read one line. Raises Unclear."""
    if len(source) > LONGEST_LINE:
        raise Unclear("signatures.too_long", most=LONGEST_LINE)
    line = _seen(source)
    user = name = ""
    if is_wikitext(line):
        linked = take_apart(line)
        line, user, name = linked.text, linked.user, linked.name
    stamp = stamp_in(line)
    if not _AFTER.match(line[stamp.ends :]):
        raise Unclear("signatures.more_after_the_date")
    if until is not None and stamp.moment > until + timedelta(days=1):
        raise Unclear("signatures.in_the_future")
    assumed = [ZONE_ASSUMED] if stamp.is_zone_assumed else []
    if not user:
        user = name = _name_before(line, stamp)
        assumed.append(USER_ASSUMED)
    if not re.search(r"\w", user):
        raise Unclear("signatures.no_name")
    if _NEVER.search(user):
        raise Unclear("signatures.no_user_name", words=user[:60])
    if len(name) > LONGEST_NAME or len(user.encode()) > MOST_BYTES:
        raise Unclear("signatures.name_too_long")
    return Signature(number, source.strip(), name, _titled(user), stamp.moment, tuple(assumed))


def _name_before(line: str, stamp: Stamp) -> str:
    """Return the plain name that stands before a date. Raises Unclear where it may be something else."""
    head = line[: stamp.begins].strip()
    mark = _MARK.match(head)
    is_listed = mark is not None and mark.end() > 0
    head = head[mark.end() :] if mark else head
    name = _TALK.sub("", head, count=1)
    if not is_listed and name == head:
        raise Unclear("signatures.no_signature")
    *_comment, name = _SIGNING_DASH.split(f" {name}")
    name = name.strip(" ,")
    if _SENTENCE.search(name) or _UNSURE.search(name) or len(name.split()) > MOST_WORDS:
        raise Unclear("signatures.no_user_name", words=name[:60])
    return name


def _titled(user: str) -> str:
    """Write a user name as the wiki does: its first letter is a capital, spaces are no underscores."""
    spaced = one_line(user.replace("_", " "))
    return spaced[:1].upper() + spaced[1:]
