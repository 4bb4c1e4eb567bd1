"""What each cell of a line of people says: every fault is noted, and what is left is plain values."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from talka.matching.engine.encode.hours import MINUTES_A_DAY
from talka.matching.engine.encode.languages import NATIVE
from talka.matching.engine.encode.validation import MOST_PLACES, MOST_TOPICS, is_language, zones
from talka.matching.engine.files.people.rows import Piece, Row, is_word, nearest, quoted
from talka.matching.engine.values import Slot, Speaks, Topic

LEARNER, MENTOR, BOTH = "learner", "mentor", "both"
ROLES = {
    "learner": LEARNER,
    "mentee": LEARNER,
    "learns": LEARNER,
    "mentor": MENTOR,
    "teacher": MENTOR,
    "teaches": MENTOR,
    "both": BOTH,
}
NEED_UNSAID, OFFER_UNSAID, LANGUAGE_UNSAID = 1, 3, 3
"""The levels of who names a topic or a language and no level: a beginner, and one who gets along."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SLOT = re.compile(
    r"(?P<first>[a-z]+)(?:\s*[-–]\s*(?P<last>[a-z]+))?\s+"
    r"(?P<starts>\d{1,2}:\d{2})\s*[-–]\s*(?P<ends>\d{1,2}:\d{2})",
    re.IGNORECASE | re.ASCII,
)
TRUTHS = {"yes": True, "true": True, "1": True, "x": True, "no": False, "false": False, "0": False}
MADE_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T.*)?", re.ASCII)
# As much of Europe writes a day. With slashes it is refused: many who use them write the month first.
WITH_DOTS = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\.?", re.ASCII)
HIGHEST_PRIORITY = 9

Levels = Mapping[str, int]


def read_topics(
    row: Row, column: str, levels: Levels, known: Mapping[str, str], spelled: dict[str, set[str]]
) -> tuple[Topic, ...]:
    """Read "capacity:level; …", the most wanted first. `known` are the capacities there are, if any."""
    unsaid = NEED_UNSAID if column == "needs" else OFFER_UNSAID
    found: dict[str, Topic] = {}
    for piece in row.pieces(column):
        whole = piece.text.casefold() in known
        name, level = (piece.text, "") if whole else _parted(piece.text, ":")
        key, number = name.casefold(), _number(level, levels, unsaid)
        is_known = not known or key in known
        if not is_word(name):
            row.blame(piece.heading, "people.topic_without_letters", text=quoted(piece.text))
        elif not is_known:
            _blame_unknown(row, piece, "people.capacity", name, nearest(name, known.values()))
        if number == 0 and level.casefold() in levels:
            continue
        if not 1 <= number <= 5:
            row.blame(piece.heading, "people.level", text=quoted(level), about=quoted(name))
        elif key in found:
            row.blame(piece.heading, "people.twice", text=quoted(name))
        elif is_known:
            spelled.setdefault(key, set()).add(known.get(key, name))
            found[key] = Topic(key, number, len(found) + 1 if column == "needs" else 1)
    if len(found) > MOST_TOPICS:
        row.blame(row.heading(column), "people.too_many", most=MOST_TOPICS)
    return tuple(found.values())


def read_languages(row: Row, levels: Levels, find: Callable[[str], str | None]) -> tuple[Speaks, ...]:
    """Read "en:4; pl:N": codes or names, with levels as in Babel boxes."""
    found: dict[str, Speaks] = {}
    for piece in row.pieces("languages"):
        babel = re.fullmatch(r"(?P<name>.+?)-(?P<level>[0-5nN])", piece.text)
        name, level = (babel["name"], babel["level"]) if babel else _parted(piece.text, ":")
        code = find(name)
        native = level.casefold() in ("n", "native")
        number = NATIVE if native else _number(level, levels, LANGUAGE_UNSAID)
        is_known = code is not None and is_language(code)
        if not is_known:
            row.blame(piece.heading, "people.language", text=quoted(name))
        if not 0 <= number <= (NATIVE if level.casefold() in levels or native else NATIVE - 1):
            row.blame(piece.heading, "people.language_level", text=quoted(level), about=quoted(name))
        elif code in found:
            row.blame(piece.heading, "people.twice", text=quoted(name))
        elif code and is_known:
            found[code] = Speaks(code, number)
    return tuple(found.values())


def read_dates(row: Row) -> tuple[tuple[date, date], ...] | None:
    """Read "2027-05-01/2027-05-20; …", or a first and a last day in columns of their own; None if unsaid."""
    found = []
    for piece in row.pieces("dates"):
        ends = [text.strip() for text in piece.text.split("/", 1)]
        days = [_day(row, piece.heading, text) for text in ends]
        found += _window(row, piece.heading, days[0], days[-1])
    first, last = row.text("first_day"), row.text("last_day")
    if first or last:
        heading = row.heading("last_day" if last else "first_day")
        start = _day(row, row.heading("first_day"), first or last)
        end = _day(row, row.heading("last_day"), last) if first and last else start
        found += _window(row, heading, start, end)
    return tuple(found) or None


def _day(row: Row, heading: str, text: str) -> date | None:
    """Read a day written as spreadsheets keep it, or with dots, noting what is none."""
    try:
        if MADE_A_DATE.fullmatch(text):
            return date.fromisoformat(text[:10])
        if dotted := WITH_DOTS.fullmatch(text):
            day, month, year = map(int, dotted.groups())
            return date(year, month, day)
    except ValueError:
        pass
    row.blame(heading, "people.day", text=quoted(text))
    return None


def _window(row: Row, heading: str, first: date | None, last: date | None) -> list[tuple[date, date]]:
    """Return the window of two days, if both are known and in order."""
    if first is None or last is None:
        return []
    if last < first:
        row.blame(heading, "people.dates_backwards", first=first.isoformat(), last=last.isoformat())
        return []
    return [(first, last)]


