"""Write calendar files (RFC 5545) that phones and mail programs accept."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone
from icalendar import Event as Entry

from talka.papers.plain import lines, one_line

_PRODUCT = "-//Talka//Talka//EN"
_WEB_ADDRESS = re.compile(r"https?://[^/]", re.IGNORECASE)
_ALLOWED_IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something dated: either from `starts_at` to `ends_at`, or whole days, the last one included.

    The zone is the name whose clock the times are written in. A later version of the same event has the
    same `uid` and a higher `sequence`.
    """

    uid: str
    title: str
    stamped_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    zone: str = "UTC"
    place: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False


def write_calendar(events: Iterable[Event], *, name: str) -> bytes:
    """Write the events as a published calendar, with the rules of every time zone they use.

    Raises ValueError when an event has no beginning, ends before it begins, or has a time without a zone.
    Text never becomes a property of its own, and only web addresses are written as addresses.
    """
    found = list(events)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    for zone in _zones(found):
        calendar.add_component(zone)
    for event in found:
        calendar.add_component(_entry(event))
    return calendar.to_ical()


def _zones(events: Sequence[Event]) -> list[Timezone]:
    """Describe the zones for the years of the events only, so that the file stays small."""
    timed = [
        (event.zone, event.starts_at, event.ends_at or event.starts_at)
        for event in events
        if event.starts_at and event.zone != "UTC"
    ]
    if not timed:
        return []
    first = date(min(start.year for _, start, _ in timed) - 1, 1, 1)
    last = date(max(end.year for _, _, end in timed) + 2, 1, 1)
    names = sorted({name for name, _, _ in timed})
    return [Timezone.from_tzinfo(ZoneInfo(name), name, first, last) for name in names]


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", one_line(event.uid))
    entry.add("dtstamp", event.stamped_at.astimezone(UTC).replace(microsecond=0))
    for key, moment in _moments(event):
        entry.add(key, moment)
    entry.add("summary", one_line(event.title))
    if event.place:
        entry.add("location", one_line(event.place))
    if event.description:
        entry.add("description", lines(event.description))
    if address := _web_address(event.url):
        entry.add("url", address)
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    return entry


def _moments(event: Event) -> list[tuple[str, date]]:
    if event.starts_on:
        last = event.ends_on or event.starts_on
        _refuse_backwards(event.starts_on, last)
        # RFC 5545 wants the day after the last one.
        return [("dtstart", event.starts_on), ("dtend", last + timedelta(days=1))]
    if event.starts_at is None:
        raise ValueError("An event needs a beginning.")
    start = _on_clock(event.starts_at, event.zone)
    if event.ends_at is None or event.ends_at == event.starts_at:
        return [("dtstart", start)]
    _refuse_backwards(event.starts_at, event.ends_at)
    return [("dtstart", start), ("dtend", _on_clock(event.ends_at, event.zone))]


def _on_clock(moment: datetime, zone: str) -> datetime:
    """Put the moment on the clock of the zone; in UTC where that clock shows the same hour twice.

    The format cannot say which of the two it means when clocks go back.
    """
    if moment.tzinfo is None:
        raise ValueError("A time in a calendar needs its zone.")
    local = moment.astimezone(ZoneInfo(zone)).replace(microsecond=0)
    return local.astimezone(UTC) if local.fold else local


def _refuse_backwards(start: date, end: date) -> None:
    if end < start:
        raise ValueError("An event cannot end before it begins.")


def _web_address(url: str) -> str:
    """Keep a web address, with everything outside its alphabet encoded; nothing else is an address."""
    cleaned = "".join(lines(url).split())
    return quote(cleaned, safe=_ALLOWED_IN_ADDRESSES) if _WEB_ADDRESS.match(cleaned) else ""
