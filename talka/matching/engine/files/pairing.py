"""The best pairs of a table of numbers, with a certificate that anybody can check."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from talka.matching.engine.files.faults import Fault, FaultyTable
from talka.matching.engine.files.numbers import Edges, Share
from talka.matching.engine.solve.assignment import Watch
from talka.matching.engine.solve.conflicts import smallest_conflict
from talka.matching.engine.solve.faces import Bounds, Face, face_of
from talka.matching.engine.solve.ladder import Aim, CannotBeFilled, Climbed, Floor, Rung, climb, unproved
from talka.matching.engine.values import Reason

TOTAL, MATCHED = "total", "matched"
TIE_BITS = 32


@dataclass(frozen=True)
class Question:
    """What is asked of a table of numbers: the pairs, who may have how many, and what comes first."""

    edges: Edges
    learners: Mapping[str, Share]
    mentors: Mapping[str, Share]
    first: str = TOTAL


def pair_up(question: Question, watch: Watch | None = None) -> Climbed:
    """Return the best pairs. Raises FaultyTable when minima contradict each other, naming the smallest
    set.
    """
    face = face_of_question(question)
    try:
        return climb(face, aims_of(question), watch)
    except CannotBeFilled as short:
        rows, columns = smallest_conflict(face, short.rows, short.columns)
        keys = [question.edges.learners[row] for row in rows]
        keys += [question.edges.mentors[column] for column in columns]
        raise FaultyTable([Fault("", 0, "min", Reason("table.minima", {"keys": tuple(keys)}))]) from None


def face_of_question(question: Question) -> Face:
    """Return the pairs as cells, all open. Who is in no table of places has one place."""
    edges = question.edges
    sides = ((edges.learners, question.learners), (edges.mentors, question.mentors))
    bounds = []
    for keys, shares in sides:
        given = [shares.get(key, Share()) for key in keys]
        bounds.append(
            Bounds(
                np.array([share.fewest for share in given], dtype=np.int64),
                np.array([share.most for share in given], dtype=np.int64),
            )
        )
    return face_of(edges.rows, edges.columns, *bounds)


def aims_of(question: Question) -> tuple[Aim | Floor, ...]:
    """Return what is followed: the total, or the number of learners matched first; then the tie hashes."""
    edges = question.edges
    nothing = np.zeros(len(edges.rows), dtype=np.int64)
    counts = []
    if question.first == MATCHED:
        urgencies = np.array([question.learners.get(key, Share()).priority for key in edges.learners])
        counts = [
            Aim(f"matched_{urgency}", nothing, (urgencies == urgency).astype(np.int64))
            for urgency in np.unique(urgencies)
        ]
    return (*counts, Aim("total", edges.scores), Aim("ties", ties(edges)))


def ties(edges: Edges) -> np.ndarray:
    """Return a hash of 32 bits for each pair, of the ids alone: it decides between answers as good."""
    halves = []
    for keys in (edges.learners, edges.mentors):
        digests = b"".join(hashlib.sha256(key.encode()).digest()[:8] for key in keys)
        halves.append(np.frombuffer(digests, dtype="<u8"))
    mixed = halves[0][edges.rows] * np.uint64(0x9E3779B97F4A7C15) ^ halves[1][edges.columns]
    # The mixing steps of SplitMix64. (G. L. Steele, D. Lea, C. H. Flood 2014.)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed >> np.uint64(64 - TIE_BITS)).astype(np.int64)


def input_hash(question: Question) -> str:
    """Return the SHA-256 of the question, the same whatever the order of the rows of its tables."""
    edges, digest = question.edges, hashlib.sha256(f"{question.first}\n{question.edges.unit}\n".encode())
    for side, shares in (("learner", question.learners), ("mentor", question.mentors)):
        for key in sorted(shares):
            share = shares[key]
            digest.update(f"{side}\t{key}\t{share.fewest}\t{share.most}\t{share.priority}\n".encode())
    for row, column, score in zip(
        edges.rows.tolist(), edges.columns.tolist(), edges.scores.tolist(), strict=True
    ):
        digest.update(f"{edges.learners[row]}\t{edges.mentors[column]}\t{score}\n".encode())
    return digest.hexdigest()


def chosen_pairs(question: Question, climbed: Climbed) -> list[tuple[str, str, Decimal]]:
    """Return the pairs with their scores as they were given."""
    edges = question.edges
    return [
        (edges.learners[edges.rows[at]], edges.mentors[edges.columns[at]], int(edges.scores[at]) * edges.unit)
        for at in np.flatnonzero(climbed.taken)
    ]


def certificate(question: Question, climbed: Climbed, seconds: float) -> dict[str, Any]:
    """Return what proves the answer: objective and bound in the unit of the scores, and prices aim by aim."""
    unit = question.edges.unit
    total = next(rung for rung in climbed.rungs if rung.name == "total")
    return {
        "objective": str(total.value * unit),
        "bound": str(total.bound * unit),
        "gap": float(total.bound - total.value) / max(1.0, float(abs(total.bound))),
        "seconds": round(seconds, 3),
        "input_sha256": input_hash(question),
        "first": question.first,
        "unit": str(unit),
        "learners": list(question.edges.learners),
        "mentors": list(question.edges.mentors),
        "levels": [_level(rung) for rung in climbed.rungs],
    }


def proves(question: Question, pairs: list[tuple[str, str]], data: Mapping[str, Any]) -> str | None:
    """Return what is wrong with pairs and certificate for this question, or None if they are proved the
    best.
    """
    edges = question.edges
    if data["input_sha256"] != input_hash(question):
        return "input"
    cells = {
        (edges.learners[i], edges.mentors[j]): at
        for at, (i, j) in enumerate(zip(edges.rows, edges.columns, strict=True))
    }
    if len(set(pairs)) < len(pairs) or any(pair not in cells for pair in pairs):
        return "pairs"
    taken = np.zeros(len(edges.rows), dtype=bool)
    taken[[cells[pair] for pair in pairs]] = True
    rungs = [
        Rung(
            level["name"],
            level["value"],
            level["bound"],
            _prices(level["learner_prices"]),
            _prices(level["mentor_prices"]),
        )
        for level in data["levels"]
    ]
    return unproved(face_of_question(question), aims_of(question), Climbed(taken, tuple(rungs)))


def _level(rung: Rung) -> dict[str, Any]:
    """Return a rung as plain data."""
    return {
        "name": rung.name,
        "value": rung.value,
        "bound": rung.bound,
        "learner_prices": [int(price) for price in rung.row_prices],
        "mentor_prices": [int(price) for price in rung.column_prices],
    }


def _prices(prices: list[int]) -> np.ndarray:
    """Return prices as an array, of Python integers where 64 bits would not hold them."""
    return np.array(prices, dtype=np.int64 if all(abs(price) < 1 << 60 for price in prices) else object)
