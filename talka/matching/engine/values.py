"""The frozen values the engine takes and gives: no behaviour, no Django, plain data that can be sealed.

Units. A level of a capacity is 1 to 5, of a language 0 to 6 (Babel 0-5, 6 is native). Priority 1
comes before 2. A fit is in thousandths (0 to 1000); points are a fit times the weight of its part; a score is
the sum of points.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


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
class Party:
    """A person or community under a pseudonym. Windows of None are unknown; no formats means any."""

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


@dataclass(frozen=True)
class Policy:
    """What the blueprint decides: hard rules in the order they are asked, weights of the soft parts.

    A hard rule that cannot be answered for want of data fails, unless `unknown` says "pass".
    `fewest_days` are the days in a row both need for `dates_overlap`; `days_wanted` make a full fit.
    """

    hard: tuple[str, ...]
    weights: Mapping[str, int]
    unknown: Mapping[str, str] = field(default_factory=dict)
    minimum_language_level: int = 3
    fewest_days: int = 1
    days_wanted: int = 5
    tie_break_seed: str = ""
    parents: Mapping[str, str] = field(default_factory=dict)


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
    """The value reached at a level and the prices of the teachers that prove it cannot be better."""

    level: str
    value: int
    prices: Mapping[str, int]


@dataclass(frozen=True)
class Outcome:
    """The answer of a run, with all that is needed to read it and to prove it again."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    alternates: Mapping[str, tuple[Pair, ...]]
    certificate: tuple[Proof, ...]
    seal: str
    engine_version: str


class Contradiction(ValueError):
    """What was asked cannot be; `reasons` names every fault at once."""

    def __init__(self, reasons: tuple[Reason, ...]):
        super().__init__(", ".join(f"{reason.key} {dict(reason.values)}" for reason in reasons))
        self.reasons = reasons
