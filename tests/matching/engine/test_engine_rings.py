"""Rings against every choice there is, their proof against lies, and the time against the clock."""

import time
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine.solve.patience import be_patient
from talka.matching.engine.solve.rings.check import check_rings
from talka.matching.engine.solve.rings.cycles import keys_of
from talka.matching.engine.solve.rings.solving import best_rings
from talka.matching.engine.solve.rings.values import (
    BY_HIGHS,
    BY_PRICES,
    PAIRS,
    RINGS,
    Arcs,
    Ring,
    RingAnswer,
    RingProof,
    RingQuestion,
)
from tests.thoroughness import examples

KIDNEYS = Path(__file__).resolve().parents[4] / "shared/instances/preflib-kidney"
KINDLY = settings(max_examples=examples(400), deadline=None, derandomize=True, database=None)
GENEROUS = 30.0


def arcs_of(scores: dict[tuple[str, str], int], isolated: tuple[str, ...] = ()) -> Arcs:
    """Return the arcs of a table of scores."""
    people = tuple(sorted({key for pair in scores for key in pair} | set(isolated)))
    ends = [[people.index(pair[side]) for pair in sorted(scores)] for side in (0, 1)]
    numbers = [scores[pair] for pair in sorted(scores)]
    great = max(map(abs, numbers), default=0) >= 1 << 62
    worths = np.array(numbers, dtype=object if great else np.int64)
    return Arcs(people, *(np.array(side, dtype=np.int32) for side in ends), worths, Decimal(1))


def random_question(seed: int) -> RingQuestion:
    """Return a small question of any kind: ties, losses, nobody at all, people without arcs, huge scores."""
    random = np.random.default_rng(seed)
    people = [f"p{at}" for at in range(random.integers(0, 8))]
    greatest = int(random.choice([1, 4, 1000]))
    huge = int(random.choice([1, 1, 10**9, 10**25]))
    there, low = random.choice([0.1, 0.4, 0.8]), random.choice([1, -greatest])
    scores = {
        pair: int(random.integers(low, greatest + 1)) * huge
        for pair in permutations(people, 2)
        if random.random() < there
    }
    pairs, free = [], set(people)
    for one, other in scores:
        if one < other and (other, one) in scores and {one, other} <= free and random.random() < 0.1:
            pairs.append((one, other))
            free -= {one, other}
    return RingQuestion(arcs_of(scores, tuple(people)), int(random.choice([PAIRS, RINGS])), tuple(pairs))


def best_score(question: RingQuestion) -> int:
    """Return the greatest score there is, by trying everything."""
    arc_of, scores = keys_of(question.arcs), question.arcs.scores.tolist()
    least = {}
    for one, other in question.pairs:
        least[other], least[one] = scores[arc_of[one, other]], scores[arc_of[other, one]]
    rings = []
    for length in range(2, question.longest + 1):
        for people in permutations(question.arcs.people, length):
            arcs = list(zip(people, (*people[1:], people[0]), strict=True))
            if people[0] != min(people) or any(arc not in arc_of for arc in arcs):
                continue
            if all(arc[1] not in least or scores[arc_of[arc]] >= least[arc[1]] for arc in arcs):
                rings.append((frozenset(people), sum(scores[arc_of[arc]] for arc in arcs)))

    def best(people: tuple[str, ...]) -> float:
        if not people:
            return 0
        first, rest = people[0], people[1:]
        ways = [best(rest)] if first not in least else []
        for members, score in rings:
            if first in members and members <= set(people):
                ways.append(score + best(tuple(key for key in rest if key not in members)))
        return max(ways, default=float("-inf"))

    return best(question.arcs.people)


@KINDLY
@given(st.integers(0, 1 << 30))
def test_no_rings_are_worth_more_and_the_bound_says_so(seed):
    question = random_question(seed)
    answer = best_rings(question, be_patient(GENEROUS))
    assert check_rings(question, answer) == ()
    assert (answer.score, answer.bound) == (best_score(question), answer.score)
    assert answer.unbounded >= answer.bound


