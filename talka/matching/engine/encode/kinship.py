"""How near two capacities are in the tree, and which offers answer which needs."""

from collections.abc import Iterator, Mapping

from talka.matching.engine.values import Party, Topic

NEARNESS = (1000, 600, 300)
"""Thousandths of a full fit for the same capacity, one step apart, two steps; further counts nothing."""


def line_of(capacity: str, parents: Mapping[str, str]) -> list[str]:
    """Return the capacity, its parent, its grandparent and so on, to the root."""
    line = [capacity]
    while (parent := parents.get(line[-1])) is not None and parent not in line:
        line.append(parent)
    return line


def nearness(need: str, offer: str, parents: Mapping[str, str]) -> int:
    """Return how well an offer answers a need, in thousandths: only straight up or down the tree counts."""
    if need == offer:
        return NEARNESS[0]
    for narrow, broad in ((need, offer), (offer, need)):
        line = line_of(narrow, parents)
        if broad in line and line.index(broad) < len(NEARNESS):
            return NEARNESS[line.index(broad)]
    return 0


def steps_between(one: str, other: str, parents: Mapping[str, str]) -> int | None:
    """Return the steps through the tree from one capacity to another, or None if no root is shared."""
    up, across = line_of(one, parents), line_of(other, parents)
    shared = [capacity for capacity in up if capacity in across]
    return up.index(shared[0]) + across.index(shared[0]) if shared else None


def answers(learner: Party, teacher: Party, parents: Mapping[str, str]) -> Iterator[tuple[Topic, Topic, int]]:
    """Yield each need with its nearest offer (of two as near, the higher level) and the nearness."""
    for need in learner.needs:
        ranked = [(nearness(need.capacity, offer.capacity, parents), offer) for offer in teacher.offers]
        if not ranked:
            continue
        near, offer = max(ranked, key=lambda found: (found[0], found[1].level, found[1].capacity))
        if near:
            yield need, offer, near
