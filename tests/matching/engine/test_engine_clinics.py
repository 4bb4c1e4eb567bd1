"""Clinics against every choice there is, their proof against lies, and the time against the clock."""

import time
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine.solve.clinics.asking import question_of
from talka.matching.engine.solve.clinics.check import check_clinics
from talka.matching.engine.solve.clinics.solving import best_clinics
from talka.matching.engine.solve.clinics.values import Clinic, ClinicAnswer, ClinicQuestion
from talka.matching.engine.solve.patience import be_patient
from talka.matching.engine.solve.rings.values import BY_HIGHS, BY_PRICES
from tests.thoroughness import examples

KINDLY = settings(max_examples=examples(400), deadline=None, derandomize=True, database=None)
GENEROUS = 30.0


def random_clinics(seed: int) -> tuple[list[Clinic], dict[tuple[str, str], int], str]:
    """Return a few clinics of any kind: minima nobody can reach, no places, losses, ties, huge scores."""
    random = np.random.default_rng(seed)
    people = "abcdef"[: random.integers(0, 7)]
    clinics = []
    for at in range(random.integers(0, 4)):
        fewest = int(random.integers(0, 4))
        most = fewest + int(random.integers(-1, 3))
        clinics.append(Clinic(f"k{at}", f"t{random.integers(0, 3)}", fewest, max(0, most)))
    greatest, huge = int(random.choice([1, 5, 300])), int(random.choice([1, 1, 10**25]))
    low, some = random.choice([1, -2]), random.choice([0.3, 0.8])
    scores = {
        (person, clinic.key): int(random.integers(low, greatest + 1)) * huge
        for person in people
        for clinic in clinics
        if random.random() < some
    }
    return clinics, scores, people


def best_score(question: ClinicQuestion) -> int:
    """Return the greatest score there is, by trying everything."""
    wishes: list[list[tuple[int, int]]] = [[(-1, 0)] for _ in question.people]
    ends = zip(question.rows.tolist(), question.columns.tolist(), question.scores.tolist(), strict=True)
    for row, column, score in ends:
        wishes[row].append((column, score))
    best = 0
    for seats in product(*wishes):
        counts = [sum(clinic == at for clinic, _ in seats) for at in range(len(question.clinics))]
        held = [(clinic, count) for clinic, count in zip(question.clinics, counts, strict=True) if count]
        teachers = [clinic.teacher for clinic, _ in held]
        if len(set(teachers)) == len(teachers) and all(
            clinic.fewest <= count <= clinic.most for clinic, count in held
        ):
            best = max(best, sum(score for _, score in seats))
    return best


@KINDLY
@given(st.integers(0, 1 << 30))
def test_no_clinics_are_worth_more_and_the_bound_is_above_them(seed):
    question = question_of(*random_clinics(seed))
    answer = best_clinics(question, be_patient(GENEROUS))
    assert check_clinics(question, answer) == ()
    assert answer.score == best_score(question)
    assert abs(answer.bound - answer.score) <= abs(answer.score) // 10**9


@KINDLY
@given(st.integers(0, 1 << 30))
def test_other_names_and_another_order_change_nothing_but_the_names(seed):
    clinics, scores, people = random_clinics(seed)
    names = dict(zip(people, reversed(people), strict=True))
    turned = {(names[person], clinic): score for (person, clinic), score in reversed(scores.items())}
    one, other = (
        best_clinics(question_of(list(order), given_scores, people), be_patient(GENEROUS))
        for order, given_scores in ((clinics, scores), (reversed(clinics), turned))
    )
    assert (one.score, one.bound) == (other.score, other.bound)


@KINDLY
@given(st.integers(0, 1 << 30))
def test_whatever_the_prices_they_never_prove_less_than_the_best_clinics(seed):
    question = question_of(*random_clinics(seed))
    answer = best_clinics(question, be_patient(GENEROUS))
    random = np.random.default_rng(seed)
    prices = {key: int(random.integers(0, 9_000_000)) for key in question.people}
    lie = replace(answer, prices=prices, bound_by=BY_HIGHS, bound=answer.score)
    assert check_clinics(question, lie) == ()


def test_the_time_for_clinics_is_kept_and_what_is_found_by_then_is_sound():
    random = np.random.default_rng(4)
    clinics = [Clinic(f"k{at:03}", f"t{at // 2}", 3, 8) for at in range(100)]
    scores = {
        (f"p{person:03}", f"k{clinic:03}"): int(random.integers(1, 300))
        for person in range(300)
        for clinic in random.choice(100, 8, replace=False)
    }
    question = question_of(clinics, scores)
    for seconds in (0.01, 1.0):
        began = time.process_time()
        answer = best_clinics(question, be_patient(seconds))
        assert time.process_time() - began <= seconds + 1
        assert check_clinics(question, answer) == ()
        assert answer.score < answer.bound


def test_who_stops_it_gets_no_clinics_and_a_bound():
    question = question_of([Clinic("k", "t", 1, 2)], {("a", "k"): 5})
    answer = best_clinics(question, be_patient(GENEROUS, lambda _score, _bound: False))
    assert (answer.seats, answer.score, answer.bound) == ((), 0, 5)


QUESTION = question_of(
    [Clinic("k1", "t1", 2, 2), Clinic("k2", "t1", 1, 3), Clinic("k3", "t2", 1, 1)],
    {("a", "k1"): 5, ("b", "k1"): 5, ("c", "k1"): 4, ("a", "k2"): 3, ("c", "k3"): 2, ("d", "k2"): 1},
    "e",
)


def test_a_clinic_takes_as_many_as_may_come_and_a_teacher_holds_one():
    answer = best_clinics(QUESTION, be_patient(GENEROUS))
    assert answer.seats == (("a", "k1"), ("b", "k1"), ("c", "k3"))
    assert (answer.score, answer.bound, answer.bound_by) == (12, 12, BY_PRICES)


def lying(seats: tuple[tuple[str, str], ...], score: int) -> ClinicAnswer:
    """Return the answer with other seats."""
    return replace(best_clinics(QUESTION, be_patient(GENEROUS)), seats=seats, score=score)


@pytest.mark.parametrize(
    ("seats", "score", "faults"),
    [
        ((("a", "k1"), ("b", "k1"), ("c", "k3")), 11, ("total",)),
        ((("a", "k1"), ("b", "k1"), ("c", "k1")), 14, ("most", "bound")),
        ((("a", "k1"), ("c", "k3")), 7, ("fewest",)),
        ((("a", "k1"), ("b", "k1"), ("d", "k2")), 11, ("teacher",)),
        ((("c", "k1"), ("b", "k1"), ("c", "k3")), 11, ("twice",)),
        ((("e", "k1"), ("b", "k1")), 10, ("wish",)),
    ],
)
def test_wrong_seats_are_found(seats, score, faults):
    assert check_clinics(QUESTION, lying(seats, score)) == faults


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"bound": 11, "score": 11, "seats": (("a", "k1"), ("b", "k1"))}, ("total", "bound")),
        ({"bound": 99, "bound_by": BY_HIGHS}, ("bound",)),
        ({"prices": {}}, ("prices",)),
        ({"prices": dict.fromkeys("abcdez", 0)}, ("prices",)),
        ({"prices": dict.fromkeys("abcde", -1)}, ("prices",)),
        ({"prices": dict.fromkeys("abcde", 9_000_000)}, ("bound",)),
    ],
)
def test_a_wrong_bound_for_clinics_is_found(change, fault):
    answer = best_clinics(QUESTION, be_patient(GENEROUS))
    assert check_clinics(QUESTION, replace(answer, **change)) == fault
