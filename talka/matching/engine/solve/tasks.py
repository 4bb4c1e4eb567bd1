"""What each level of "best" means in numbers. Solver and checker both read it; neither decides it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from talka.matching.engine.encode.table import TIE_BITS, Problem


@dataclass(frozen=True)
class Task:
    """Choose pairs of greatest value: the sum of their weights, and `firsts[i]` if learner i gets any at all.

    A weight of 0 means the pair is not allowed. Weights are Python integers when 64 bits would not hold them.
    """

    weights: np.ndarray
    firsts: np.ndarray
    learner_places: np.ndarray
    teacher_places: np.ndarray


def counting_tasks(problem: Problem, floor: int = 0) -> Iterator[tuple[str, Task]]:
    """Yield a task for each count that is to be as great as possible, the most urgent first.

    First the learners matched of priority 1, then of 1 and 2, and so on; then, where learners may have
    several teachers, all pairs. The counts are nested boxes of one polymatroid (a flow from learners to
    teachers): the best of a later one never asks to give up the best of an earlier, so each is solved alone.
    Pairs that score below the floor are left out.
    """
    pairs = ((problem.scores > 0) & (problem.scores >= floor)).astype(np.int64)
    waiting = np.where(problem.seated, 0, np.minimum(problem.learner_places, 1))
    firsts = np.zeros_like(waiting)
    for priority in np.unique(problem.priorities):
        places = np.where(problem.priorities <= priority, waiting, 0)
        yield f"matched_{priority}", Task(pairs, firsts, places, problem.teacher_places)
    if (problem.learner_places > waiting).any():
        yield "pairs", Task(pairs, firsts, problem.learner_places, problem.teacher_places)


def final_task(problem: Problem, floor: int) -> Task:
    """Return the task whose greatest value has the best counts, then total, then tie hashes.

    Every level is one unit greater than all the levels below it can add up to, so one number holds them all.
    """
    scores = np.where(problem.scores >= floor, problem.scores, 0)
    most_pairs = int(min(problem.learner_places.sum(), problem.teacher_places.sum()))
    point = (most_pairs << TIE_BITS) + 1
    pair = point * (most_pairs * int(scores.max(initial=0)) + 1)
    step = pair * (most_pairs + 1)
    waiting = ~problem.seated
    firsts = np.zeros(len(waiting), dtype=object)
    for priority in np.unique(problem.priorities)[::-1]:
        firsts[waiting & (problem.priorities == priority)] = step
        step *= most_pairs + 1
    weights = np.where(scores > 0, scores.astype(object) * point + problem.ties + pair, 0)
    return Task(weights, firsts, problem.learner_places, problem.teacher_places)


def value(task: Task, chosen: np.ndarray) -> int:
    """Return what the chosen pairs are worth in the task."""
    return int(task.weights[chosen].sum()) + int(task.firsts[chosen.any(axis=1)].sum())
