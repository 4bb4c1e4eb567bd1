"""A level after another: what is left open when one aim is reached as well as it can be.

The prices that prove a choice the best also say which choices are as good: a cell that gains something at
them is in every one of them, a cell that loses is in none, and a row or column with a price above 0 is full.
What remains is a market again, in which the next aim is followed. (Complementary slackness: all best choices
lie on one face of the polytope, and only they.)
"""

from dataclasses import dataclass

import numpy as np

from talka.matching.engine.solve.market import Limits, Market, tightened


@dataclass(frozen=True)
class Bounds:
    """How many cells each row, or column, must and may still take."""

    least: np.ndarray
    most: np.ndarray


@dataclass(frozen=True)
class Face:
    """The cells of a table that are taken for sure, those still open, and what rows and columns must and may
    take.
    """

    rows: np.ndarray
    columns: np.ndarray
    sure: np.ndarray
    open: np.ndarray
    row_bounds: Bounds
    column_bounds: Bounds


def face_of(rows: np.ndarray, columns: np.ndarray, row_bounds: Bounds, column_bounds: Bounds) -> Face:
    """Return the face with every cell open; the cells are in the order of rows and, within, of columns."""
    nothing = np.zeros(len(rows), dtype=bool)
    return Face(rows, columns, nothing, ~nothing, row_bounds, column_bounds)


def with_sure(face: Face, sure: np.ndarray, still_open: np.ndarray) -> Face:
    """Return the face with more cells taken for sure, and only those open that are named and were."""
    new = sure & ~face.sure
    sides = [
        Bounds(np.maximum(bounds.least - counts, 0), bounds.most - counts)
        for bounds, counts in (
            (face.row_bounds, np.bincount(face.rows[new], minlength=len(face.row_bounds.most))),
            (face.column_bounds, np.bincount(face.columns[new], minlength=len(face.column_bounds.most))),
        )
    ]
    return Face(face.rows, face.columns, face.sure | new, face.open & still_open & ~new, sides[0], sides[1])


def market_on(face: Face, worths: np.ndarray, row_bonus: np.ndarray | None = None) -> Market:
    """Return the open cells as a market with an aim: worths of all cells of the table, a bonus a row for its
    first.

    What rows and columns must take earns more than everything else together, so that it comes first.
    """
    aim = worths[face.open]
    bonus = np.zeros(len(face.row_bounds.most), dtype=np.int64) if row_bonus is None else row_bonus
    pairs = min(int(face.row_bounds.most.sum()), int(face.column_bounds.most.sum()))
    all_else = pairs * (int(abs(aim).max(initial=0)) + int(bonus.max(initial=0))) + 1
    rows = _limits(face.row_bounds, all_else, bonus)
    columns = _limits(face.column_bounds, all_else, np.zeros(len(face.column_bounds.most), dtype=np.int64))
    starts = np.searchsorted(face.rows[face.open], np.arange(len(rows.most) + 1))
    return tightened(Market(starts, face.columns[face.open].astype(np.int32), aim, rows, columns))


def must_market(face: Face) -> Market:
    """Return the open cells as a market whose only aim is what rows and columns must take, a point each."""
    sides = [
        Limits(side.most, side.least, np.ones_like(side.most))
        for side in (face.row_bounds, face.column_bounds)
    ]
    starts = np.searchsorted(face.rows[face.open], np.arange(len(face.row_bounds.most) + 1))
    nothing = np.zeros(int(face.open.sum()), dtype=np.int64)
    return tightened(Market(starts, face.columns[face.open].astype(np.int32), nothing, sides[0], sides[1]))


def demanded(face: Face) -> int:
    """Return how many cells rows and columns must take, each side counted by itself."""
    return int(face.row_bounds.least.sum() + face.column_bounds.least.sum())


def narrowed(face: Face, market: Market, row_prices: np.ndarray, column_prices: np.ndarray) -> Face:
    """Return the face of the best choices of a market on this face, from prices that prove them."""
    gains = market.worths - row_prices[market.rows] - column_prices[market.columns]
    sure, still_open = np.zeros(len(face.rows), dtype=bool), np.zeros(len(face.rows), dtype=bool)
    sure[face.open] = gains > 0
    still_open[face.open] = gains == 0
    tight = Face(
        face.rows,
        face.columns,
        face.sure,
        face.open,
        _tight(face.row_bounds, market.row_limits, row_prices),
        _tight(face.column_bounds, market.column_limits, column_prices),
    )
    return with_sure(tight, sure | face.sure, still_open)


def _limits(bounds: Bounds, all_else: int, bonus: np.ndarray) -> Limits:
    """Return limits by which what must be taken comes first, and elsewhere the first cell earns the bonus."""
    must = bounds.least > 0
    first = np.minimum(bounds.most, bonus > 0)
    earns = np.full(len(bonus), all_else, dtype=np.int64 if all_else < 1 << 62 else object)
    earns[~must] = bonus[~must]
    return Limits(bounds.most, np.where(must, bounds.least, first), earns)


def _tight(bounds: Bounds, limits: Limits, prices: np.ndarray) -> Bounds:
    """Return how many cells each takes in every best choice, at least and at most.

    A positive price says all, a negative one no more than earn the bonus, and one that eats the bonus up
    leaves it open whether even those.
    """
    earns = np.where(limits.least > 0, limits.bonus, 0)
    least = np.where(prices > 0, limits.most, np.where(prices + earns > 0, limits.least, 0))
    most = np.where(prices >= 0, limits.most, np.where(prices + earns >= 0, limits.least, 0))
    return Bounds(np.maximum(bounds.least, least), np.minimum(bounds.most, most))
