"""Shortest paths that make a near answer exact, or prove what one more place would be worth. Integers only.

Each row that could still gain enters by the path of least loss: to a free place, possibly by moving others
along, or to somebody who stands back. Prices keep every loss along the way at least 0, so that Dijkstra's
method finds the path, and move with it, so that they do so again for the next. (N. Tomizawa 1971; J. Edmonds
and R. M. Karp 1972; R. K. Ahuja, T. L. Magnanti, J. B. Orlin, Network Flows, 1993, chapter 9.)

Nodes: column j is node j, row i is node `columns + i`. The loops index and add, nothing else: see `auction`.
"""

from typing import Any, NamedTuple

from talka.matching.engine.compiled import compiled

NOBODY = -1
SETTLED = -1
ENDS_HERE = -2


class Side(NamedTuple):
    """Limits, prices and counts of the rows, or of the columns."""

    most: Any
    least: Any
    bonus: Any
    prices: Any
    counts: Any


class Cells(NamedTuple):
    """The cells, and which are taken: `held[firsts[j]:firsts[j] + counts[j]]` are those taken in column j."""

    starts: Any
    columns: Any
    rows: Any
    worths: Any
    taken: Any
    firsts: Any
    held: Any


class Search(NamedTuple):
    """What a search writes: losses, the cell each node was reached by, the heap and each node's spot in it.

    `near` and `came` hold for a node whose `stamp` is that of the search.
    """

    near: Any
    came: Any
    stamp: Any
    spot: Any
    heap: Any
    settled: Any


@compiled
def seat(taken: Any, columns: Any, firsts: Any, counts: Any, held: Any) -> None:
    """Write down with their columns the cells that are taken, and how many they are."""
    for e in taken:
        column = columns[e]
        held[firsts[column] + counts[column]] = e
        counts[column] += 1


@compiled
def gains(side: Side, node: int) -> Any:
    """Return what one more cell would earn the row or column, beside what the cell itself is worth."""
    if side.counts[node] < side.least[node]:
        return side.prices[node] + side.bonus[node]
    return side.prices[node]


@compiled
def loses(side: Side, node: int) -> Any:
    """Return what its last cell earns the row or column."""
    if side.counts[node] <= side.least[node]:
        return side.prices[node] + side.bonus[node]
    return side.prices[node]


@compiled
def rise(search: Search, at: int) -> None:
    """Move the node at this spot of the heap up to where it belongs."""
    near, spot, heap = search.near, search.spot, search.heap
    node = heap[at]
    while at > 0:
        above = (at - 1) >> 1
        if near[heap[above]] <= near[node]:
            break
        heap[at] = heap[above]
        spot[heap[at]] = at
        at = above
    heap[at] = node
    spot[node] = at


