"""All rings that arcs allow, as sets to choose from."""

from collections.abc import Iterator

import numpy as np

from talka.matching.engine.solve.market import SAFE_BITS, starts_of
from talka.matching.engine.solve.packing.sets import Sets
from talka.matching.engine.solve.rings.values import RINGS, Arcs, RingQuestion, TooManyRings

MOST_RINGS = 1_000_000
STRETCH = 2_000_000
"""So many ways of two arcs are looked at in a piece."""


def sets_of_rings(question: RingQuestion) -> Sets:
    """Return every ring that is worth something and by which nobody loses, the best for each set of people.

    Who is in a pair already must be in a ring. Members stand in the order of the ring. Raises TooManyRings.
    """
    arcs, must = question.arcs, np.zeros(len(question.arcs.people), dtype=bool)
    least = _kept_scores(question, must)
    rings = [_pairs(arcs), *(_threes(arcs) if question.longest == RINGS else ())]
    if sum(map(len, rings)) > MOST_RINGS:
        raise TooManyRings
    members = np.concatenate(rings)
    fits = max(map(abs, arcs.scores.tolist()), default=0) < 1 << SAFE_BITS
    worths = np.zeros(len(members), dtype=np.int64 if fits else object)
    good = np.ones(len(members), dtype=bool)
    for place in range(RINGS):
        some = np.flatnonzero(members[:, place] >= 0)
        givers, takers = members[some, place], members[some, (place + 1) % RINGS]
        takers = np.where(takers < 0, members[some, 0], takers)
        scores = arcs.scores[np.searchsorted(_keys(arcs), _key(arcs, givers, takers))]
        worths[some] += scores.astype(worths.dtype)
        good[some] &= ~must[takers] | (scores >= least[takers])
    good &= (worths > 0) | np.append(must, False)[members].any(axis=1)
    return Sets(*_best_ways(members[good], worths[good]), must)


def keys_of(arcs: Arcs) -> dict[tuple[str, str], int]:
    """Return which arc leads from whom to whom."""
    ends = zip(arcs.givers.tolist(), arcs.takers.tolist(), strict=True)
    return {(arcs.people[giver], arcs.people[taker]): at for at, (giver, taker) in enumerate(ends)}


def _kept_scores(question: RingQuestion, must: np.ndarray) -> np.ndarray:
    """Return what everybody who is in a pair learns for there, and mark them as who must be in a ring."""
    arcs = question.arcs
    arc_of, number = keys_of(arcs), {key: at for at, key in enumerate(arcs.people)}
    least = np.zeros(len(must), dtype=arcs.scores.dtype)
    for one, other in question.pairs:
        for giver, taker in ((one, other), (other, one)):
            must[number[taker]] = True
            least[number[taker]] = arcs.scores[arc_of[giver, taker]]
    return least


def _key(arcs: Arcs, givers: np.ndarray, takers: np.ndarray) -> np.ndarray:
    """Return a number for each arc, in the order of the arcs."""
    keys: np.ndarray = givers.astype(np.int64) * len(arcs.people) + takers
    return keys


def _keys(arcs: Arcs) -> np.ndarray:
    """Return the numbers of the arcs there are."""
    return _key(arcs, arcs.givers, arcs.takers)


def _pairs(arcs: Arcs) -> np.ndarray:
    """Return everybody who could teach each other, filled up with -1."""
    both = np.isin(_keys(arcs), _key(arcs, arcs.takers, arcs.givers)) & (arcs.givers < arcs.takers)
    return np.column_stack((arcs.givers[both], arcs.takers[both], np.full(both.sum(), -1)))


def _threes(arcs: Arcs) -> Iterator[np.ndarray]:
    """Yield the rings of three, each from its first member on, piece by piece. Raises TooManyRings."""
    starts = starts_of(np.bincount(arcs.givers, minlength=len(arcs.people)))
    firsts = np.flatnonzero(arcs.givers < arcs.takers)
    counts = np.diff(starts)[arcs.takers[firsts]]
    keys, count = _keys(arcs), 0
    pieces = np.searchsorted(np.cumsum(counts), np.arange(STRETCH, counts.sum(), STRETCH))
    for part, sizes in zip(np.split(firsts, pieces), np.split(counts, pieces), strict=True):
        arc = np.repeat(part, sizes)
        after = np.arange(len(arc)) - np.repeat(starts_of(sizes)[:-1], sizes)
        one, other = arcs.givers[arc], arcs.takers[arc]
        third = arcs.takers[starts[other] + after]
        ahead = third > one
        one, other, third = one[ahead], other[ahead], third[ahead]
        closes = np.isin(_key(arcs, third, one), keys)
        found = np.column_stack((one, other, third))[closes]
        count += len(found)
        if count > MOST_RINGS:
            raise TooManyRings
        yield found


def _best_ways(members: np.ndarray, worths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each set of people once, in the order of its best ring."""
    people = np.sort(members, axis=1)
    _, ranks = np.unique(worths, return_inverse=True)
    order = np.lexsort((-ranks, *people.T[::-1]))
    people = people[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (people[1:] != people[:-1]).any(axis=1)
    return members[order[new]], worths[order[new]]
