"""What "best" means, aim by aim: solver and checker both read it; neither decides it.

The order: learners matched by priority, pairs, the worst pair as good as possible, the total, pairs kept from
before, the tie hashes.
"""

from dataclasses import dataclass

import numpy as np

from talka.matching.engine.encode.table import Problem
from talka.matching.engine.solve.assignment import Watch
from talka.matching.engine.solve.faces import Bounds, Face, face_of
from talka.matching.engine.solve.ladder import Aim, Climbed, Floor, Rung, climb, unproved


@dataclass(frozen=True)
class Cells:
    """The pairs to choose from, by row and then column, and how many each row and column must and may take.

    `seated` marks rows that have a partner already, so that another one does not count as matching them.
    """

    rows: np.ndarray
    columns: np.ndarray
    scores: np.ndarray
    ties: np.ndarray
    kept: np.ndarray
    learners: Bounds
    teachers: Bounds
    priorities: np.ndarray
    seated: np.ndarray


@dataclass(frozen=True)
class Solution:
    """The chosen pairs as a table of yes and no (locks apart), and the evidence aim by aim."""

    chosen: np.ndarray
    rungs: tuple[Rung, ...]


def cells_of(problem: Problem) -> Cells:
    """Return the allowed pairs of a problem."""
    cells = np.nonzero(problem.scores)
    return Cells(
        rows=cells[0],
        columns=cells[1],
        scores=problem.scores[cells],
        ties=problem.ties[cells],
        kept=problem.kept[cells],
        learners=Bounds(problem.learner_fewest, problem.learner_places),
        teachers=Bounds(problem.teacher_fewest, problem.teacher_places),
        priorities=problem.priorities,
        seated=problem.seated,
    )


def solve(problem: Problem, watch: Watch | None = None) -> Solution:
    """Return the best answer there is, with its evidence. Raises CannotBeFilled when minima contradict
    places.
    """
    cells = cells_of(problem)
    climbed = climb(face_of_cells(cells), aims(cells), watch)
    chosen = np.zeros(problem.scores.shape, dtype=bool)
    chosen[cells.rows, cells.columns] = climbed.taken
    return Solution(chosen, climbed.rungs)


def first_unproved(problem: Problem, solution: Solution) -> str | None:
    """Return the name of the first aim at which the evidence does not prove the answer the best, or None."""
    cells = cells_of(problem)
    climbed = Climbed(solution.chosen[cells.rows, cells.columns], solution.rungs)
    return unproved(face_of_cells(cells), aims(cells), climbed)


def face_of_cells(cells: Cells) -> Face:
    """Return the face on which every pair is open."""
    return face_of(cells.rows, cells.columns, cells.learners, cells.teachers)


def aims(cells: Cells) -> tuple[Aim | Floor, ...]:
    """Return what is followed, the most urgent first."""
    scores, kept = cells.scores, cells.kept.astype(np.int64)
    nothing, one = np.zeros_like(scores), np.ones_like(scores)
    waiting = ~cells.seated & (cells.learners.most > 0)
    counts = [
        Aim(f"matched_{urgency}", nothing, (waiting & (cells.priorities == urgency)).astype(np.int64))
        for urgency in np.unique(cells.priorities)
    ]
    several = [Aim("pairs", one)] if (cells.learners.most > waiting).any() else []
    before = [Aim("kept", kept)] if kept.any() else []
    return (*counts, *several, Floor("worst", scores), Aim("total", scores), *before, Aim("ties", cells.ties))
