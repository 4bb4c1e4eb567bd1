"""The kernel: the best assignment of a task, by successive shortest paths, in integers only.

Learners enter one place at a time. Each takes the path of least loss: to a free place of a teacher, possibly
by moving learners who came before, or to standing outside. Prices of teachers and worths of learners keep
every loss along the way at least 0, so Dijkstra's method finds the path; at the end the prices prove the
answer.
(N. Tomizawa 1971; J. Edmonds and R. M. Karp 1972.)
"""

from dataclasses import dataclass

import numpy as np

from talka.matching.engine.solve.tasks import Task

NOBODY = -1


@dataclass(frozen=True)
class Market:
    """The state between two entries. The arrays change; `far` is greater than any path."""

    task: Task
    chosen: np.ndarray
    worths: np.ndarray
    prices: np.ndarray
    outside: np.ndarray
    far: int


@dataclass(frozen=True)
class Paths:
    """Least losses from the learner who enters to everybody, and where each path came from."""

    to_learners: np.ndarray
    to_teachers: np.ndarray
    from_teacher: np.ndarray
    from_learner: np.ndarray


def assign(task: Task) -> tuple[np.ndarray, np.ndarray]:
    """Return the chosen pairs of greatest value as a table of yes and no, and the prices that prove it.

    The answer depends on nothing but the task; of several equally good ones it takes any.
    """
    market = _open_market(task)
    learners, teachers = task.weights.shape
    for learner in range(learners):
        for _ in range(min(int(task.learner_places[learner]), teachers)):
            _enter(market, learner)
    return market.chosen, market.prices


def _open_market(task: Task) -> Market:
    """Return the market with nobody in it: prices 0, worths as high as any teacher could make them."""
    greatest = int(task.weights.max(initial=0)) + int(task.firsts.max(initial=0))
    far = 16 * (greatest + 1)
    # Every price, worth and loss is at most a few times the greatest weight: their sums stay below `far`.
    kind = np.int64 if far < 2**62 else object
    learners, teachers = task.weights.shape
    zero = np.array([0], dtype=kind)[0]
    task = Task(task.weights.astype(kind), task.firsts.astype(kind), task.learner_places, task.teacher_places)
    return Market(
        task=task,
        chosen=np.zeros((learners, teachers), dtype=bool),
        worths=task.weights.max(axis=1, initial=zero),
        prices=np.full(teachers, zero, dtype=kind),
        outside=np.zeros(learners, dtype=np.int64),
        far=far,
    )


def _loss_outside(market: Market, learner: int) -> int:
    """Return what the learner loses by one place staying empty: the last one empty loses the first pair."""
    places = min(int(market.task.learner_places[learner]), market.chosen.shape[1])
    last = market.outside[learner] >= places - 1
    loss: int = market.worths[learner] + (market.task.firsts[learner] if last else 0)
    return loss


def _enter(market: Market, learner: int) -> None:
    """Bring one place of the learner in by the path of least loss, and move worths and prices with it."""
    paths, loss, end_learner, end_teacher = _search(market, learner)
    if end_teacher == NOBODY:
        market.outside[end_learner] += 1
        teacher = paths.from_teacher[end_learner]
        if teacher != NOBODY:
            market.chosen[end_learner, teacher] = False
    else:
        teacher = end_teacher
    while teacher != NOBODY:
        moved = paths.from_learner[teacher]
        market.chosen[moved, teacher] = True
        teacher = paths.from_teacher[moved]
        if teacher != NOBODY:
            market.chosen[moved, teacher] = False
    market.worths[:] -= np.maximum(loss - paths.to_learners, 0)
    market.prices[:] += np.maximum(loss - paths.to_teachers, 0)


def _search(market: Market, start: int) -> tuple[Paths, int, int, int]:
    """Return the paths, the least loss, and where that path ends: outside with a learner, or at a teacher."""
    learners, teachers = market.chosen.shape
    kind = market.prices.dtype
    paths = Paths(
        np.full(learners, market.far, dtype=kind),
        np.full(teachers, market.far, dtype=kind),
        np.full(learners, NOBODY),
        np.full(teachers, NOBODY),
    )
    waiting_learners, waiting_teachers = paths.to_learners.copy(), paths.to_teachers.copy()
    free = market.chosen.sum(axis=0) < market.task.teacher_places
    paths.to_learners[start] = waiting_learners[start] = 0
    loss, end_learner = market.far, NOBODY
    while True:
        learner, teacher = int(waiting_learners.argmin()), int(waiting_teachers.argmin())
        to_learner, to_teacher = waiting_learners[learner], waiting_teachers[teacher]
        if loss <= min(to_learner, to_teacher):
            return paths, loss, end_learner, NOBODY
        if to_learner <= to_teacher:
            waiting_learners[learner] = market.far
            if to_learner + _loss_outside(market, learner) < loss:
                loss, end_learner = to_learner + _loss_outside(market, learner), learner
            _look_at_teachers(market, paths, learner, waiting_teachers)
        elif free[teacher]:
            return paths, to_teacher, NOBODY, teacher
        else:
            waiting_teachers[teacher] = market.far
            _look_at_learners(market, paths, teacher, waiting_learners)


def _look_at_teachers(market: Market, paths: Paths, learner: int, waiting: np.ndarray) -> None:
    """Shorten the paths to teachers the learner could also have."""
    weights = market.task.weights[learner]
    through = paths.to_learners[learner] + market.worths[learner] - weights + market.prices
    shorter = (weights > 0) & ~market.chosen[learner] & (through < paths.to_teachers)
    paths.to_teachers[shorter] = waiting[shorter] = through[shorter]
    paths.from_learner[shorter] = learner


def _look_at_learners(market: Market, paths: Paths, teacher: int, waiting: np.ndarray) -> None:
    """Shorten the paths to learners who could leave the teacher."""
    weights = market.task.weights[:, teacher]
    through = paths.to_teachers[teacher] + weights - market.prices[teacher] - market.worths
    shorter = market.chosen[:, teacher] & (through < paths.to_learners)
    paths.to_learners[shorter] = waiting[shorter] = through[shorter]
    paths.from_teacher[shorter] = teacher
