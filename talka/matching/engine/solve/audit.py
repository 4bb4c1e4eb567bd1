"""Proofs of the best choice of a market, by adding up and comparing: nothing here knows how it was found.

Let every cell be bought at the price of its row and its column, and every row and column choose freely how
many to sell: what all of them gain together is a ceiling that no choice can pass, whatever the prices are
(linear programming duality). A choice that reaches the ceiling is the best.
"""

from typing import Any

import numpy as np

from talka.matching.engine.compiled import FAST, compiled
from talka.matching.engine.solve.assignment import Assignment
from talka.matching.engine.solve.market import Limits, Market

HALF, MASK = 31, (1 << 31) - 1
"""Bits of the lower half of a number."""


def value(market: Market, taken: np.ndarray) -> int:
    """Return what a choice is worth, bonuses included."""
    rows, columns = _counts(market, taken)
    earned = _earned(market.row_limits, rows) + _earned(market.column_limits, columns)
    return total(market.worths[np.flatnonzero(taken)]) + earned


def ceiling(market: Market, row_prices: np.ndarray, column_prices: np.ndarray) -> int:
    """Return what no choice is worth more than, by these prices."""
    sellers = ((market.row_limits, row_prices), (market.column_limits, column_prices))
    bought = _bought(market, row_prices, column_prices)
    return bought + sum(_most_earned(side, prices) for side, prices in sellers)


def _bought(market: Market, row_prices: np.ndarray, column_prices: np.ndarray) -> int:
    """Return what the cells gain that are worth more than the prices of their rows and columns."""
    if FAST and all(part.dtype == np.int64 for part in (market.worths, row_prices, column_prices)):
        high, low = add_up(market.starts, market.columns, market.worths, row_prices, column_prices)
        return (int(high) << HALF) + int(low)
    return total(np.maximum(market.worths - row_prices[market.rows] - column_prices[market.columns], 0))


@compiled
def add_up(starts: Any, columns: Any, worths: Any, row_prices: Any, column_prices: Any) -> tuple[int, int]:
    """Return the sum of all gains above 0, in two halves, each of which 64 bits hold."""
    high = low = 0
    for row in range(len(starts) - 1):
        for e in range(starts[row], starts[row + 1]):
            gain = max(worths[e] - row_prices[row] - column_prices[columns[e]], 0)
            high += gain >> HALF
            low += gain & MASK
    return high, low


def is_within_limits(market: Market, taken: np.ndarray) -> bool:
    """Tell whether no row and no column takes more than it may."""
    rows, columns = _counts(market, taken)
    return bool((rows <= market.row_limits.most).all() and (columns <= market.column_limits.most).all())


def is_proved(market: Market, found: Assignment) -> bool:
    """Tell whether the choice keeps the limits and reaches the ceiling of its prices."""
    reached = value(market, found.taken) == ceiling(market, found.row_prices, found.column_prices)
    return reached and is_within_limits(market, found.taken)


def total(numbers: np.ndarray) -> int:
    """Return the sum, however great: in two halves, because 64 bits may not hold it."""
    if numbers.dtype == object:
        return int(sum(numbers.tolist()))
    return (int((numbers >> HALF).sum()) << HALF) + int((numbers & MASK).sum())


def _counts(market: Market, taken: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how many cells each row and each column takes."""
    cells = np.flatnonzero(taken)
    rows = np.searchsorted(market.starts, cells, side="right") - 1
    sides = (rows, market.row_limits), (market.columns[cells], market.column_limits)
    by_row, by_column = (np.bincount(lines, minlength=len(limits.most)) for lines, limits in sides)
    return by_row, by_column


def _earned(limits: Limits, counts: np.ndarray) -> int:
    """Return the bonuses of a side."""
    return total(np.minimum(counts, limits.least).astype(limits.bonus.dtype) * limits.bonus)


def _most_earned(limits: Limits, prices: np.ndarray) -> int:
    """Return what a side earns at most when each sells as many as it likes: none, the first few, or all."""
    some = limits.least * (prices + limits.bonus)
    every = some + (limits.most - limits.least) * prices
    return total(np.maximum(np.maximum(some, every), 0))
