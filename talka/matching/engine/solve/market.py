"""A market: a sparse table of rows and columns to be paired, with limits. Nothing here knows who they are."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array, csr_array

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
        cells = np.arange(len(self.columns), dtype=np.int32)
        shape = (len(self.starts) - 1, len(self.column_limits.most))
        return csr_array((cells, self.columns, self.starts.astype(np.int32)), shape=shape).tocsc().data

    def turned(self) -> "Market":
        """Return the market with rows and columns exchanged; its cells are `by_column` of this one's."""
        order = self.by_column
        starts = starts_of(self.column_sizes)
        return Market(starts, self.rows[order], self.worths[order], self.column_limits, self.row_limits)

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


def limited(most: np.ndarray) -> Limits:
    """Return limits with no bonus."""
    nothing = np.zeros(len(most), dtype=np.int64)
    return Limits(most, nothing, nothing)


def market_of(
    rows: np.ndarray, columns: np.ndarray, worths: np.ndarray, row_limits: Limits, column_limits: Limits
) -> Market:
    """Return the market of cells given in any order, no cell twice."""
    shape = (len(row_limits.most), len(column_limits.most))
    given = (rows.astype(np.int32), columns.astype(np.int32))
    table = coo_array((np.arange(len(rows), dtype=np.int32), given), shape=shape).tocsc().tocsr()
    starts, columns = table.indptr.astype(np.int64), table.indices
    return tightened(Market(starts, columns, worths[table.data], row_limits, column_limits))


def tightened(market: Market) -> Market:
    """Return the market with nobody allowed more than there are cells, in 64 bits if these hold every
    price.
    """
    limits = (market.row_limits, market.column_limits)
    parts = (market.worths, *(side.bonus for side in limits))
    fits = sum(int(abs(part).max(initial=0)) for part in parts) < 1 << SAFE_BITS
    kind = np.int64 if fits else object
    sides = []
    for side, sizes in zip(limits, (market.row_sizes, market.column_sizes), strict=True):
        most = np.minimum(side.most, sizes)
        sides.append(Limits(most, np.minimum(side.least, most), side.bonus.astype(kind)))
    return replace(market, worths=market.worths.astype(kind), row_limits=sides[0], column_limits=sides[1])