@compiled
def sink(search: Search, size: int) -> None:
    """Fill the top of the heap with the node beyond its end."""
    near, spot, heap = search.near, search.spot, search.heap
    node = heap[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and near[heap[child + 1]] < near[heap[child]]:
            child += 1
        if near[heap[child]] >= near[node]:
            break
        heap[at] = heap[child]
        spot[heap[at]] = at
        at = child
    heap[at] = node
    spot[node] = at


@compiled
def reach(search: Search, node: int, loss: Any, cell: int, number: int, size: int) -> int:
    """Note a shorter path to a node and return the new size of the heap."""
    known = search.stamp[node] == number and search.spot[node] >= 0
    search.stamp[node] = number
    search.near[node] = loss
    search.came[node] = cell
    if known:
        rise(search, search.spot[node])
        return size
    search.heap[size] = node
    rise(search, size)
    return size + 1


@compiled
def leave_column(
    cells: Cells,
    own: Side,
    other: Side,
    search: Search,
    node: int,
    loss: Any,
    end: int,
    number: int,
    size: int,
) -> tuple[Any, int, int]:
    """Follow every taken cell of a column back to the row that might leave it.

    Return the least loss of a whole path so far, the node where it ends, and the size of the heap.
    """
    near, stamp, spot = search.near, search.stamp, search.spot
    base = near[node] - other.prices[node]
    for k in range(cells.firsts[node], cells.firsts[node] + other.counts[node]):
        e = cells.held[k]
        row = cells.rows[e]
        far = base + cells.worths[e] - own.prices[row]
        target = len(other.most) + row
        if far >= loss or (stamp[target] == number and (far >= near[target] or spot[target] == SETTLED)):
            continue
        size = reach(search, target, far, e, number, size)
        total = far + loses(own, row)
        if total < loss:
            loss, end = total, target
    return loss, end, size


@compiled
def leave_row(
    cells: Cells,
    own: Side,
    other: Side,
    search: Search,
    node: int,
    loss: Any,
    end: int,
    number: int,
    size: int,
) -> tuple[Any, int, int]:
    """Follow every cell that a row could take to its column; the answer is that of `leave_column`."""
    near, stamp, spot = search.near, search.stamp, search.spot
    gone, row = near[node], node - len(other.most)
    base = gone + own.prices[row]
    for e in range(cells.starts[row], cells.starts[row + 1]):
        column = cells.columns[e]
        far = base - cells.worths[e] + other.prices[column]
        if far >= loss or cells.taken[e]:
            continue
        if stamp[column] == number and (far >= near[column] or spot[column] == SETTLED):
            continue
        short = 1
        if other.counts[column] < other.most[column]:
            short = -gains(other, column)
            total = far + max(short, 0)
            if total < loss:
                loss, end = total, column
        if short > 0:
            size = reach(search, column, far, e, number, size)
        else:
            stamp[column], near[column], search.came[column], spot[column] = number, far, e, ENDS_HERE
        if loss <= gone:
            break
    return loss, end, size


@compiled
def find(
    cells: Cells, own: Side, other: Side, search: Search, source: int, number: int
) -> tuple[Any, int, int]:
    """Return the least loss by which the row enters, the node where that path ends, and how many were
    settled.

    The row must be counted in already. A path that ends at the row itself leaves it out.
    """
    columns = len(other.most)
    end = columns + source
    loss = loses(own, source)
    size = reach(search, end, 0, NOBODY, number, 0)
    settled = 0
    while size > 0 and search.near[search.heap[0]] < loss:
        node = search.heap[0]
        size -= 1
        if size > 0:
            sink(search, size)
        search.spot[node] = SETTLED
        search.settled[settled] = node
        settled += 1
        if node < columns:
            loss, end, size = leave_column(cells, own, other, search, node, loss, end, number, size)
        else:
            loss, end, size = leave_row(cells, own, other, search, node, loss, end, number, size)
    return loss, end, settled


@compiled
def walk(cells: Cells, own: Side, other: Side, search: Search, source: int, end: int) -> None:
    """Take and leave cells along the path back from its end to the row that enters."""
    columns = len(other.most)
    if end >= columns:
        own.counts[end - columns] -= 1
    while end != columns + source:
        e = search.came[end]
        if end < columns:
            cells.taken[e] = 1
            cells.held[cells.firsts[end] + other.counts[end]] = e
            other.counts[end] += 1
            end = columns + cells.rows[e]
        else:
            end = cells.columns[e]
            cells.taken[e] = 0
            k = cells.firsts[end]
            while cells.held[k] != e:
                k += 1
            other.counts[end] -= 1
            cells.held[k] = cells.held[cells.firsts[end] + other.counts[end]]


@compiled
def enter(cells: Cells, own: Side, other: Side, search: Search, low: int, high: int, number: int) -> int:
    """Bring in every row from `low` to `high` that still gains; return the number of the last search."""
    columns = len(other.most)
    for source in range(low, high):
        while own.counts[source] < own.most[source] and gains(own, source) > 0:
            number += 1
            own.counts[source] += 1
            loss, end, settled = find(cells, own, other, search, source, number)
            for k in range(settled):
                node = search.settled[k]
                if node < columns:
                    other.prices[node] += loss - search.near[node]
                else:
                    own.prices[node - columns] -= loss - search.near[node]
            walk(cells, own, other, search, source, end)
    return number
