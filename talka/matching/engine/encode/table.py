"""Stage one: people and policy become numbers. Row i is a learner, column j a teacher, both by key."""

from dataclasses import dataclass

import numpy as np

from talka.matching.engine.compiled import plain
from talka.matching.engine.encode.survey import Survey, scores_of, survey
from talka.matching.engine.encode.ties import marks_of, tie_of
from talka.matching.engine.values import Party, Request, Side

ALL_KEPT = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Problem:
    """What the solver sees. Locks are settled: their places are gone and their pairs are not allowed again.

    `scores` are positive where a pair is allowed, else 0. `seated` marks learners who have a lock already.
    `first_broken` is the position of the first hard rule a pair breaks, or ALL_KEPT; `ties` are hashes;
    `kept` marks pairs of an earlier run that are to stay where that costs nothing.
    """

    scores: np.ndarray
    ties: np.ndarray
    learner_places: np.ndarray
    teacher_places: np.ndarray
    learner_fewest: np.ndarray
    teacher_fewest: np.ndarray
    priorities: np.ndarray
    seated: np.ndarray
    first_broken: np.ndarray
    banned: np.ndarray
    locked: np.ndarray
    kept: np.ndarray


def encode(request: Request) -> Problem:
    """Return the request as arrays; the rows must be in the order `ask` gives them."""
    return problem_of(request, survey(request))


def problem_of(request: Request, seen: Survey) -> Problem:
    """Return the request as arrays, its pairs looked at already; of the policy only rules and weights
    count.
    """
    learners, teachers, policy = request.learners, request.teachers, request.policy
    locked, banned = _rulings(request, "lock"), _rulings(request, "ban") | _same(request)
    first_broken = np.full(locked.shape, ALL_KEPT, dtype=np.int64)
    for position, rule in reversed(list(enumerate(policy.hard))):
        first_broken[~seen.kept[rule]] = position
    allowed = (first_broken == ALL_KEPT) & ~banned & ~locked
    return Problem(
        scores=np.where(allowed, scores_of(seen.fits, policy.weights, locked.shape), 0),
        ties=ties_of(request),
        learner_places=_places(learners) - locked.sum(axis=1, dtype=np.int64),
        teacher_places=_places(teachers) - locked.sum(axis=0, dtype=np.int64),
        learner_fewest=np.maximum(_fewest(learners) - locked.sum(axis=1, dtype=np.int64), 0),
        teacher_fewest=np.maximum(_fewest(teachers) - locked.sum(axis=0, dtype=np.int64), 0),
        priorities=np.array([learner.priority for learner in learners], dtype=np.int64),
        seated=np.asarray(locked.any(axis=1)),
        first_broken=first_broken,
        banned=banned,
        locked=locked,
        kept=_rulings(request, "keep"),
    )


def ties_of(request: Request) -> np.ndarray:
    """Return the numbers that decide between answers as good."""
    seed = request.policy.tie_break_seed
    rows = marks_of(seed, Side.LEARNS, (party.key for party in request.learners))
    columns = marks_of(seed, Side.TEACHES, (party.key for party in request.teachers))
    ties: np.ndarray = plain(tie_of)(rows[:, None], columns[None, :])
    return ties


def _same(request: Request) -> np.ndarray:
    """Return who is both the learner and the teacher of a pair: nobody learns from themselves."""
    columns = {party.key: j for j, party in enumerate(request.teachers)}
    table = np.zeros((len(request.learners), len(columns)), dtype=bool)
    for i, learner in enumerate(request.learners):
        if learner.key in columns:
            table[i, columns[learner.key]] = True
    return table


def _places(parties: tuple[Party, ...]) -> np.ndarray:
    """Return how many each can take."""
    return np.array([party.places for party in parties], dtype=np.int64)


def _fewest(parties: tuple[Party, ...]) -> np.ndarray:
    """Return how many each must take."""
    return np.array([party.fewest for party in parties], dtype=np.int64)


def _rulings(request: Request, kind: str) -> np.ndarray:
    """Return the pairs of that kind of ruling as a table of yes and no."""
    rows = {party.key: i for i, party in enumerate(request.learners)}
    columns = {party.key: j for j, party in enumerate(request.teachers)}
    table = np.zeros((len(rows), len(columns)), dtype=bool)
    for ruling in request.rulings:
        if ruling.kind == kind:
            table[rows[ruling.learner], columns[ruling.teacher]] = True
    return table
