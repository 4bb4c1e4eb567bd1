"""Markets to be solved, the same on every machine: who wants whom how much, and how many each may have.

Learners want three topics, the first most; mentors teach four; some topics are popular, and so are some
mentors. A score adds level, region, format and standing, so that there are about 320 different ones and many
ties.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path

import numpy as np

WEIGHTS = np.array([3, 2, 1])
"""How much the first, the second and the third topic of a learner count."""


@dataclass(frozen=True)
class Instance:
    """Pairs by learner and, within, by mentor; how many each may have, and how many a mentor must."""

    rows: np.ndarray
    columns: np.ndarray
    scores: np.ndarray
    row_most: np.ndarray
    column_most: np.ndarray
    column_least: np.ndarray
    row_names: np.ndarray
    column_names: np.ndarray


def save(instance: Instance, path: Path) -> None:
    """Write an instance to a file."""
    np.savez(path, **{field.name: getattr(instance, field.name) for field in fields(instance)})


def load(path: Path) -> Instance:
    """Read an instance from a file."""
    with np.load(path) as held:
        return Instance(**{field.name: held[field.name] for field in fields(Instance)})


def instance_of(pairs: tuple[np.ndarray, ...], row_most: np.ndarray, column_most: np.ndarray) -> Instance:
    """Return an instance without minima, everybody named by number."""
    rows, columns, scores = pairs
    kinds = rows.astype(np.int32), columns.astype(np.int32), scores.astype(np.int64)
    most = row_most.astype(np.int64), column_most.astype(np.int64)
    least = np.zeros(len(column_most), dtype=np.int64)
    return Instance(*kinds, *most, least, np.arange(len(row_most)), np.arange(len(column_most)))


def sparse(people: int, each: int, seed: int) -> tuple[np.ndarray, ...]:
    """Return the pairs of so many learners and mentors, each learner with at most so many."""
    random = np.random.default_rng(seed)
    topics = max(20, people // 100)
    popular = 1 / np.arange(1, topics + 1) ** 0.6
    popular /= popular.sum()
    taught = random.choice(topics, (people, 4), p=popular).ravel()
    order = np.argsort(taught, kind="stable")
    teachers, firsts = order // 4, np.searchsorted(taught[order], np.arange(topics + 1))
    wanted = random.choice(topics, (people, 3), p=popular)
    standing = (random.beta(2, 5, people) * 10).astype(np.int64) * 20
    columns, scores = [], []
    for place, weight in enumerate(WEIGHTS):
        many = each // 3 + (each % 3 if place == 0 else 0)
        first, size = firsts[wanted[:, place]], np.diff(firsts)[wanted[:, place]]
        met = first[:, None] + (random.random((people, many)) ** 1.5 * size[:, None]).astype(np.int64)
        found = teachers[np.minimum(met, len(teachers) - 1)]
        level, form = random.integers(1, 6, found.shape), random.integers(1, 3, found.shape)
        nearby = random.random(found.shape) < 1 / 8
        columns.append(found)
        scores.append(weight * level * 500 + nearby * 150 + form * 100 + standing[found])
    return best_of_each(people, np.hstack(columns), np.hstack(scores))


def best_of_each(people: int, columns: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return the pairs in order, of those who meet twice the better."""
    rows = np.repeat(np.arange(people), columns.shape[1])
    columns, scores = columns.ravel(), scores.ravel()
    order = np.lexsort((-scores, columns, rows))
    rows, columns, scores = rows[order], columns[order], scores[order]
    new = np.ones(len(rows), dtype=bool)
    new[1:] = (np.diff(rows) != 0) | (np.diff(columns) != 0)
    return rows[new], columns[new], scores[new]


def dense(people: int, seed: int) -> tuple[np.ndarray, ...]:
    """Return the pairs of so many learners and mentors, each with each."""
    random = np.random.default_rng(seed)
    topics = 30
    popular = 1 / np.arange(1, topics + 1) ** 0.8
    popular /= popular.sum()
    everybody = np.arange(people)
    taught, wanted = np.zeros((people, topics)), np.zeros((people, topics))
    for _ in range(4):
        taught[everybody, random.choice(topics, people, p=popular)] = random.integers(1, 6, people)
    for _ in range(3):
        wanted[everybody, random.choice(topics, people, p=popular)] = random.integers(1, 4, people)
    regions, languages = random.integers(0, 8, (2, people)), random.integers(1, 64, (2, people))
    nearby = regions[0][:, None] == regions[1][None, :]
    shared = np.bitwise_count(languages[0][:, None] & languages[1][None, :])
    scores = (wanted @ taught.T).astype(np.int64) * 200 + nearby * 150 + np.minimum(shared, 2) * 100 + 1
    return np.repeat(everybody, people), np.tile(everybody, people), scores.ravel()


