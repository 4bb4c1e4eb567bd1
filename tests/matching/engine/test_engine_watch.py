"""A long answer tells how far it is, and can be ended early without becoming wrong."""

import pytest
from engine_parties import market

from talka.matching.engine import check, match
from talka.matching.engine.watch import Stopped

REQUEST = market(5, 40, 30)


def answered(watch=None):
    return match(REQUEST.learners, REQUEST.teachers, REQUEST.policy, watch=watch)


def stopping_after(number):
    told = []

    def watch(stage, done, of):
        told.append(stage)
        return len(told) < number

    return watch, told


def test_every_stage_is_told():
    watch, told = stopping_after(10_000)
    assert answered(watch) == answered()
    assert sorted(set(told)) == ["explain", "look", "solve"]


def test_before_all_pairs_were_looked_at_there_is_no_answer():
    with pytest.raises(Stopped):
        answered(stopping_after(2)[0])


@pytest.mark.parametrize("questions", [1, 2, 4])
def test_a_search_that_is_stopped_gives_pairs_that_keep_the_rules_and_a_bound_above_what_they_reach(
    questions,
):
    best = {proof.level: proof.value for proof in answered().certificate}
    everything = stopping_after(10_000)
    answered(everything[0])
    looks = everything[1].count("look")
    outcome = answered(stopping_after(looks + questions)[0])
    for proof in outcome.certificate:
        assert proof.value <= best[proof.level] <= (proof.value if proof.bound is None else proof.bound)
    assert outcome.stopped
    assert [fault for fault in check(REQUEST, outcome) if fault not in best] == []
    paired = {key for pair in outcome.pairs for key in (pair.learner, pair.teacher)}
    assert paired | {one.key for one in outcome.unmatched} == {
        party.key for party in (*REQUEST.learners, *REQUEST.teachers)
    }


def test_nobody_of_a_whole_answer_is_told_that_the_search_was_stopped():
    assert {one.reason.key for one in answered().unmatched}.isdisjoint({"matching.search_stopped"})
