"""The solver against every possible answer to small problems, and the kernel against itself."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine.encode.table import Problem
from talka.matching.engine.solve.aims import first_unproved, solve
from tests.thoroughness import examples

KINDLY = settings(max_examples=examples(500), deadline=None, derandomize=True, database=None)


@st.composite
def problems(draw) -> Problem:
    """Draw a problem of at most ten allowed pairs, every set of which has a tie hash of its own."""
    learners, teachers = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    cells = [(i, j) for i in range(learners) for j in range(teachers)]
    allowed = draw(st.lists(st.sampled_from(cells), unique=True, max_size=10)) if cells else []
    scores = np.zeros((learners, teachers), dtype=np.int64)
    ties = np.zeros_like(scores)
    greatest = draw(st.sampled_from((2, 6, 30_000)))
    for power, cell in enumerate(allowed):
        scores[cell] = draw(st.integers(1, greatest))
        ties[cell] = 1 << power
    places = st.sampled_from((0, 1, 1, 1, 2, 3))
    nothing = np.zeros_like(scores, dtype=bool)
    return Problem(
        scores=scores,
        ties=ties,
        learner_places=np.array([draw(places) for _ in range(learners)], dtype=np.int64),
        teacher_places=np.array([draw(places) for _ in range(teachers)], dtype=np.int64),
        priorities=np.array([draw(st.integers(1, 3)) for _ in range(learners)], dtype=np.int64),
        seated=np.array([draw(st.integers(0, 4)) == 0 for _ in range(learners)], dtype=bool),
        learner_fewest=np.zeros(learners, dtype=np.int64),
        teacher_fewest=np.zeros(teachers, dtype=np.int64),
        first_broken=np.zeros_like(scores),
        banned=nothing,
        locked=nothing,
        kept=nothing,
    )


def merit(problem: Problem, pairs: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    """Return what an answer is worth, level by level."""
    matched = {i for i, _ in pairs if not problem.seated[i]}
    by_priority = [sum(problem.priorities[i] == priority for i in matched) for priority in (1, 2, 3)]
    scores = [problem.scores[pair] for pair in pairs]
    ties = sum(problem.ties[pair] for pair in pairs)
    return (*by_priority, len(pairs), min(scores, default=0), sum(scores), ties)


def best_of_all(problem: Problem) -> tuple[tuple[int, int], ...]:
    """Return the best answer by looking at every set of pairs that fits the places."""
    cells = [tuple(cell) for cell in np.argwhere(problem.scores > 0).tolist()]
    best: tuple[tuple[int, int], ...] = ()
    for count in range(1, len(cells) + 1):
        for pairs in combinations(cells, count):
            learners = [i for i, _ in pairs]
            teachers = [j for _, j in pairs]
            fits = all(learners.count(i) <= problem.learner_places[i] for i in learners)
            fits = fits and all(teachers.count(j) <= problem.teacher_places[j] for j in teachers)
            if fits and merit(problem, pairs) > merit(problem, best):
                best = pairs
    return best


@KINDLY
@given(problems())
def test_the_answer_is_the_best_of_all_possible_answers(problem):
    solution = solve(problem)
    chosen = tuple(tuple(cell) for cell in np.argwhere(solution.chosen).tolist())
    assert chosen == best_of_all(problem)
    assert first_unproved(problem, solution) is None
