"""The one door to HiGHS, through scipy: linear problems, and those whose columns must be whole.

Its answers are hints. Whatever is handed out is added up again in whole numbers.
(Q. Huangfu and J. A. J. Hall, Parallelizing the dual revised simplex method, 2018; here its interior points
with crossover, which are some fifty times quicker on problems of rings.)
"""

from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array

METHODS = ("highs-ipm", "highs-ds")
"""The second when the first loses its way."""
OUT_OF_TIME, INFEASIBLE = 1, 2
EXACTLY = 1 << 40
"""Whole numbers are shown as they are as long as they are no greater than this."""
HARDLY = 1e-6
"""A difference this small may be none."""
SHORTEST = 0.01
"""Seconds: HiGHS takes 0 for "at once", and would not even look."""


@dataclass(frozen=True)
class Rows:
    """What a choice of columns keeps: matrix times choice is at most `most`, and just that where `exact`."""

    matrix: csc_array
    most: np.ndarray
    exact: np.ndarray


@dataclass(frozen=True)
class Relaxed:
    """The best choice when columns may be taken in part, and what a unit more of each row would bring."""

    worth: float
    shares: np.ndarray
    prices: np.ndarray


@dataclass(frozen=True)
class Chosen:
    """The columns to take, None if none were found in time; whether that is the best there is; and what HiGHS
    says no choice is worth more than.
    """

    taken: np.ndarray | None
    best: bool
    bound: float


def unit_of(worths: np.ndarray) -> int:
    """Return what whole numbers are divided by for HiGHS: 1 unless they are huge."""
    return max(1, max(map(abs, worths.tolist()), default=0) // EXACTLY)


def relax(worths: np.ndarray, rows: Rows, seconds: float) -> Relaxed | None:
    """Return the greatest worth with every column in part, none below 0; None without an answer in time."""
    if not len(worths):
        return Relaxed(0.0, np.zeros(0), np.zeros(len(rows.most)))
    loose, tight = np.flatnonzero(~rows.exact), np.flatnonzero(rows.exact)
    limits = {"A_ub": rows.matrix[loose], "b_ub": rows.most[loose]}
    limits |= {"A_eq": rows.matrix[tight], "b_eq": rows.most[tight]}
    for method in METHODS:
        options = {"time_limit": max(SHORTEST, seconds)}
        found = linprog(-worths, bounds=(0, None), method=method, options=options, **limits)
        if found.status == 0:
            prices = np.zeros(len(rows.most))
            prices[loose], prices[tight] = -found.ineqlin.marginals, -found.eqlin.marginals
            return Relaxed(-float(found.fun), found.x, prices)
        if found.status == OUT_OF_TIME:
            return None
    return None


def choose(worths: np.ndarray, rows: Rows, whole: np.ndarray, seconds: float) -> Chosen:
    """Return the best choice of columns, those that must be whole taken or left.

    Columns that need not be whole come out whole by themselves, as in a flow.
    """
    if not len(worths):
        return Chosen(np.zeros(0, dtype=bool), True, 0.0)
    found = milp(
        -worths,
        constraints=LinearConstraint(rows.matrix, np.where(rows.exact, rows.most, -np.inf), rows.most),
        bounds=Bounds(0, 1),
        integrality=whole.astype(int),
        options={"time_limit": max(SHORTEST, seconds), "mip_rel_gap": 0.0},
    )
    bound = inf if found.get("mip_dual_bound") is None else -float(found.mip_dual_bound)
    return Chosen(None if found.x is None else found.x > 0.5, found.status in (0, INFEASIBLE), bound)
