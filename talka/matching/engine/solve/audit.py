"""Proofs of the best choice of a market, by adding up and comparing: nothing here knows how it was found.

Let every cell be bought at the price of its row and its column, and every row and column choose freely how
many to sell: what all of them gain together is a ceiling that no choice can pass, whatever the prices are
(linear programming duality). A choice that reaches the ceiling is the best.
"""

import numpy as np

from talka.matching.engine.solve.assignment import Assignment
from talka.matching.engine.solve.market import Limits, Market


def value(market: Market, taken: np.ndarray) -> int:
    """Return what a choice is worth, bonuses included."""
    rows = np.bincount(market.rows[taken], minlength=len(market.row_limits.most))
    columns = np.bincount(market.columns[taken], minlength=len(market.column_limits.most))
    earned = sum(
        _earned(side, counts) for side, counts in ((market.row_limits, rows), (market.column_limits, columns))
    )
    return total(market.worths[taken]) + earned


def ceiling(market: Market, row_prices: np.ndarray, column_prices: np.ndarray) -> int:
    """Return what no choice is worth more than, by these prices."""
    gains = market.worths - row_prices[market.rows] - column_prices[market.columns]
    sellers = ((market.row_limits, row_prices), (market.column_limits, column_prices))
    return total(np.maximum(gains, 0)) + sum(_most_earned(side, prices) for side, prices in sellers)


def is_within_limits(market: Market, taken: np.ndarray) -> bool:
    """Tell whether no row and no column takes more than it may."""
    rows = np.bincount(market.rows[taken], minlength=len(market.row_limits.most))
    columns = np.bincount(market.columns[taken], minlength=len(market.column_limits.most))
    return bool((rows <= market.row_limits.most).all() and (columns <= market.column_limits.most).all())


def is_proved(market: Market, found: Assignment) -> bool:
    """Tell whether the choice keeps the limits and reaches the ceiling of its prices."""
    reached = value(market, found.taken) == ceiling(market, found.row_prices, found.column_prices)
    return reached and is_within_limits(market, found.taken)


def total(numbers: np.ndarray) -> int:
    """Return the sum, however great: in two halves, because 64 bits may not hold it."""
    if numbers.dtype == object:
        return int(sum(numbers.tolist()))
    return (int((numbers >> 31).sum()) << 31) + int((numbers & 0x7FFFFFFF).sum())


def _earned(limits: Limits, counts: np.ndarray) -> int:
    """Return the bonuses of a side."""
    return total(np.minimum(counts, limits.least).astype(limits.bonus.dtype) * limits.bonus)


def _most_earned(limits: Limits, prices: np.ndarray) -> int:
    """Return what a side earns at most when each sells as many as it likes: none, the first few, or all."""
    some = limits.least * (prices + limits.bonus)
    every = some + (limits.most - limits.least) * prices
    return total(np.maximum(np.maximum(some, every), 0))
