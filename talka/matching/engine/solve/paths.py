"""Shortest paths that make a near answer exact, or prove what one more place would be worth. Integers only.

Each row that could still gain enters by the path of least loss: to a free place, possibly by moving others
along, or to somebody who stands back. Prices keep every loss along the way at least 0, so that Dijkstra's
method finds the path, and move with it, so that they do so again for the next. Most steps lose nothing: where
they lead is settled at once, and only the others go through a heap. (N. Tomizawa 1971; J. Edmonds
and R. M. Karp 1972; R. K. Ahuja, T. L. Magnanti, J. B. Orlin, Network Flows, 1993, chapter 9.)

Nodes: column j is node j, row i is node `columns + i`. The loops index and add, nothing else: see `auction`.
"""

from typing import Any, NamedTuple

from talka.matching.engine.compiled import compiled, inlined

NOBODY = -1
CHILD_BITS, CHILDREN = 2, 4
"""Of a place in the heap: more than two keep it low, and those of one lie side by side in memory."""


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
    """What a search writes: losses, the cell each node was reached by, and who is to be looked at.

    `near` and `came` hold for a node whose `stamp` is that of the search, and are final if `settled` is too.
    `queue` has the settled nodes, in order. `losses` and `nodes` are a heap of others, the nearest on top,
    where a node stays after a shorter path to it was found.
    """

    near: Any
    came: Any
    stamp: Any
    settled: Any
    queue: Any
    losses: Any
    nodes: Any


@compiled
def seat(taken: Any, columns: Any, firsts: Any, counts: Any, held: Any) -> None:
    """Write down with their columns the cells that are taken, and how many they are."""
    for e in taken:
        column = columns[e]
        held[firsts[column] + counts[column]] = e
        counts[column] += 1


@inlined
def gains(side: Side, node: int) -> Any:
    """Return what one more cell would earn the row or column, beside what the cell itself is worth."""
    if side.counts[node] < side.least[node]:
        return side.prices[node] + side.bonus[node]
    return side.prices[node]


@inlined
def loses(side: Side, node: int) -> Any:
    """Return what its last cell earns the row or column."""
    if side.counts[node] <= side.least[node]:
        return side.prices[node] + side.bonus[node]
    return side.prices[node]


@inlined
def settle(search: Search, node: int, number: int, queued: int) -> int:
    """Put a node that is as near as any can be now into the queue, and return how many are in it."""
    search.settled[node] = number
    search.queue[queued] = node
    return queued + 1


@inlined
def wait(search: Search, node: int, number: int, waiting: int) -> int:
    """Put a node into the heap, and return how many are in it."""
    if waiting == len(search.nodes):
        waiting = tidy(search, number)
    rise(search, waiting, search.near[node], node)
    return waiting + 1


@compiled
def tidy(search: Search, number: int) -> int:
    """Take out of a full heap whom a shorter path has reached since, and return how many are left."""
    waiting = 0
    for place in range(len(search.nodes)):
        loss, node = search.losses[place], search.nodes[place]
        if search.settled[node] != number and search.near[node] == loss:
            rise(search, waiting, loss, node)
            waiting += 1
    return waiting


@inlined
def rise(search: Search, at: int, loss: Any, node: int) -> None:
    """Put a node into the heap at this free place, or further up where it belongs."""
    losses, nodes = search.losses, search.nodes
    while at > 0:
        above = (at - 1) >> CHILD_BITS
        if losses[above] <= loss:
            break
        losses[at] = losses[above]
        nodes[at] = nodes[above]
        at = above
    losses[at] = loss
    nodes[at] = node


@inlined
def sink(search: Search, size: int) -> None:
    """Fill the top of the heap with the node beyond its end."""
    losses, nodes = search.losses, search.nodes
    loss, at = losses[size], 0
    while True:
        below = (at << CHILD_BITS) + 1
        if below >= size:
            break
        for child in range(below + 1, min(below + CHILDREN, size)):
            if losses[child] < losses[below]:
                below = child
        if losses[below] >= loss:
            break
        losses[at] = losses[below]
        nodes[at] = nodes[below]
        at = below
    losses[at] = loss
    nodes[at] = nodes[size]


