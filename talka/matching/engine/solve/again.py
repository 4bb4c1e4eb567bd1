"""A market solved, ready to be solved again after a change, with little more work than the change causes."""

from dataclasses import replace

import numpy as np

from talka.matching.engine.solve.assignment import Assignment, bid, let_rows_enter, repair, settled
from talka.matching.engine.solve.market import Market, greatest, part_of, tightened, with_room

GROWTH = 4
"""When something is worth more than so many times the greatest worth at first, all is laid out anew."""
FEW = 64
"""So many rows enter one by one, however long their paths are."""


class Standing:
    """A market with its best choice, and kept beside them what takes a look at all cells to find."""

    def __init__(self, market: Market, best: Assignment):
        self._lay_out(market, best)

    def _lay_out(self, market: Market, best: Assignment) -> None:
        """Keep an answer and find what changes stand on."""
        self.market, self.best = with_room(market, GROWTH), best
        self._turned, self._order = with_room(market.turned(), GROWTH), market.by_column
        self._spots = np.empty_like(self._order)
        self._spots[self._order] = np.arange(len(self._order), dtype=np.int32)
        # Found now, so that no change has to.
        self._rows = self.market.rows, self._turned.rows

    def change(self, worths: np.ndarray) -> Assignment:
        """Return the best choice when the cells are worth this, and stand by it from now on."""
        cells = np.flatnonzero(worths != self.market.worths)
        if greatest(worths[cells]) > self.market.greatest:
            market = tightened(replace(self.market, worths=worths))
            self._lay_out(market, repair(market, self.best.column_prices, self.best.taken))
            return self.best
        self.market.worths[cells] = self._turned.worths[self._spots[cells]] = worths[cells]
        self.best = self._from(self._loosened(np.unique(self._rows[0][cells])))
        return self.best

    def _loosened(self, rows: np.ndarray) -> Assignment:
        """Return the choice without what these rows do not want any more, and with their prices."""
        starts, sizes = self.market.starts[rows], self.market.row_sizes[rows]
        cells = np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        found = settled(part_of(self.market, cells), self.best.column_prices, self.best.taken[cells])
        taken, row_prices = self.best.taken.copy(), self.best.row_prices.copy()
        taken[cells], row_prices[rows] = found.taken, found.row_prices[rows]
        return Assignment(taken, row_prices, self.best.column_prices)

    def _from(self, start: Assignment) -> Assignment:
        """Return the best choice, starting where no row wants a cell it has not.

        With as many places on one side as on the other, give or take one in a hundred, paths lead through
        much of the market: unless they are few, an auction from the old prices comes first.
        """
        rows, columns = self.market.row_limits.most, self.market.column_limits.most
        counts = np.bincount(self._rows[0][start.cells], minlength=len(rows))
        entering = np.minimum(rows - counts, start.row_prices > 0).sum()
        if entering > FEW and abs(rows.sum() - columns.sum()) * 100 <= rows.sum():
            return repair(self.market, *bid(self.market, start))
        found = let_rows_enter(self.market, start)
        turned = _marked(len(found.taken), self._spots[found.cells])
        ended = let_rows_enter(self._turned, Assignment(turned, found.column_prices, found.row_prices))
        taken = _marked(len(found.taken), self._order[ended.cells])
        return Assignment(taken, ended.column_prices, ended.row_prices)


def _marked(length: int, cells: np.ndarray) -> np.ndarray:
    """Return so many times no, but yes for these cells."""
    marks = np.zeros(length, dtype=bool)
    marks[cells] = True
    return marks
