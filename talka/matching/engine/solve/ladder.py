"""Stage two: one aim after another, each as well as it can be without giving up any before it, each with its
proof.

The solver climbs, the checker climbs after it with the same prices and adds up; both read here what a rung
is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talka.matching.engine.solve.assignment import Assignment, Watch, assign, repair
from talka.matching.engine.solve.audit import ceiling, is_proved, total, value
from talka.matching.engine.solve.faces import (
    Bounds,
    Face,
    demanded,
    market_on,
    must_market,
    narrowed,
    with_sure,
)
from talka.matching.engine.solve.market import Market


@dataclass(frozen=True)
class Aim:
    """The greatest sum of worths of the cells taken, and of a bonus for each row that takes any."""

    name: str
    worths: np.ndarray
    row_bonus: np.ndarray | None = None


@dataclass(frozen=True)
class Floor:
    """The worst cell taken as good as possible, by these scores."""

    name: str
    scores: np.ndarray


@dataclass(frozen=True)
class Rung:
    """What was reached, what cannot be passed, and the prices of rows and columns that prove it."""

    name: str
    value: int
    bound: int
    row_prices: np.ndarray
    column_prices: np.ndarray


@dataclass(frozen=True)
class Climbed:
    """The cells taken, and a rung for each aim; when the climb was stopped, the last is open or some are
    missing.
    """

    taken: np.ndarray
    rungs: tuple[Rung, ...]


class CannotBeFilled(ValueError):
    """Rows and columns must take more than there is; `rows` and `columns` name some that contradict each
    other.
    """

    def __init__(self, rows: np.ndarray, columns: np.ndarray):
        super().__init__(f"{len(rows)} rows and {len(columns)} columns must take more than they can")
        self.rows, self.columns = rows, columns


def climb(face: Face, aims: Sequence[Aim | Floor], watch: Watch | None = None) -> Climbed:
    """Return the choice that is best by the first aim, then by the second, and so on. `watch` may stop it.

    Raises CannotBeFilled when nothing satisfies what rows and columns must take.
    """
    taken = _fill(face)
    rungs: list[Rung] = []
    for number, aim in enumerate(aims):
        follow = _share_of(watch, number, len(aims))
        if follow and not follow(0, 1):
            break
        if isinstance(aim, Floor):
            rung, taken = _raise_floor(face, aim, taken)
            face = above(face, aim, rung.value)
        else:
            market = market_on(face, aim.worths, bonus_left(face, aim))
            found = assign(market, follow)
            taken = face.sure.copy()
            taken[face.open] = found.taken
            rung = rung_of(face, aim, market, found, taken)
            face = narrowed(face, market, found.row_prices, found.column_prices)
        rungs.append(rung)
        if rung.value < rung.bound:
            break
    return Climbed(taken, tuple(rungs))


def _share_of(watch: Watch | None, number: int, count: int) -> Watch | None:
    """Return what follows one aim of several and tells the watch how much of them all is done."""
    if watch is None:
        return None
    return lambda done, of: watch(number * of + done, count * of)


def rung_of(face: Face, aim: Aim, market: Market, found: Assignment, taken: np.ndarray) -> Rung:
    """Return the rung: what the choice reaches, and the ceiling of its prices without what must be taken
    anyway.
    """
    reached = reach(face, aim, taken)
    short = ceiling(market, found.row_prices, found.column_prices) - value(market, found.taken)
    return Rung(aim.name, reached, reached + short, found.row_prices, found.column_prices)


def reach(face: Face, aim: Aim, taken: np.ndarray) -> int:
    """Return how far a choice gets by an aim."""
    if aim.row_bonus is None:
        return total(aim.worths[taken])
    any_taken = np.bincount(face.rows[taken], minlength=len(aim.row_bonus)) > 0
    return total(aim.worths[taken]) + total(aim.row_bonus[any_taken])


def bonus_left(face: Face, aim: Aim) -> np.ndarray | None:
    """Return the bonus of each row that takes nothing for sure yet."""
    if aim.row_bonus is None:
        return None
    seated = np.bincount(face.rows[face.sure], minlength=len(aim.row_bonus)) > 0
    return np.where(seated, 0, aim.row_bonus)


def above(face: Face, floor: Floor, lowest: int) -> Face:
    """Return the face without the open cells that score less."""
    return with_sure(face, face.sure, floor.scores >= lowest)


def _fill(face: Face) -> np.ndarray:
    """Return a choice that satisfies what rows and columns must take."""
    taken = face.sure.copy()
    if demanded(face):
        market = must_market(face)
        filled = assign(market)
        if value(market, filled.taken) < demanded(face):
            rows = (filled.row_prices < 0) | (face.row_bounds.least > market.row_sizes)
            columns = (filled.column_prices < 0) | (face.column_bounds.least > market.column_sizes)
            raise CannotBeFilled(np.flatnonzero(rows), np.flatnonzero(columns))
        taken[face.open] = filled.taken
    return taken


def _raise_floor(face: Face, floor: Floor, taken: np.ndarray) -> tuple[Rung, np.ndarray]:
    """Return the highest floor at which what must be taken can be, why not higher, and a choice that keeps
    it.

    The search halves the scores that are there; each question starts from the last choice that was possible.
    """
    nothing = Assignment(
        taken[face.open], *(np.zeros(len(side.most), dtype=np.int64) for side in _sides(face))
    )
    if not taken.any():
        return Rung(floor.name, 0, 0, nothing.row_prices, nothing.column_prices), taken
    highest = int(floor.scores[face.sure].min()) if face.sure.any() else None
    scores = np.unique(floor.scores[face.sure | face.open])
    scores = scores[scores <= highest] if highest is not None else scores
    best, taken, why = 0, taken.copy(), nothing
    low, high = 0, len(scores)
    prices = nothing.column_prices
    while low + 1 < high:
        middle = (low + high) // 2
        higher = above(face, floor, int(scores[middle]))
        market = must_market(higher)
        found = repair(market, prices, taken[higher.open])
        if value(market, found.taken) == demanded(higher):
            low, prices = middle, found.column_prices
            taken = higher.sure.copy()
            taken[higher.open] = found.taken
        else:
            high, why = middle, found
    best = int(scores[low])
    return Rung(floor.name, best, best, why.row_prices, why.column_prices), taken


def _sides(face: Face) -> tuple[Bounds, Bounds]:
    """Return the bounds of rows and of columns."""
    return face.row_bounds, face.column_bounds


def floor_is_proved(face: Face, floor: Floor, rung: Rung, taken: np.ndarray) -> bool:
    """Tell whether the choice keeps the floor, and whether its prices prove that no higher one can be
    kept.
    """
    if not taken.any():
        return rung.value == 0
    kept = int(floor.scores[taken].min()) >= rung.value
    if (floor.scores[face.sure] <= rung.value).any():
        return kept
    higher = above(face, floor, rung.value + 1)
    return kept and ceiling(must_market(higher), rung.row_prices, rung.column_prices) < demanded(higher)


def unproved(face: Face, aims: Sequence[Aim | Floor], climbed: Climbed) -> str | None:
    """Return the name of the first aim whose rung is not proved the highest there is, or None if all are."""
    taken = climbed.taken
    rungs = {rung.name: rung for rung in climbed.rungs}
    for aim in aims:
        rung = rungs.get(aim.name)
        if rung is None or (taken & ~face.sure & ~face.open).any() or (face.sure & ~taken).any():
            return aim.name
        if isinstance(aim, Floor):
            if not floor_is_proved(face, aim, rung, taken):
                return aim.name
            face = above(face, aim, rung.value)
            continue
        market = market_on(face, aim.worths, bonus_left(face, aim))
        found = Assignment(taken[face.open], rung.row_prices, rung.column_prices)
        if not is_proved(market, found) or rung.value != reach(face, aim, taken):
            return aim.name
        face = narrowed(face, market, rung.row_prices, rung.column_prices)
    return None
