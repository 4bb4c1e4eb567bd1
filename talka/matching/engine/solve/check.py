"""The audit: proves an outcome again without the solver. Nothing here searches; it adds up and compares.

Prices prove optimality (linear programming duality): let every learner choose freely at these prices; what
they gain and what the places cost add up to a ceiling no answer can pass. Who reaches it is the best.
"""

import numpy as np

from talka.matching.engine.encode.soft import weigh
from talka.matching.engine.encode.table import ALL_KEPT, Problem, encode
from talka.matching.engine.sealing import ask, seal_of
from talka.matching.engine.solve.tasks import Task, counting_tasks, final_task, value
from talka.matching.engine.values import Outcome, Request


def ceiling(task: Task, prices: list[int]) -> int:
    """Return what no answer to the task can pass, in Python integers, so nothing can overflow."""
    top = sum(int(places) * price for places, price in zip(task.teacher_places, prices, strict=True))
    for weights, first, places in zip(task.weights, task.firsts, task.learner_places, strict=True):
        gains = sorted(
            (int(weight) - price for weight, price in zip(weights, prices, strict=True) if weight),
            reverse=True,
        )[: int(places)]
        if gains:
            top += max(0, int(first) + gains[0] + sum(gain for gain in gains[1:] if gain > 0))
    return top


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
        faults = _faults_of_proof(problem, outcome, chosen, list(columns))
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
    if any(taken.sum(axis=1) > [party.places for party in request.learners]):
        faults.append("learner_places")
    if any(taken.sum(axis=0) > [party.places for party in request.teachers]):
        faults.append("teacher_places")
    return faults


def _faults_of_proof(
    problem: Problem, outcome: Outcome, chosen: np.ndarray, teachers: list[str]
) -> list[str]:
    """Return the levels whose value is not reached or not proved."""
    proofs = {proof.level: proof for proof in outcome.certificate}
    if any(
        sorted(proof.prices) != teachers or min(proof.prices.values(), default=0) < 0
        for proof in proofs.values()
    ):
        return ["prices"]
    prices = {level: [proof.prices[key] for key in teachers] for level, proof in proofs.items()}
    faults, counts = [], {}
    for level, task in counting_tasks(problem):
        reached = int(np.minimum(chosen.sum(axis=1), task.learner_places).sum())
        counts[level] = reached
        if level not in proofs or not proofs[level].value == reached == ceiling(task, prices[level]):
            faults.append(level)
    worst = int(problem.scores[chosen].min()) if chosen.any() else 0
    if worst:
        higher = counting_tasks(problem, worst + 1)
        proved = "worst" in proofs and proofs["worst"].value == worst
        if not proved or all(ceiling(task, prices["worst"]) >= counts[level] for level, task in higher):
            faults.append("worst")
    total = final_task(problem, worst)
    reached = int(problem.scores[chosen].sum())
    if "total" not in proofs or proofs["total"].value != reached:
        return [*faults, "total"]
    return faults if value(total, chosen) == ceiling(total, prices["total"]) else [*faults, "total"]
