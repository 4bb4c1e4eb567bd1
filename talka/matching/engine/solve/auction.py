"""An auction: comes close to the best choice fast, and leaves prices. Integers only.

The loop indexes and adds, nothing else, so that the same source runs on lists of Python integers and,
compiled, on arrays. (D. P. Bertsekas, The auction algorithm: a distributed relaxation method, 1988; places
with prices of their own: D. P. Bertsekas and D. A. Castañón 1989.)
"""

from typing import Any, NamedTuple

from talka.matching.engine.compiled import compiled, inlined

NOBODY = -1
NOTED = 8
"""So many of its best cells a row notes."""


class Table(NamedTuple):
    """The cells row by row."""

    starts: Any
    columns: Any
    worths: Any


class Places(NamedTuple):
    """The places of column j are `firsts[j]` to `firsts[j + 1]`, a heap with the cheapest first.

    Each has a price and the cell that holds it, or NOBODY, and its row; `cheapest[j]` is the price of the
    cheapest.
    """

    firsts: Any
    prices: Any
    cells: Any
    rows: Any
    cheapest: Any


class Notes(NamedTuple):
    """The best cells of each row when it last looked at all (NOTED or fewer, then NOBODY), best first, with
    their columns and worths.

    No other cell gains more than `bounds` says, for prices never fall. `gains` is for the row that looks.
    """

    cells: Any
    columns: Any
    worths: Any
    bounds: Any
    gains: Any


@compiled
def bid(
    table: Table, places: Places, taken: Any, notes: Notes, waiting: Any, step: Any, long_step: Any
) -> int:
    """Let the waiting rows bid until nobody gains by bidding; return the number of bids.

    A row takes a place in the column it gains most from and pays what leaves it no more than its second
    choice, and a `step` more at least; who held the place bids again. A small step leaves little to repair;
    when rows have bid twice, on average, and still outbid each other, long steps end it, and notes save looks
    at all cells.

    `waiting` is a stack that holds a row once for every cell it may still take. Prices never fall: a row that
    would gain nothing by one more cell never will, and leaves with all it holds on top of the stack.
    """
    waits, bids, patience = len(waiting), 0, 2 * (len(table.starts) - 1)
    while waits > 0:
        waits -= 1
        row = waiting[waits]
        if bids < patience:
            cell, best, second = choose(table, places.cheapest, taken, row)
        else:
            cell, best, second = choose_noted(notes, places.cheapest, taken, row)
            if second < notes.bounds[row]:
                cell, best, second = choose_again(table, notes, places.cheapest, taken, row)
        if cell == NOBODY:
            while waits > 0 and waiting[waits - 1] == row:
                waits -= 1
            continue
        bids += 1
        if bids == patience:
            step = long_step
        column = table.columns[cell]
        first = places.firsts[column]
        loser, outbid = places.cells[first], places.rows[first]
        place(places, column, places.cheapest[column] + max(best - second, step), cell, row)
        taken[cell] = 1
        if loser != NOBODY:
            taken[loser] = 0
            waiting[waits] = outbid
            waits += 1
    return bids


@inlined
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
def choose_again(table: Table, notes: Notes, cheapest: Any, taken: Any, row: int) -> tuple[int, Any, Any]:
    """Return the same as `choose`, and note the best cells for the next time."""
    note(table, notes, cheapest, row)
    return choose(table, cheapest, taken, row)


@inlined
def choose_noted(notes: Notes, cheapest: Any, taken: Any, row: int) -> tuple[int, Any, Any]:
    """Return the same as `choose`, of the cells noted."""
    cell, best, second = NOBODY, 0, 0
    for k in range(row * NOTED, (row + 1) * NOTED):
        if notes.cells[k] == NOBODY:
            break
        gain = notes.worths[k] - cheapest[notes.columns[k]]
        if gain > second and not taken[notes.cells[k]]:
            if gain > best:
                cell, best, second = notes.cells[k], gain, best
            else:
                second = gain
    return cell, best, second


@compiled
def note(table: Table, notes: Notes, cheapest: Any, row: int) -> None:
    """Note the best cells of a row, taken or not."""
    cells, gains, first = notes.cells, notes.gains, row * NOTED
    count, bound = 0, 0
    for e in range(table.starts[row], table.starts[row + 1]):
        gain = table.worths[e] - cheapest[table.columns[e]]
        if gain <= bound:
            continue
        spot = count if count < NOTED else NOTED - 1
        count = min(count + 1, NOTED)
        while spot > 0 and gains[spot - 1] < gain:
            gains[spot] = gains[spot - 1]
            cells[first + spot] = cells[first + spot - 1]
            spot -= 1
        gains[spot] = gain
        cells[first + spot] = e
        if count == NOTED:
            bound = gains[NOTED - 1]
    for k in range(first, first + count):
        notes.columns[k] = table.columns[cells[k]]
        notes.worths[k] = table.worths[cells[k]]
    if count < NOTED:
        cells[first + count] = NOBODY
    notes.bounds[row] = bound


@inlined
def place(places: Places, column: int, price: Any, cell: int, row: int) -> None:
    """Replace the cheapest place of a column."""
    prices, cells, rows = places.prices, places.cells, places.rows
    top, end = places.firsts[column], places.firsts[column + 1]
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
        rows[spot] = rows[child]
        spot = child
    prices[spot] = price
    cells[spot] = cell
    rows[spot] = row
    places.cheapest[column] = prices[top]
