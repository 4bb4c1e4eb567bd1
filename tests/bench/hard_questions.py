"""Rings and clinics too large to be settled in a minute: the same questions for everybody who is asked.

Made as in the measurements before the engine was designed (docs/matching-bench.md), draw by draw.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from talka.matching.engine.solve.clinics.values import Clinic, ClinicQuestion
from talka.matching.engine.solve.rings.values import Arcs, RingQuestion

SKILLS, LEARNERS, TEACHES, SEEKS = 20, 8, 3, 2
NEAR = 6
"""Hours apart at most."""


def ring_question(count: int) -> RingQuestion:
    """Return peers who teach three skills and seek two, the popular ones more often."""
    random = np.random.default_rng(1)
    skills = max(SKILLS, count // LEARNERS)
    popular = 1 / np.arange(1, skills + 1) ** 0.5
    popular /= popular.sum()
    everybody = np.arange(count)
    teaches, seeks = np.zeros((2, count, skills), dtype=np.int32)
    for _ in range(TEACHES):
        teaches[everybody, random.choice(skills, count, p=popular)] = random.integers(2, 6, count)
    for _ in range(SEEKS):
        seeks[everybody, random.choice(skills, count, p=popular)] = random.integers(1, 4, count)
    scores = teaches @ seeks.T * 100
    languages = random.integers(1, 16, count)
    zones = random.integers(0, 24, count)
    apart = np.abs(zones[:, None] - zones[None, :])
    apart = np.minimum(apart, 24 - apart)
    possible = (languages[:, None] & languages[None, :] != 0) & (apart <= NEAR) & (scores > 0)
    np.fill_diagonal(possible, False)
    givers, takers = np.nonzero(possible)
    worths = (scores + (NEAR - apart) * 10)[possible].astype(np.int64)
    return RingQuestion(Arcs(tuple(f"p{at:05}" for at in everybody), givers, takers, worths, Decimal(1)))


@dataclass(frozen=True)
class Sizes:
    """How many people, and how many clinics."""

    people: int
    clinics: int


def clinic_question(sizes: Sizes) -> ClinicQuestion:
    """Return people with three wishes by skill, and clinics of 3 to 8 by about half as many teachers."""
    random = np.random.default_rng(2)
    skills = max(10, sizes.clinics // 6)
    popular = 1 / np.arange(1, skills + 1) ** 0.5
    popular /= popular.sum()
    about = random.choice(skills, sizes.clinics, p=popular)
    teachers = random.integers(0, sizes.clinics // 2, sizes.clinics)
    seeks = np.stack([random.choice(skills, sizes.people, p=popular) for _ in range(3)], 1)
    speaks, spoken = random.integers(1, 16, sizes.people), random.integers(1, 16, sizes.clinics)
    scores = np.zeros((sizes.people, sizes.clinics), dtype=np.int64)
    for place, points in enumerate((300, 200, 100)):
        wished = seeks[:, place][:, None] == about[None, :]
        given = points + random.integers(0, 50, scores.shape)
        scores = np.maximum(scores, np.where(wished, given, 0))
    scores[(speaks[:, None] & spoken[None, :]) == 0] = 0
    rows, columns = np.nonzero(scores)
    clinics = tuple(Clinic(f"c{at:04}", f"t{teacher:04}", 3, 8) for at, teacher in enumerate(teachers))
    return ClinicQuestion(
        tuple(f"p{at:05}" for at in range(sizes.people)), clinics, rows, columns, scores[rows, columns]
    )
