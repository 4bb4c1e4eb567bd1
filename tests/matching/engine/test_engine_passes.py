"""Every look at all cells is written twice, as a loop and with numpy: both find the same."""

import numpy as np
import pytest

from talka.matching.engine.solve import audit, passes
from talka.matching.engine.solve.market import Market, market_of, starts_of
from tests.matching.engine.test_engine_market import random_market

SEEDS = range(60)


def random_choice(market: Market, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return some cells as taken, and prices of rows and columns."""
    random = np.random.default_rng(seed)
    prices = (
        random.integers(-3, 40, length) for length in (len(market.starts) - 1, len(market.column_sizes))
    )
    return random.random(len(market.columns)) < 0.3, *prices


@pytest.mark.parametrize("seed", SEEDS)
def test_cells_are_turned_the_same(seed):
    market, found = random_market(seed), []
    for turn in (passes.turn, passes.turn_at_once):
        order, rows = np.empty((2, len(market.columns)), dtype=np.int32)
        worths = np.empty_like(market.worths)
        turn(
            market.starts,
            market.columns,
            market.worths,
            starts_of(market.column_sizes)[:-1],
            (order, rows, worths),
        )
        found.append((order.tolist(), rows.tolist(), worths.tolist()))
    assert found[0] == found[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_are_settled_the_same(seed):
    market, found = random_market(seed), []
    taken, _, prices = random_choice(market, seed)
    least, bonus = market.row_limits.least, market.row_limits.bonus
    for settle in (passes.settle, passes.settle_at_once):
        row_prices, kept = np.zeros(len(least), dtype=np.int64), np.zeros_like(taken)
        cells = market.starts, market.columns, market.worths, taken
        settle(cells, prices, least, bonus, -(1 << 40), row_prices, kept)
        found.append((row_prices.tolist(), kept.tolist()))
    assert found[0] == found[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_cells_are_sifted_the_same(seed):
    market, found = random_market(seed), []
    taken, row_prices, lowest = random_choice(market, seed)
    for sift in (passes.sift, passes.sift_at_once):
        some = np.empty(len(taken), dtype=np.int32)
        cells = market.starts, market.columns, market.worths, taken
        count = sift(cells, row_prices, lowest, 7, some)
        found.append(some[:count].tolist())
    assert found[0] == found[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_gains_are_added_up_the_same_however_great(seed):
    market = random_market(seed)
    _, row_prices, column_prices = random_choice(market, seed)
    worths = market.worths << 40
    high, low = audit.add_up(market.starts, market.columns, worths, row_prices, column_prices)
    gains = worths.astype(object) - row_prices[market.rows] - column_prices[market.columns]
    assert (int(high) << audit.HALF) + int(low) == sum(gain for gain in gains.tolist() if gain > 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_cells_in_another_order_make_the_same_market(seed):
    market = random_market(seed)
    order = np.random.default_rng(seed).permutation(len(market.columns))
    parts = (part[order] for part in (market.rows, market.columns, market.worths))
    again = market_of(*parts, market.row_limits, market.column_limits)
    for name in ("starts", "columns", "worths"):
        assert getattr(again, name).tolist() == getattr(market, name).tolist()
