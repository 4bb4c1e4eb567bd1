"""People into numbers: how well two would learn from each other, and which languages a circle could have.

For two people there are points for clocks that are near, for days on which both have time, for what both find
hard, for the region, for a language both know well, and for experience that differs. Being placed counts for
more than all of them together: somebody who fits badly is not left out to make a circle a little better.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import combinations
from zoneinfo import ZoneInfo

import numpy as np

from talka.matching.engine.circles.values import CircleRequest
from talka.matching.engine.encode.hours import calendar_of, days_of, days_to_meet
from talka.matching.engine.encode.kinship import line_of
from talka.matching.engine.encode.languages import spoken
from talka.matching.engine.solve.groups.likeness import points_of
from talka.matching.engine.solve.groups.values import GroupQuestion, Likeness, Peer
from talka.matching.engine.values import Party, Policy

LIKENESS = Likeness(hour=10, far=6, difference=10, most=5)
"""Ten points for each hour that clocks are nearer than six, and for each step in experience, up to five."""
HOURS = 40
SAME_TOPIC, NEXT_TOPIC, NEAR_TOPIC = 30, 15, 15
SAME_REGION = 10
WELL_SPOKEN = 5
"""For each level of the language above the least, up to two."""
PLACED = 250
"""More than two people can have of everything else."""
RETURNS = 2
"""Steps of experience that somebody has ahead who took part before."""
MOST_LANGUAGES = 62
"""As many as a number has bits to spare: those that most people speak."""
A_WEEK = 7


@dataclass(frozen=True)
class Known:
    """What points need to know of a party, worked out once."""

    party: Party
    peer: Peer
    levels: dict[str, int]
    topics: frozenset[str]
    lines: frozenset[str]


def languages_well(party: Party, policy: Policy) -> dict[str, int]:
    """Return the languages that the party speaks well enough, with levels."""
    return {code: level for code, level in spoken(party).items() if level >= policy.minimum_language_level}


def minutes_ahead(party: Party, policy: Policy) -> int:
    """Return how many minutes the party's clock is ahead of UTC when the period begins."""
    first = policy.period[0] if policy.period else datetime(2000, 1, 1, tzinfo=UTC).date()
    noon = datetime.combine(first, time(12), tzinfo=ZoneInfo(party.zone or "UTC"))
    ahead = noon.utcoffset()
    return int(ahead.total_seconds()) // 60 if ahead else 0


def experience_of(party: Party) -> int:
    """Return how much experience somebody brings: the highest level of a topic, more for who comes back."""
    return max((topic.level for topic in party.needs), default=1) + (0 if party.newcomer else RETURNS)


def know(party: Party, policy: Policy) -> Known:
    """Work out what is asked of a party again and again."""
    levels = languages_well(party, policy)
    topics = frozenset(topic.capacity for topic in party.needs)
    return Known(
        party=party,
        peer=Peer(party.key, frozenset(levels), minutes_ahead(party, policy), experience_of(party)),
        levels=levels,
        topics=topics,
        lines=frozenset(key for topic in topics for key in line_of(topic, policy.parents)),
    )


def points_between(one: Known, other: Known, policy: Policy) -> int:
    """Return the points of two who may be in one circle, the same both ways."""
    points = points_of(one.peer, other.peer, LIKENESS) + PLACED
    days = days_to_meet(one.party, other.party, policy)
    calendar = calendar_of(policy)
    if days and calendar:
        # A day a week in common is all that a circle needs.
        points += min(HOURS, HOURS * days * A_WEEK // len(days_of(calendar)))
    same = len(one.topics & other.topics)
    if same:
        points += SAME_TOPIC + (NEXT_TOPIC if same > 1 else 0)
    elif one.lines & other.lines:
        points += NEAR_TOPIC
    if one.party.region and one.party.region == other.party.region:
        points += SAME_REGION
    best = max((min(level, other.levels[code]) for code, level in one.levels.items() if code in other.levels))
    return points + WELL_SPOKEN * min(2, best - policy.minimum_language_level)


def question_of_circles(request: CircleRequest) -> GroupQuestion:
    """Return what the solver is asked: everybody who is not in a circle that is kept."""
    settled = {key for circle in request.kept for key in circle}
    people = [know(party, request.policy) for party in request.parties if party.key not in settled]
    bits = _bits_of((one.levels for one in people), request.smallest)
    shared = np.array([sum(bits.get(code, 0) for code in one.levels) for one in people], dtype=np.int64)
    together = (shared[:, None] & shared[None, :]) != 0
    np.fill_diagonal(together, val=False)
    points = np.zeros((len(people), len(people)), dtype=np.int64)
    for (at, one), (to, other) in combinations(enumerate(people), 2):
        if together[at, to]:
            points[at, to] = points[to, at] = points_between(one, other, request.policy)
    keys = tuple(one.party.key for one in people)
    return GroupQuestion(keys, points, together, request.smallest, request.largest, shared)


def _bits_of(spoken_by_each: Iterable[dict[str, int]], fewest: int) -> dict[str, int]:
    """Give each language that enough people for a circle speak a bit of its own."""
    speakers = Counter(code for levels in spoken_by_each for code in levels)
    ranked = sorted(speakers, key=lambda code: (-speakers[code], code))
    enough = [code for code in ranked if speakers[code] >= fewest][:MOST_LANGUAGES]
    return {code: 1 << place for place, code in enumerate(enough)}
