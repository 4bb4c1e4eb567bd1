"""Hours: which may be written down, and how far the two have come."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from talka.kernel.reasons import Reason

AN_HOUR = 60
STEP, DAY = 5, 24 * AN_HOUR
COUNTED = ("logged", "confirmed", "questioned")


@dataclass(frozen=True)
class HoursFacts:
    """What somebody wants to write down, and what that day holds already, in minutes."""

    day: date
    minutes: int
    own_that_day: int = 0
    partner_that_day: int = 0


def refused_hours(
    facts: HoursFacts, *, first_day: date, today: date, is_another: bool = False
) -> Reason | None:
    """Say why hours cannot be written down, or None.

    Where the partner wrote down the same day, it is asked whether this was another meeting: the same hour,
    written down by both, would count twice.
    """
    if facts.day > today:
        return Reason("exchanges.day_ahead")
    if facts.day < first_day:
        return Reason("exchanges.day_before_start", {"first": first_day.isoformat()})
    if facts.minutes < STEP or facts.minutes % STEP:
        return Reason("exchanges.minutes_in_fives")
    if facts.minutes + facts.own_that_day > DAY:
        return Reason("exchanges.more_than_a_day")
    if facts.partner_that_day and not is_another:
        return Reason("exchanges.partner_has_that_day", {"minutes": facts.partner_that_day})
    return None


@dataclass
class HoursSum:
    """How many minutes there are, by status and by who wrote them down; how many are asked for."""

    needed: int = 0
    wanted: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    # Confirmed ones, by the part of the side that wrote them down.
    by_part: dict[str, int] = field(default_factory=dict)

    @property
    def confirmed(self) -> int:
        """Return the minutes that both agree on: only they count."""
        return self.by_status.get("confirmed", 0)

    @property
    def waiting(self) -> int:
        """Return the minutes that the other side has not answered."""
        return self.by_status.get("logged", 0)

    @property
    def questioned(self) -> int:
        """Return the minutes that the other side asked about."""
        return self.by_status.get("questioned", 0)

    @property
    def left(self) -> int:
        """Return how many confirmed minutes are still lacking."""
        return max(0, self.needed - self.confirmed)

    @property
    def percent(self) -> int:
        """Return how much of what is needed is confirmed; 100 at most, and not before all of it is."""
        return min(100, self.confirmed * 100 // self.needed) if self.needed else 100


def sum_of(lines: Iterable[tuple[str, str, int]], *, hours_min: int = 0, hours_max: int = 0) -> HoursSum:
    """Add up (status, part, minutes). Limits are in hours, what comes out is in minutes."""
    found = HoursSum(needed=hours_min * 60, wanted=hours_max * 60)
    for status, part, minutes in lines:
        found.by_status[status] = found.by_status.get(status, 0) + minutes
        if status == "confirmed":
            found.by_part[part] = found.by_part.get(part, 0) + minutes
    return found


def in_hours(minutes: int) -> str:
    """Write minutes as hours: 18, or 17:55 where they are not whole."""
    hours, rest = divmod(minutes, AN_HOUR)
    return f"{hours}:{rest:02}" if rest else str(hours)
