"""The best choice of a market, exact and proved: an auction first, then shortest paths."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from talka.matching.engine.compiled import FAST, plain
from talka.matching.engine.solve import auction, paths
from talka.matching.engine.solve.market import Limits, Market, starts_of

STEPS = 400
"""The auction's step is the greatest worth divided by this: measured, see docs/matching.md."""
CHUNK = 4096
"""So many rows enter between two looks at whether somebody wants it stopped."""

Watch = Callable[[int, int], bool]
"""Told how many rows of how many are settled; answers whether to go on."""


@dataclass(frozen=True)
class Assignment:
    """Which cells are taken, and prices of rows and columns. Prices prove it the best unless it was
    stopped.
    """

    taken: np.ndarray
    row_prices: np.ndarray
    column_prices: np.ndarray


def assign(market: Market, watch: Watch | None = None) -> Assignment:
    """Return the best choice. The scarcer side bids, for then few are outbid in vain."""
    if market.column_limits.most.sum() < market.row_limits.most.sum():
        return _turned_back(market, _assign(market.turned(), watch))
    return _assign(market, watch)


def _assign(market: Market, watch: Watch | None) -> Assignment:
    """Return the best choice, rows bidding."""
    prices, taken = bid(market)
    return repair(market, prices, taken, watch)


def bid(market: Market) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns' prices and the cells taken at the end of an auction. Bonuses are left out of it."""
    most, kind = market.row_limits.most, market.worths.dtype
    firsts = starts_of(market.column_limits.most)
    full = np.diff(firsts) == 0
    prices = np.where(full, _beyond(market), np.zeros(len(full), dtype=kind))
    places = (firsts, np.zeros(firsts[-1], dtype=kind), np.full(firsts[-1], auction.NOBODY), prices)
    held = (np.zeros(len(market.columns), dtype=np.uint8), np.zeros_like(most), np.zeros_like(most))
    waiting = np.flatnonzero(most)[::-1].copy()
    step = max(1, int(market.worths.max(initial=0)) // STEPS)
    table = auction.Table(*_ready(market, market.starts, market.columns, market.rows, market.worths, most))
    offered = auction.Places(*_ready(market, *places))
    taking = auction.Held(*_ready(market, *held))
    _function(market, auction.bid)(table, offered, taking, *_ready(market, waiting), step)
    prices = np.array(offered.cheapest, dtype=kind)
    prices[full] = 0
    return prices, np.asarray(taking.taken, dtype=bool)


def repair(
    market: Market, column_prices: np.ndarray, taken: np.ndarray, watch: Watch | None = None
) -> Assignment:
    """Return the best choice, starting from any prices of the columns and any choice within the limits."""
    row_prices, kept = _settle(market, column_prices, taken)
    found = _enter(market, Assignment(kept, row_prices, column_prices), watch)
    counts = np.bincount(market.columns[found.taken], minlength=len(column_prices))
    limits = market.column_limits
    wanted = found.column_prices + np.where(counts < limits.least, limits.bonus, 0) > 0
    if (wanted & (counts < market.column_limits.most)).any():
        order = market.by_column
        start = Assignment(found.taken[order], found.column_prices, found.row_prices)
        return _turned_back(market, _enter(market.turned(), start, watch))
    return found


def _turned_back(market: Market, found: Assignment) -> Assignment:
    """Return for the market what was found for it turned."""
    taken = np.zeros(len(found.taken), dtype=bool)
    taken[market.by_column] = found.taken
    return Assignment(taken, found.column_prices, found.row_prices)


def _settle(market: Market, column_prices: np.ndarray, taken: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the least prices at which no row wants a cell it has not, and the cells still wanted at them."""
    gains = market.worths - column_prices[market.columns]
    counts = np.bincount(market.rows[taken], minlength=len(market.starts) - 1)
    limits = market.row_limits
    beyond_bonus = (limits.least == 0) | (counts > limits.least)
    prices = np.where(beyond_bonus, 0, -limits.bonus)
    some = np.flatnonzero(np.diff(market.starts))
    if len(some):
        offers = np.where(taken, np.full_like(gains, -_beyond(market)), gains)
        prices[some] = np.maximum(prices[some], np.maximum.reduceat(offers, market.starts[some]))
    return prices, taken & (gains >= prices[market.rows])


def _enter(market: Market, start: Assignment, watch: Watch | None) -> Assignment:
    """Let every row enter that still gains."""
    rows, columns = len(market.starts) - 1, len(market.column_limits.most)
    firsts = starts_of(market.column_limits.most)
    row_counts = np.bincount(market.rows[start.taken], minlength=rows)
    column_counts = np.bincount(market.columns[start.taken], minlength=columns)
    held = np.zeros(int(firsts[-1]) + 1, dtype=np.int64)
    cells = np.flatnonzero(start.taken)
    cells = cells[np.argsort(market.columns[cells], kind="stable")]
    within = np.arange(len(cells)) - np.repeat(starts_of(column_counts)[:-1], column_counts)
    held[firsts[market.columns[cells]] + within] = cells
    taken = start.taken.astype(np.uint8)
    table = (market.starts, market.columns, market.rows, market.worths, taken, firsts, held)
    own = _side(market.row_limits, start.row_prices, row_counts)
    other = _side(market.column_limits, start.column_prices, column_counts)
    near = np.zeros(rows + columns, dtype=market.worths.dtype)
    search = (near, *(np.zeros(rows + columns, dtype=np.int64) for _ in range(5)))
    kinds = (paths.Cells, paths.Side, paths.Side, paths.Search)
    parts = (table, own, other, search)
    given = [kind(*_ready(market, *part)) for kind, part in zip(kinds, parts, strict=True)]
    function = _function(market, paths.enter)
    number = 0
    for low in range(0, rows, CHUNK):
        number = function(*given, low, min(low + CHUNK, rows), number)
        if watch and not watch(min(low + CHUNK, rows), rows):
            break
    prices = (np.array(side.prices, dtype=market.worths.dtype) for side in given[1:3])
    return Assignment(np.asarray(given[0].taken, dtype=bool), *prices)


def _side(limits: Limits, prices: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return the fields of a side of the market, prices copied."""
    return limits.most, limits.least, limits.bonus, prices.copy(), counts.astype(np.int64)


def _beyond(market: Market) -> Any:
    """Return a price nobody pays."""
    parts = (market.worths, market.row_limits.bonus, market.column_limits.bonus)
    return np.array(4 * sum(int(abs(part).max(initial=0)) for part in parts) + 4, dtype=market.worths.dtype)[
        ()
    ]


def _ready(market: Market, *arrays: np.ndarray) -> tuple[Any, ...]:
    """Return the arrays as the loops take them: as they are when compiled, else lists of Python integers."""
    if FAST and market.worths.dtype == np.int64:
        return arrays
    return tuple(array.tolist() for array in arrays)


def _function(market: Market, function: Any) -> Any:
    """Return the loop to run: compiled where 64 bits hold every number."""
    return function if FAST and market.worths.dtype == np.int64 else plain(function)
