"""Groups against every choice there is, their proof against lies, and the time against the clock."""

import time
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine.solve.groups.ceiling import worth_of_group
from talka.matching.engine.solve.groups.check import check_groups
from talka.matching.engine.solve.groups.likeness import points_of, question_of
from talka.matching.engine.solve.groups.solving import best_groups
from talka.matching.engine.solve.groups.values import GroupQuestion, Likeness, Peer
from talka.matching.engine.solve.patience import be_patient
from talka.matching.engine.solve.rings.values import BY_HIGHS, BY_PRICES
from tests.thoroughness import examples

KINDLY = settings(max_examples=examples(300), deadline=None, derandomize=True, database=None)
GENEROUS = 30.0


def random_groups(seed: int, most: int = 9) -> GroupQuestion:
    """Return a few people of any kind: nobody, some who may not be together, ties, huge points."""
    random = np.random.default_rng(seed)
    count = int(random.integers(0, most))
    points = random.integers(0, int(random.choice([1, 4, 100])) + 1, (count, count))
    together = np.triu(random.random((count, count)) < random.choice([0.5, 1.0]), 1)
    points = np.triu(points, 1).astype(object) * int(random.choice([1, 10**25]))
    smallest = int(random.integers(2, 5))
    largest = smallest + int(random.integers(0, 3))
    people = tuple(f"p{at}" for at in range(count))
    shared = random.integers(0, 8, count) if random.random() < 0.5 else None
    return GroupQuestion(people, points + points.T, together | together.T, smallest, largest, shared)


def best_score(question: GroupQuestion) -> int:
    """Return the greatest score there is, by trying everything."""

    def best(people: tuple[int, ...]) -> int:
        if not people:
            return 0
        ways = [best(people[1:])]
        for size in range(question.smallest, question.largest + 1):
            for others in combinations(people[1:], size - 1):
                group = [people[0], *others]
                pairs = combinations(group, 2)
                if all(question.together[one, other] for one, other in pairs) and share(question, group):
                    rest = tuple(at for at in people if at not in group)
                    ways.append(worth_of_group(question, group) + best(rest))
        return max(ways)

    return best(tuple(range(len(question.people))))


def share(question: GroupQuestion, group: list[int]) -> bool:
    """Tell whether all of a group have a bit in common, where that is asked."""
    return question.shared is None or any(
        all(int(question.shared[person]) >> bit & 1 for person in group) for bit in range(3)
    )


@KINDLY
@given(st.integers(0, 1 << 30))
def test_no_groups_are_worth_more_and_the_bound_is_theirs(seed):
    question = random_groups(seed)
    answer = best_groups(question, be_patient(GENEROUS))
    assert check_groups(question, answer) == ()
    assert answer.score == answer.bound == best_score(question)


@KINDLY
@given(st.integers(0, 1 << 30))
def test_whatever_the_prices_they_never_prove_less_than_the_best_groups(seed):
    question = random_groups(seed, most=8)
    answer = best_groups(question, be_patient(GENEROUS))
    random = np.random.default_rng(seed)
    prices = tuple(
        (int(one), int(other)) for one, other in random.integers(-50, 500, (len(question.people), 2))
    )
    lie = replace(answer, prices=prices, bound_by=BY_HIGHS)
    assert check_groups(question, lie) == ()


def test_groups_that_were_hidden_are_found_and_proved_by_prices():
    hidden = np.repeat(np.arange(6), 4)
    order = np.random.default_rng(2).permutation(24)
    hidden = hidden[order]
    points = np.where(hidden[:, None] == hidden[None, :], 9, 1)
    everybody = np.ones((24, 24), dtype=bool) & ~np.eye(24, dtype=bool)
    question = GroupQuestion(tuple(f"p{at:02}" for at in range(24)), points, everybody)
    answer = best_groups(question, be_patient(GENEROUS))
    assert check_groups(question, answer) == ()
    assert (answer.score, answer.bound, answer.bound_by) == (24 * 9 * 60, 24 * 9 * 60, BY_PRICES)
    assert {len({hidden[int(key[1:])] for key in group}) for group in answer.groups} == {1}


def test_the_time_for_groups_is_kept_and_who_watches_can_stop_it():
    random = np.random.default_rng(1)
    points = np.triu(random.integers(0, 99, (60, 60)), 1)
    everybody = ~np.eye(60, dtype=bool)
    question = GroupQuestion(tuple(f"p{at:02}" for at in range(60)), points + points.T, everybody)
    began = time.process_time()
    answer = best_groups(question, be_patient(0.5))
    assert time.process_time() - began <= 1.5
    assert check_groups(question, answer) == ()
    assert 0 < answer.score < answer.bound
    told = []
    best_groups(
        question, be_patient(GENEROUS, lambda score, bound: told.append((score, bound)) or len(told) < 4)
    )
    assert len(told) == 4
    assert told == sorted(told)


