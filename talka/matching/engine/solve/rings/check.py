"""Proof of rings, by looking and adding up: nothing here knows how they were found."""

from talka.matching.engine.solve.packing.sets import Prices, are_prices, ceiling
from talka.matching.engine.solve.rings.cycles import keys_of, sets_of_rings
from talka.matching.engine.solve.rings.values import BY_PRICES, Ring, RingAnswer, RingQuestion

ArcOf = dict[tuple[str, str], int]


def check_rings(question: RingQuestion, answer: RingAnswer) -> tuple[str, ...]:
    """Return the names of everything wrong with the rings or their bound; empty when nothing is.

    A bound that only HiGHS vouches for is not proved here: the prices then prove a higher one.
    """
    arc_of = keys_of(question.arcs)
    faults = [fault for ring in answer.rings for fault in _faults_of_ring(question, arc_of, ring)]
    inside = [key for ring in answer.rings for key in ring.people]
    if len(set(inside)) < len(inside):
        faults.append("twice")
    if answer.score != sum(ring.score for ring in answer.rings):
        faults.append("total")
    if not faults and _somebody_loses(question, arc_of, answer):
        faults.append("loses")
    proved = bound_by_prices(question, answer)
    if proved is None or answer.score > answer.bound:
        faults.append("prices")
    elif answer.bound < proved if answer.bound_by == BY_PRICES else answer.bound > proved:
        faults.append("bound")
    return tuple(dict.fromkeys(faults))


def bound_by_prices(question: RingQuestion, answer: RingAnswer) -> int | None:
    """Return what the prices alone prove, or None if they are no prices."""
    number = {key: at for at, key in enumerate(question.arcs.people)}
    proof = answer.proof
    if set(proof.prices) != set(number) or any(not set(who) <= set(number) for who, _ in proof.odd_sets):
        return None
    people = tuple(proof.prices[key] for key in question.arcs.people)
    odd_sets = tuple((tuple(number[key] for key in who), price) for who, price in proof.odd_sets)
    sets, prices = sets_of_rings(question), Prices(people, odd_sets)
    return ceiling(sets, prices) if are_prices(sets, prices) else None


def _faults_of_ring(question: RingQuestion, arc_of: ArcOf, ring: Ring) -> list[str]:
    """Return what is wrong with a ring by itself."""
    arcs = _arcs_of(ring)
    if not 2 <= len(arcs) <= question.longest or any(arc not in arc_of for arc in arcs):
        return ["ring"]
    score = sum(int(question.arcs.scores[arc_of[arc]]) for arc in arcs)
    return [] if ring.score == score else ["score"]


def _arcs_of(ring: Ring) -> list[tuple[str, str]]:
    """Return who teaches whom in a ring."""
    return list(zip(ring.people, (*ring.people[1:], *ring.people[:1]), strict=True))


def _somebody_loses(question: RingQuestion, arc_of: ArcOf, answer: RingAnswer) -> bool:
    """Tell whether somebody who is in a pair already learns for less than there, or not at all."""
    scores = question.arcs.scores
    learning = {arc[1]: scores[arc_of[arc]] for ring in answer.rings for arc in _arcs_of(ring)}
    kept = [arc for one, other in question.pairs for arc in ((one, other), (other, one))]
    return any(arc[1] not in learning or learning[arc[1]] < scores[arc_of[arc]] for arc in kept)
