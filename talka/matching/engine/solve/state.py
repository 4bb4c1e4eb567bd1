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
    firsts = starts_of(market.column_limits.most)
    cells = np.flatnonzero(choice.taken)
    row_counts = np.bincount(market.rows[cells], minlength=rows)
    column_counts = np.bincount(market.columns[cells], minlength=columns)
    held = np.zeros(int(firsts[-1]) + 1, dtype=np.int64)
    cells = cells[np.argsort(market.columns[cells], kind="stable")]
    within = np.arange(len(cells)) - np.repeat(starts_of(column_counts)[:-1], column_counts)
    held[firsts[market.columns[cells]] + within] = cells
    taken = choice.taken.astype(np.uint8)
    table = (market.starts, market.columns, market.rows, market.worths, taken, firsts, held)
    near = np.zeros(rows + columns, dtype=market.worths.dtype)
    return State(
        paths.Cells(*ready(market, *table)),
        paths.Side(*ready(market, *_side(market.row_limits, choice.row_prices, row_counts))),
        paths.Side(*ready(market, *_side(market.column_limits, choice.column_prices, column_counts))),
        paths.Search(*ready(market, near, *(np.zeros(rows + columns, dtype=np.int64) for _ in range(5)))),
    )


def _side(limits: Limits, prices: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return the fields of a side of the market, copied where the loops change them."""
    return limits.most.copy(), limits.least, limits.bonus, prices.copy(), counts.astype(np.int64)


def ready(market: Market, *arrays: np.ndarray) -> tuple[Any, ...]:
    """Return the arrays as the loops take them: as they are when compiled, else lists of Python integers."""
    if FAST and market.worths.dtype == np.int64:
        return arrays
    return tuple(array.tolist() for array in arrays)


def function_for(market: Market, function: Any) -> Any:
    """Return the loop to run: compiled where 64 bits hold every number."""
    return function if FAST and market.worths.dtype == np.int64 else plain(function)
