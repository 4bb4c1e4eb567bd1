"""What the loops work on: a market and a choice laid out in arrays, or in lists of Python integers."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from talka.matching.engine.compiled import FAST, plain
from talka.matching.engine.solve import paths
from talka.matching.engine.solve.market import Limits, Market, starts_of

if TYPE_CHECKING:
    from talka.matching.engine.solve.assignment import Assignment


class State(NamedTuple):
    """A choice with its prices, ready for searches in which rows enter. The loops change it."""

    cells: paths.Cells
    own: paths.Side
    other: paths.Side
    search: paths.Search


def lay_out(market: Market, choice: "Assignment") -> State:
    """Return a choice within the limits as the loops take it; what is given is not changed."""
    rows, columns = len(market.starts) - 1, len(market.column_limits.most)
    taken, firsts = choice.taken.astype(np.uint8), starts_of(market.column_limits.most)
    table = market.starts, market.columns, market.rows, market.worths, taken, firsts
    row_counts = np.bincount(market.rows[choice.cells], minlength=rows)
    held, column_counts = (np.zeros(length, dtype=np.int64) for length in (int(firsts[-1]) + 1, columns))
    cells = paths.Cells(*ready(market, *table, held))
    chosen, column_counts = ready(market, choice.cells, column_counts)
    function_for(market, paths.seat)(chosen, cells.columns, cells.firsts, column_counts, cells.held)
    return State(
        cells,
        _side(market, market.row_limits, choice.row_prices, *ready(market, row_counts)),
        _side(market, market.column_limits, choice.column_prices, column_counts),
        _search(market, rows + columns),
    )


def _search(market: Market, nodes: int) -> paths.Search:
    """Return what a search among so many nodes writes; the heap has room for twice as many."""
    near, losses = (np.zeros(size, dtype=market.worths.dtype) for size in (nodes, 2 * nodes))
    came, stamp, settled, queue = (np.zeros(nodes, dtype=np.int64) for _ in range(4))
    waiting = np.zeros(2 * nodes, dtype=np.int64)
    return paths.Search(*ready(market, near, came, stamp, settled, queue, losses, waiting))


def _side(market: Market, limits: Limits, prices: np.ndarray, counts: Any) -> paths.Side:
    """Return a side of the market, its prices copied, as the loops change them."""
    most, least, bonus, prices = ready(market, limits.most.copy(), limits.least, limits.bonus, prices.copy())
    return paths.Side(most, least, bonus, prices, counts)


def ready(market: Market, *arrays: np.ndarray) -> tuple[Any, ...]:
    """Return the arrays as the loops take them: as they are when compiled, else lists of Python integers."""
    if FAST and market.worths.dtype == np.int64:
        return arrays
    return tuple(array.tolist() for array in arrays)


def function_for(market: Market, function: Any) -> Any:
    """Return the loop to run: compiled where 64 bits hold every number."""
    return function if FAST and market.worths.dtype == np.int64 else plain(function)
