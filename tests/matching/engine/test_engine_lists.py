"""Lists that are too short are made longer until the answer is that of the whole market."""

from dataclasses import replace

import numpy as np
import pytest
from engine_parties import market, requests
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine import Request, ask
from talka.matching.engine.encode.table import encode
from talka.matching.engine.explain import explain_unmatched, seats_of
from talka.matching.engine.run import look_at_all, look_at_the_best
from talka.matching.engine.solve.aims import solve
from talka.matching.engine.solve.ladder import CannotBeFilled
from talka.matching.engine.solve.lists import solve_on_lists
from tests.thoroughness import examples


def in_order(request: Request) -> Request:
    return ask(request.learners, request.teachers, request.policy, request.rulings)


def chosen_on_lists(request: Request, most: int) -> list[tuple[int, int]]:
    listed = solve_on_lists(request, most)
    taken = listed.climbed.taken
    return list(zip(listed.cells.rows[taken].tolist(), listed.cells.columns[taken].tolist(), strict=True))


@settings(max_examples=examples(400))
@given(requests(), st.integers(1, 3))
def test_on_the_shortest_lists_the_answer_is_that_of_a_look_at_every_pair(request, most):
    request = in_order(request)
    whole = solve(encode(request))
    assert chosen_on_lists(request, most) == [tuple(pair) for pair in np.argwhere(whole.chosen).tolist()]


@pytest.mark.parametrize(
    ("seed", "learners", "teachers"), [(1, 30, 40), (2, 40, 25), (3, 35, 35), (4, 60, 20)]
)
@pytest.mark.parametrize("most", [1, 3, 10])
def test_in_a_lively_market_too(seed, learners, teachers, most):
    request = in_order(market(seed, learners, teachers))
    whole = solve(encode(request))
    assert chosen_on_lists(request, most) == [tuple(pair) for pair in np.argwhere(whole.chosen).tolist()]


def test_what_short_lists_would_have_cost_is_told():
    request = in_order(market(2, 60, 20))
    listed = solve_on_lists(request, 1)
    assert listed.rounds > 0
    assert listed.widened > 0
    assert solve_on_lists(request, 20).rounds == 0


@settings(max_examples=examples(150))
@given(requests(), st.data())
def test_minima_hold_on_lists_or_are_refused_as_in_the_whole_market(request, data):
    teachers = tuple(
        replace(party, fewest=data.draw(st.integers(0, party.places))) for party in request.teachers
    )
    request = in_order(replace(request, teachers=teachers))
    try:
        whole = solve(encode(request))
    except CannotBeFilled:
        with pytest.raises(CannotBeFilled):
            solve_on_lists(request, 1)
        return
    assert chosen_on_lists(request, 1) == [tuple(pair) for pair in np.argwhere(whole.chosen).tolist()]


def told(request: Request, view):
    """Return why everybody is left out, without what would change it."""
    seats = seats_of(view.cells, view.climbed.taken, view.locks)
    unmatched = explain_unmatched(request, seats, view.row_of, view.column_of)
    return [(one.key, one.side, one.funnel, one.reason) for one in unmatched]


@settings(max_examples=examples(150))
@given(requests())
def test_who_is_left_out_is_told_the_same_whether_every_pair_was_looked_at_or_not(request):
    request = in_order(request)
    assert told(request, look_at_the_best(request, most=1)) == told(request, look_at_all(request))
