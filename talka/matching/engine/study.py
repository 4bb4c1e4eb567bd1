"""What stands on each decision: the question asked again, exactly, with one thing changed at a time.

A price here is no estimate: each comes from another best answer, found and compared with the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from talka.matching.engine.encode.survey import Survey, scores_of, survey
from talka.matching.engine.encode.table import problem_of
from talka.matching.engine.sealing import ask
from talka.matching.engine.solve.aims import cells_of, face_of_cells, solve
from talka.matching.engine.solve.faces import market_on
from talka.matching.engine.solve.ladder import CannotBeFilled
from talka.matching.engine.solve.stability import blocking_cells
from talka.matching.engine.values import Policy, Request
from talka.matching.engine.watch import Stopped, Watch, goes_on

TENTH = 10


@dataclass(frozen=True)
class Price:
    """What changes without a decision: more matched, a better worst pair, more points, and pairs that go.

    `kind` is "lock", "ban", "rule" or "weight"; `name` the rule or part; `learner` and `teacher` those of a
    ruling. Points are counted without the part whose weight is taken away. `possible` is no where the minima
    cannot be kept without the decision.
    """

    kind: str
    name: str
    learner: str
    teacher: str
    matched: int = 0
    worst: int = 0
    total: int = 0
    moved: int = 0
    possible: bool = True


@dataclass(frozen=True)
class Standing:
    """In how many of the tries a pair is there, each with a weight a tenth lower or higher."""

    learner: str
    teacher: str
    stands: int
    tries: int


@dataclass(frozen=True)
class Rival:
    """Two who would both score more with each other than with the least they have."""

    learner: str
    teacher: str
    score: int


@dataclass(frozen=True)
class Study:
    """What the office reads beside a draft before it is published."""

    prices: tuple[Price, ...]
    standings: tuple[Standing, ...]
    rivals: tuple[Rival, ...]


def study(request: Request, watch: Watch | None = None) -> Study:
    """Return what stands on every lock, ban, rule and weight of the request. Raises Stopped when told to.

    The request must have an answer: raises CannotBeFilled otherwise.
    """
    request = ask(request.learners, request.teachers, request.policy, request.rulings)
    seen = survey(request)
    changes, tries = list(_changes(request)), list(_tries(request.policy))
    questions = len(changes) + len(tries)
    chosen = _answer(request, seen)
    prices, stands = [], np.zeros(chosen.shape, dtype=np.int64)
    for number, (price, changed) in enumerate(changes, start=1):
        prices.append(_priced(price, request, changed, seen, chosen))
        _demand_go(watch, number, questions)
    for number, policy in enumerate(tries, start=len(changes) + 1):
        stands += _answer(replace(request, policy=policy), seen)
        _demand_go(watch, number, questions)
    return Study(
        prices=tuple(prices),
        standings=tuple(
            Standing(*_keys(request, i, j), int(stands[i, j]), len(tries)) for i, j in np.argwhere(chosen)
        ),
        rivals=tuple(_rivals(request, seen, chosen)),
    )


def _demand_go(watch: Watch | None, done: int, of: int) -> None:
    if not goes_on(watch, "study", done, of):
        raise Stopped


def _keys(request: Request, i: int, j: int) -> tuple[str, str]:
    return request.learners[i].key, request.teachers[j].key


def _answer(request: Request, seen: Survey) -> np.ndarray:
    """Return the best answer as a table of yes and no, locks included."""
    problem = problem_of(request, seen)
    answer: np.ndarray = solve(problem).chosen | problem.locked
    return answer


# Prices


def _changes(request: Request) -> Iterator[tuple[Price, Request]]:
    """Yield the request without each of its decisions."""
    policy = request.policy
    for ruling in request.rulings:
        if ruling.kind != "keep":
            rest = tuple(other for other in request.rulings if other != ruling)
            yield Price(ruling.kind, "", ruling.learner, ruling.teacher), replace(request, rulings=rest)
    for rule in policy.hard:
        rest_of_rules = tuple(other for other in policy.hard if other != rule)
        yield Price("rule", rule, "", ""), replace(request, policy=replace(policy, hard=rest_of_rules))
    for part in sorted(policy.weights):
        if policy.weights[part]:
            weights = {**policy.weights, part: 0}
            yield Price("weight", part, "", ""), replace(request, policy=replace(policy, weights=weights))


def _priced(price: Price, request: Request, changed: Request, seen: Survey, chosen: np.ndarray) -> Price:
    """Return the price with what the changed request has more than the answer there is."""
    try:
        other = _answer(changed, seen)
    except CannotBeFilled:
        return replace(price, possible=False)
    scores = scores_of(seen.fits, changed.policy.weights, chosen.shape)
    return replace(
        price,
        matched=int(other.any(axis=1).sum() - chosen.any(axis=1).sum()),
        worst=_worst(scores, other) - _worst(scores, chosen),
        total=int(scores[other].sum() - scores[chosen].sum()),
        moved=int((chosen & ~other).sum()),
    )


def _worst(scores: np.ndarray, chosen: np.ndarray) -> int:
    return int(scores[chosen].min()) if chosen.any() else 0


# Sensitivity


def _tries(policy: Policy) -> Iterator[Policy]:
    """Yield the policy with each weight a tenth lower and a tenth higher than it is beside the others."""
    tenfold = {part: TENTH * weight for part, weight in policy.weights.items()}
    for part in sorted(policy.weights):
        if policy.weights[part]:
            for step in (TENTH - 1, TENTH + 1):
                yield replace(policy, weights={**tenfold, part: step * policy.weights[part]})


# Stability


def _rivals(request: Request, seen: Survey, chosen: np.ndarray) -> list[Rival]:
    """Return the pairs that both would rather be in, the highest score first."""
    problem = problem_of(request, seen)
    cells = cells_of(problem)
    market = market_on(face_of_cells(cells), cells.scores)
    taken = (chosen & ~problem.locked)[cells.rows, cells.columns]
    blocking = np.flatnonzero(blocking_cells(market, taken, cells.scores, cells.scores))
    order = blocking[np.lexsort((cells.columns[blocking], cells.rows[blocking], -cells.scores[blocking]))]
    return [
        Rival(*_keys(request, int(cells.rows[cell]), int(cells.columns[cell])), int(cells.scores[cell]))
        for cell in order
    ]
