"""The audit: proves an outcome again without the solver. Nothing here searches; it adds up and compares.

Prices prove optimality, aim by aim: see `audit` for the ceiling and `faces` for what an aim leaves to the
next.
"""

import numpy as np

from talka.matching.engine.encode.soft import weigh
from talka.matching.engine.encode.table import ALL_KEPT, Problem, encode
from talka.matching.engine.sealing import ask, seal_of
from talka.matching.engine.solve.aims import Solution, first_unproved
from talka.matching.engine.solve.ladder import Rung
from talka.matching.engine.solve.market import SAFE_BITS
from talka.matching.engine.values import Outcome, Request


def check(request: Request, outcome: Outcome) -> tuple[str, ...]:
    """Return the names of everything wrong with the outcome; empty when it is proved."""
    if outcome.seal != seal_of(request):
        return ("seal",)
    request = ask(request.learners, request.teachers, request.policy, request.rulings)
    rows = {party.key: i for i, party in enumerate(request.learners)}
    columns = {party.key: j for j, party in enumerate(request.teachers)}
    if any(pair.learner not in rows or pair.teacher not in columns for pair in outcome.pairs):
        return ("stranger",)
    problem = encode(request)
    places = [(rows[pair.learner], columns[pair.teacher]) for pair in outcome.pairs]
    faults = _faults_of_pairs(request, problem, outcome, places)
    chosen = np.zeros(problem.scores.shape, dtype=bool)
    for place in places:
        chosen[place] = not problem.locked[place]
    if not faults:
        faults = _faults_of_proof(request, problem, outcome, chosen)
    return tuple(faults)


def _faults_of_pairs(
    request: Request, problem: Problem, outcome: Outcome, places: list[tuple[int, int]]
) -> list[str]:
    """Return what is wrong with the pairs one by one and with their number."""
    faults = []
    taken = np.zeros(problem.scores.shape, dtype=np.int64)
    for pair, place in zip(outcome.pairs, places, strict=True):
        taken[place] += 1
        if pair.locked != problem.locked[place]:
            faults.append("lock")
        if not pair.locked and (problem.banned[place] or problem.first_broken[place] != ALL_KEPT):
            faults.append("rule")
        parts = weigh(request.learners[place[0]], request.teachers[place[1]], request.policy)
        if pair.parts != parts or pair.score != sum(part.points for part in parts):
            faults.append("score")
        if pair.score <= 0 and not pair.locked:
            faults.append("loss")
    if (taken > 1).any():
        faults.append("twice")
    if (problem.locked & (taken == 0)).any():
        faults.append("lock")
    if any(taken.sum(axis=1) < [party.fewest for party in request.learners]):
        faults.append("learner_fewest")
    if any(taken.sum(axis=0) < [party.fewest for party in request.teachers]):
        faults.append("teacher_fewest")
    if any(taken.sum(axis=1) > [party.places for party in request.learners]):
        faults.append("learner_places")
    if any(taken.sum(axis=0) > [party.places for party in request.teachers]):
        faults.append("teacher_places")
    return faults


def _faults_of_proof(request: Request, problem: Problem, outcome: Outcome, chosen: np.ndarray) -> list[str]:
    """Return what of the evidence does not prove the answer the best."""
    learners = [party.key for party in request.learners]
    teachers = [party.key for party in request.teachers]
    rungs = []
    for proof in outcome.certificate:
        if sorted(proof.learner_prices) != learners or sorted(proof.prices) != teachers:
            return ["prices"]
        row_prices = _column([proof.learner_prices[key] for key in learners])
        column_prices = _column([proof.prices[key] for key in teachers])
        rungs.append(Rung(proof.level, proof.value, proof.value, row_prices, column_prices))
    fault = first_unproved(problem, Solution(chosen, tuple(rungs)))
    return [] if fault is None else [fault]


def _column(prices: list[int]) -> np.ndarray:
    """Return the prices as an array, of Python integers where 64 bits would not hold them."""
    fits = max(map(abs, prices), default=0) < 1 << SAFE_BITS
    return np.array(prices, dtype=np.int64 if fits else object)
