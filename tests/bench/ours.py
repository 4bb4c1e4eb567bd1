"""Talka's solver, asked like the others; and what only it is asked: all aims one after another, and again."""

from decimal import Decimal

import numpy as np

from talka.matching.engine.files.numbers import Edges
from talka.matching.engine.files.pairing import ties
from talka.matching.engine.solve.assignment import Assignment, assign
from talka.matching.engine.solve.audit import is_proved
from talka.matching.engine.solve.faces import Bounds, Face, face_of, market_on
from talka.matching.engine.solve.ladder import Aim, Climbed, Floor, climb, unproved
from talka.matching.engine.solve.market import Market, limited, market_of
from tests.bench.markets import Instance
from tests.bench.peers import Solver

Aims = tuple[Aim | Floor, ...]


def prepare(instance: Instance) -> Market:
    """Return the market of an instance; what must be taken earns more than everything else."""
    if instance.column_least.any():
        return market_on(face(instance), instance.scores)
    limits = limited(instance.row_most), limited(instance.column_most)
    return market_of(instance.rows, instance.columns, instance.scores, *limits)


def read(_instance: Instance, found: Assignment | Climbed) -> np.ndarray:
    """Return the pairs that are taken."""
    return found.taken


def face(instance: Instance) -> Face:
    """Return the pairs as a face of the ladder, all of them open."""
    rows = Bounds(np.zeros_like(instance.row_most), instance.row_most)
    return face_of(instance.rows, instance.columns, rows, Bounds(instance.column_least, instance.column_most))


def tie_aim(instance: Instance) -> Aim:
    """Return the last aim: hashes of the names decide between answers as good."""
    names = (tuple(map(str, side.tolist())) for side in (instance.row_names, instance.column_names))
    return Aim("ties", ties(Edges(*names, instance.rows, instance.columns, instance.scores, Decimal(1))))


def prepare_settled(instance: Instance) -> tuple[Face, Aims]:
    """Return the face and two aims: the total, and one answer among those as good."""
    return face(instance), (Aim("total", instance.scores), tie_aim(instance))


def prepare_ladder(instance: Instance) -> tuple[Face, Aims]:
    """Return the face and all the aims of a cycle with two priorities, a third of the learners the first."""
    first = (instance.row_names % 3 == 0).astype(np.int64)
    nothing = np.zeros_like(instance.scores)
    counts = Aim("matched_1", nothing, first), Aim("matched_2", nothing, 1 - first)
    scores = Floor("worst", instance.scores), Aim("total", instance.scores)
    return face(instance), (*counts, *scores, tie_aim(instance))


def climb_ready(ready: tuple[Face, Aims]) -> Climbed:
    """Follow the aims."""
    return climb(*ready)


def is_climb_proved(ready: tuple[Face, Aims], climbed: Climbed) -> bool:
    """Tell whether every rung is proved the highest there is."""
    return unproved(*ready, climbed) is None


OURS = {
    "Talka": Solver(prepare, assign, read, is_proved),
    "Talka settled": Solver(prepare_settled, climb_ready, read, is_climb_proved),
    "Talka ladder": Solver(prepare_ladder, climb_ready, read, is_climb_proved),
}
