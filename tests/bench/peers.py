"""The solvers of others, each asked the same question in the form it likes best.

`prepare` and `solve` are timed; `read` is not, and says which pairs of the market were chosen. Learners may
stay without a mentor, which is worth 0. Libraries are imported where they are used: some cannot share a
process, and no two solvers ever run in one.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from tests.bench.markets import Instance

FORCED = 1 << 20
"""More than any score: what a pair earns that fills a place which must be filled."""


class Solver(NamedTuple):
    """How the question is put, asked, and its answer read; and how the answer is proved, if it can be."""

    prepare: Callable[[Instance], Any]
    solve: Callable[[Any], Any]
    read: Callable[[Instance, Any], np.ndarray]
    certify: Callable[[Any, Any], bool] | None = None


def taken_of(instance: Instance, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return which pairs of the market these are; those of no score are left out."""
    width = len(instance.column_most)
    known = instance.rows.astype(np.int64) * width + instance.columns
    asked = rows.astype(np.int64) * width + columns
    taken = np.zeros(len(known), dtype=bool)
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    taken[at[known[at] == asked]] = True
    return taken


def owners(instance: Instance) -> np.ndarray:
    """Return the mentor of each single place."""
    return np.repeat(np.arange(len(instance.column_most)), instance.column_most)


def by_place(instance: Instance) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return learner, place and score of each pair, once for each place of the mentor."""
    firsts = np.cumsum(instance.column_most) - instance.column_most
    times = instance.column_most[instance.columns]
    begins = np.repeat(np.cumsum(times) - times, times)
    places = np.repeat(firsts[instance.columns], times) + np.arange(times.sum()) - begins
    return np.repeat(instance.rows, times), places, np.repeat(instance.scores, times)


def prepare_flow(instance: Instance) -> tuple[Any, np.ndarray]:
    """Build OR-Tools' network: learners send, whoever stays without a mentor goes straight to the end."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    learners, mentors = len(instance.row_most), len(instance.column_most)
    network, end = SimpleMinCostFlow(), learners + mentors
    add = network.add_arcs_with_capacity_and_unit_cost
    pairs = add(instance.rows, instance.columns + learners, np.ones_like(instance.scores), -instance.scores)
    senders, takers = np.split(np.arange(end, dtype=np.int32), [learners])
    add(senders, np.full_like(senders, end), instance.row_most, np.zeros(learners, dtype=np.int64))
    least, costs = instance.column_least, np.zeros(mentors, dtype=np.int64)
    add(takers, np.full_like(takers, end), instance.column_most - least, costs)
    if least.any():
        add(takers, np.full_like(takers, end), least, costs - FORCED)
    network.set_nodes_supplies(senders, instance.row_most)
    network.set_node_supply(end, -int(instance.row_most.sum()))
    return network, pairs


def solve_flow(ready: tuple[Any, np.ndarray]) -> np.ndarray:
    """Return the flow of each pair."""
    network, pairs = ready
    assert network.solve() == network.OPTIMAL
    return network.flows(pairs)


def prepare_transport(instance: Instance) -> tuple[np.ndarray, np.ndarray, Any]:
    """Build POT's problem of transport, with one learner and one mentor more who take what is left over."""
    learners, mentors = len(instance.row_most), len(instance.column_most)
    supply = np.append(instance.row_most, instance.column_most.sum()).astype(np.float64)
    demand = np.append(instance.column_most, instance.row_most.sum()).astype(np.float64)
    top = float(instance.scores.max()) + 1
    rows = np.concatenate([instance.rows, np.arange(learners), np.full(mentors + 1, learners)])
    columns = np.concatenate([instance.columns, np.full(learners, mentors), np.arange(mentors + 1)])
    costs = np.concatenate([top - instance.scores, np.full(learners + mentors + 1, top)])
    return supply, demand, sparse.coo_array((costs, (rows, columns)), shape=(learners + 1, mentors + 1))


def solve_transport(ready: tuple[np.ndarray, np.ndarray, Any]) -> Any:
    """Return what is transported."""
    import ot

    return ot.lp.emd(*ready, numItermax=10**9)


def read_transport(instance: Instance, plan: Any) -> np.ndarray:
    """Return the pairs between which something is transported; POT knows no limit of one a pair."""
    plan = sparse.coo_array(plan)
    learners, mentors = len(instance.row_most), len(instance.column_most)
    real = (plan.data > 0.5) & (plan.row < learners) & (plan.col < mentors)
    assert plan.data[real].max() < 1.5
    return taken_of(instance, plan.row[real], plan.col[real])


def prepare_table(instance: Instance) -> np.ndarray:
    """Build the table of all scores, a column for each place."""
    table = np.zeros((len(instance.row_most), len(instance.column_most)), dtype=np.int64)
    table[instance.rows, instance.columns] = instance.scores
    return table[:, owners(instance)]


def prepare_costs(instance: Instance) -> np.ndarray:
    """Build the table of costs."""
    table = prepare_table(instance)
    return (table.max() - table).astype(np.float64)


def solve_scipy_dense(table: np.ndarray) -> Any:
    """Return row and column of each cell chosen."""
    from scipy.optimize import linear_sum_assignment

    return linear_sum_assignment(table, maximize=True)


def solve_lapx(costs: np.ndarray) -> Any:
    """Return row and column of each cell chosen."""
    import lap

    found, _ = lap.lapjv(costs, extend_cost=True, return_cost=False)
    return np.flatnonzero(found >= 0), found[found >= 0]