def read_hours(row: Row) -> tuple[Slot, ...] | None:
    """Read "Mon 18:00-21:00; Mon-Fri 7:30-8:00; Sat 22:00-1:00", the last of them until Sunday."""
    found: list[Slot] = []
    for piece in row.pieces("hours"):
        slot = SLOT.fullmatch(piece.text)
        days = [_weekday(slot[name]) for name in ("first", "last") if slot[name]] if slot else [None]
        if slot is None or None in days:
            row.blame(piece.heading, "people.hours", text=quoted(piece.text))
            continue
        starts, ends = (_minute(row, piece, slot[name]) for name in ("starts", "ends"))
        if starts is None or ends is None:
            continue
        if starts in (ends, MINUTES_A_DAY):
            row.blame(piece.heading, "people.hours_empty", text=quoted(piece.text))
            continue
        first, last = days[0] or 0, days[-1] or 0
        found += [Slot((first + n) % 7, starts, ends) for n in range((last - first) % 7 + 1)]
    return tuple(dict.fromkeys(found)) or None


def _weekday(text: str) -> int | None:
    """Return the number of a weekday by the first three letters of its English name."""
    day = text.casefold()[:3]
    return WEEKDAYS.index(day) if day in WEEKDAYS else None


def _minute(row: Row, piece: Piece, text: str) -> int | None:
    """Return the minute of the day, noting what no clock shows."""
    hours, minutes = map(int, text.split(":"))
    if minutes < 60 and hours * 60 + minutes <= MINUTES_A_DAY:
        return hours * 60 + minutes
    row.blame(piece.heading, "people.clock", text=text)
    return None


def read_zone(row: Row, *, is_needed: bool) -> str:
    """Read the name of a time zone; there must be one where there are hours."""
    text = row.text("zone")
    found = _zones_by_plain().get(text.replace(" ", "_").casefold(), "")
    if text and not found:
        _blame_unknown(row, Piece(text, row.heading("zone")), "people.zone", text, nearest(text, zones()))
    elif is_needed and not text:
        row.blame(row.heading("zone"), "people.no_zone")
    return found


@cache
def _zones_by_plain() -> Mapping[str, str]:
    """Return the names of the zones by their small letters."""
    return {name.casefold(): name for name in zones()}


def read_formats(row: Row, known: Mapping[str, str], spelled: dict[str, set[str]]) -> frozenset[str]:
    """Read "visit; online". `known` are the formats in which the policy says who travels, if it does."""
    found = set()
    for piece in row.pieces("formats"):
        key = piece.text.casefold()
        if known and key not in known:
            _blame_unknown(row, piece, "people.format", piece.text, nearest(piece.text, known.values()))
        else:
            spelled.setdefault(key, set()).add(known.get(key, piece.text))
            found.add(key)
    return frozenset(found)


def read_role(row: Row) -> str:
    """Read the role; without one, who needs something learns, and who offers something teaches."""
    text = row.text("role")
    if text and text.casefold() not in ROLES:
        row.blame(row.heading("role"), "people.role", text=quoted(text))
        return BOTH
    needs, offers = row.says("needs"), row.says("offers")
    if text:
        return ROLES[text.casefold()]
    if not needs and not offers:
        row.blame(row.heading("needs"), "people.no_topic")
    return BOTH if needs == offers else LEARNER if needs else MENTOR


def read_places(row: Row) -> tuple[int, int]:
    """Read "2" (at most) or "1-3" (at least and at most); one at most when nothing is said."""
    text, heading = row.text("places"), row.heading("places")
    if not text:
        return 0, 1
    counts = re.fullmatch(r"(?:(\d{1,9})\s*[-–]\s*)?(\d{1,9})", text, re.ASCII)
    if counts is None or int(counts[2]) > MOST_PLACES:
        made = "people.places_date" if MADE_A_DATE.fullmatch(text) else "people.places"
        row.blame(heading, made, text=quoted(text))
        return 0, 1
    fewest, most = int(counts[1] or 0), int(counts[2])
    if fewest > most:
        row.blame(heading, "people.places_order", fewest=fewest, most=most)
        return 0, most
    return fewest, most


def read_priority(row: Row) -> int:
    """Read how urgent somebody is: 1 comes before 2, which is what nothing means."""
    text = row.text("priority")
    if text and (not re.fullmatch(r"\d", text, re.ASCII) or not int(text)):
        row.blame(row.heading("priority"), "people.priority", text=quoted(text), most=HIGHEST_PRIORITY)
        return 2
    return int(text or 2)


def read_truth(row: Row, column: str) -> bool:
    """Read yes or no."""
    text = row.text(column)
    if text and text.casefold() not in TRUTHS:
        row.blame(row.heading(column), "people.truth", text=quoted(text))
    return TRUTHS.get(text.casefold(), False)


def _parted(text: str, mark: str) -> tuple[str, str]:
    """Return what stands before the last mark, and after it."""
    before, found, after = text.rpartition(mark)
    return (before.strip(), after.strip()) if found else (after.strip(), "")


def _number(text: str, levels: Levels, unsaid: int) -> int:
    """Return a level by the policy's words or as a digit; -1 for what is neither."""
    if not text:
        return unsaid
    return levels.get(text.casefold(), int(text) if re.fullmatch(r"\d", text, re.ASCII) else -1)


def _blame_unknown(row: Row, piece: Piece, key: str, text: str, like: str) -> None:
    """Note what nobody knows, and what may have been meant."""
    if like:
        row.blame(piece.heading, f"{key}_like", text=quoted(text), like=like)
    else:
        row.blame(piece.heading, key, text=quoted(text))
