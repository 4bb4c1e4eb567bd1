"""The best rings of a table of arcs, with a certificate that anybody can add up."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from operator import index
from pathlib import Path
from typing import Any

from talka.matching.engine.files.faults import Fault, FaultyTable
from talka.matching.engine.files.numbers import Reading
from talka.matching.engine.solve.packing.sets import SCALE
from talka.matching.engine.solve.patience import Patience
from talka.matching.engine.solve.rings.check import bound_by_prices, check_rings
from talka.matching.engine.solve.rings.cycles import MOST_RINGS, keys_of
from talka.matching.engine.solve.rings.solving import best_rings
from talka.matching.engine.solve.rings.values import (
    Arcs,
    Ring,
    RingAnswer,
    RingProof,
    RingQuestion,
    TooManyRings,
)
from talka.matching.engine.values import Reason

RingRow = tuple[int, int, str, str, Decimal]
"""Ring, position, from, to, score."""


def read_pairs(path: Path, arcs: Arcs) -> tuple[tuple[str, str], ...]:
    """Read a table `one,other` of the pairs there are already. Raises FaultyTable with every fault."""
    reading, arc_of, seen = Reading(path), keys_of(arcs), set[str]()
    pairs = []
    for line, (one, other) in reading.lines("one", "other"):
        for column, key in (("one", one), ("other", other)):
            if key in seen:
                reading.blame(line, column, "table.row_twice", key=key)
            seen.add(key)
        if (one, other) not in arc_of or (other, one) not in arc_of:
            reading.blame(line, "", "table.no_arcs", one=one, other=other)
        pairs.append((min(one, other), max(one, other)))
    if reading.faults:
        raise FaultyTable(reading.faults)
    return tuple(sorted(pairs))


def ring_up(question: RingQuestion, patience: Patience) -> RingAnswer:
    """Return the best rings found in time. Raises FaultyTable when there are too many to choose from."""
    try:
        return best_rings(question, patience)
    except TooManyRings:
        reason = Reason("table.too_many_rings", {"most": MOST_RINGS})
        raise FaultyTable([Fault("", 0, "", reason)]) from None


def input_hash(question: RingQuestion) -> str:
    """Return the SHA-256 of the question, the same whatever the order of the rows of its tables."""
    arcs = question.arcs
    digest = hashlib.sha256(f"rings\t{question.longest}\t{arcs.unit}\n".encode())
    for one, other in question.pairs:
        digest.update(f"pair\t{one}\t{other}\n".encode())
    ends = zip(arcs.givers.tolist(), arcs.takers.tolist(), arcs.scores.tolist(), strict=True)
    for giver, taker, score in ends:
        digest.update(f"{arcs.people[giver]}\t{arcs.people[taker]}\t{score}\n".encode())
    return digest.hexdigest()


def rows_of(question: RingQuestion, answer: RingAnswer) -> list[RingRow]:
    """Return a row for each arc of each ring, with its score as it was given."""
    arcs, arc_of = question.arcs, keys_of(question.arcs)
    rows = []
    for number, ring in enumerate(answer.rings, start=1):
        ends = zip(ring.people, (*ring.people[1:], *ring.people[:1]), strict=True)
        for place, (giver, taker) in enumerate(ends, start=1):
            score = int(arcs.scores[arc_of[giver, taker]]) * arcs.unit
            rows.append((number, place, giver, taker, score))
    return rows


def certificate(question: RingQuestion, answer: RingAnswer, seconds: float) -> dict[str, Any]:
    """Return what proves the answer: objective and bounds in the unit of the scores, and the prices.

    `bound_by` says who vouches for the bound: the prices, or HiGHS alone. What the prices prove by themselves
    is beside it.
    """
    unit, proof = question.arcs.unit, answer.proof
    by_prices = bound_by_prices(question, answer)
    assert by_prices is not None
    return {
        "objective": str(answer.score * unit),
        "bound": str(answer.bound * unit),
        "gap": float(answer.bound - answer.score) / max(1.0, float(abs(answer.bound))),
        "bound_by": answer.bound_by,
        "bound_by_prices": str(by_prices * unit),
        "rings_of_any_length": str(answer.unbounded * unit),
        "seconds": round(seconds, 3),
        "input_sha256": input_hash(question),
        "longest": question.longest,
        "unit": str(unit),
        "prices_in": str(unit / SCALE),
        "prices": dict(proof.prices),
        "odd_sets": [{"people": list(who), "price": price} for who, price in proof.odd_sets],
    }


def wrong_with(
    question: RingQuestion, arcs: list[tuple[str, str, str]], data: Mapping[str, Any]
) -> tuple[str, ...]:
    """Return what is wrong with the arcs of rings (ring, from, to) and their certificate, if anything."""
    if data["input_sha256"] != input_hash(question):
        return ("input",)
    unit = question.arcs.unit
    proof = RingProof(
        {key: index(price) for key, price in data["prices"].items()},
        tuple((tuple(odd["people"]), index(odd["price"])) for odd in data["odd_sets"]),
    )
    objective, bound, any_length = (
        _in_units(data[name], unit) for name in ("objective", "bound", "rings_of_any_length")
    )
    rings = tuple(_read_back(question, arcs))
    answer = RingAnswer(rings, objective, bound, data["bound_by"], any_length, proof)
    wrong = check_rings(question, answer)
    by_prices = bound_by_prices(question, answer)
    if not wrong and by_prices != _in_units(data["bound_by_prices"], unit):
        return ("prices",)
    return wrong


def _in_units(text: str, unit: Decimal) -> int:
    """Return a number in whole units. Raises ValueError when it is not whole."""
    number = Decimal(text) / unit
    if number != int(number):
        raise ValueError(text)
    return int(number)


def _read_back(question: RingQuestion, arcs: list[tuple[str, str, str]]) -> list[Ring]:
    """Return the rings of a table; arcs that make no ring become a ring that nobody allows."""
    arc_of, scores = keys_of(question.arcs), question.arcs.scores
    by_ring: dict[str, list[tuple[str, str]]] = {}
    for ring, giver, taker in arcs:
        by_ring.setdefault(ring, []).append((giver, taker))
    rings = []
    for ways in by_ring.values():
        people = tuple(giver for giver, _ in ways)
        closed = [taker for _, taker in ways] == [*people[1:], *people[:1]]
        score = sum(int(scores[arc_of[way]]) for way in ways if way in arc_of)
        rings.append(Ring(people if closed else (), score))
    return rings
