"""The solver against every possible answer to small problems, and the kernel against itself."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine.encode.table import Problem
from talka.matching.engine.solve.assign import assign
from talka.matching.engine.solve.check import ceiling
from talka.matching.engine.solve.lexicographic import greatest_flow, solve
from talka.matching.engine.solve.tasks import Task, value

KINDLY = settings(max_examples=500, deadline=None, derandomize=True, database=None)


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
        first_broken=np.zeros_like(scores),
        banned=nothing,
        locked=nothing,
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


@st.composite
def tasks(draw) -> Task:
    """Draw a task of weights far beyond 64 bits or within them."""
    learners, teachers = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    greatest = draw(st.sampled_from((1, 3, 10**6, 10**30)))
    numbers = st.integers(0, greatest)
    weights = [[draw(numbers) for _ in range(teachers)] for _ in range(learners)]
    firsts = [draw(numbers) for _ in range(learners)]
    places = st.integers(0, 3)
    return Task(
        np.array(weights, dtype=object),
        np.array(firsts, dtype=object),
        np.array([draw(places) for _ in range(learners)], dtype=np.int64),
        np.array([draw(places) for _ in range(teachers)], dtype=np.int64),
    )


@KINDLY
@given(tasks())
def test_the_prices_prove_every_assignment_however_great_its_numbers(task):
    chosen, prices = assign(task)
    assert not (chosen & (task.weights == 0)).any()
    assert (chosen.sum(axis=1) <= task.learner_places).all()
    assert (chosen.sum(axis=0) <= task.teacher_places).all()
    assert value(task, chosen) == ceiling(task, [int(price) for price in prices])


@KINDLY
@given(tasks())
def test_the_greatest_count_is_the_greatest_flow(task):
    ones = Task(
        (task.weights > 0).astype(np.int64),
        np.zeros(len(task.firsts), dtype=np.int64),
        task.learner_places,
        task.teacher_places,
    )
    assert int(assign(ones)[0].sum()) == greatest_flow(ones)


@pytest.mark.parametrize("greatest", [9, 10**15])
def test_the_same_weights_give_the_same_pairs_in_64_bits_and_in_python_integers(greatest):
    random = np.random.default_rng(7)
    weights = random.integers(1, greatest, (12, 9))
    firsts = np.zeros(12, dtype=np.int64)
    places = np.ones(12, dtype=np.int64), np.ones(9, dtype=np.int64)
    small = assign(Task(weights, firsts, *places))
    scale = 10**30
    large = assign(Task(weights.astype(object) * scale, firsts.astype(object), *places))
    assert (small[0] == large[0]).all()
    assert [int(price) * scale for price in small[1]] == [int(price) for price in large[1]]
