"""The best clinics that are found in the time there is, and a ceiling for them.

The relaxation tells what everybody costs, and so a ceiling that can be added up. The answer is HiGHS's, for
the whole at once: choosing part by part anew, as for rings, was tried and fell behind.
"""

from dataclasses import dataclass
from functools import cached_property
from math import floor

import numpy as np
from scipy.sparse import coo_array, csc_array, csr_array, vstack

from talka.matching.engine.solve.clinics.ceiling import ceiling
from talka.matching.engine.solve.clinics.values import ClinicAnswer, ClinicQuestion
from talka.matching.engine.solve.highs import HARDLY, Rows, choose, relax, unit_of
from talka.matching.engine.solve.packing.sets import SCALE
from talka.matching.engine.solve.patience import Patience, a_share, goes_on, seconds_left
from talka.matching.engine.solve.rings.values import BY_HIGHS, BY_PRICES

ROUNDS = 8
"""So often seats are held to their clinics: each round brings the relaxation down, the last ones little."""
FOR_PRICES = 0.15
"""The share of the time for them."""
LOOSE = 1e-3


@dataclass(frozen=True)
class Model:
    """The clinics as columns: first the wishes (somebody sits there), then the clinics (it is held).

    `rows`: everybody has one seat, a teacher one clinic, a clinic as many as must and may come. `ties`: for
    each wish, that nobody sits in a clinic that is not held.
    """

    question: ClinicQuestion
    weights: np.ndarray
    rows: Rows
    ties: csr_array

    @cached_property
    def wishes(self) -> int:
        """How many columns are wishes."""
        return len(self.question.rows)


def best_clinics(question: ClinicQuestion, patience: Patience) -> ClinicAnswer:
    """Return the best clinics found in time, with what no others are worth more than.

    Who watches is asked while the prices are found, not while HiGHS searches.
    """
    model, unit = model_of(question), unit_of(question.scores)
    prices = _prices(model, a_share(patience, FOR_PRICES))
    bound, by = ceiling(question, prices), BY_PRICES
    taken, score = np.zeros(model.wishes, dtype=bool), 0
    if goes_on(patience, score, bound):
        whole = np.arange(len(model.weights)) >= model.wishes
        found = choose(model.weights, model.rows, whole, seconds_left(patience))
        if found.taken is not None and (model.rows.matrix @ found.taken <= model.rows.most).all():
            taken = found.taken[: model.wishes]
            score = sum(question.scores[taken].tolist())
        lower = (floor(min(found.bound, bound / unit) + HARDLY) + (unit > 1)) * unit
        if lower < bound:
            bound, by = max(lower, score), BY_HIGHS
    seats = zip(question.rows[taken].tolist(), question.columns[taken].tolist(), strict=True)
    named = tuple((question.people[row], question.clinics[column].key) for row, column in seats)
    return ClinicAnswer(named, score, bound, by, dict(zip(question.people, prices, strict=True)))


def model_of(question: ClinicQuestion) -> Model:
    """Return the clinics as columns and rows."""
    people, clinics, wishes = len(question.people), len(question.clinics), len(question.rows)
    keys = sorted({clinic.teacher for clinic in question.clinics})
    teachers = np.array([keys.index(clinic.teacher) for clinic in question.clinics], dtype=np.int64)
    fewest, most = (
        np.array([getattr(clinic, side) for clinic in question.clinics], dtype=float)
        for side in ("fewest", "most")
    )
    sits, held, ones = np.arange(wishes), wishes + np.arange(clinics), np.ones(wishes)
    parts = [
        (question.rows, sits, ones),
        (people + teachers, held, np.ones(clinics)),
        (people + len(keys) + question.columns, sits, ones),
        (people + len(keys) + np.arange(clinics), held, -most),
        (people + len(keys) + clinics + question.columns, sits, -ones),
        (people + len(keys) + clinics + np.arange(clinics), held, fewest),
    ]
    rows, columns, entries = (np.concatenate(part) for part in zip(*parts, strict=True))
    shape = (people + len(keys) + 2 * clinics, wishes + clinics)
    limits = np.concatenate((np.ones(people + len(keys)), np.zeros(2 * clinics)))
    matrix = coo_array((entries, (rows, columns)), shape=shape).tocsc()
    matrix.eliminate_zeros()
    tied = coo_array(
        (np.r_[ones, -ones], (np.r_[sits, sits], np.r_[sits, wishes + question.columns])),
        shape=(wishes, wishes + clinics),
    )
    weights = np.r_[(question.scores / unit_of(question.scores)).astype(float), np.zeros(clinics)]
    limited = Rows(csc_array(matrix), limits, np.zeros(len(limits), dtype=bool))
    return Model(question, weights, limited, tied.tocsr())


def _prices(model: Model, patience: Patience) -> list[int]:
    """Return prices of people that prove a low ceiling."""
    people, unit = len(model.question.people), unit_of(model.question.scores)
    tied = np.zeros(model.wishes, dtype=bool)
    best = _dearest(model)
    for _ in range(ROUNDS):
        relaxed = relax(model.weights, _with_ties(model, tied), seconds_left(patience))
        if relaxed is None:
            break
        prices = [max(0, round(price * SCALE)) * unit for price in relaxed.prices[:people].tolist()]
        best = min(best, prices, key=lambda one: ceiling(model.question, one))
        loose = (model.ties @ relaxed.shares > LOOSE) & ~tied
        if not loose.any() or not goes_on(patience, 0, ceiling(model.question, best)):
            break
        tied |= loose
    return best


def _dearest(model: Model) -> list[int]:
    """Return the price for everybody of the best that they wish for: a ceiling that takes no time."""
    question = model.question
    prices = [0] * len(question.people)
    for row, score in zip(question.rows.tolist(), question.scores.tolist(), strict=True):
        prices[row] = max(prices[row], score * SCALE)
    return prices


def _with_ties(model: Model, tied: np.ndarray) -> Rows:
    """Return the rows, and that nobody sits in a clinic that is not held, for some wishes."""
    count = int(tied.sum())
    return Rows(
        csc_array(vstack([model.rows.matrix, model.ties[np.flatnonzero(tied)]], format="csc")),
        np.concatenate((model.rows.most, np.zeros(count))),
        np.concatenate((model.rows.exact, np.zeros(count, dtype=bool))),
    )
