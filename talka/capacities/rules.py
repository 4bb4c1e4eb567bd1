"""When somebody is reminded of a request, and which offers fit one, with reasons. No Django here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from talka.kernel.reasons import Reason
from talka.kernel.windows import DAY_BEGINS, zone
from talka.kernel.wording import Wording

WORKING_LEVEL = 3
"""At this level of a language one can work in it."""
SAME_TOPIC, NEAR_TOPIC, LANGUAGE, MODEL, COUNTRY = 3, 1, 2, 2, 1
"""What each thing that a request and an offer have in common counts."""
A_YEAR, SIXTY_DAYS = timedelta(days=365), timedelta(days=60)
FEWEST_ALIKE = 3
"""So many people ask for the same before pages say it of those who asked in private."""


@dataclass(frozen=True)
class Topic:
    """A capacity as the rules see it: what it is called, and the key of what it is part of."""

    key: str
    name: Wording
    parent: str = ""


@dataclass(frozen=True)
class Wanted:
    """What a request is about."""

    topics: tuple[Topic, ...]
    languages: Mapping[str, int] = field(default_factory=dict)
    model: str = ""
    country: str = ""


@dataclass(frozen=True)
class Given:
    """What an offer gives today."""

    topics: tuple[Topic, ...]
    languages: Mapping[str, int] = field(default_factory=dict)
    models: tuple[str, ...] = ()
    country: str = ""
    places_left: int = 1
    away_until: date | None = None
    is_stale: bool = False


@dataclass(frozen=True)
class Fit:
    """How an offer fits a request: points, what speaks for it, and what is in the way."""

    points: int
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]

    @property
    def is_possible(self) -> bool:
        """Tell whether nothing is in the way."""
        return not self.against


def fit(wanted: Wanted, given: Given) -> Fit:
    """Judge an offer for a request: a shared topic, a language to work in, somebody there, and a place left.

    A topic one step away in the tree counts as near. Languages that nobody named keep nobody apart.
    """
    for_it = [*_topics(wanted, given), *_languages(wanted, given)]
    if wanted.model and wanted.model in given.models:
        for_it.append((MODEL, Reason("fit.model")))
    if wanted.country and wanted.country == given.country:
        for_it.append((COUNTRY, Reason("fit.country")))
    if given.is_stale:
        for_it.append((0, Reason("fit.stale")))
    against = [*_barriers(wanted, given)]
    return Fit(sum(points for points, _ in for_it), tuple(reason for _, reason in for_it), tuple(against))


def _topics(wanted: Wanted, given: Given) -> list[tuple[int, Reason]]:
    """Say which topics are the same, and which others are one step apart, each once."""
    found = []
    offered = {topic.key: topic for topic in given.topics}
    for topic in wanted.topics:
        near = next((one for one in given.topics if is_near(topic, one)), None)
        if topic.key in offered:
            found.append((SAME_TOPIC, Reason("fit.same_topic", {"topic": dict(topic.name)})))
        elif near is not None:
            values = {"topic": dict(topic.name), "near": dict(near.name)}
            found.append((NEAR_TOPIC, Reason("fit.near_topic", values)))
    return found


def is_near(one: Topic, other: Topic) -> bool:
    """Tell whether two topics are one step apart: one is part of the other."""
    return one.parent == other.key or other.parent == one.key


def common_languages(wanted: Mapping[str, int], given: Mapping[str, int]) -> list[str]:
    """List the languages in which both can work, in the order of their codes."""
    return sorted(
        code
        for code, level in wanted.items()
        if level >= WORKING_LEVEL and given.get(code, 0) >= WORKING_LEVEL
    )


def _languages(wanted: Wanted, given: Given) -> list[tuple[int, Reason]]:
    if not wanted.languages or not given.languages:
        return [(0, Reason("fit.languages_unknown"))]
    common = common_languages(wanted.languages, given.languages)
    return [(LANGUAGE, Reason("fit.language", {"languages": common}))] if common else []


def _barriers(wanted: Wanted, given: Given) -> Iterable[Reason]:
    if not _topics(wanted, given):
        yield Reason("fit.no_topic")
    known = wanted.languages and given.languages
    if known and not common_languages(wanted.languages, given.languages):
        yield Reason("fit.no_language")
    if given.away_until is not None:
        yield Reason("fit.away", {"day": given.away_until.isoformat()})
    if given.places_left < 1:
        yield Reason("fit.no_place")


def reminder_due(moved_at: datetime, planned: Iterable[int], *, zone_name: str, now: datetime) -> int | None:
    """Return the days of the newest reminder whose nine o'clock has come, or None before the first.

    Days are counted on the calendar of the zone. After a long pause that is one reminder, not all that were
    missed.
    """
    place = zone(zone_name)
    day = moved_at.astimezone(place).date()
    due = [
        days
        for days in planned
        if moved_at < datetime.combine(day + timedelta(days=days), DAY_BEGINS, tzinfo=place) <= now
    ]
    return max(due, default=None)


@dataclass(frozen=True)
class Asked:
    """One thing that a request names, such as a topic: by whom, and whether others may know."""

    value: str
    asker: str
    is_public: bool


def countable(asked: Iterable[Asked]) -> dict[str, int]:
    """Count by how many each value is asked for, and leave out what would show a single private request.

    Private requests count where at least three people or communities made them for the same value.
    """
    public: dict[str, set[str]] = {}
    private: dict[str, set[str]] = {}
    for one in asked:
        (public if one.is_public else private).setdefault(one.value, set()).add(one.asker)
    counts = {}
    for value in sorted({*public, *private}):
        hidden = private.get(value, set())
        known = public.get(value, set()) | (hidden if len(hidden) >= FEWEST_ALIKE else set())
        if known:
            counts[value] = len(known)
    return counts


def is_asked_again(confirmed_at: datetime, *, zone_name: str, now: datetime) -> bool:
    """Tell whether a mentor is asked if an offer still holds: a year after they last said so, at nine."""
    place = zone(zone_name)
    day = (confirmed_at.astimezone(place) + A_YEAR).date()
    return datetime.combine(day, DAY_BEGINS, tzinfo=place) <= now


def is_stale(asked_again_at: datetime | None, *, now: datetime) -> bool:
    """Tell whether a mentor left the question unanswered for sixty days."""
    return asked_again_at is not None and asked_again_at + SIXTY_DAYS <= now
