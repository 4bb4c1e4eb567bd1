"""Pairs that would rather have each other, as the classics tell them, and against looking at every pair."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine.solve.assignment import assign
from talka.matching.engine.solve.market import Market, limited, market_of
from talka.matching.engine.solve.stability import blocking_cells


def everybody_with_everybody(size: int, worths: np.ndarray) -> Market:
    """Return the market in which each of one side may be paired with each of the other."""
    rows, columns = np.divmod(np.arange(size * size), size)
    return market_of(rows, columns, worths, limited(np.ones(size, int)), limited(np.ones(size, int)))


def test_the_three_by_three_of_gale_and_shapley_has_three_stable_choices():
    # Likes from 3 (the first choice) to 1, cell by cell: example 1 of their paper.
    row_likes = np.array([3, 2, 1, 1, 3, 2, 2, 1, 3])
    column_likes = np.array([1, 2, 3, 3, 1, 2, 2, 3, 1])
    market = everybody_with_everybody(3, row_likes)
    orders = ([0, 1, 2], [1, 2, 0], [2, 0, 1], [0, 2, 1], [1, 0, 2], [2, 1, 0])
    stable = []
    for order in orders:
        taken = np.zeros(9, dtype=bool)
        taken[[3 * row + column for row, column in enumerate(order)]] = True
        if not blocking_cells(market, taken, row_likes, column_likes).any():
            stable.append(order)
    assert stable == [[0, 1, 2], [1, 2, 0], [2, 0, 1]]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 1 << 30))
def test_a_pair_is_named_if_and_only_if_both_would_gain(seed):
    random = np.random.default_rng(seed)
    rows, columns = np.nonzero(random.random((6, 5)) < 0.6)
    sides = [limited(random.integers(0, 3, length)) for length in (6, 5)]
    market = market_of(rows, columns, random.integers(1, 9, len(rows)), *sides)
    likes = [random.integers(1, 9, len(rows)) for _ in range(2)]
    taken = assign(market).taken
    named = blocking_cells(market, taken, *likes)
    for cell in range(len(rows)):
        gains = []
        for places, limits, liked in zip(
            (market.rows, market.columns), (market.row_limits, market.column_limits), likes, strict=True
        ):
            mine = taken & (places == places[cell])
            free = mine.sum() < limits.most[places[cell]]
            gains.append(free or bool((liked[mine] < liked[cell]).any()))
        assert named[cell] == (not taken[cell] and all(gains))
