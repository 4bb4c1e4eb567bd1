"""Markets too large to look at every pair: the best few of each learner, more where these are not enough.

What was cut off a list is never better than the list's end. Where the prices say that even the best of it
would be worth nothing, it could not have mattered; where they do not, the list is made longer and the search
repeated. So the answer is that of the whole market. (Column generation: P. C. Gilmore, R. E. Gomory 1961.)
"""

from dataclasses import dataclass, replace

import numpy as np

from talka.matching.engine.encode.candidates import Candidates, Index, find, open_index, widen
from talka.matching.engine.encode.ties import WORD
from talka.matching.engine.solve.aims import Cells, aims, face_of_cells
from talka.matching.engine.solve.assignment import Watch
from talka.matching.engine.solve.faces import Bounds, Face, market_on, narrowed
from talka.matching.engine.solve.ladder import (
    Aim,
    CannotBeFilled,
    Climbed,
    Floor,
    Rung,
    above,
    bonus_left,
    climb,
)
from talka.matching.engine.values import Request

MOST = 50
WIDER = 4


@dataclass(frozen=True)
class Listed:
    """An answer found on lists: the pairs that were on them, those chosen, and how the lists grew.

    `widened` is how many lists were made longer, `rounds` how often; `short` is what the first lists cost:
    by how much the total of the first answer was below that of the last.
    """

    cells: Cells
    climbed: Climbed
    widened: int
    rounds: int
    short: int


def solve_on_lists(request: Request, most: int = MOST, watch: Watch | None = None) -> Listed:
    """Return the best answer of the whole market. The request is as `ask` leaves it.

    Raises CannotBeFilled when minima contradict places.
    """
    index = open_index(request)
    found, widened, rounds, first = find(index, most), 0, 0, None
    while True:
        cells = cells_of_lists(request, found)
        climbed, short = _climb(cells, found, watch)
        total = next((rung.value for rung in climbed.rungs if rung.name == "total"), 0) if climbed else 0
        first = total if first is None else first
        if climbed and not short.any():
            return Listed(cells, climbed, widened, rounds, total - first)
        rows = np.flatnonzero(short)
        rounds, widened, most = rounds + 1, widened + len(rows), most * WIDER
        found = _longer(index, found, rows, most)


def _climb(cells: Cells, found: Candidates, watch: Watch | None) -> tuple[Climbed | None, np.ndarray]:
    """Return the best answer on the lists, and whose list is too short to know that it is the best of all."""
    try:
        climbed = climb(face_of_cells(cells), aims(cells), watch)
    except CannotBeFilled:
        cut = found.cut > 0
        if not cut.any():
            raise
        return None, cut
    return climbed, too_short(cells, climbed, found)


def _longer(index: Index, found: Candidates, rows: np.ndarray, most: int) -> Candidates:
    return widen(index, found, rows, min(most, index.teachers))


def cells_of_lists(request: Request, found: Candidates) -> Cells:
    """Return the pairs on the lists, by row and then column."""
    sizes = np.diff(found.starts)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((found.teachers, rows))
    rows, columns = rows[order], found.teachers[order].astype(np.int64)
    mine = {party.key: i for i, party in enumerate(request.learners)}
    yours = {party.key: j for j, party in enumerate(request.teachers)}
    pairs = {
        kind: np.array(
            [(mine[one.learner], yours[one.teacher]) for one in request.rulings if one.kind == kind],
            dtype=np.int64,
        ).reshape(-1, 2)
        for kind in ("lock", "keep")
    }
    width = len(yours)
    locks = [
        np.bincount(side, minlength=size)
        for side, size in zip(pairs["lock"].T, (len(mine), width), strict=True)
    ]
    return Cells(
        rows=rows,
        columns=columns,
        scores=found.scores[order],
        ties=found.ties[order],
        kept=np.isin(rows * width + columns, pairs["keep"] @ np.array([width, 1])),
        learners=_bounds(request.learners, locks[0]),
        teachers=_bounds(request.teachers, locks[1]),
        priorities=np.array([party.priority for party in request.learners], dtype=np.int64),
        seated=locks[0] > 0,
    )


def _bounds(parties: tuple, locks: np.ndarray) -> Bounds:
    """Return how many partners each must and may still have."""
    fewest = np.array([party.fewest for party in parties], dtype=np.int64)
    places = np.array([party.places for party in parties], dtype=np.int64)
    return Bounds(np.maximum(fewest - locks, 0), places - locks)


@dataclass(frozen=True)
class Missing:
    """The pairs that are on no list: whose they are, and the best that such a pair could be.

    `as_good` marks whose missing pairs may still be in a best answer; `tie` belongs to the score `cut`.
    """

    as_good: np.ndarray
    cut: np.ndarray
    tie: np.ndarray


def too_short(cells: Cells, climbed: Climbed, found: Candidates) -> np.ndarray:
    """Return whose missing pairs the prices do not prove to be worth nothing, aim by aim."""
    face, missing = face_of_cells(cells), _missing(found)
    short = np.zeros(len(found.cut), dtype=bool)
    for aim, rung in zip(aims(cells), climbed.rungs, strict=False):
        gains = _best_gain(cells, face, rung, _most_worth(aim, missing))
        if isinstance(aim, Floor):
            lowest = face.sure & (aim.scores <= rung.value)
            if not lowest.any():
                short |= missing.as_good & (missing.cut > rung.value) & (gains > 0)
            missing = replace(missing, as_good=missing.as_good & (missing.cut >= rung.value))
            face = above(face, aim, rung.value)
            continue
        short |= missing.as_good & (gains > 0)
        missing = replace(missing, as_good=missing.as_good & (gains >= 0))
        market = market_on(face, aim.worths, bonus_left(face, aim))
        face = narrowed(face, market, rung.row_prices, rung.column_prices)
    return short


def _missing(found: Candidates) -> Missing:
    """Return what the lists say of the pairs that are on none."""
    sizes = np.diff(found.starts)
    ends = np.maximum(found.starts[1:] - 1, 0)
    last = np.where(sizes > 0, found.scores[ends] if len(found.scores) else 0, 0)
    tie = np.where(last == found.cut, found.ties[ends] if len(found.ties) else 0, WORD)
    return Missing(found.cut > 0, found.cut, tie)


def _most_worth(aim: Aim | Floor, missing: Missing) -> np.ndarray:
    """Return the most that a missing pair of each row could be worth for an aim."""
    if aim.name == "total":
        return missing.cut
    if aim.name == "ties":
        return missing.tie
    return np.full(len(missing.cut), int(aim.name in ("pairs", "kept")), dtype=np.int64)


def _best_gain(cells: Cells, face: Face, rung: Rung, worths: np.ndarray) -> np.ndarray:
    """Return the most that a missing pair could gain at the prices, with whichever column has room."""
    rows, row_prices = _true_prices(cells.learners, face.rows, face, rung.row_prices)
    columns, column_prices = _true_prices(cells.teachers, face.columns, face, rung.column_prices)
    if not columns.any():
        return np.full(len(worths), -1)
    return np.where(rows > 0, worths - row_prices - column_prices[columns > 0].min(), -1)


def _true_prices(
    bounds: Bounds, places: np.ndarray, face: Face, prices: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return how many more each could take, were there pairs for it, and the prices at which that is so.

    A price above 0 says that all is taken; but who has more room than pairs on the lists has room left.
    """
    count = len(bounds.most)
    room = bounds.most - np.bincount(places[face.sure], minlength=count)
    has_room_left = room > np.bincount(places[face.open], minlength=count)
    return room, np.where(has_room_left, np.minimum(prices, 0), prices)
