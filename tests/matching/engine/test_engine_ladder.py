"""One aim after another, against every possible choice; and the proof of it against lies."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from talka.matching.engine.solve.conflicts import smallest_conflict
from talka.matching.engine.solve.faces import Bounds, Face, face_of
from talka.matching.engine.solve.ladder import Aim, CannotBeFilled, Floor, climb, unproved
from tests.thoroughness import examples

KINDLY = settings(max_examples=examples(1000), deadline=None, derandomize=True, database=None)


def random_table(seed: int) -> tuple[Face, list[Aim | Floor]]:
    """Return a table of at most seven cells with places, sometimes minima, and aims as the engine has
    them.
    """
    random = np.random.default_rng(seed)
    shape = random.integers(1, 5, 2)
    there = random.random(shape) < random.choice([0.4, 0.8, 1.0])
    rows, columns = (side[:7] for side in np.nonzero(there))
    bounds = []
    for length, places in zip(shape, (3, 4), strict=True):
        most = random.integers(0, places, length)
        bounds.append(Bounds(np.minimum(random.integers(0, 2, length) * (random.random() < 0.3), most), most))
    scores = random.integers(1, random.choice([3, 20]), len(rows))
    nothing, urgencies = np.zeros_like(scores), random.integers(1, 3, shape[0])
    aims: list[Aim | Floor] = [
        Aim("matched_1", nothing, (urgencies == 1).astype(np.int64)),
        Aim("matched_2", nothing, (urgencies == 2).astype(np.int64)),
        Aim("pairs", nothing + 1),
        Floor("worst", scores),
        Aim("total", scores),
        Aim("kept", random.integers(0, 2, len(rows))),
        Aim("ties", 1 << np.arange(len(rows))),
    ]
    return face_of(rows, columns, *bounds), aims if random.random() < 0.7 else aims[4:]


def merit(face: Face, aims: list[Aim | Floor], taken: np.ndarray) -> tuple[int, ...]:
    """Return how far a choice gets, aim by aim."""
    reached = []
    for aim in aims:
        if isinstance(aim, Floor):
            reached.append(int(aim.scores[taken].min()) if taken.any() else 0)
            continue
        seated = np.unique(face.rows[taken])
        bonus = 0 if aim.row_bonus is None else int(aim.row_bonus[seated].sum())
        reached.append(int(aim.worths[taken].sum()) + bonus)
    return tuple(reached)


def best_merit(face: Face, aims: list[Aim | Floor]) -> tuple[int, ...] | None:
    """Return the best of all choices by looking at every one; None if none keeps the bounds."""
    best = None
    for bits in range(1 << len(face.rows)):
        taken = (bits >> np.arange(len(face.rows))) & 1 == 1
        sides = ((face.rows, face.row_bounds), (face.columns, face.column_bounds))
        counts = [(np.bincount(at[taken], minlength=len(side.most)), side) for at, side in sides]
        if all((side.least <= count).all() and (count <= side.most).all() for count, side in counts):
            found = merit(face, aims, taken)
            best = found if best is None else max(best, found)
    return best


@KINDLY
@given(st.integers(0, 1 << 30))
def test_every_rung_is_the_highest_of_all_possible_choices(seed):
    face, aims = random_table(seed)
    best = best_merit(face, aims)
    if best is None:
        with pytest.raises(CannotBeFilled):
            climb(face, aims)
        return
    climbed = climb(face, aims)
    assert tuple(rung.value for rung in climbed.rungs) == best == merit(face, aims, climbed.taken)
    assert unproved(face, aims, climbed) is None


@KINDLY
@given(st.integers(0, 1 << 30), st.integers(0, 6))
def test_another_choice_is_never_proved(seed, flipped):
    face, aims = random_table(seed)
    assume(best_merit(face, aims) is not None and flipped < len(face.rows))
    climbed = climb(face, aims)
    other = climbed.taken.copy()
    other[flipped] = ~other[flipped]
    assert unproved(face, aims, replace(climbed, taken=other)) is not None


@KINDLY
@given(st.integers(0, 1 << 30), st.integers(0, 6))
def test_a_rung_that_claims_more_is_not_proved(seed, place):
    face, aims = random_table(seed)
    assume(best_merit(face, aims) is not None and place < len(aims))
    climbed = climb(face, aims)
    rungs = list(climbed.rungs)
    rungs[place] = replace(rungs[place], value=rungs[place].value + 1)
    assert unproved(face, aims, replace(climbed, rungs=tuple(rungs))) == aims[place].name


def test_the_smallest_conflict_leaves_out_every_minimum_that_could_be_kept():
    rows, columns = np.array([0, 0, 1, 2]), np.array([0, 1, 1, 2])
    least = Bounds(np.array([0, 0, 1]), np.ones(3, dtype=np.int64))
    wants = Bounds(np.array([1, 2, 0]), np.array([1, 2, 1]))
    face = face_of(rows, columns, least, wants)
    with pytest.raises(CannotBeFilled) as raised:
        climb(face, [])
    assert smallest_conflict(face, raised.value.rows, raised.value.columns) == ((), (0, 1))
