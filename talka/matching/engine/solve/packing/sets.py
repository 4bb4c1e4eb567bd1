"""Sets to choose from, in numbers, and what prices prove of them."""

from dataclasses import dataclass
from functools import cached_property
from math import gcd

import numpy as np
from scipy.sparse import csc_array, csr_array

from talka.matching.engine.solve.highs import unit_of

SCALE = 1_000_000
"""Prices are in millionths of a point, so that they are whole."""
OddSet = tuple[int, ...]


@dataclass(frozen=True)
class Sets:
    """Sets of people, who have numbers; of the sets chosen, no two share anybody.

    `members`: a row a set, filled up with -1. `worths`: any whole numbers. `must`: who has to be in one.
    """

    members: np.ndarray
    worths: np.ndarray
    must: np.ndarray

    @cached_property
    def table(self) -> csc_array:
        """A row for each of the people, a column a set, 1 where they are in it."""
        columns, places = np.nonzero(self.members >= 0)
        at = (self.members[columns, places], columns)
        return csc_array((np.ones(len(columns)), at), shape=(len(self.must), len(self.worths)))

    @cached_property
    def by_person(self) -> csr_array:
        """The table, row by row."""
        return self.table.tocsr()

    @cached_property
    def by_set(self) -> csr_array:
        """The table with a row for each set."""
        return self.table.T.tocsr()

    @cached_property
    def unit(self) -> int:
        """What worths are divided by for HiGHS: 1 unless they are huge."""
        return unit_of(self.worths)

    @cached_property
    def weights(self) -> np.ndarray:
        """The worths in floating point, for HiGHS."""
        weights: np.ndarray = (self.worths / self.unit).astype(float)
        return weights

    @cached_property
    def step(self) -> int:
        """What all worths are multiples of."""
        return max(1, gcd(*self.worths.tolist()))


@dataclass(frozen=True)
class Prices:
    """What each of the people costs, and each odd set of people for every two that are served together.

    In whole units of 1 / SCALE of a point, so that anybody can add them up.
    """

    people: tuple[int, ...]
    odd_sets: tuple[tuple[OddSet, int], ...] = ()


def some_of(sets: Sets, columns: np.ndarray) -> Sets:
    """Return only these of the sets."""
    return Sets(sets.members[columns], sets.worths[columns], sets.must)


def worth_of(sets: Sets, chosen: np.ndarray) -> int:
    """Return what a choice is worth."""
    return sum(sets.worths[chosen].tolist())


def is_kept(sets: Sets, chosen: np.ndarray) -> bool:
    """Tell whether nobody is in two of the sets chosen, and who must is in one."""
    counts = sets.table @ chosen
    return bool((counts <= 1).all() and (counts[sets.must] == 1).all())


def pairs_within(sets: Sets, odd_set: OddSet) -> np.ndarray:
    """Return how many times two of an odd set are in each set."""
    inside = np.zeros(len(sets.must) + 1, dtype=np.int64)
    inside[list(odd_set)] = 1
    pairs: np.ndarray = inside[sets.members].sum(axis=1) // 2
    return pairs


def are_prices(sets: Sets, prices: Prices) -> bool:
    """Tell whether prices are some: below 0 only for who must be in a set, and so pays it for sure."""
    odd = all(price >= 0 and len(set(who)) == len(who) for who, price in prices.odd_sets)
    return odd and all(price >= 0 or must for price, must in zip(prices.people, sets.must, strict=True))


def ceiling(sets: Sets, prices: Prices) -> int:
    """Return what no choice is worth more than, by these prices.

    Let every set pay for its members, and for an odd set as often as it holds two of it. The sets chosen pay
    each person at most once, and for an odd set at most as often as two fit into it; what a set gains beyond
    what it pays is added.
    """
    costs = np.array([*prices.people, 0], dtype=object)
    gains = sets.worths.astype(object) * SCALE - costs[sets.members].sum(axis=1)
    for who, price in prices.odd_sets:
        gains = gains - pairs_within(sets, who).astype(object) * price
    held = sum(len(who) // 2 * price for who, price in prices.odd_sets)
    most = sum(prices.people) + held + sum(gain for gain in gains.tolist() if gain > 0)
    return most // SCALE // sets.step * sets.step