def test_the_order_of_the_rows_does_not_change_the_groups():
    random = np.random.default_rng(7)
    peers = [
        Peer(
            f"p{at:02}",
            frozenset(random.choice(["ar", "es", "pl"], 2)),
            60 * int(at % 5),
            int(random.integers(9)),
        )
        for at in range(14)
    ]
    one, other = (
        best_groups(question_of(order, Likeness()), be_patient(GENEROUS)) for order in (peers, peers[::-1])
    )
    assert one == other


@pytest.mark.parametrize(
    ("other", "points"),
    [
        (Peer("b", frozenset({"pl"}), 60, 3), 60),
        (Peer("b", frozenset({"pl"}), 60 + 90, 3), 45),
        (Peer("b", frozenset({"pl"}), 60 - 24 * 60, 3), 60),
        (Peer("b", frozenset({"pl"}), 60 + 12 * 60, 3), 0),
        (Peer("b", frozenset({"pl"}), 60, 5), 80),
        (Peer("b", frozenset({"pl"}), 60, 30), 110),
    ],
)
def test_near_hours_and_other_experience_count_up_to_a_limit(other, points):
    one = Peer("a", frozenset({"pl"}), 60, 3)
    assert points_of(one, other, Likeness()) == points_of(other, one, Likeness()) == points


def test_nobody_is_in_a_group_with_somebody_they_cannot_speak_with():
    peers = [
        Peer(key, frozenset({language}), 0, 0) for key, language in zip("abcdefgh", "ppppqqqq", strict=True)
    ]
    answer = best_groups(question_of(peers, Likeness()), be_patient(GENEROUS))
    assert answer.groups == (("a", "b", "c", "d"), ("e", "f", "g", "h"))


def test_a_group_in_which_only_pairs_have_something_in_common_is_none():
    shared = np.array([0b011, 0b101, 0b110, 0b111])
    everybody = ~np.eye(4, dtype=bool)
    question = GroupQuestion(tuple("abcd"), np.ones((4, 4), dtype=np.int64), everybody, 3, 4, shared)
    answer = best_groups(question, be_patient(GENEROUS))
    assert answer.groups in {(tuple("abd"),), (tuple("acd"),), (tuple("bcd"),)}
    lie = replace(answer, groups=(tuple("abc"),))
    assert check_groups(question, answer) == ()
    assert check_groups(question, lie) == ("shared",)


def test_hundreds_of_people_are_all_grouped_and_nearly_as_well_as_can_be():
    random = np.random.default_rng(4)
    points = np.triu(random.integers(250, 400, (200, 200)), 1)
    everybody = ~np.eye(200, dtype=bool)
    question = GroupQuestion(tuple(f"p{at:03}" for at in range(200)), points + points.T, everybody)
    answer = best_groups(question, be_patient(2.0))
    assert check_groups(question, answer) == ()
    assert sum(map(len, answer.groups)) == 200
    assert answer.score >= 0.93 * answer.bound


PEERS = [Peer(key, frozenset({"p"}), 0, at) for at, key in enumerate("abcdefgh")]
QUESTION = question_of([*PEERS, Peer("z", frozenset({"q"}), 0, 9)], Likeness())


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"groups": (("a", "b", "c", "y"),)}, ("stranger",)),
        ({"groups": (("a", "b", "c", "d"), ("d", "e", "f", "g"))}, ("twice", "total")),
        ({"groups": (("a", "b", "c"),)}, ("size",)),
        ({"groups": (("a", "b", "c", "z"),)}, ("together", "total")),
        ({"score": 1}, ("total",)),
        ({"bound": 1}, ("bound",)),
        ({"prices": ()}, ("bound",)),
        ({"prices": ((10**9, 10**9),) * 9, "bound_by": BY_PRICES}, ("bound",)),
        ({"bound": 10**9}, ("bound",)),
    ],
)
def test_a_lie_about_groups_is_found(change, faults):
    answer = best_groups(QUESTION, be_patient(GENEROUS))
    assert (check_groups(QUESTION, answer), answer.bound_by) == ((), BY_HIGHS)
    assert check_groups(QUESTION, replace(answer, **change)) == faults
