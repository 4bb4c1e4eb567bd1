"""The price of a decision is what asking again without it says."""

from collections import Counter
from dataclasses import replace

import pytest
from engine_parties import POLICY, market, requests
from hypothesis import given, settings

from talka.matching.engine import Contradiction, Request, Ruling, Side, match
from talka.matching.engine.encode.soft import score
from talka.matching.engine.lens import shares_of
from talka.matching.engine.study import Price, study
from talka.matching.engine.watch import Stopped
from tests.thoroughness import examples


def answered(request: Request):
    return match(request.learners, request.teachers, request.policy, request.rulings)


def together(outcome):
    return {(pair.learner, pair.teacher) for pair in outcome.pairs}


def points(request: Request, pairs):
    """Return the points of each pair under the policy of the request, asked one by one."""
    learners = {party.key: party for party in request.learners}
    teachers = {party.key: party for party in request.teachers}
    return [score(learners[one], teachers[other], request.policy) for one, other in pairs]


def without(request: Request, price: Price) -> Request:
    """Return the request without what the price is of."""
    policy = request.policy
    if price.kind == "rule":
        return replace(
            request, policy=replace(policy, hard=tuple(rule for rule in policy.hard if rule != price.name))
        )
    if price.kind == "weight":
        return replace(request, policy=replace(policy, weights={**policy.weights, price.name: 0}))
    ruling = Ruling(price.kind, price.learner, price.teacher)
    return replace(request, rulings=tuple(other for other in request.rulings if other != ruling))


@settings(max_examples=examples(60))
@given(requests())
def test_every_price_is_what_asking_again_says(request):
    before = together(answered(request))
    found = study(request)
    decisions = len(request.rulings) + len(request.policy.hard)
    assert len(found.prices) == decisions + sum(1 for weight in request.policy.weights.values() if weight)
    for price in found.prices:
        other = without(request, price)
        if not any(other.policy.weights.values()):
            continue
        after = together(answered(other))
        was, is_now = points(other, before), points(other, after)
        assert price == replace(
            price,
            matched=len({one for one, _ in after}) - len({one for one, _ in before}),
            worst=min(is_now, default=0) - min(was, default=0),
            total=sum(is_now) - sum(was),
            moved=len(before - after),
            possible=True,
        )


@settings(max_examples=examples(60))
@given(requests())
def test_a_pair_stands_in_as_many_tries_as_asking_again_says(request):
    tries = []
    for part in sorted(request.policy.weights):
        if request.policy.weights[part]:
            for step in (9, 11):
                weights = {name: 10 * weight for name, weight in request.policy.weights.items()}
                weights[part] = step * request.policy.weights[part]
                tries.append(
                    together(answered(replace(request, policy=replace(request.policy, weights=weights))))
                )
    counts = Counter(pair for pairs in tries for pair in pairs)
    assert {(one.learner, one.teacher): (one.stands, one.tries) for one in study(request).standings} == {
        pair: (counts[pair], len(tries)) for pair in together(answered(request))
    }


@settings(max_examples=examples(100))
@given(requests())
def test_rivals_are_the_pairs_that_both_would_rather_be_in(request):
    outcome = answered(request)
    scores = {(pair.learner, pair.teacher): pair.score for pair in outcome.pairs if not pair.locked}
    locked = {(pair.learner, pair.teacher) for pair in outcome.pairs if pair.locked}
    expected = set()
    for learner in request.learners:
        for teacher in request.teachers:
            two = (learner.key, teacher.key)
            lone = Request((learner,), (teacher,), request.policy)
            ruled = any((one.learner, one.teacher) == two for one in request.rulings)
            if two in scores or ruled or learner.key == teacher.key:
                continue
            pairs = match((replace(learner, places=1),), (replace(teacher, places=1),), lone.policy).pairs
            gains = [
                pair.score > least_kept(party, side, scores, locked)
                for pair in pairs
                for party, side in ((learner, 0), (teacher, 1))
            ]
            if gains and all(gains):
                expected.add((*two, pairs[0].score))
    assert {(one.learner, one.teacher, one.score) for one in study(request).rivals} == expected


def least_kept(party, side, scores, locked):
    """Return what a party would give up for another partner: nothing with a place free, all there is with
    none.
    """
    own = [score for two, score in scores.items() if two[side] == party.key]
    room = party.places - sum(two[side] == party.key for two in locked)
    return 0 if len(own) < room else min(own, default=float("inf"))


def test_the_lens_counts_who_is_there_and_who_is_matched():
    request = market(3, 8, 5)
    outcome = answered(request)
    learners = {pair.learner for pair in outcome.pairs}
    shares = {
        (one.side, one.lens, one.value): (one.there, one.matched) for one in shares_of(request, learners)
    }
    newcomers = {party.key for party in request.learners if party.newcomer}
    assert shares[Side.LEARNS, "newcomer", "yes"] == (len(newcomers), len(newcomers & learners))
    polish = {
        party.key
        for party in request.learners
        if any(one.code == "pl" and one.level >= POLICY.minimum_language_level for one in party.languages)
    }
    assert shares[Side.LEARNS, "language", "pl"] == (len(polish), len(polish & learners))


def test_a_lock_that_alone_keeps_a_minimum_is_said_to_be_needed():
    request = market(1, 2, 1)
    teacher = replace(request.teachers[0], fewest=1, places=1)
    learner = replace(request.learners[0], needs=(), places=1)
    lone = Request((learner,), (teacher,), request.policy, (Ruling("lock", learner.key, teacher.key),))
    assert study(lone).prices[0] == Price("lock", "", learner.key, teacher.key, possible=False)
    with pytest.raises(Contradiction):
        answered(replace(lone, rulings=()))


def test_a_study_can_be_stopped_and_says_how_far_it_is():
    told = []

    def watch(stage, done, of):
        told.append((stage, done, of))
        return done < 3

    with pytest.raises(Stopped):
        study(market(1, 4, 4), watch)
    assert told == [("study", number, len(POLICY.hard) + 8 + 16) for number in (1, 2, 3)]


def test_nobody_at_all_is_a_study_too():
    request = Request((), (), POLICY)
    assert study(request).standings == ()