@KINDLY
@given(st.integers(0, 1 << 30))
def test_other_names_change_neither_score_nor_bound(seed):
    question = random_question(seed)
    arcs = question.arcs
    names = dict(zip(arcs.people, np.random.default_rng(seed).permutation(arcs.people).tolist(), strict=True))
    scores = {(names[one], names[other]): int(arcs.scores[at]) for (one, other), at in keys_of(arcs).items()}
    pairs = tuple((names[one], names[other]) for one, other in question.pairs)
    renamed = RingQuestion(arcs_of(scores, arcs.people), question.longest, pairs)
    first, second = (best_rings(one, be_patient(GENEROUS)) for one in (question, renamed))
    assert (first.score, first.bound) == (second.score, second.bound)


def random_arcs(people: int, arcs_each: float, seed: int) -> Arcs:
    """Return arcs between many people, with scores that have nothing in common."""
    random = np.random.default_rng(seed)
    there = np.argwhere(random.random((people, people)) < arcs_each / people)
    return arcs_of(
        {
            (f"p{one:04}", f"p{other:04}"): int(random.integers(1, 9999))
            for one, other in there
            if one != other
        }
    )


def test_rings_are_never_worth_less_than_pairs_and_a_second_look_finds_the_same():
    arcs = random_arcs(80, 9, seed=2)
    pairs, rings, again = (
        best_rings(RingQuestion(arcs, longest), be_patient(GENEROUS)) for longest in (PAIRS, RINGS, RINGS)
    )
    assert pairs.bound == pairs.score < rings.score <= rings.bound < rings.unbounded
    assert rings == again


def test_the_time_is_kept_and_what_is_found_by_then_is_sound():
    question = RingQuestion(random_arcs(400, 25, seed=3))
    for seconds in (0.01, 1.0):
        began = time.process_time()
        answer = best_rings(question, be_patient(seconds))
        assert time.process_time() - began <= seconds + 1
        assert check_rings(question, answer) == ()
        assert answer.score < answer.bound


def test_who_watches_is_told_of_a_growing_score_below_the_bound_and_can_stop_it():
    told = []

    def watch(score: int, bound: int) -> bool:
        told.append((score, bound))
        return len(told) < 20

    question = RingQuestion(random_arcs(120, 20, seed=3))
    answer = best_rings(question, be_patient(GENEROUS, watch))
    assert len(told) <= 24
    assert check_rings(question, answer) == ()
    assert all(score <= bound for score, bound in told)


@pytest.mark.parametrize(("name", "most"), [("061", 16), ("071", 47)])
def test_kidney_pools_come_out_as_they_are_known(name, most):
    path = KIDNEYS / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    lines = [line.split(",") for line in path.read_text().splitlines() if not line.startswith("#")]
    arcs = arcs_of({(one.strip(), other.strip()): 1 for one, other, score in lines if float(score) > 0})
    answer = best_rings(RingQuestion(arcs), be_patient(GENEROUS))
    assert (answer.score, answer.bound) == (most, most)


# Two rings of three share a person, so that one has to give way; and a pair that is there already.
SCORES = {
    ("a", "b"): 5,
    ("b", "c"): 5,
    ("c", "a"): 5,
    ("b", "a"): 4,
    ("d", "e"): 2,
    ("e", "d"): 2,
    ("c", "d"): 9,
}
QUESTION = RingQuestion(arcs_of(SCORES), RINGS, (("d", "e"),))


