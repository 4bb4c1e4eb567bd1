"""The date of a signature: found in a line, and turned into a moment in UTC with what was assumed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from talka.kernel.reasons import Reason
from talka.wiki.months import months, plain

_N, _LETTER = "[0-9]", r"[^\W\d_]"
# The names of groups are filled in below: a way of writing dates has its own.
_SECOND = rf"(?::(?P<{{0}}_second>{_N}{{{{2}}}}))?"
_TIME = rf"(?P<{{0}}_hour>{_N}{{{{1,2}}}}) ?: ?(?P<{{0}}_minute>{_N}{{{{2}}}})" + _SECOND
_DAY = rf"(?P<{{0}}_day>{_N}{{{{1,2}}}})"
_MONTH = rf"(?P<{{0}}_month>{_LETTER}{{{{3,12}}}}\.?)"
_YEAR = rf"(?P<{{0}}_year>{_N}{{{{4}}}})"
_NTH = "(?:st|nd|rd|th)?"
# 28 January 2019, 28. Jan. 2019, 28 de enero de 2019; January 28, 2019; 2019 January 28.
_DATES = (
    rf"{_DAY}(?:\.|{_NTH}) (?:de )?{_MONTH}(?: de)?,? {_YEAR}",
    rf"{_MONTH} {_DAY}{_NTH},? {_YEAR}",
    rf"{_YEAR},? {_MONTH} {_DAY}",
)
# Between time and date: a comma, or a short word such as "à", "um" or "at".
_BETWEEN = rf"(?: ?, ?| (?:{_LETTER}{{{{1,3}}}} )?)"
_ISO = (
    rf"(?P<{{0}}_year>{_N}{{{{4}}}})-(?P<{{0}}_month>{_N}{{{{2}}}})-(?P<{{0}}_day>{_N}{{{{2}}}})[T ]{_TIME}"
)
_WAYS = (
    _ISO,
    *(_TIME + _BETWEEN + date for date in _DATES),
    *(date + _BETWEEN + _TIME for date in _DATES),
)
_ZONE = rf"(?: ?(?P<zone>\([^()\[\]]{{1,20}}\)|(?:UTC|GMT|Z)(?!{_LETTER})|[+-]{_N}{{2}}:?{_N}{{2}}))?"
_ALL = "|".join(way.format(f"way{number}") for number, way in enumerate(_WAYS))
_STAMP = re.compile(rf"(?<![0-9:])(?:{_ALL})(?![0-9]){_ZONE}", re.IGNORECASE)
_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+\u2212-])([0-9]{1,2}):?([0-9]{2})?", re.IGNORECASE)
# Short names of zones that mean the same everywhere, in hours before UTC.
_ZONES = {"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3}
# Before this day there was no Wikipedia to sign on.
_EARLIEST = datetime(2001, 1, 15, tzinfo=UTC)


class Unclear(Exception):
    """Something cannot be read without guessing; the reason says what."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.reason = Reason(key, values)


@dataclass(frozen=True)
class Stamp:
    """A date in a line: where it begins and ends, when that was, and whether its zone was assumed."""

    begins: int
    ends: int
    moment: datetime
    is_zone_assumed: bool


def has_stamp(text: str) -> bool:
    """Tell whether something in the text looks like the date of a signature."""
    return _STAMP.search(text) is not None


def stamp_in(text: str) -> Stamp:
    """Read the one date in a line. Raises Unclear, also where there is none or there are several."""
    found = list(_STAMP.finditer(text))
    if not found:
        raise Unclear("signatures.no_date")
    if len(found) > 1:
        raise Unclear("signatures.several_dates")
    match = found[0]
    given = {name.rpartition("_")[2]: value for name, value in match.groupdict().items() if value}
    number = given["month"] if given["month"].isdigit() else months().get(plain(given["month"]))
    if number is None:
        raise Unclear("signatures.unknown_month", word=given["month"])
    zone = given.get("zone", "")
    moment = _moment(given, int(number), _offset(zone))
    if moment < _EARLIEST:
        raise Unclear("signatures.too_early")
    return Stamp(match.start(), match.end(), moment, is_zone_assumed=not zone)


def _moment(given: dict[str, str], month: int, offset: timedelta) -> datetime:
    try:
        there = datetime(
            int(given["year"]),
            month,
            int(given["day"]),
            int(given["hour"]),
            int(given["minute"]),
            int(given.get("second", 0)),
            tzinfo=timezone(offset),
        )
        return there.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unclear("signatures.no_such_date") from None


def _offset(zone: str) -> timedelta:
    """Return how far a zone is before UTC; nothing written is UTC. Raises Unclear."""
    name = zone.strip("() ").upper()
    if not name or name in _ZONES:
        return timedelta(hours=_ZONES.get(name, 0))
    written = _OFFSET.fullmatch(name)
    if written is None or int(written[2]) > 14 or int(written[3] or 0) > 59:
        raise Unclear("signatures.unknown_zone", zone=zone.strip("() "))
    span = timedelta(hours=int(written[2]), minutes=int(written[3] or 0))
    return span if written[1] == "+" else -span
