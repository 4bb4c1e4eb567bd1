"""The best choice of a market, exact and proved: an auction first, then shortest paths."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from talka.matching.engine.solve import auction, paths
from talka.matching.engine.solve.market import Market, starts_of
from talka.matching.engine.solve.state import function_for, lay_out, ready

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
    table = auction.Table(*ready(market, market.starts, market.columns, market.rows, market.worths, most))
    offered = auction.Places(*ready(market, *places))
    taking = auction.Held(*ready(market, *held))
    function_for(market, auction.bid)(table, offered, taking, *ready(market, waiting), step)
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
    state, rows = lay_out(market, start), len(market.starts) - 1
    enter = function_for(market, paths.enter)
    number = 0
    for low in range(0, rows, CHUNK):
        number = enter(*state, low, min(low + CHUNK, rows), number)
        if watch and not watch(min(low + CHUNK, rows), rows):
            break
    prices = (np.array(side.prices, dtype=market.worths.dtype) for side in (state.own, state.other))
    return Assignment(np.asarray(state.cells.taken, dtype=bool), *prices)


def _beyond(market: Market) -> Any:
    """Return a price nobody pays."""
    parts = (market.worths, market.row_limits.bonus, market.column_limits.bonus)
    return np.array(4 * sum(int(abs(part).max(initial=0)) for part in parts) + 4, dtype=market.worths.dtype)[
        ()
    ]
