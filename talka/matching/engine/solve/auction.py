"""An auction: comes close to the best choice fast, and leaves prices. Integers only.

The loop indexes and adds, nothing else, so that the same source runs on lists of Python integers and,
compiled, on arrays. (D. P. Bertsekas, The auction algorithm: a distributed relaxation method, 1988; places
with prices of their own: D. P. Bertsekas and D. A. Castañón 1989.)
"""

from typing import Any, NamedTuple

from talka.matching.engine.compiled import compiled

NOBODY = -1


class Table(NamedTuple):
    """The cells row by row, and how many each row may take."""

    starts: Any
    columns: Any
    rows: Any
    worths: Any
    most: Any


class Places(NamedTuple):
    """The places of column j are `firsts[j]` to `firsts[j + 1]`, a heap with the cheapest first.

    Each has a price and the cell that holds it, or NOBODY; `cheapest[j]` is the price of the cheapest.
    """

    firsts: Any
    prices: Any
    cells: Any
    cheapest: Any


class Held(NamedTuple):
    """Which cells are taken, how many each row has, and which rows sleep."""

    taken: Any
    counts: Any
    asleep: Any


@compiled
def bid(table: Table, places: Places, held: Held, waiting: Any, step: Any, long_step: Any) -> int:
    """Let the waiting rows bid until nobody gains by bidding; return the number of bids.

    A row takes a place in the column it gains most from and pays what leaves it no more than its second
    choice, and a `step` more at least; who held the place bids again. A row that would gain nothing sleeps
    until it is outbid. A small step leaves little to repair; when rows have bid twice, on average, and still
    outbid each other, long steps end it. `waiting` is a stack that holds a row at most once.
    """
    waits, bids, patience = len(waiting), 0, 2 * len(table.most)
    while waits > 0:
        waits -= 1
        row = waiting[waits]
        cell, best, second = choose(table, places.cheapest, held.taken, row)
        if cell == NOBODY:
            held.asleep[row] = 1
            continue
        bids += 1
        if bids == patience:
            step = long_step
        column = table.columns[cell]
        loser = places.cells[places.firsts[column]]
        place(places, column, places.cheapest[column] + max(best - second, step), cell)
        held.taken[cell] = 1
        held.counts[row] += 1
        if loser != NOBODY:
            held.taken[loser] = 0
            outbid = table.rows[loser]
            if held.asleep[outbid] or held.counts[outbid] >= table.most[outbid]:
                held.asleep[outbid] = 0
                waiting[waits] = outbid
                waits += 1
            held.counts[outbid] -= 1
        if held.counts[row] < table.most[row]:
            waiting[waits] = row
            waits += 1
    return bids


@compiled
def choose(table: Table, cheapest: Any, taken: Any, row: int) -> tuple[int, Any, Any]:
    """Return the cell by which the row gains most, what that is, and what the second choice would gain.

    Nothing is gained by staying out, and nobody chooses less.
    """
    cell, best, second = NOBODY, 0, 0
    for e in range(table.starts[row], table.starts[row + 1]):
        gain = table.worths[e] - cheapest[table.columns[e]]
        if gain > second and not taken[e]:
            if gain > best:
                cell, best, second = e, gain, best
            else:
                second = gain
    return cell, best, second


@compiled
def place(places: Places, column: int, price: Any, cell: int) -> None:
    """Replace the cheapest place of a column."""
    prices, cells, top, end = places.prices, places.cells, places.firsts[column], places.firsts[column + 1]
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
    places.cheapest[column] = prices[top]
