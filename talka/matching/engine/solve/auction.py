"""An auction: comes close to the best choice fast, and leaves prices. Integers only.

The loop indexes and adds, nothing else, so that the same source runs on lists of Python integers and,
compiled, on arrays. (D. P. Bertsekas, The auction algorithm: a distributed relaxation method, 1988; places
with prices of their own: D. P. Bertsekas and D. A. Castañón 1989.)
"""

from typing import Any

from talka.matching.engine.compiled import compiled

NOBODY = -1


@compiled
def bid(
    starts: Any,
    columns: Any,
    worths: Any,
    rows: Any,
    most: Any,
    firsts: Any,
    place_prices: Any,
    place_cells: Any,
    prices: Any,
    taken: Any,
    counts: Any,
    asleep: Any,
    waiting: Any,
    step: Any,
) -> int:
    """Let the waiting rows bid until nobody gains by bidding; return the number of bids.

    The places of column j are `firsts[j]` to `firsts[j + 1]`, a heap with the cheapest first, whose price is
    `prices[j]`. A row takes a place in the column it gains most from and pays what leaves it a `step` less
    than its second choice; who held the place bids again. A row that would gain nothing sleeps until it is
    outbid. `waiting` is a stack that holds a row at most once.
    """
    waits = len(waiting)
    bids = 0
    while waits > 0:
        waits -= 1
        row = waiting[waits]
        best, second, cell = 0, 0, NOBODY
        for e in range(starts[row], starts[row + 1]):
            gain = worths[e] - prices[columns[e]]
            if gain > second and not taken[e]:
                if gain > best:
                    best, second, cell = gain, best, e
                else:
                    second = gain
        if cell == NOBODY:
            asleep[row] = 1
            continue
        bids += 1
        column = columns[cell]
        top, end = firsts[column], firsts[column + 1]
        loser = place_cells[top]
        place(place_prices, place_cells, top, end, prices[column] + best - second + step, cell)
        prices[column] = place_prices[top]
        taken[cell] = 1
        counts[row] += 1
        if loser != NOBODY:
            taken[loser] = 0
            outbid = rows[loser]
            if asleep[outbid] or counts[outbid] >= most[outbid]:
                asleep[outbid] = 0
                waiting[waits] = outbid
                waits += 1
            counts[outbid] -= 1
        if counts[row] < most[row]:
            waiting[waits] = row
            waits += 1
    return bids


@compiled
def place(prices: Any, cells: Any, top: int, end: int, price: Any, cell: int) -> None:
    """Replace the cheapest place of a heap that lies from `top` to `end`."""
    spot = top
    while True:
        child = top + 2 * (spot - top) + 1
        if child >= end:
            break
        if child + 1 < end and prices[child + 1] < prices[child]:
            child += 1
        if prices[child] >= price:
            break
        prices[spot] = prices[child]
        cells[spot] = cells[child]
        spot = child
    prices[spot] = price
    cells[spot] = cell
