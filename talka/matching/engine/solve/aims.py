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
class Solution:
    """The chosen pairs as a table of yes and no (locks apart), and the evidence aim by aim."""

    chosen: np.ndarray
    rungs: tuple[Rung, ...]


def solve(problem: Problem, watch: Watch | None = None) -> Solution:
    """Return the best answer there is, with its evidence. Raises CannotBeFilled when minima contradict
    places.
    """
    climbed = climb(face_of_problem(problem), aims(problem), watch)
    chosen = np.zeros(problem.scores.shape, dtype=bool)
    chosen[np.nonzero(problem.scores)] = climbed.taken
    return Solution(chosen, climbed.rungs)


def first_unproved(problem: Problem, solution: Solution) -> str | None:
    """Return the name of the first aim at which the evidence does not prove the answer the best, or None."""
    climbed = Climbed(solution.chosen[np.nonzero(problem.scores)], solution.rungs)
    return unproved(face_of_problem(problem), aims(problem), climbed)


def face_of_problem(problem: Problem) -> Face:
    """Return the allowed pairs as cells, all open, and how many partners each must and may have."""
    rows, columns = np.nonzero(problem.scores)
    return face_of(
        rows,
        columns,
        Bounds(problem.learner_fewest, problem.learner_places),
        Bounds(problem.teacher_fewest, problem.teacher_places),
    )


def aims(problem: Problem) -> tuple[Aim | Floor, ...]:
    """Return what is followed, the most urgent first."""
    cells = np.nonzero(problem.scores)
    scores, ties, kept = problem.scores[cells], problem.ties[cells], problem.kept[cells].astype(np.int64)
    nothing, one = np.zeros_like(scores), np.ones_like(scores)
    waiting = ~problem.seated & (problem.learner_places > 0)
    urgencies = np.unique(problem.priorities)
    counts = [
        Aim(f"matched_{urgency}", nothing, (waiting & (problem.priorities == urgency)).astype(np.int64))
        for urgency in urgencies
    ]
    several = [Aim("pairs", one)] if (problem.learner_places > waiting).any() else []
    before = [Aim("kept", kept)] if kept.any() else []
    return (*counts, *several, Floor("worst", scores), Aim("total", scores), *before, Aim("ties", ties))