def solve_lapcpp(costs: np.ndarray) -> Any:
    """Return row and column of each cell chosen."""
    import lapcpp

    return lapcpp.lapjv(costs, extend_cost=True, return_cost=False)


def read_places(instance: Instance, chosen: Any) -> np.ndarray:
    """Return the pairs from learners and places; what lies beyond the places is nobody."""
    rows, places = (np.asarray(side) for side in chosen)
    held = owners(instance)
    real = places < len(held)
    return taken_of(instance, rows[real], held[places[real]])


def prepare_wide(instance: Instance) -> Any:
    """Build scipy's sparse table: a place for each learner to stay out, so that everybody can be placed."""
    rows, places, scores = by_place(instance)
    learners, width = len(instance.row_most), int(instance.column_most.sum())
    top = int(instance.scores.max()) + 1
    rows = np.concatenate([rows, np.arange(learners)])
    places = np.concatenate([places, width + np.arange(learners)])
    costs = np.concatenate([top - scores, np.full(learners, top)])
    return sparse.csr_array((costs, (rows, places)), shape=(learners, width + learners))


def solve_scipy_sparse(table: Any) -> Any:
    """Return row and column of each cell chosen."""
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    return min_weight_full_bipartite_matching(table)


def prepare_square(instance: Instance) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    """Build lapmod's sparse square: the market and its mirror image at no cost, joined by who stays out."""
    rows, places, scores = by_place(instance)
    learners, width = len(instance.row_most), int(instance.column_most.sum())
    size, top = learners + width, int(instance.scores.max()) + 1
    staying, idle = np.arange(learners), np.arange(width)
    at = (
        np.concatenate([rows, staying, learners + idle, learners + places]),
        np.concatenate([places, width + staying, idle, width + rows]),
    )
    costs = np.zeros(len(at[0]))
    costs[: len(scores) + learners] = top
    costs[: len(scores)] -= scores
    table = sparse.csr_array((costs, at), shape=(size, size))
    table.sort_indices()
    return size, table.data, table.indptr.astype(np.int32), table.indices.astype(np.int32)


def solve_lapmod(ready: tuple[Any, ...]) -> Any:
    """Return row and column of each cell chosen."""
    import lap

    found, _ = lap.lapmod(*ready, return_cost=False)
    return np.arange(ready[0]), np.asarray(found)


def read_square(instance: Instance, chosen: Any) -> np.ndarray:
    """Return the pairs; rows beyond the learners are the mirror's."""
    learners = len(instance.row_most)
    return read_places(instance, (chosen[0][:learners], chosen[1][:learners]))


def prepare_lists(instance: Instance) -> tuple[list[list[tuple[int, int]]], bool]:
    """Build kwok's lists of neighbours, for the side that has fewer, and say whether that is the places."""
    rows, places, scores = by_place(instance)
    sizes = len(instance.row_most), int(instance.column_most.sum())
    few = sizes[1] < sizes[0]
    own, other = (places, rows) if few else (rows, places)
    lists: list[list[tuple[int, int]]] = [[] for _ in range(min(sizes))]
    for one, another, score in zip(own.tolist(), other.tolist(), scores.tolist(), strict=True):
        lists[one].append((another, score))
    return lists, few


def solve_kwok(ready: tuple[list[list[tuple[int, int]]], bool]) -> Any:
    """Return row and column of each cell chosen."""
    from kwok import kwok

    found = np.array(kwok(ready[0]).left_pairs)
    some = np.flatnonzero(found >= 0)
    return (found[some], some) if ready[1] else (some, found[some])


def prepare_program(instance: Instance) -> Any:
    """Build HiGHS's linear program: a variable a pair, a line for each learner and each mentor."""
    from scipy.optimize import Bounds, LinearConstraint

    pairs, learners = np.arange(len(instance.rows)), len(instance.row_most)
    at = np.concatenate([instance.rows, instance.columns + learners]), np.concatenate([pairs, pairs])
    lines = sparse.csc_array((np.ones(2 * len(pairs)), at))
    least = np.concatenate([np.zeros(learners), instance.column_least])
    most = np.concatenate([instance.row_most, instance.column_most])
    return {
        "c": -instance.scores.astype(np.float64),
        "bounds": Bounds(0, 1),
        "constraints": LinearConstraint(lines, least, most),
    }


def solve_highs(ready: Any) -> np.ndarray:
    """Return how much of each pair is chosen: whole numbers, as the table of such a program is unimodular."""
    from scipy.optimize import milp

    found = milp(**ready)
    assert found.success
    return found.x


def read_amounts(_instance: Instance, amounts: np.ndarray) -> np.ndarray:
    """Return the pairs of which there is something."""
    return amounts > 0.5


PEERS = {
    "OR-Tools": Solver(prepare_flow, solve_flow, read_amounts),
    "POT": Solver(prepare_transport, solve_transport, read_transport),
    "kwok": Solver(prepare_lists, solve_kwok, read_places),
    "lapmod": Solver(prepare_square, solve_lapmod, read_square),
    "scipy sparse": Solver(prepare_wide, solve_scipy_sparse, read_places),
    "scipy dense": Solver(prepare_table, solve_scipy_dense, read_places),
    "lapx": Solver(prepare_costs, solve_lapx, read_places),
    "lapcpp": Solver(prepare_costs, solve_lapcpp, read_places),
    "HiGHS": Solver(prepare_program, solve_highs, read_amounts),
}
