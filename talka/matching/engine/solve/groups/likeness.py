"""How well two peers get along: nearly the same hours, a common language, not the same experience."""

from collections.abc import Sequence

import numpy as np

from talka.matching.engine.solve.groups.values import GroupQuestion, Likeness, Peer

A_DAY, AN_HOUR = 24 * 60, 60


def question_of(
    peers: Sequence[Peer], likeness: Likeness, smallest: int = 4, largest: int = 6
) -> GroupQuestion:
    """Return what is asked when these peers are to be grouped, in the order of their keys."""
    peers = sorted(peers, key=lambda peer: peer.key)
    points = np.zeros((len(peers), len(peers)), dtype=np.int64)
    together = np.zeros_like(points, dtype=bool)
    for at, one in enumerate(peers):
        for before, other in enumerate(peers[:at]):
            together[at, before] = together[before, at] = not one.languages.isdisjoint(other.languages)
            points[at, before] = points[before, at] = points_of(one, other, likeness)
    return GroupQuestion(tuple(peer.key for peer in peers), points, together, smallest, largest)


def points_of(one: Peer, other: Peer, likeness: Likeness) -> int:
    """Return the points of two peers; hours are counted around the clock."""
    apart = abs(one.minutes_ahead - other.minutes_ahead) % A_DAY
    near = max(0, likeness.far * AN_HOUR - min(apart, A_DAY - apart))
    different = min(abs(one.experience - other.experience), likeness.most)
    return near * likeness.hour // AN_HOUR + different * likeness.difference
