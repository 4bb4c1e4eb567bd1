"""The heap of a search, in which nodes stay after a shorter path to them was found."""

from random import Random

from talka.matching.engine.compiled import plain
from talka.matching.engine.solve import paths

NODES, NUMBER = 40, 1


def empty_search():
    """Return a search among a few nodes, of which none is reached."""
    whole = [[0] * NODES for _ in range(5)]
    return paths.Search(*whole, losses=[0] * (2 * NODES), nodes=[0] * (2 * NODES))


def taken_out(search, waiting):
    """Yield the nodes in the order in which the heap gives them, those settled before left out."""
    while waiting:
        node = search.nodes[0]
        waiting -= 1
        plain(paths.sink)(search, waiting)
        if search.settled[node] != NUMBER:
            search.settled[node] = NUMBER
            yield node


def test_a_full_heap_makes_room_and_forgets_nobody():
    dice, search, waiting, reached = Random(5), empty_search(), 0, 0
    for loss in range(1000, 0, -1):
        node = dice.randrange(NODES)
        search.stamp[node], search.near[node] = NUMBER, loss
        waiting = plain(paths.wait)(search, node, NUMBER, waiting)
        reached += 1
    assert reached > len(search.nodes) >= waiting

    nodes = list(taken_out(search, waiting))

    assert sorted(nodes) == list(range(NODES))
    assert nodes == sorted(nodes, key=lambda node: search.near[node])
