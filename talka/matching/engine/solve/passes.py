"""One look at every cell of a market: a compiled loop where that can be, else numpy, which finds the same.

The loops of `auction` and `paths` look at few cells, so that plain Python can run them. These look at all,
for which it is too slow, and numpy needs several looks. So they are here twice; a test holds one against the
other.
"""

from typing import Any

import numpy as np

from talka.matching.engine.compiled import compiled


@compiled
def turn(starts: Any, columns: Any, worths: Any, spots: Any, found: Any) -> None:
    """Put every cell where its column has its next one; `spots` says where each column begins."""
    order, rows, turned = found
    for row in range(len(starts) - 1):
        for e in range(starts[row], starts[row + 1]):
            spot = spots[columns[e]]
            spots[columns[e]] = spot + 1
            order[spot], rows[spot], turned[spot] = e, row, worths[e]


def turn_at_once(starts: Any, columns: Any, worths: Any, _spots: Any, found: Any) -> None:
    """Do the same as `turn`."""
    order, rows, turned = found
    order[:] = np.argsort(columns, kind="stable")
    rows[:] = np.repeat(np.arange(len(starts) - 1), np.diff(starts))[order]
    turned[:] = worths[order]


@compiled
def settle(
    cells: Any, column_prices: Any, least: Any, bonus: Any, lowest: Any, prices: Any, kept: Any
) -> None:
    """Find the least prices at which no row wants a cell it has not, and the cells still wanted at them.

    A row with no more cells than earn a bonus may lose all of that. `lowest` is below any gain.
    """
    starts, columns, worths, taken = cells
    for row in range(len(starts) - 1):
        count, price = 0, lowest
        for e in range(starts[row], starts[row + 1]):
            if taken[e]:
                count += 1
            else:
                price = max(price, worths[e] - column_prices[columns[e]])
        price = max(price, 0 if least[row] == 0 or count > least[row] else -bonus[row])
        prices[row] = price
        for e in range(starts[row], starts[row + 1]):
            kept[e] = taken[e] and worths[e] - column_prices[columns[e]] >= price


def settle_at_once(
    cells: Any, column_prices: Any, least: Any, bonus: Any, lowest: Any, prices: Any, kept: Any
) -> None:
    """Do the same as `settle`."""
    starts, columns, worths, taken = cells
    gains, sizes = worths - column_prices[columns], np.diff(starts)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    counts = np.bincount(rows[taken], minlength=len(sizes))
    prices[:] = np.where((least == 0) | (counts > least), 0, -bonus)
    some = np.flatnonzero(sizes)
    if len(some):
        offers = np.where(taken, np.full_like(gains, lowest), gains)
        prices[some] = np.maximum(prices[some], np.maximum.reduceat(offers, starts[some]))
    kept[:] = taken & (gains >= prices[rows])


@compiled
def sift(cells: Any, row_prices: Any, lowest: Any, reach: Any, found: Any) -> int:
    """Find the cells that are taken or lose less than `reach` when their column costs the lowest it may.

    Return how many they are.
    """
    starts, columns, worths, taken = cells
    count = 0
    for row in range(len(starts) - 1):
        least = row_prices[row] - reach
        for e in range(starts[row], starts[row + 1]):
            if taken[e] or worths[e] - lowest[columns[e]] > least:
                found[count] = e
                count += 1
    return count


def sift_at_once(cells: Any, row_prices: Any, lowest: Any, reach: Any, found: Any) -> int:
    """Do the same as `sift`."""
    starts, columns, worths, taken = cells
    least = np.repeat(row_prices - reach, np.diff(starts))
    some = np.flatnonzero(taken | (worths - lowest[columns] > least))
    found[: len(some)] = some
    return len(some)


AT_ONCE = {turn: turn_at_once, settle: settle_at_once, sift: sift_at_once}
"""What numpy does instead of each loop."""
