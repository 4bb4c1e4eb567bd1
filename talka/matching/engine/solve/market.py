"""A market: a sparse table of rows and columns to be paired, with limits. Nothing here knows who they are."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import coo_array

from talka.matching.engine.compiled import FAST
from talka.matching.engine.solve import passes

SAFE_BITS = 58
"""Prices and losses are sums of a few worths and bonuses: so many bits for those leave room in 64."""


@dataclass(frozen=True)
class Limits:
    """How many cells each row (or column) may take: at most `most`; the first `least` earn `bonus` apiece."""

    most: np.ndarray
    least: np.ndarray
    bonus: np.ndarray


@dataclass(frozen=True)
class Market:
    """The cells that may be taken, row by row, each once, and what each is worth: any integer.

    `starts` (rows + 1) says where the cells of a row begin, `columns` in which column each stands. Asked for
    is the choice of greatest worth, bonuses included, within the limits of rows and columns.
    """

    starts: np.ndarray
    columns: np.ndarray
    worths: np.ndarray
    row_limits: Limits
    column_limits: Limits

    @cached_property
    def rows(self) -> np.ndarray:
        """The row of each cell."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))

    @cached_property
    def by_column(self) -> np.ndarray:
        """The cells in the order of their columns, rows in order within each."""
        return self._turned[0]

    def turned(self) -> "Market":
        """Return the market with rows and columns exchanged; its cells are `by_column` of this one's."""
        _, rows, worths = self._turned
        starts = starts_of(self.column_sizes)
        return Market(starts, rows, worths, self.column_limits, self.row_limits)

    @cached_property
    def _turned(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """By column: the cells, their rows, and what they are worth."""
        order, rows = np.empty((2, len(self.columns)), dtype=np.int32)
        found = order, rows, np.empty_like(self.worths)
        spots = starts_of(self.column_sizes)[:-1]
        look(self, passes.turn)(self.starts, self.columns, self.worths, spots, found)
        return found

    @property
    def is_small(self) -> bool:
        """Whether 64 bits hold every number."""
        return bool(self.worths.dtype == np.int64)

    @cached_property
    def greatest(self) -> int:
        """The greatest worth, or loss, of a cell."""
        return greatest(self.worths)

    @cached_property
    def row_sizes(self) -> np.ndarray:
        """How many cells each row has."""
        return np.diff(self.starts)

    @cached_property
    def column_sizes(self) -> np.ndarray:
        """How many cells each column has."""
        return np.bincount(self.columns, minlength=len(self.column_limits.most))


def starts_of(counts: np.ndarray) -> np.ndarray:
    """Return where each of several runs of these lengths begins, and where the last one ends."""
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def greatest(numbers: np.ndarray) -> int:
    """Return how far from 0 the numbers are at most."""
    return max(int(numbers.max()), -int(numbers.min())) if len(numbers) else 0


def limited(most: np.ndarray) -> Limits:
    """Return limits with no bonus."""
    nothing = np.zeros(len(most), dtype=np.int64)
    return Limits(most, nothing, nothing)


def market_of(
    rows: np.ndarray, columns: np.ndarray, worths: np.ndarray, row_limits: Limits, column_limits: Limits
) -> Market:
    """Return the market of cells given in any order, no cell twice."""
    shape = (len(row_limits.most), len(column_limits.most))
    rows, columns = rows.astype(np.int32, copy=False), columns.astype(np.int32, copy=False)
    if are_in_order(rows, columns):
        starts = np.searchsorted(rows, np.arange(shape[0] + 1, dtype=np.int32))
        return tightened(Market(starts, columns, worths, row_limits, column_limits))
    table = coo_array((np.arange(len(rows), dtype=np.int32), (rows, columns)), shape=shape).tocsc().tocsr()
    starts, columns = table.indptr.astype(np.int64), table.indices
    return tightened(Market(starts, columns, worths[table.data], row_limits, column_limits))


def are_in_order(rows: np.ndarray, columns: np.ndarray) -> bool:
    """Tell whether the cells come row by row, and those of a row by column."""
    later = columns[1:] > columns[:-1]
    return bool((rows[1:] >= rows[:-1]).all() and (later | (rows[1:] > rows[:-1])).all())


def part_of(market: Market, cells: np.ndarray) -> Market:
    """Return the market with no other cells than these, which are in order."""
    starts = np.searchsorted(cells, market.starts)
    return replace(market, starts=starts, columns=market.columns[cells], worths=market.worths[cells])


def with_room(market: Market, times: int) -> Market:
    """Return the market with worths of its own, which may change and grow to so many times the greatest."""
    own = replace(market, worths=market.worths.copy())
    vars(own)["greatest"] = times * market.greatest
    return own


def look(market: Market, function: Any) -> Any:
    """Return what takes a look at all cells: the loop where it is compiled, else what numpy does at once."""
    return function if FAST and market.is_small else passes.AT_ONCE[function]


def tightened(market: Market) -> Market:
    """Return the market with nobody allowed more than there are cells, in 64 bits if these hold every
    price.
    """
    limits = (market.row_limits, market.column_limits)
    fits = market.greatest + sum(greatest(side.bonus) for side in limits) < 1 << SAFE_BITS
    kind = np.int64 if fits else object
    sides = []
    for side, sizes in zip(limits, (market.row_sizes, market.column_sizes), strict=True):
        most = np.minimum(side.most, sizes)
        sides.append(Limits(most, np.minimum(side.least, most), side.bonus.astype(kind)))
    return replace(
        market, worths=market.worths.astype(kind, copy=False), row_limits=sides[0], column_limits=sides[1]
    )
