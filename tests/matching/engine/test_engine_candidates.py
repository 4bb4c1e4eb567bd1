"""Candidates without a look at every pair: the same as with one."""

from dataclasses import replace
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from engine_parties import POLICY, market, requests
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine import Party, Policy, Request, Slot, Speaks, Topic, Trip, ask
from talka.matching.engine.encode.candidates import find, open_index, widen
from talka.matching.engine.encode.hard import RULES, broken_rules
from talka.matching.engine.encode.soft import PARTS, score
from talka.matching.engine.encode.ties import marks_of, tie_of
from talka.matching.engine.values import Side
from tests.thoroughness import examples

KINDLY = settings(max_examples=examples(300), deadline=None, derandomize=True, database=None)


def in_order(request: Request) -> Request:
    """Return the request as a run would see it."""
    return ask(request.learners, request.teachers, request.policy, request.rulings)


def everybody(request: Request) -> list[list[tuple[int, int, int]]]:
    """Look at every pair: for each learner score, tie and row of all possible teachers, best first."""
    seed, rulings = request.policy.tie_break_seed, {(one.learner, one.teacher) for one in request.rulings}
    mine = marks_of(seed, Side.LEARNS, (party.key for party in request.learners)).tolist()
    yours = marks_of(seed, Side.TEACHES, (party.key for party in request.teachers)).tolist()
    lists = []
    for i, learner in enumerate(request.learners):
        found = []
        for j, teacher in enumerate(request.teachers):
            points = score(learner, teacher, request.policy)
            is_ruled = (learner.key, teacher.key) in rulings or learner.key == teacher.key
            if points > 0 and not is_ruled and not broken_rules(learner, teacher, request.policy):
                found.append((points, tie_of(mine[i], yours[j]), j))
        lists.append(sorted(found, key=lambda one: (-one[0], -one[1], one[2])))
    return lists


def listed(candidates) -> list[list[tuple[int, int, int]]]:
    """Return the lists of candidates in the same form."""
    rows = list(
        zip(candidates.scores.tolist(), candidates.ties.tolist(), candidates.teachers.tolist(), strict=True)
    )
    ends = candidates.starts.tolist()
    return [rows[start:end] for start, end in pairwise(ends)]


def cut_to(lists, most):
    """Return the lists no longer than so many, and the best score that was cut off each."""
    return [one[:most] for one in lists], [one[most][0] if len(one) > most else 0 for one in lists]


@KINDLY
@given(requests(), st.integers(0, 5))
def test_the_lists_are_those_of_a_look_at_every_pair(request, most):
    request = in_order(request)
    found = find(open_index(request), most)
    assert (listed(found), found.cut.tolist()) == cut_to(everybody(request), most)


@KINDLY
@given(requests(), st.data())
def test_wider_lists_for_a_few_leave_the_others_as_they_are(request, data):
    request = in_order(request)
    index = open_index(request)
    rows = (
        sorted(data.draw(st.sets(st.sampled_from(range(len(request.learners)))))) if request.learners else []
    )
    found = widen(index, find(index, 1), np.array(rows, dtype=np.int64), 3)
    narrow, wide = cut_to(everybody(request), 1), cut_to(everybody(request), 3)
    expected = [wide[0][row] if row in rows else narrow[0][row] for row in range(len(request.learners))]
    assert listed(found) == expected
    assert found.cut.tolist() == [(wide if row in rows else narrow)[1][row] for row in range(len(expected))]


