"""What sets are worth when they may be taken in part, with the odd sets that this serves too well cut off.

Of 2k + 1 people, no more than k times two can be together. (J. Edmonds 1965, for pairs: all that is needed;
M. Jepsen, B. Petersen, S. Spoorendonk, D. Pisinger, subset-row inequalities, 2008, for larger sets.)
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse import csc_array, vstack
from scipy.sparse.csgraph import connected_components

from talka.matching.engine.solve.highs import HARDLY, Relaxed, Rows, relax
from talka.matching.engine.solve.packing.parity import odd_sets_by_parity
from talka.matching.engine.solve.packing.sets import SCALE, OddSet, Prices, Sets, pairs_within
from talka.matching.engine.solve.patience import Patience, goes_on, seconds_left

BROKEN_BY = 0.01
MOST_ROUNDS, MOST_AT_ONCE = 60, 100
"""Of cutting, and odd sets cut off in a round."""
LEVELS = (HARDLY, 0.1, 0.25, 0.4)
"""Shares above which a set joins its members to a part, whose number may be odd."""
AT_ONCE = 30_000
"""Sets that HiGHS is given at once: of more, those that are worth more than their members cost."""


@dataclass(frozen=True)
class Relaxation:
    """The share of each set, the odd sets cut off, the prices, and what each set costs beyond its worth.

    `prices` are those of the people, then those of the odd sets.
    """

    shares: np.ndarray
    odd_sets: tuple[OddSet, ...]
    prices: np.ndarray
    losses: np.ndarray
    weight: float


def relaxation_of(sets: Sets, patience: Patience) -> Relaxation | None:
    """Return the relaxation, cut as long as there is time; None without an answer in time."""
    best: Relaxation | None = None
    odd_sets: tuple[OddSet, ...] = ()
    for _ in range(MOST_ROUNDS):
        rows = _with_odd_sets(sets, odd_sets)
        found = _relax_by_pricing(sets, rows, patience)
        if found is None:
            break
        losses = rows.matrix.T @ found.prices - sets.weights
        best = Relaxation(found.shares, odd_sets, found.prices, losses, found.worth)
        new = _broken(sets, found.shares)
        if not new or not goes_on(patience, 0, int(found.worth * sets.unit)):
            break
        odd_sets = (*odd_sets, *new)
    return best


def prices_of(sets: Sets, relaxation: Relaxation) -> Prices:
    """Return the prices in whole numbers."""
    whole = [round(price * SCALE) * sets.unit for price in relaxation.prices.tolist()]
    people, rest = whole[: len(sets.must)], whole[len(sets.must) :]
    free = [price if must else max(0, price) for price, must in zip(people, sets.must, strict=True)]
    odd_sets = zip(relaxation.odd_sets, rest, strict=True)
    return Prices(tuple(free), tuple((who, price) for who, price in odd_sets if price > 0))


def _with_odd_sets(sets: Sets, odd_sets: tuple[OddSet, ...]) -> Rows:
    """Return what a choice keeps: everybody is in one set, and odd sets hold what they can."""
    more = [csc_array(pairs_within(sets, who)[None, :].astype(float)) for who in odd_sets]
    return Rows(
        csc_array(vstack([sets.table, *more], format="csc")),
        np.array([*np.ones(len(sets.must)), *(float(len(who) // 2) for who in odd_sets)]),
        np.concatenate((sets.must, np.zeros(len(odd_sets), dtype=bool))),
    )


def _relax_by_pricing(sets: Sets, rows: Rows, patience: Patience) -> Relaxed | None:
    """Return the relaxation, of which only some sets are ever given to HiGHS at once.

    (G. B. Dantzig, P. Wolfe 1960; D. J. Abraham, A. Blum, T. Sandholm 2007, for exchanges.)
    """
    inside = sets.by_set @ sets.must > 0
    heads = np.maximum(1, (sets.members >= 0).sum(axis=1))
    inside[np.argsort(-sets.weights / heads, kind="stable")[:AT_ONCE]] = True
    while True:
        columns = np.flatnonzero(inside)
        some = Rows(rows.matrix[:, columns], rows.most, rows.exact)
        found = relax(sets.weights[columns], some, seconds_left(patience))
        if found is None:
            return None
        gains = np.where(inside, 0, sets.weights - rows.matrix.T @ found.prices)
        missing = np.argsort(-gains, kind="stable")[: AT_ONCE // 3]
        missing = missing[gains[missing] > HARDLY]
        if not len(missing):
            shares = np.zeros(len(inside))
            shares[columns] = found.shares
            return Relaxed(found.worth, shares, found.prices)
        inside[missing] = True


def _broken(sets: Sets, shares: np.ndarray) -> list[OddSet]:
    """Return odd sets in which more are served together than can be."""
    used = np.flatnonzero(shares > HARDLY)
    some = Sets(sets.members[used], sets.worths[used], sets.must)
    for seen in (
        [*_triples(sets, used), *_odd_parts(sets, shares, used)],
        odd_sets_by_parity(some, shares[used]),
    ):
        rates = {who: pairs_within(some, who) @ shares[used] - len(who) // 2 for who in seen}
        broken = sorted((-rate, len(who), who) for who, rate in rates.items() if rate > BROKEN_BY)
        if broken:
            return [who for *_, who in broken[:MOST_AT_ONCE]]
    return []


def _triples(sets: Sets, used: np.ndarray) -> list[OddSet]:
    """Return every three people of whom every two are somewhere together."""
    together: dict[int, set[int]] = defaultdict(set)
    for row in sets.members[used].tolist():
        for one, other in combinations(sorted(person for person in row if person >= 0), 2):
            together[one].add(other)
    return [
        (one, other, third)
        for one in sorted(together)
        for other in sorted(together[one])
        for third in sorted(together[one] & together.get(other, set()))
    ]


def _odd_parts(sets: Sets, shares: np.ndarray, used: np.ndarray) -> list[OddSet]:
    """Return the people whom sets of more than some share join, wherever their number is odd."""
    found = []
    for level in LEVELS:
        table = sets.table[:, used[shares[used] > level]]
        _, parts = connected_components(table @ table.T, directed=False)
        sizes = np.bincount(parts)
        for part in np.flatnonzero((sizes % 2 == 1) & (sizes > 1)):
            found.append(tuple(np.flatnonzero(parts == part).tolist()))
    return found
