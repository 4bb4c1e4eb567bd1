"""Spans of time with a zone: when a call opens and closes, where a deadline may be Anywhere on Earth."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

ANYWHERE_ON_EARTH = "AoE"
_AOE = timezone(timedelta(hours=-12), ANYWHERE_ON_EARTH)
DAY_BEGINS, DAY_ENDS = time(9), time(19)
"""Between these hours letters that nobody waits for leave."""


def zone(name: str) -> tzinfo:
    """Find a time zone by its IANA name, or Anywhere on Earth (UTC−12) by "AoE".

    Raises zoneinfo.ZoneInfoNotFoundError or ValueError for a name nobody knows.
    """
    return _AOE if name == ANYWHERE_ON_EARTH else ZoneInfo(name)


def start_of(day: date, zone_name: str) -> datetime:
    """Return the first moment of the day in the zone."""
    return datetime.combine(day, time.min, tzinfo=zone(zone_name))


def end_of(day: date, zone_name: str) -> datetime:
    """Return the first moment after the day in the zone: a deadline "on" a day includes all of it."""
    return start_of(day + timedelta(days=1), zone_name)


def last_minute(closes_at: datetime) -> datetime:
    """Return the last minute that counts, as people say a deadline: a window ends before it closes."""
    return closes_at - timedelta(minutes=1)


def add_months(day: date, count: int) -> date:
    """Return the same day of a later month, or that month's last day where it is shorter.

    One month after 29, 30 or 31 January is 28 (or 29) February: the reading of
    "within one month" that never gives less than a calendar month's end.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def decent_moment(now: datetime, zone_name: str) -> datetime:
    """Return the moment itself by day in the zone, otherwise nine in the morning after."""
    there = now.astimezone(zone(zone_name))
    if DAY_BEGINS <= there.time() < DAY_ENDS:
        return now
    day = there.date() + timedelta(days=1 if there.time() >= DAY_ENDS else 0)
    return datetime.combine(day, DAY_BEGINS, tzinfo=there.tzinfo)


def next_nine(now: datetime, zone_name: str) -> datetime:
    """Return the next moment at which a clock in the zone shows nine in the morning; now, where it does."""
    there = now.astimezone(zone(zone_name))
    today = datetime.combine(there.date(), DAY_BEGINS, tzinfo=there.tzinfo)
    if today >= now:
        return today
    return datetime.combine(there.date() + timedelta(days=1), DAY_BEGINS, tzinfo=there.tzinfo)


@dataclass(frozen=True)
class Window:
    """From a moment to a moment; open-ended where there is no end."""

    opens_at: datetime
    closes_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Tell whether the moment lies inside; the closing moment itself is outside."""
        return self.opens_at <= now and (self.closes_at is None or now < self.closes_at)

    def is_over(self, now: datetime) -> bool:
        """Tell whether the window has closed."""
        return self.closes_at is not None and now >= self.closes_at