def crowd(seed: int, count: int) -> Request:
    """Return a market with a bit of everything, in which most pairs are possible."""
    random = Random(seed)
    request = market(seed, count, count)

    def busy(party: Party) -> Party:
        slots = [Slot(random.randint(0, 6), random.choice((510, 540, 1080)), 1260) for _ in range(4)]
        others = [f"{'teacher' if party.needs else 'learner'}{random.randrange(count)}" for _ in range(6)]
        return replace(
            party,
            hours=random.choice((tuple(slots), tuple(slots), tuple(slots), (), None)),
            zone=random.choice(("Europe/Warsaw", "America/New_York", "Asia/Kathmandu", "Africa/Lagos", "")),
            windows=random.choice((party.windows, party.windows, None)),
            languages=random.choice((party.languages, party.languages, party.languages, ())),
            country=random.choice((party.country, "")),
            needs=(*party.needs, Topic("finances", 2, 2)) if party.needs else (),
            offers=(*party.offers, Topic("budgets", 4), Topic("events", 3)) if party.offers else (),
            wishes=tuple(others[:2]),
            avoids=frozenset(others[2:4]),
            earlier=frozenset(others[4:]),
        )

    policy = replace(
        POLICY,
        weights={part: place + 1 for place, part in enumerate(PARTS)},
        unknown=dict.fromkeys(RULES, "pass"),
        understands={"pl>lt": 3, "lt>pl": 4},
        trips={
            f"{one}>{other}": Trip(len(one + other) * 40) for one in ("PL", "LT") for other in ("LV", "EE")
        },
        fewest_meetings=3,
        meetings_wanted=12,
    )
    return ask(tuple(map(busy, request.learners)), tuple(map(busy, request.teachers)), policy)


SOME = ("common_language", "hours_overlap", "dates_overlap")


@pytest.mark.parametrize("verdict", ["pass", "fail"])
@pytest.mark.parametrize("hard", [tuple(RULES), ("teaches_above", *SOME), SOME, ("different_country",), ()])
def test_in_a_crowd_the_lists_are_the_same_too(hard, verdict):
    request = crowd(7, 70)
    unknown = dict.fromkeys(hard, verdict)
    request = replace(request, policy=replace(request.policy, hard=hard, unknown=unknown))
    lists, cut = cut_to(everybody(request), 4)
    found = find(open_index(request), 4)
    assert (listed(found), found.cut.tolist()) == (lists, cut)
    assert sum(map(len, lists)) > 2


def test_only_the_teachers_who_count_are_looked_at():
    request = in_order(market(3, 20, 20))
    among = np.arange(20) % 3 > 0
    lists = [[one for one in row if among[one[2]]] for row in everybody(request)]
    assert listed(find(open_index(request, among), 20)) == lists


def test_more_languages_and_needs_than_a_word_has_bits():
    codes = [f"{a}{b}" for a in "abcdefghij" for b in "abcdefghij"]
    capacities = [f"c{number}" for number in range(100)]
    policy = Policy(hard=("common_language",), weights={"topic": 3, "level": 1, "language": 2})
    party = Party("", languages=tuple(Speaks(code, 1 + place % 6) for place, code in enumerate(codes)))
    learners = [
        replace(
            party,
            key=f"l{n}",
            languages=party.languages[n::7],
            needs=tuple(Topic(c, 1 + n % 5, 1) for c in capacities),
        )
        for n in range(12)
    ]
    teachers = [
        replace(
            party,
            key=f"t{n}",
            languages=party.languages[n::13],
            offers=tuple(Topic(c, 5) for c in capacities[:n]),
        )
        for n in range(12)
    ]
    request = ask(learners, teachers, policy)
    assert listed(find(open_index(request), 4)) == cut_to(everybody(request), 4)[0]


def test_a_search_that_is_stopped_says_that_anybody_may_be_left():
    request = in_order(market(5, 1500, 4))
    told = []
    found = find(open_index(request), 2, watch=lambda done: told.append(done) or False)
    assert told == [1024]
    assert np.diff(found.starts)[1024:].sum() == 0
    assert found.cut[1024:].min() == sum(request.policy.weights.values()) * 1000


def test_ties_are_spread_evenly_and_depend_on_the_seed():
    keys = [f"party{number}" for number in range(300)]
    mine, yours = marks_of("a", Side.LEARNS, keys), marks_of("a", Side.TEACHES, keys)
    ties = tie_of(mine[:, None], yours[None, :])
    assert ties.min() >= 0
    assert ties.max() < 2**32
    assert len(np.unique(ties)) > 89_900
    by_bit = [(ties >> bit & 1).mean() for bit in range(32)]
    assert max(abs(share - 0.5) for share in by_bit) < 0.01
    assert not (marks_of("b", Side.LEARNS, keys) == mine).any()
    assert not (mine == yours).any()
