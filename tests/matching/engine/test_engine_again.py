"""A market that stands is solved again after changes as well as from nothing, and proved."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine.solve import again
from talka.matching.engine.solve.again import Standing
from talka.matching.engine.solve.assignment import assign
from talka.matching.engine.solve.audit import is_proved, value
from talka.matching.engine.solve.market import Limits, Market, limited, market_of, tightened
from tests.matching.engine.test_engine_market import random_market
from tests.thoroughness import examples

KINDLY = settings(max_examples=examples(600), deadline=None, derandomize=True, database=None)


def with_worths(market: Market, worths: np.ndarray) -> Market:
    return tightened(replace(market, worths=worths))


@KINDLY
@given(st.integers(0, 1 << 30))
def test_any_change_leads_to_a_best_choice(seed):
    random = np.random.default_rng(seed)
    market = random_market(seed)
    standing = Standing(market, assign(market))
    for _ in range(3):
        worths = standing.market.worths.copy()
        some = random.random(len(worths)) < random.choice([0.02, 0.2, 1.0])
        worths[some] += random.integers(-20, 21, some.sum()) * random.choice([1, 50])
        changed = with_worths(market, worths)
        found = standing.change(worths)
        assert is_proved(changed, found)
        assert value(changed, found.taken) == value(changed, assign(changed).taken)


@pytest.mark.parametrize("seed", range(20))
def test_an_auction_from_the_old_prices_leads_there_as_well(seed, monkeypatch):
    monkeypatch.setattr(again, "FEW", 0)
    random, people = np.random.default_rng(seed), 60
    rows, columns = np.nonzero(random.random((people, people)) < 0.2)
    one = limited(np.ones(people, dtype=np.int64))
    market = market_of(rows, columns, random.integers(1, 30, len(rows)) * 10, one, one)
    standing = Standing(market, assign(market))
    worths = market.worths.copy()
    some = np.isin(market.rows, random.choice(people, 12))
    worths[some] = np.maximum(worths[some] + random.integers(-15, 15, some.sum()) * 10, 1)
    assert is_proved(with_worths(market, worths), standing.change(worths))


def test_what_did_not_change_stays():
    market = random_market(3)
    best = assign(market)
    standing = Standing(market, best)
    assert standing.change(market.worths).taken.tolist() == best.taken.tolist()


def test_worths_may_grow_beyond_64_bits():
    market = random_market(5)
    standing = Standing(market, assign(market))
    worths = market.worths.astype(object) << 70
    assert is_proved(with_worths(market, worths), standing.change(worths))


def test_the_market_that_was_given_is_not_changed():
    rows, columns = np.nonzero(np.ones((4, 4)))
    once = Limits(*(np.full(4, number) for number in (1, 0, 0)))
    market = market_of(rows, columns, np.arange(16), once, once)
    turned = market.turned().worths.tolist()
    Standing(market, assign(market)).change(market.worths[::-1].copy())
    assert market.worths.tolist() == list(range(16)) and market.turned().worths.tolist() == turned
