"""One solver on one market in a process of its own, which prints one line of JSON.

    python -m tests.bench.entrant solve OR-Tools loose_10000.npz

Everything is done once on a tiny market before, so that neither imports nor compiling are in the figures.
Times are pairs: seconds on the wall, seconds of processor. Memory is the most there was above libraries and
data.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from talka.matching.engine.solve.again import Standing
from talka.matching.engine.solve.assignment import assign, turned_choice
from talka.matching.engine.solve.audit import is_proved
from talka.matching.engine.solve.ladder import Aim, climb
from talka.matching.engine.solve.whatif import worth_of_another
from tests.bench.markets import Instance, changed, load, relabelled, tiny
from tests.bench.ours import OURS, face
from tests.bench.peers import PEERS, Solver

ROUNDS = 3
"""So often old and new are solved in turn after a change."""
ASKED = 1000
SHARES = (0.001, 0.01)
"""What share of the learners changes."""


def main(task: str, name: str, path: str) -> None:
    """Take a task, and print what was measured."""
    solver = {**OURS, **PEERS}[name]
    TASKS[task](solver, tiny())
    instance = load(Path(path))
    forget_peak()
    before = memory("VmRSS")
    measured = TASKS[task](solver, instance)
    print(json.dumps({**measured, "memory": memory("VmHWM") - before}))  # noqa: T201


def solve(solver: Solver, instance: Instance) -> dict[str, Any]:
    """Return how long it takes to put, to answer and to prove the question, and the answer's worth."""
    ready, build = timed(solver.prepare, instance)
    answer, lasted = timed(solver.solve, ready)
    proved, certify = timed(solver.certify, ready, answer) if solver.certify else (None, (0.0, 0.0))
    taken = solver.read(instance, answer)
    keeps_limits(instance, taken)
    total = int(instance.scores[taken].sum())
    figures = {"build": build, "solve": lasted, "certify": certify}
    return {**figures, "proved": proved, "total": total, "pairs": int(taken.sum())}


def again(_solver: Solver, instance: Instance) -> dict[str, Any]:
    """Return for each share how long a changed market takes from the old answer and from nothing.

    `ready` is what it takes, once, to keep an answer so that it can be changed.
    """
    prepare = OURS["Talka"].prepare
    first = prepare(instance)
    old = assign(first)
    figures: dict[str, Any] = {"shares": list(map(str, SHARES)), "fewest": {}}
    for share in SHARES:
        market = prepare(changed(instance, share, seed=5))
        turns = []
        for _ in range(ROUNDS):
            standing, ready = timed(Standing, first, old)
            warm, kept = timed(standing.change, market.worths)
            cold, scratch = timed(assign, market)
            moved = [int((found.taken & ~old.taken).sum()) for found in (warm, cold)]
            totals = [int(market.worths[found.taken].sum()) for found in (warm, cold)]
            turn = {"ready": ready, "warm": kept, "scratch": scratch, "moved": moved, "totals": totals}
            turns.append({**turn, "proved": is_proved(market, warm) and is_proved(market, cold)})
        figures[str(share)] = turns
        figures["fewest"][str(share)] = fewest_moves(changed(instance, share, seed=5), old.taken)
    return figures


def moves(solver: Solver, instance: Instance) -> dict[str, Any]:
    """Return for each share how many pairs are new when the changed market is solved from nothing."""
    before = solver.read(instance, solver.solve(solver.prepare(instance)))
    figures = {}
    for share in SHARES:
        after = changed(instance, share, seed=5)
        taken = solver.read(after, solver.solve(solver.prepare(after)))
        figures[str(share)] = {"moved": int((taken & ~before).sum()), "total": int(after.scores[taken].sum())}
    return figures


def fewest_moves(instance: Instance, old: np.ndarray) -> int:
    """Return how many pairs are new at least in an answer of the greatest total."""
    aims = Aim("total", instance.scores), Aim("kept", old.astype(np.int64))
    return int((climb(face(instance), aims).taken & ~old).sum())


def order(solver: Solver, instance: Instance) -> dict[str, Any]:
    """Return how many pairs differ when the same people come in another order."""
    shuffled, origins = relabelled(instance, seed=11)
    first, second = (solver.read(one, solver.solve(solver.prepare(one))) for one in (instance, shuffled))
    back = np.zeros_like(first)
    back[origins] = second
    totals = [int(instance.scores[taken].sum()) for taken in (first, back)]
    return {"pairs": int(first.sum()), "differ": int((first & ~back).sum()), "totals": totals}


def another(_solver: Solver, instance: Instance) -> dict[str, Any]:
    """Return who would gain by one place more, of a thousand mentors, and how long one takes to tell."""
    market = OURS["Talka"].prepare(instance)
    best = assign(market)
    turned, choice = market.turned(), turned_choice(market, best)
    some = np.random.default_rng(3).permutation(len(turned.starts) - 1)[:ASKED]
    gains, lasted = timed(worth_of_another, turned, choice, some.tolist())
    return {
        "each": [1000 * clock / len(some) for clock in lasted],
        "gaining": sum(gain > 0 for gain in gains),
    }


def timed(function: Any, *given: Any) -> tuple[Any, tuple[float, float]]:
    """Return what a function returns, and the seconds it took on the wall and of the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    result = function(*given)
    return result, (time.perf_counter() - wall, time.process_time() - processor)


def keeps_limits(instance: Instance, taken: np.ndarray) -> None:
    """Refuse a choice that gives anybody too many or too few."""
    rows = np.bincount(instance.rows[taken], minlength=len(instance.row_most))
    columns = np.bincount(instance.columns[taken], minlength=len(instance.column_most))
    assert (rows <= instance.row_most).all() and (columns <= instance.column_most).all()
    assert (columns >= instance.column_least).all()


def memory(field: str) -> int:
    """Return the MB the process has (VmRSS) or had at most (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) // 1024


def forget_peak() -> None:
    """Let the most the process ever had be what it has now."""
    Path("/proc/self/clear_refs").write_text("5")


TASKS = {"solve": solve, "again": again, "moves": moves, "order": order, "another": another}

if __name__ == "__main__":
    main(*sys.argv[1:])
