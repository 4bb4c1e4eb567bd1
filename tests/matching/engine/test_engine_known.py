"""Problems of others whose answers are known."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from talka.matching.engine.solve.assignment import assign
from talka.matching.engine.solve.audit import is_proved
from talka.matching.engine.solve.market import limited, market_of
from talka.matching.engine.solve.stability import blocking_cells

LIBRARY = Path(__file__).resolve().parents[4] / "shared/instances/orlib"

# D. Gale, L. S. Shapley, College admissions and the stability of marriage, 1962, examples 1 and 2: for each
# man and woman the others, the most wanted first; and the woman of each man in every stable marriage.
FIRST = (
    ((0, 1, 2), (1, 2, 0), (2, 0, 1)),
    ((1, 2, 0), (2, 0, 1), (0, 1, 2)),
    {(0, 1, 2), (1, 2, 0), (2, 0, 1)},
)
SECOND = (
    ((0, 1, 2, 3), (0, 3, 2, 1), (1, 0, 2, 3), (3, 1, 2, 0)),
    ((3, 2, 0, 1), (1, 3, 0, 2), (3, 0, 1, 2), (2, 1, 0, 3)),
    {(2, 3, 0, 1)},
)


def market_of_costs(costs: np.ndarray, highest: int):
    """Return a square table of costs as a market in which everybody is worth taking."""
    size = len(costs)
    rows, columns = (side.ravel() for side in np.indices(costs.shape))
    one = limited(np.ones(size, dtype=np.int64))
    return market_of(rows, columns, (highest - costs).ravel(), one, one)


@pytest.mark.parametrize(("name", "least"), [("assign100", 305), ("assign500", 991)])
def test_the_least_cost_of_the_or_library_is_found_and_proved(name, least):
    path = LIBRARY / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"KNOWN INSTANCE MISSING: {path} is not there")
    size, *numbers = map(int, path.read_text().split())
    costs = np.array(numbers, dtype=np.int64).reshape(size, size)
    highest = 1 + int(costs.max())
    market = market_of_costs(costs, highest)
    found = assign(market)
    assert int(found.taken.sum()) == size
    assert size * highest - int(market.worths[found.taken].sum()) == least
    assert is_proved(market, found)


def likes(lists):
    """Return how much each likes each other, from lists of the most wanted first."""
    size = len(lists)
    return np.array([[size - wanted.index(other) for other in range(size)] for wanted in lists])


@pytest.mark.parametrize(("men", "women", "stable"), [FIRST, SECOND])
def test_exactly_the_stable_marriages_have_no_blocking_pair(men, women, stable):
    size = len(men)
    market = market_of_costs(np.zeros((size, size), dtype=np.int64), 1)
    found = set()
    for wives in permutations(range(size)):
        taken = np.zeros((size, size), dtype=bool)
        taken[np.arange(size), wives] = True
        if not blocking_cells(market, taken.ravel(), likes(men).ravel(), likes(women).T.ravel()).any():
            found.add(wives)
    assert found == stable
