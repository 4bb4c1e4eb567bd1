"""Large odd sets of people that a relaxation serves too well, found as a system of equations is solved.

People are rows, undecided sets columns. Rows are added up modulo 2 so as to clear the columns of the greatest
shares; a sum of an odd number of rows that leaves little share in its odd columns, and in which nearly
everybody is served, is an odd set. (A. Caprara, M. Fischetti, {0, 1/2}-Chvátal-Gomory cuts, 1996.)
"""

import numpy as np
from scipy.sparse.csgraph import connected_components

from talka.matching.engine.solve.highs import HARDLY
from talka.matching.engine.solve.packing.sets import OddSet, Sets

LARGEST = 25
"""People in a set: larger ones say little."""
LARGEST_PART = 500
"""People whom undecided sets connect: the time grows with the third power."""
MOST_LEFT_OUT = 0.5
BROKEN_BY = 0.01


def odd_sets_by_parity(sets: Sets, shares: np.ndarray) -> list[OddSet]:
    """Return odd sets that are served too well, part by connected part."""
    undecided = np.flatnonzero((shares > HARDLY) & (shares < 1 - HARDLY))
    left_out = 1 - sets.table @ shares
    table = sets.by_person[:, undecided]
    people = np.flatnonzero((np.diff(table.indptr) > 0) & (left_out < MOST_LEFT_OUT))
    table = table[people]
    _, parts = connected_components(table @ table.T, directed=False)
    found: dict[OddSet, None] = {}
    for part in np.unique(parts):
        own = np.flatnonzero(parts == part)
        if 1 < len(own) <= LARGEST_PART:
            odd = table[own].toarray().astype(np.uint8)
            used = odd.any(axis=0)
            sums = _eliminate(odd[:, used], shares[undecided[used]], left_out[people[own]])
            found |= dict.fromkeys(tuple(people[own[chosen]].tolist()) for chosen in sums)
    return list(found)


def _eliminate(odd: np.ndarray, shares: np.ndarray, left_out: np.ndarray) -> list[np.ndarray]:
    """Return odd numbers of rows whose sum leaves little. A row clears one column, the smallest sum first."""
    chosen = np.eye(len(odd), dtype=np.uint8)
    unused = np.ones(len(odd), dtype=bool)
    found = {}
    for column in np.argsort(-shares, kind="stable"):
        holds = odd[:, column].astype(bool)
        candidates = np.flatnonzero(holds & unused)
        if not len(candidates):
            continue
        pivot = candidates[np.argmin(chosen[candidates].sum(axis=1, dtype=np.int64))]
        unused[pivot] = holds[pivot] = False
        odd[holds] ^= odd[pivot]
        chosen[holds] ^= chosen[pivot]
        counts = chosen[holds].sum(axis=1, dtype=np.int64)
        left = odd[holds] @ shares + chosen[holds] @ left_out
        good = (counts % 2 == 1) & (counts > 1) & (counts <= LARGEST) & (left < 1 - 2 * BROKEN_BY)
        for row in chosen[holds][good]:
            found[row.tobytes()] = np.flatnonzero(row)
    return list(found.values())
