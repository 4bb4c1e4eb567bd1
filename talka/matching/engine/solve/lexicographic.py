"""Stage two: numbers to the best answer, level by level, without knowing what they mean.

The order: learners matched by priority, pairs, the worst pair as good as possible, the total, the tie hashes.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from talka.matching.engine.encode.table import Problem
from talka.matching.engine.solve.assign import assign
from talka.matching.engine.solve.tasks import Task, counting_tasks, final_task, value


@dataclass(frozen=True)
class Evidence:
    """The value of a level, and the price of each teacher that proves it."""

    level: str
    value: int
    prices: tuple[int, ...]


@dataclass(frozen=True)
class Solution:
    """The chosen pairs as a table of yes and no (locks apart), and the evidence level by level."""

    chosen: np.ndarray
    evidence: tuple[Evidence, ...]


def solve(problem: Problem) -> Solution:
    """Return the best answer there is, with its evidence."""
    evidence = [_count(level, task) for level, task in counting_tasks(problem)]
    counts = [one.value for one in evidence]
    floor = _highest_floor(problem, counts)
    if floor:
        evidence.append(_why_not_higher(problem, counts, floor))
    task = final_task(problem, floor)
    chosen, prices = assign(task)
    evidence.append(Evidence("total", int(problem.scores[chosen].sum()), _plain(prices)))
    return Solution(chosen, tuple(evidence))


def _count(level: str, task: Task) -> Evidence:
    """Return the greatest count of a counting task, with the prices that prove it."""
    chosen, prices = assign(task)
    return Evidence(level, value(task, chosen), _plain(prices))


def _highest_floor(problem: Problem, counts: list[int]) -> int:
    """Return the highest score the worst pair can have with every count as great; 0 if nobody is matched."""
    if not counts or not counts[-1]:
        return 0
    floors = np.unique(problem.scores[problem.scores > 0])
    low, high = 0, len(floors) - 1
    while low < high:
        middle = (low + high + 1) // 2
        tasks = counting_tasks(problem, int(floors[middle]))
        if all(greatest_flow(task) == count for (_, task), count in zip(tasks, counts, strict=True)):
            low = middle
        else:
            high = middle - 1
    return int(floors[low])


def _why_not_higher(problem: Problem, counts: list[int], floor: int) -> Evidence:
    """Return the floor, with prices that prove some count would fall if it were one point higher."""
    for (_, task), count in zip(counting_tasks(problem, floor + 1), counts, strict=True):
        chosen, prices = assign(task)
        if value(task, chosen) < count:
            return Evidence("worst", floor, _plain(prices))
    raise AssertionError("the floor is not the highest")


def greatest_flow(task: Task) -> int:
    """Return the greatest number of pairs of a counting task: a maximum flow, source 0, sink last."""
    learners, teachers = task.weights.shape
    rows, columns = np.nonzero(task.weights)
    sink = learners + teachers + 1
    starts = np.concatenate((np.zeros(learners, int), rows + 1, np.arange(teachers) + learners + 1))
    ends = np.concatenate((np.arange(learners) + 1, columns + learners + 1, np.full(teachers, sink)))
    room = np.concatenate((task.learner_places, np.ones(len(rows), int), task.teacher_places))
    room = np.minimum(room, learners + teachers).astype(np.int32)
    return int(
        maximum_flow(csr_array((room, (starts, ends)), shape=(sink + 1, sink + 1)), 0, sink).flow_value
    )


def _plain(prices: np.ndarray) -> tuple[int, ...]:
    """Return the prices as Python integers of any size."""
    return tuple(int(price) for price in prices)
