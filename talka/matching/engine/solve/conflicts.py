"""Minima that cannot all be kept: a set of them from which none can be left out and still contradict."""

from dataclasses import replace

import numpy as np

from talka.matching.engine.solve.assignment import assign
from talka.matching.engine.solve.audit import value
from talka.matching.engine.solve.faces import Bounds, Face, demanded, must_market


def smallest_conflict(
    face: Face, rows: np.ndarray, columns: np.ndarray
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return rows and columns whose minima contradict each other, none of which could be spared.

    The rows and columns given are a conflict already; every minimum in turn is let go where the rest
    contradict each other without it. A minimum that contradicts the places by itself comes out alone.
    """
    wanted = [("row", int(row)) for row in rows if face.row_bounds.least[row]]
    wanted += [("column", int(column)) for column in columns if face.column_bounds.least[column]]
    for one in list(wanted):
        if can_be_filled(_only(face, [one])):
            continue
        wanted = [one]
        break
    for one in list(wanted):
        rest = [other for other in wanted if other != one]
        if rest and not can_be_filled(_only(face, rest)):
            wanted = rest
    found = {side: tuple(place for kind, place in wanted if kind == side) for side in ("row", "column")}
    return found["row"], found["column"]


def can_be_filled(face: Face) -> bool:
    """Tell whether some choice satisfies what rows and columns must take."""
    market = must_market(face)
    return value(market, assign(market).taken) == demanded(face)


def _only(face: Face, wanted: list[tuple[str, int]]) -> Face:
    """Return the face with no minima but these."""
    kept = []
    for side, bounds in (("row", face.row_bounds), ("column", face.column_bounds)):
        least = np.zeros_like(bounds.least)
        places = [place for kind, place in wanted if kind == side]
        least[places] = bounds.least[places]
        kept.append(Bounds(least, bounds.most))
    return replace(face, row_bounds=kept[0], column_bounds=kept[1])
