"""Pairs that would both rather have each other than what they have. (D. Gale, L. S. Shapley 1962.)

The best total does not promise that there are none; the office sees them before anything is published.
"""

import numpy as np

from talka.matching.engine.solve.market import Limits, Market


def blocking_cells(
    market: Market, taken: np.ndarray, row_likes: np.ndarray, column_likes: np.ndarray
) -> np.ndarray:
    """Return which cells are not taken although row and column would both gain by taking them.

    `row_likes` and `column_likes` say for each cell how much its row and its column like it. Who has a place
    free gains by any cell liked above 0, who has none by one liked more than the least liked they have.
    """
    row_least = _least(market.rows, market.row_limits, taken, row_likes)
    column_least = _least(market.columns, market.column_limits, taken, column_likes)
    wanted = (row_likes > row_least[market.rows]) & (column_likes > column_least[market.columns])
    blocking: np.ndarray = ~taken & wanted
    return blocking


def _least(places: np.ndarray, limits: Limits, taken: np.ndarray, likes: np.ndarray) -> np.ndarray:
    """Return what each would give up for a better cell: nothing with a place free, all there is without
    any.
    """
    counts = np.bincount(places[taken], minlength=len(limits.most))
    most_liked = np.iinfo(np.int64).max
    least = np.full(len(limits.most), most_liked)
    np.minimum.at(least, places[taken], likes[taken])
    least[counts < limits.most] = 0
    return least
