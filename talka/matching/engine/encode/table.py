"""Stage one: people and policy become numbers. Row i is a learner, column j a teacher, both by key."""

import hashlib
from dataclasses import dataclass

import numpy as np

from talka.matching.engine.encode.hard import keeps
from talka.matching.engine.encode.soft import score
from talka.matching.engine.values import Party, Policy, Request

TIE_BITS = 32
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
    learners, teachers, policy = request.learners, request.teachers, request.policy
    shape = (len(learners), len(teachers))
    locked, banned = _rulings(request, "lock"), _rulings(request, "ban")
    for i, learner in enumerate(learners):
        banned[i] |= np.array([teacher.key == learner.key for teacher in teachers], dtype=bool)
    first_broken = np.full(shape, ALL_KEPT, dtype=np.int64)
    scores, ties = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for i, learner in enumerate(learners):
        for j, teacher in enumerate(teachers):
            first_broken[i, j] = _first_broken(learner, teacher, policy)
            if first_broken[i, j] == ALL_KEPT and not banned[i, j] and not locked[i, j]:
                scores[i, j] = score(learner, teacher, policy)
                ties[i, j] = tie(policy.tie_break_seed, learner.key, teacher.key)
    return Problem(
        scores=scores,
        ties=ties,
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


def tie(seed: str, learner: str, teacher: str) -> int:
    """Return the number that decides between answers as good: 32 bits of a hash of the keys."""
    text = "\0".join((seed, learner, teacher)).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[: TIE_BITS // 8], "big")


def _first_broken(learner: Party, teacher: Party, policy: Policy) -> int:
    """Return the position of the first hard rule the two break, or ALL_KEPT."""
    for position, rule in enumerate(policy.hard):
        if not keeps(rule, learner, teacher, policy):
            return position
    return ALL_KEPT


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