@inlined
def leave_column(
    cells: Cells,
    own: Side,
    other: Side,
    search: Search,
    node: int,
    loss: Any,
    end: int,
    number: int,
    queued: int,
    waiting: int,
) -> tuple[Any, int, int, int]:
    """Follow every taken cell of a column back to the row that might leave it.

    Return the least loss of a whole path so far, the node where it ends, and the sizes of queue and heap.
    """
    near, stamp, gone = search.near, search.stamp, search.near[node]
    base = gone - other.prices[node]
    for k in range(cells.firsts[node], cells.firsts[node] + other.counts[node]):
        e = cells.held[k]
        row = cells.rows[e]
        far = base + cells.worths[e] - own.prices[row]
        target = len(other.most) + row
        if far >= loss or (stamp[target] == number and far >= near[target]):
            continue
        stamp[target], near[target], search.came[target] = number, far, e
        if far == gone:
            queued = settle(search, target, number, queued)
        else:
            waiting = wait(search, target, number, waiting)
        total = far + loses(own, row)
        if total < loss:
            loss, end = total, target
    return loss, end, queued, waiting


@inlined
def leave_row(
    cells: Cells,
    own: Side,
    other: Side,
    search: Search,
    node: int,
    loss: Any,
    end: int,
    number: int,
    queued: int,
    waiting: int,
) -> tuple[Any, int, int, int]:
    """Follow every cell that a row could take to its column; the answer is that of `leave_column`."""
    near, stamp, gone, row = search.near, search.stamp, search.near[node], node - len(other.most)
    base = gone + own.prices[row]
    for e in range(cells.starts[row], cells.starts[row + 1]):
        column = cells.columns[e]
        far = base - cells.worths[e] + other.prices[column]
        if far >= loss or cells.taken[e] or (stamp[column] == number and far >= near[column]):
            continue
        stamp[column], near[column], search.came[column] = number, far, e
        short = 1
        if other.counts[column] < other.most[column]:
            short = -gains(other, column)
            total = far + max(short, 0)
            if total < loss:
                loss, end = total, column
        if short > 0:
            if far == gone:
                queued = settle(search, column, number, queued)
            else:
                waiting = wait(search, column, number, waiting)
        if loss <= gone:
            break
    return loss, end, queued, waiting


@compiled
def find(
    cells: Cells, own: Side, other: Side, search: Search, source: int, number: int
) -> tuple[Any, int, int]:
    """Return the least loss by which the row enters, the node where that path ends, and how many nodes of
    the queue are nearer than that.

    The row must be counted in already. A path that ends at the row itself leaves it out.
    """
    columns, loss, looked, waiting = len(other.most), loses(own, source), 0, 0
    end = columns + source
    search.stamp[end], search.near[end], search.came[end] = number, 0, NOBODY
    queued = settle(search, end, number, 0)
    while True:
        while looked == queued and waiting > 0 and search.losses[0] < loss:
            node = search.nodes[0]
            waiting -= 1
            sink(search, waiting)
            if search.settled[node] != number:
                queued = settle(search, node, number, queued)
        if looked == queued or search.near[search.queue[looked]] >= loss:
            return loss, end, looked
        node = search.queue[looked]
        looked += 1
        if node < columns:
            loss, end, queued, waiting = leave_column(
                cells, own, other, search, node, loss, end, number, queued, waiting
            )
        else:
            loss, end, queued, waiting = leave_row(
                cells, own, other, search, node, loss, end, number, queued, waiting
            )


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
            loss, end, looked = find(cells, own, other, search, source, number)
            for k in range(looked):
                node = search.queue[k]
                if node < columns:
                    other.prices[node] += loss - search.near[node]
                else:
                    own.prices[node - columns] -= loss - search.near[node]
            walk(cells, own, other, search, source, end)
    return number
