"""The best choice of a market, exact and proved: an auction first, then shortest paths."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from talka.matching.engine.solve import auction, passes, paths
from talka.matching.engine.solve.market import Market, greatest, look, part_of, starts_of
from talka.matching.engine.solve.state import function_for, lay_out, ready

STEPS, STEPS_OF_WARS = 800, 200
"""The auction's step is the greatest worth divided by the first; by the second, when bidding takes long.
Measured, see docs/matching.md.
"""
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

    @cached_property
    def cells(self) -> np.ndarray:
        """The cells that are taken, in order."""
        return np.flatnonzero(self.taken)


def assign(market: Market, watch: Watch | None = None) -> Assignment:
    """Return the best choice. The scarcer side bids, for then few are outbid in vain."""
    if market.column_limits.most.sum() >= market.row_limits.most.sum():
        return repair(market, *bid(market), watch)
    turned = market.turned()
    found = turned_back(market, let_rows_enter(turned, settled(turned, *bid(turned)), watch))
    return let_rows_enter(market, found, watch) if do_rows_gain(market, found) else found


def bid(market: Market, start: Assignment | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns' prices and the cells taken at the end of an auction. Bonuses are left out of it.

    It starts with nothing, or with a choice and prices at which no row wants a cell it has not.
    """
    start = start or _nothing(market)
    room = market.row_limits.most - np.bincount(market.rows[start.cells], minlength=len(start.row_prices))
    gaining = np.flatnonzero((room > 0) & (start.row_prices > 0))[::-1]
    steps = tuple(max(1, int(market.worths.max(initial=0)) // part) for part in (STEPS, STEPS_OF_WARS))
    offered = _offered(market, start)
    table = auction.Table(*ready(market, market.starts, market.columns, market.worths))
    taken, waiting = ready(market, start.taken.view(np.uint8).copy(), np.repeat(gaining, room[gaining]))
    function_for(market, auction.bid)(table, offered, taken, _notes(market), waiting, *steps)
    prices = np.array(offered.cheapest, dtype=market.worths.dtype)
    prices[market.column_limits.most == 0] = 0
    return prices, np.asarray(taken, dtype=np.uint8).view(bool)


def _notes(market: Market) -> auction.Notes:
    """Return what rows note before they looked at any cell."""
    rows, kind = len(market.starts) - 1, market.worths.dtype
    cells = np.full(auction.NOTED * rows, auction.NOBODY)
    worths, gains = (np.zeros(size, dtype=kind) for size in (len(cells), auction.NOTED))
    return auction.Notes(*ready(market, cells, cells.copy(), worths, np.full(rows, _beyond(market)), gains))


def _nothing(market: Market) -> Assignment:
    """Return the choice of no cell, at no price for any column."""
    kind = market.worths.dtype
    prices = (
        np.full(len(market.row_limits.most), _beyond(market)),
        np.zeros(len(market.column_sizes), dtype=kind),
    )
    return Assignment(np.zeros(len(market.columns), dtype=bool), *prices)


def _offered(market: Market, start: Assignment) -> auction.Places:
    """Return the places, each at the price of its column; those taken come after those that are free."""
    most, columns = market.column_limits.most, market.columns[start.cells]
    firsts = starts_of(most)
    holders, rows = np.full((2, firsts[-1]), auction.NOBODY)
    # The cells of a column, in order, fill its last places.
    order = np.argsort(columns, kind="stable")
    counts = np.bincount(columns, minlength=len(most))
    places = np.repeat(firsts[1:] - np.cumsum(counts), counts) + np.arange(len(order))
    holders[places] = start.cells[order]
    rows[places] = market.rows[start.cells[order]]
    cheapest = np.where(most > 0, start.column_prices, _beyond(market))
    prices = np.repeat(start.column_prices, most)
    return auction.Places(*ready(market, firsts, prices, holders, rows, cheapest))


def repair(
    market: Market, column_prices: np.ndarray, taken: np.ndarray, watch: Watch | None = None
) -> Assignment:
    """Return the best choice, starting from any prices of the columns and any choice within the limits."""
    return let_columns_enter(
        market, let_rows_enter(market, settled(market, column_prices, taken), watch), watch
    )


def let_columns_enter(market: Market, choice: Assignment, watch: Watch | None = None) -> Assignment:
    """Let every column enter that still gains.

    On the way rows only become dearer and columns cheaper, down to what their bonus allows, and no path loses
    more than the column gains that enters. Most cells would lose more even then: they are left out before.
    """
    limits, prices = market.column_limits, choice.column_prices
    counts = np.bincount(market.columns[choice.cells], minlength=len(prices))
    earned = np.where(counts < limits.least, limits.bonus, 0) + prices
    if not (entering := (earned > 0) & (counts < limits.most)).any():
        return choice
    lowest = np.where(limits.least > 0, -limits.bonus, 0)
    lowest = np.where(prices > lowest, lowest, _beyond(market))
    cells = np.empty(len(market.columns), dtype=np.int32)
    table = market.starts, market.columns, market.worths, choice.taken
    count = look(market, passes.sift)(table, choice.row_prices, lowest, earned[entering].max(), cells)
    few = part_of(market, cells[:count])
    begun = Assignment(choice.taken[cells[:count]], choice.row_prices, choice.column_prices)
    ended = turned_back(few, let_rows_enter(few.turned(), turned_choice(few, begun), watch))
    taken = np.zeros(len(choice.taken), dtype=bool)
    taken[cells[:count]] = ended.taken
    return replace(ended, taken=taken)


def turned_choice(market: Market, choice: Assignment) -> Assignment:
    """Return the choice for the market turned."""
    return Assignment(choice.taken[market.by_column], choice.column_prices, choice.row_prices)


def turned_back(market: Market, found: Assignment) -> Assignment:
    """Return for the market what was found for it turned."""
    taken = np.zeros(len(found.taken), dtype=bool)
    taken[market.by_column[found.cells]] = True
    return Assignment(taken, found.column_prices, found.row_prices)


def settled(market: Market, column_prices: np.ndarray, taken: np.ndarray) -> Assignment:
    """Return the choice without what its rows do not want at these prices, and the prices of the rows."""
    limits, lowest = market.row_limits, -_beyond(market)
    found = np.zeros(len(limits.most), dtype=market.worths.dtype), np.zeros_like(taken)
    cells = market.starts, market.columns, market.worths, taken
    look(market, passes.settle)(cells, column_prices, limits.least, limits.bonus, lowest, *found)
    return Assignment(found[1], found[0], column_prices)


def let_rows_enter(market: Market, start: Assignment, watch: Watch | None = None) -> Assignment:
    """Let every row enter that still gains."""
    state, rows = lay_out(market, start), len(market.starts) - 1
    enter = function_for(market, paths.enter)
    number = 0
    for low in range(0, rows, CHUNK):
        number = enter(*state, low, min(low + CHUNK, rows), number)
        if watch and not watch(min(low + CHUNK, rows), rows):
            break
    prices = (np.array(side.prices, dtype=market.worths.dtype) for side in (state.own, state.other))
    return Assignment(np.asarray(state.cells.taken, dtype=np.uint8).view(bool), *prices)


def do_rows_gain(market: Market, choice: Assignment) -> bool:
    """Tell whether a row with room gains by one cell more."""
    counts = np.bincount(market.rows[choice.cells], minlength=len(choice.row_prices))
    earned = np.where(counts < market.row_limits.least, market.row_limits.bonus, 0) + choice.row_prices
    return bool(((earned > 0) & (counts < market.row_limits.most)).any())


def _beyond(market: Market) -> Any:
    """Return a price nobody pays."""
    parts = market.greatest, greatest(market.row_limits.bonus), greatest(market.column_limits.bonus)
    return np.array(4 * sum(parts) + 4, dtype=market.worths.dtype)[()]