def loose(people: int, each: int) -> Instance:
    """Return a market with three places for two learners."""
    places = np.random.default_rng(7).integers(1, 3, people)
    return instance_of(sparse(people, each, 2), np.ones(people), places)


def scarce(people: int, each: int) -> Instance:
    """Return a market with four places for five learners, and with mentors who have none."""
    places = np.random.default_rng(7).choice([0, 1, 2], people, p=[0.4, 0.4, 0.2])
    return instance_of(sparse(people, each, 2), np.ones(people), places)


def tight(people: int, each: int) -> Instance:
    """Return a market with exactly one place for each learner."""
    return instance_of(sparse(people, each, 2), np.ones(people), np.ones(people))


def full(people: int) -> Instance:
    """Return a market in which everybody could have anybody, with two places for each learner."""
    places = np.random.default_rng(7).integers(1, 4, people)
    return instance_of(dense(people, 1), np.ones(people), places)


def many(pairs: Callable[[], tuple[np.ndarray, ...]], people: int) -> Instance:
    """Return a market with up to three on both sides."""
    random = np.random.default_rng(7)
    return instance_of(pairs(), random.integers(1, 4, people), random.integers(1, 4, people))


def loads(people: int) -> Instance:
    """Return a market in which everybody could have anybody, learners three, and mentors must have two."""
    three = np.full(people, 3)
    return replace(instance_of(dense(people, 1), three, three + 1), column_least=np.full(people, 2))


FAMILIES: dict[str, Callable[[], Instance]] = {
    "loose_2000": partial(loose, 2_000, 50),
    "scarce_2000": partial(scarce, 2_000, 50),
    "tight_2000": partial(tight, 2_000, 50),
    "loads_500": partial(loads, 500),
    "dense_500": partial(full, 500),
    "dense_2000": partial(full, 2_000),
    "many_10000": partial(many, partial(sparse, 10_000, 50, 4), 10_000),
    "many_2000": partial(many, partial(dense, 2_000, 3), 2_000),
    "loose_10000": partial(loose, 10_000, 50),
    "scarce_10000": partial(scarce, 10_000, 50),
    "tight_10000": partial(tight, 10_000, 50),
    "loose_100000": partial(loose, 100_000, 50),
    "scarce_100000": partial(scarce, 100_000, 50),
    "tight_100000": partial(tight, 100_000, 50),
}


def tiny() -> Instance:
    """Return a market on which everything is tried once before time is taken."""
    return full(30)


def changed(instance: Instance, share: float, seed: int) -> Instance:
    """Return the instance after a share of the learners, drawn by lot, have other scores."""
    random = np.random.default_rng(seed)
    people = len(instance.row_most)
    moved = np.zeros(people, dtype=bool)
    moved[random.choice(people, max(1, round(people * share)), replace=False)] = True
    scores, touched = instance.scores.copy(), moved[instance.rows]
    scores[touched] += random.integers(-1500, 1500, int(touched.sum()))
    return replace(instance, scores=np.maximum(scores, 1))


def relabelled(instance: Instance, seed: int) -> tuple[Instance, np.ndarray]:
    """Return the instance with all rows in another order, and which of its pairs each of the new ones is."""
    random = np.random.default_rng(seed)
    row_order = random.permutation(len(instance.row_most))
    column_order = random.permutation(len(instance.column_most))
    rows, columns = np.argsort(row_order)[instance.rows], np.argsort(column_order)[instance.columns]
    order = np.lexsort((columns, rows))
    pairs = rows[order].astype(np.int32), columns[order].astype(np.int32), instance.scores[order]
    sides = (
        instance.row_most[row_order],
        instance.column_most[column_order],
        instance.column_least[column_order],
        instance.row_names[row_order],
        instance.column_names[column_order],
    )
    return Instance(*pairs, *sides), order