def test_a_bound_that_only_highs_vouches_for_is_told_apart(monkeypatch):
    # Without odd sets the prices of three pairs among three people prove one and a half.
    scores = dict.fromkeys(permutations("abc", 2), 2)
    answer = best_rings(RingQuestion(arcs_of(scores), PAIRS), be_patient(GENEROUS))
    assert (answer.score, answer.bound, answer.bound_by) == (4, 4, BY_PRICES)
    monkeypatch.setattr("talka.matching.engine.solve.packing.relaxing.BROKEN_BY", 9)
    answer = best_rings(
        RingQuestion(arcs_of(scores | {("a", "d"): 1, ("d", "a"): 0}), PAIRS), be_patient(GENEROUS)
    )
    assert (answer.score, answer.bound, answer.bound_by) == (5, 5, BY_HIGHS)


def test_nobody_leaves_a_pair_for_less():
    arcs = arcs_of({("a", "b"): 5, ("b", "a"): 4, ("b", "c"): 50, ("c", "a"): 3})
    free, paired = (
        best_rings(RingQuestion(arcs, RINGS, pairs), be_patient(GENEROUS)) for pairs in ((), (("a", "b"),))
    )
    assert free.rings == (Ring(("a", "b", "c"), 58),)
    assert paired.rings == (Ring(("a", "b"), 9),)


def lies() -> dict[str, RingAnswer]:
    """Return an answer with one thing wrong at a time."""
    answer = best_rings(QUESTION, be_patient(GENEROUS))
    proof, rings = answer.proof, answer.rings
    cheap = RingProof(dict(proof.prices) | {"a": -1}, proof.odd_sets)
    return {
        "ring": replace(answer, rings=(Ring(("a", "c"), 15), rings[1])),
        "score": replace(answer, rings=(Ring(("a", "b", "c"), 16), rings[1])),
        "total": replace(answer, score=18),
        "twice": replace(answer, rings=(*rings, Ring(("a", "b"), 9))),
        "loses": replace(answer, rings=rings[:1], score=15),
        "bound": replace(
            answer, bound=answer.bound - 1, score=18, rings=(Ring(("a", "b", "c"), 14), rings[1])
        ),
        "prices": replace(answer, proof=cheap),
        "stranger": replace(answer, proof=RingProof(dict(proof.prices) | {"z": 1})),
        "nobody": replace(answer, proof=RingProof({})),
        "paid": replace(answer, proof=RingProof(proof.prices, ((("a", "b", "c"), -1),))),
        "doubled": replace(answer, proof=RingProof(proof.prices, ((("a", "a", "c"), 1),))),
        "highs": replace(answer, bound=10**6, bound_by=BY_HIGHS),
    }


@pytest.mark.parametrize(
    ("lie", "faults"),
    [
        ("ring", ("ring",)),
        ("score", ("score", "total")),
        ("total", ("total",)),
        ("twice", ("twice", "total")),
        ("loses", ("loses",)),
        ("bound", ("score", "bound")),
        ("prices", ("prices",)),
        ("stranger", ("prices",)),
        ("nobody", ("prices",)),
        ("paid", ("prices",)),
        ("doubled", ("prices",)),
        ("highs", ("bound",)),
    ],
)
def test_a_lie_about_rings_is_found(lie, faults):
    assert check_rings(QUESTION, lies()[lie]) == faults


@KINDLY
@given(st.integers(0, 1 << 30))
def test_whatever_the_prices_they_never_prove_less_than_the_best(seed):
    question = replace(random_question(seed), pairs=())
    random, people = np.random.default_rng(seed), question.arcs.people
    answer = best_rings(question, be_patient(GENEROUS))
    odd_set = tuple(people[at] for at in range(len(people)) if random.random() < 0.6)
    prices = {key: int(random.integers(0, 3_000_000)) for key in people}
    lie = RingProof(prices, ((odd_set, int(random.integers(0, 3_000_000))),))
    lower = replace(answer, proof=lie, bound=answer.score - 1, bound_by=BY_PRICES)
    assert check_rings(question, lower) == ("prices",)
    assert check_rings(question, replace(answer, proof=lie)) in ((), ("bound",))
