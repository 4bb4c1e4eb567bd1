"""The audit refuses what is not so: each sabotage by name."""

from dataclasses import replace

import pytest
from engine_parties import ADA, BO, POLICY

from talka.matching.engine import Outcome, Ruling, ask, check, match
from talka.matching.engine.explain import pair_up

EVE = replace(ADA, key="eve", country="CZ")
FAR = replace(BO, key="far", region="")
HIGH = replace(BO, key="high", offers=ADA.needs, languages=())
REQUEST = ask([ADA, EVE], [BO, FAR, HIGH], POLICY)
TRUE = match(REQUEST.learners, REQUEST.teachers, POLICY)


def with_proof(level: str, **changes: object) -> Outcome:
    """Return the true outcome with one proof changed."""
    proofs = (replace(proof, **changes) if proof.level == level else proof for proof in TRUE.certificate)
    return replace(TRUE, certificate=tuple(proofs))


def with_pairs(*pairs: tuple[int, int]) -> Outcome:
    """Return the true outcome with other pairs, scored rightly."""
    made = (pair_up(REQUEST, REQUEST.learners[i], REQUEST.teachers[j]) for i, j in pairs)
    return replace(TRUE, pairs=tuple(made))


def test_the_true_outcome_passes():
    assert [(pair.learner, pair.teacher) for pair in TRUE.pairs] != []
    assert check(REQUEST, TRUE) == ()


@pytest.mark.parametrize(
    ("outcome", "faults"),
    [
        (replace(TRUE, seal="0" * 64), ("seal",)),
        (replace(TRUE, pairs=(replace(TRUE.pairs[0], teacher="nobody"),)), ("stranger",)),
        (with_pairs((0, 0), (1, 0)), ("teacher_places",)),
        (with_pairs((0, 0), (0, 1)), ("learner_places",)),
        (with_pairs((0, 0), (0, 0)), ("twice", "learner_places", "teacher_places")),
        (with_pairs((0, 0), (1, 2)), ("rule",)),
        (replace(TRUE, pairs=(replace(TRUE.pairs[0], score=9999), TRUE.pairs[1])), ("score",)),
        (replace(TRUE, pairs=(replace(TRUE.pairs[0], locked=True), TRUE.pairs[1])), ("lock",)),
        (replace(TRUE, pairs=TRUE.pairs[:1]), ("matched_2",)),
        (replace(TRUE, certificate=()), ("matched_2",)),
        (with_proof("matched_2", value=1), ("matched_2",)),
        (with_proof("matched_2", prices={"bo": 9, "far": 0, "high": 0}), ("matched_2",)),
        (with_proof("worst", value=1), ("worst",)),
        (with_proof("worst", prices={"bo": 9, "far": 9, "high": 0}), ("worst",)),
        (with_proof("total", value=1), ("total",)),
        (with_proof("total", prices={"bo": 0, "far": 0, "high": 0}), ("total",)),
        (with_proof("total", prices={"bo": -1, "far": 0, "high": 0}), ("total",)),
        (with_proof("ties", value=1), ("ties",)),
        (with_proof("total", prices={"bo": 0}), ("prices",)),
    ],
)
def test_a_sabotaged_outcome_is_refused(outcome, faults):
    assert check(REQUEST, outcome) == faults


def test_the_other_way_round_of_equal_pairs_is_refused_for_its_tie_hash():
    swapped = [(pair.learner, "far" if pair.teacher == "bo" else "bo") for pair in TRUE.pairs]
    rows = {"ada": 0, "eve": 1, "bo": 0, "far": 1}
    outcome = with_pairs(*[(rows[learner], rows[teacher]) for learner, teacher in swapped])
    assert sum(pair.score for pair in outcome.pairs) == sum(pair.score for pair in TRUE.pairs)
    assert check(REQUEST, outcome) == ("ties",)


def test_a_lock_left_out_and_a_ban_broken_are_refused():
    rulings = [Ruling("lock", "ada", "bo"), Ruling("ban", "eve", "far")]
    request = ask(REQUEST.learners, REQUEST.teachers, POLICY, rulings)
    outcome = match(request.learners, request.teachers, POLICY, rulings)
    assert check(request, outcome) == ()
    assert check(request, replace(outcome, pairs=())) == ("lock",)
    banned = pair_up(request, request.learners[1], request.teachers[1])
    assert check(request, replace(outcome, pairs=(*outcome.pairs, banned))) == ("rule",)
