"""The frozen values the engine takes and gives: no behaviour, no Django, plain data that can be sealed.

Units. A level of a capacity is 1 to 5, of a language 0 to 6 (Babel 0-5, 6 is native). Priority 1 comes
before 2. Weekdays count from 0, Monday; times of a day are minutes since midnight on the clock of a zone. A
cost is in whole units of the programme's currency. A fit is in thousandths (0 to 1000); points are a fit
times the weight of its part; a score is the sum of points.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

LATER = "later"


def later(default: Any = None, make: Callable[[], Any] | None = None) -> Any:
    """Declare a field that older requests do not have: while it is the default it is not sealed either.

    So the seal of a request from before the field was there stays the same.
    """
    mark = {LATER: True}
    return field(default_factory=make, metadata=mark) if make else field(default=default, metadata=mark)


class Side(StrEnum):
    """The two sides of a match."""

    LEARNS = "learns"
    TEACHES = "teaches"


@dataclass(frozen=True)
class Topic:
    """A capacity needed (level: where the learner stands today) or offered (level: what the teacher has)."""

    capacity: str
    level: int
    priority: int = 1


@dataclass(frozen=True)
class Speaks:
    """A language and how well."""

    code: str
    level: int


@dataclass(frozen=True)
class Slot:
    """A time of every week on the clock of a party's zone: from a minute of the weekday up to another.

    A slot that ends at or before its start runs over midnight, on a Sunday into Monday. 1440 is the midnight
    at the end of the day.
    """

    weekday: int
    starts: int
    ends: int


@dataclass(frozen=True)
class Trip:
    """What it takes to get from one country to another: a cost, and whether a visa is trouble."""

    cost: int
    visa: bool = False


@dataclass(frozen=True)
class Party:
    """A person or community under a pseudonym.

    Windows and hours of None are unknown; no formats means any. `fewest` and `places` are how many partners
    at least and at most; `earlier` are the partners of earlier cycles.
    """

    key: str
    needs: tuple[Topic, ...] = ()
    offers: tuple[Topic, ...] = ()
    languages: tuple[Speaks, ...] = ()
    windows: tuple[tuple[date, date], ...] | None = None
    formats: frozenset[str] = frozenset()
    country: str = ""
    region: str = ""
    places: int = 1
    priority: int = 2
    avoids: frozenset[str] = frozenset()
    wishes: tuple[str, ...] = ()
    newcomer: bool = False
    fewest: int = later(0)
    hours: tuple[Slot, ...] | None = later(None)
    zone: str = later("")
    kind: str = later("")
    earlier: frozenset[str] = later(frozenset())


@dataclass(frozen=True)
class Policy:
    """What the blueprint decides: hard rules in the order they are asked, weights of the soft parts.

    A hard rule that cannot be answered for want of data fails, unless `unknown` says "pass".
    `fewest_days` are the days in a row both need for `dates_overlap`; `days_wanted` make a full fit.
    `understands` says at which level a native speaker of one language understands another: {"cs>sk": 3}.
    `hours_overlap` wants `fewest_meetings` of `meeting_minutes` in the `period`, both its days included, at
    most one a day as the calendar of `zone` counts days; `meetings_wanted` make a full fit.
    `travels` says who travels in a format: "learner", "teacher" or "nobody". `trips` are "from>to" countries;
    a cost of `highest_cost` has no fit left. `capacities` and `languages` are all there are; none means any.
    """

    hard: tuple[str, ...]
    weights: Mapping[str, int]
    unknown: Mapping[str, str] = field(default_factory=dict)
    minimum_language_level: int = 3
    fewest_days: int = 1
    days_wanted: int = 5
    tie_break_seed: str = ""
    parents: Mapping[str, str] = field(default_factory=dict)
    understands: Mapping[str, int] = later(make=dict)
    period: tuple[date, date] | None = later(None)
    zone: str = later("UTC")
    meeting_minutes: int = later(60)
    fewest_meetings: int = later(1)
    meetings_wanted: int = later(6)
    travels: Mapping[str, str] = later(make=dict)
    trips: Mapping[str, Trip] = later(make=dict)
    highest_cost: int = later(1000)
    capacities: frozenset[str] = later(frozenset())
    languages: frozenset[str] = later(frozenset())


@dataclass(frozen=True)
class Ruling:
    """A decision by hand: kind is "lock" (these two, whatever the rules say) or "ban" (never these two)."""

    kind: str
    learner: str
    teacher: str


@dataclass(frozen=True)
class Request:
    """Everything a run is asked; what is sealed."""

    learners: tuple[Party, ...]
    teachers: tuple[Party, ...]
    policy: Policy
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True)
class Reason:
    """A message key with its values; the sentence is made in the reader's language elsewhere."""

    key: str
    values: Mapping[str, str | int | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One part of a score: points out of `of`, and why."""

    name: str
    points: int
    of: int
    reason: Reason


@dataclass(frozen=True)
class Pair:
    """A learner with a teacher. `broken` names the hard rules that a locked pair does not keep."""

    learner: str
    teacher: str
    score: int
    parts: tuple[Part, ...]
    priority: int
    locked: bool = False
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """How many partners remain after a rule."""

    rule: str
    remaining: int


@dataclass(frozen=True)
class Unmatched:
    """Somebody without a partner: the funnel, the binding reason, and (for learners) the smallest change."""

    key: str
    side: Side
    funnel: tuple[Step, ...]
    reason: Reason
    smallest_change: Reason | None = None


@dataclass(frozen=True)
class Proof:
    """The value reached at a level, and the prices of teachers and learners that prove it the best.

    Where the search was stopped, `bound` is what the prices prove that no answer can pass.
    """

    level: str
    value: int
    prices: Mapping[str, int]
    learner_prices: Mapping[str, int] = later(make=dict)
    bound: int | None = later(None)


@dataclass(frozen=True)
class Outcome:
    """The answer of a run, with all that is needed to read it and to prove it again.

    One that was `stopped` keeps every rule and has bounds for what is proved of it, but is not the best.
    """

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    alternates: Mapping[str, tuple[Pair, ...]]
    certificate: tuple[Proof, ...]
    seal: str
    engine_version: str
    stopped: bool = later(False)


class Contradiction(ValueError):
    """What was asked cannot be; `reasons` names every fault at once."""

    def __init__(self, reasons: tuple[Reason, ...]):
        super().__init__(", ".join(f"{reason.key} {dict(reason.values)}" for reason in reasons))
        self.reasons = reasons
