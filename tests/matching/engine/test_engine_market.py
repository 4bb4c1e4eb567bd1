"""The best choice of a market against a linear programme, its proof against lies, whatever the numbers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from talka.matching.engine.solve.assignment import assign, repair
from talka.matching.engine.solve.audit import ceiling, is_proved, value
from talka.matching.engine.solve.market import Limits, Market, limited, market_of
from talka.matching.engine.solve.whatif import worth_of_another
from tests.thoroughness import examples

KINDLY = settings(max_examples=examples(1000), deadline=None, derandomize=True, database=None)


def numbers(random: np.random.Generator, greatest: int, length: int, some: float) -> np.ndarray:
    """Return integers from 0 to the greatest, or nothing but zeros."""
    return random.integers(0, greatest + 1, length) * (random.random() < some)


def random_market(seed: int) -> Market:
    """Return a market of any kind: loose or scarce, one to one or several to several, with minima, with
    losses.
    """
    random = np.random.default_rng(seed)
    rows, columns = random.integers(1, 14, 2)
    greatest = int(random.choice([1, 4, 50, 10_000]))
    there = random.random((rows, columns)) < random.choice([0.1, 0.4, 0.8, 1.0])
    worths = np.where(there, random.integers(1, greatest + 1, (rows, columns)), 0)
    at, where = np.nonzero(worths)
    losses = numbers(random, greatest, len(at), 0.3)
    sides = []
    for length, several in ((rows, 0.6), (columns, 0.8)):
        most = random.integers(0, 4, length) if random.random() < several else np.ones(length, dtype=np.int64)
        least = np.minimum(numbers(random, 2, length, 0.5), most)
        sides.append(Limits(most, least, numbers(random, 3 * greatest, length, 0.8)))
    return market_of(at, where, worths[at, where] - losses, *sides)


def best_value(market: Market) -> int:
    """Return the greatest value there is, by a linear programme (whose corners are whole numbers)."""
    cells, rows, columns = len(market.columns), len(market.row_limits.most), len(market.column_limits.most)
    nodes = rows + columns
    taking = np.zeros((nodes, cells))
    taking[market.rows, np.arange(cells)] = taking[rows + market.columns, np.arange(cells)] = 1
    most = np.r_[market.row_limits.most, market.column_limits.most]
    least = np.r_[market.row_limits.least, market.column_limits.least]
    bonus = np.r_[market.row_limits.bonus, market.column_limits.bonus]
    earning = np.vstack([np.hstack([taking, np.zeros((nodes, nodes))]), np.hstack([-taking, np.eye(nodes)])])
    bounds = [(0, 1)] * cells + [(0, int(count)) for count in least]
    aim = -np.r_[market.worths, bonus].astype(float)
    return round(-linprog(aim, A_ub=earning, b_ub=np.r_[most, np.zeros(nodes)], bounds=bounds).fun)


@KINDLY
@given(st.integers(0, 1 << 30))
def test_the_choice_is_the_best_and_its_prices_prove_it(seed):
    market = random_market(seed)
    found = assign(market)
    assert value(market, found.taken) == best_value(market)
    assert is_proved(market, found)


@KINDLY
@given(st.integers(0, 1 << 30))
def test_any_prices_lead_to_the_best_choice(seed):
    market = random_market(seed)
    random = np.random.default_rng(seed)
    prices = random.integers(-5, int(market.worths.max(initial=0)) + 5, len(market.column_limits.most))
    found = repair(market, prices, np.zeros(len(market.columns), dtype=bool))
    assert is_proved(market, found)


@KINDLY
@given(st.integers(0, 1 << 30))
def test_numbers_beyond_64_bits_give_the_same_choice(seed):
    small = random_market(seed)
    scale = 10**30
    sides = [
        replace(side, bonus=side.bonus.astype(object) * scale)
        for side in (small.row_limits, small.column_limits)
    ]
    great = market_of(small.rows, small.columns, small.worths.astype(object) * scale, *sides)
    found = assign(great)
    assert value(great, found.taken) == value(small, assign(small).taken) * scale
    assert is_proved(great, found)


@KINDLY
@given(st.integers(0, 1 << 30))
def test_no_prices_give_a_ceiling_below_the_best(seed):
    market = random_market(seed)
    random = np.random.default_rng(seed)
    lies = [random.integers(-9, 9, len(side.most)) for side in (market.row_limits, market.column_limits)]
    assert ceiling(market, *lies) >= value(market, assign(market).taken)


def test_a_choice_that_is_not_the_best_is_not_proved_by_the_best_prices():
    market = market_of(
        np.array([0, 0, 1, 1]),
        np.array([0, 1, 0, 1]),
        np.array([9, 5, 8, 1]),
        limited(np.ones(2, int)),
        limited(np.ones(2, int)),
    )
    found = assign(market)
    assert found.taken.tolist() == [False, True, True, False]
    assert is_proved(market, found)
    assert not is_proved(market, replace(found, taken=~found.taken))
    assert not is_proved(market, replace(found, taken=np.ones(4, dtype=bool)))
    assert not is_proved(market, replace(found, column_prices=found.column_prices + 1))
    assert not is_proved(market, replace(found, row_prices=found.row_prices - 1))


def test_who_stops_it_gets_a_choice_within_the_limits_and_a_bound_above_it():
    random = np.random.default_rng(5)
    rows, columns = np.nonzero(random.random((9000, 40)) < 0.2)
    market = market_of(
        rows,
        columns,
        random.integers(1, 99, len(rows)),
        limited(np.ones(9000, int)),
        limited(np.full(40, 225)),
    )
    told = []

    def stop_at_once(done, of):
        told.append((done, of))
        return False

    found = assign(market, stop_at_once)
    assert told[0][0] < told[0][1] or told[0][1] == 40
    assert value(market, found.taken) <= ceiling(market, found.row_prices, found.column_prices)


@pytest.mark.parametrize("shape", [(0, 0), (3, 0), (0, 3), (2, 2)])
def test_nobody_and_nothing_is_a_market_too(shape):
    nothing = np.zeros(0, dtype=np.int64)
    market = market_of(
        nothing, nothing, nothing, *(limited(np.ones(length, dtype=np.int64)) for length in shape)
    )
    assert is_proved(market, assign(market))


@KINDLY
@given(st.integers(0, 1 << 30))
def test_what_one_place_more_is_worth_is_what_solving_again_says(seed):
    market = random_market(seed).turned()
    best = assign(market)
    gains = worth_of_another(market, best, range(len(market.row_limits.most)))
    for row, gain in enumerate(gains):
        if market.row_limits.most[row] < market.row_sizes[row]:
            most = market.row_limits.most + (np.arange(len(gains)) == row)
            wider = replace(market, row_limits=replace(market.row_limits, most=most))
            assert gain == value(wider, assign(wider).taken) - value(market, best.taken)
        assert 0 <= gain <= max(0, int(best.row_prices[row]))
