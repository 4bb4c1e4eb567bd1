"""The best rings that are found in the time there is, and what they can be measured by.

Three bounds are known, and the least is told: rings of any length, which are an assignment and solved
exactly; the relaxation of rings of the length asked for, with odd sets cut off; and HiGHS, where it comes to
an end.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from talka.matching.engine.solve.assignment import assign
from talka.matching.engine.solve.audit import total
from talka.matching.engine.solve.market import Limits, limited, market_of
from talka.matching.engine.solve.packing.relaxing import prices_of, relaxation_of
from talka.matching.engine.solve.packing.search import search
from talka.matching.engine.solve.packing.sets import SCALE, Prices, Sets, ceiling, worth_of
from talka.matching.engine.solve.patience import Patience, a_share
from talka.matching.engine.solve.rings.cycles import sets_of_rings
from talka.matching.engine.solve.rings.values import (
    BY_HIGHS,
    BY_PRICES,
    PAIRS,
    Arcs,
    Ring,
    RingAnswer,
    RingProof,
    RingQuestion,
)

FOR_PAIRS, FOR_THE_BOUND = 0.2, 0.4
"""Shares of the time."""


def best_rings(question: RingQuestion, patience: Patience) -> RingAnswer:
    """Return the best rings found in time, never worth less than the best pairs found.

    Raises TooManyRings.
    """
    sets = sets_of_rings(question)
    chosen = _found_among(question.arcs, sets, question.pairs)
    if question.longest > PAIRS:
        pairs = best_rings(replace(question, longest=PAIRS), a_share(patience, FOR_PAIRS))
        chosen = _found_among(question.arcs, sets, [ring.people for ring in pairs.rings])
    unbounded, prices = _rings_of_any_length(question.arcs)
    bound = ceiling(sets, prices)
    relaxation = relaxation_of(sets, a_share(patience, FOR_THE_BOUND))
    by = BY_PRICES
    if relaxation is not None:
        closer = prices_of(sets, relaxation)
        if ceiling(sets, closer) < bound:
            bound, prices = ceiling(sets, closer), closer
        found = search(sets, relaxation, chosen, bound, patience)
        chosen = found.chosen
        if found.best and worth_of(sets, chosen) < bound:
            bound, by = worth_of(sets, chosen), BY_HIGHS
    return _answer(question.arcs, sets, chosen, (bound, by, unbounded), prices)


def _found_among(arcs: Arcs, sets: Sets, rings: Sequence[Sequence[str]]) -> np.ndarray:
    """Return rings as a choice of sets."""
    number = {key: at for at, key in enumerate(arcs.people)}
    wanted = {frozenset(number[key] for key in ring) for ring in rings}
    members = [frozenset(row) - {-1} for row in sets.members.tolist()] if wanted else []
    return np.array([row in wanted for row in members] or np.zeros(len(sets.worths)), dtype=bool)


def _rings_of_any_length(arcs: Arcs) -> tuple[int, Prices]:
    """Return what rings of any length could be worth, and the prices that prove it.

    Everybody teaches one and learns from one, or else stays with themselves: an assignment in which everybody
    has to be, by a bonus greater than all scores together. What teaching and learning cost somebody is their
    price; it is not below 0, as they can stay.
    """
    everybody = np.arange(len(arcs.people))
    once = np.ones(len(everybody), dtype=np.int64)
    greatest = max(map(abs, arcs.scores.tolist()), default=0)
    bonus = np.array([2 * greatest * len(everybody) + 1] * len(everybody))
    rows, columns = (np.concatenate((ends, everybody)) for ends in (arcs.givers, arcs.takers))
    worths = np.concatenate((arcs.scores, np.zeros_like(everybody)))
    market = market_of(rows, columns, worths, Limits(once, once, bonus), limited(once))
    found = assign(market)
    costs = zip(found.row_prices.tolist(), found.column_prices.tolist(), strict=True)
    prices = Prices(tuple((int(teach) + int(learn)) * SCALE for teach, learn in costs))
    return total(market.worths[found.taken]), prices


def _answer(
    arcs: Arcs, sets: Sets, chosen: np.ndarray, limits: tuple[int, str, int], prices: Prices
) -> RingAnswer:
    """Return the answer in names, the rings in the order of their first members."""
    rings = []
    for row, worth in zip(sets.members[chosen].tolist(), sets.worths[chosen].tolist(), strict=True):
        rings.append(Ring(tuple(arcs.people[person] for person in row if person >= 0), worth))
    odd_sets = tuple((tuple(arcs.people[at] for at in who), price) for who, price in prices.odd_sets)
    proof = RingProof(dict(zip(arcs.people, prices.people, strict=True)), odd_sets)
    rings.sort(key=lambda ring: ring.people)
    return RingAnswer(tuple(rings), worth_of(sets, chosen), *limits, proof)
