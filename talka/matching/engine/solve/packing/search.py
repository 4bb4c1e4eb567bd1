"""A search for a good choice of sets where the best may be out of reach.

It follows the relaxation down (diving); then it lets a part of the answer go and chooses anew what lies
there, exactly, in larger and larger parts (P. Shaw, large neighbourhood search, 1998). Chance is dealt from a
fixed number: only the time that there is makes one search different from another.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

from talka.matching.engine.solve.highs import HARDLY, Rows, choose, relax
from talka.matching.engine.solve.packing.relaxing import Relaxation
from talka.matching.engine.solve.packing.sets import Sets, is_kept, worth_of
from talka.matching.engine.solve.patience import Patience, a_share, goes_on, seconds_left

Dice = np.random.Generator
FEWEST_OPEN, OPEN_EACH, BEYOND = 1200, 4, 200
"""A search takes from so many sets, or so many for each person beyond 200: those the prices speak least
against. Tried out on rings of 500, 1,000 and 2,000 people."""
FEW, TRIES, WIDER, NARROWER = 30, 20, 1.2, 0.85
"""Sets let go at first; after so many tries in vain, more; less when HiGHS ran out of time."""
FAN = 4
"""How many sets of each person lead to the next people to let go."""
A_PART = 1.0
"""Seconds for a part."""
SURE, A_STEP = 0.99, 0.05
"""A dive takes what is all but taken, and such a share of the sets beside."""
FIRST, WHOLE, MOST_IN_DOUBT = 0.15, 0.5, 3000
"""After so much of the time, so few sets in doubt are settled all at once, in so much of what is left."""


@dataclass(frozen=True)
class Field:
    """Where to search: the sets, which of them are open, their losses, and what each person costs."""

    sets: Sets
    open: np.ndarray
    losses: np.ndarray
    costs: np.ndarray


@dataclass(frozen=True)
class Found:
    """A choice, and whether HiGHS calls it the best there is."""

    chosen: np.ndarray
    best: bool


def search(sets: Sets, relaxation: Relaxation, first: np.ndarray, bound: int, patience: Patience) -> Found:
    """Return the best choice that is found in time or reaches the bound, no worse than the first."""
    count = max(FEWEST_OPEN, OPEN_EACH * (len(sets.must) - BEYOND))
    inside = first.copy()
    inside[np.argsort(relaxation.losses, kind="stable")[:count]] = True
    costs = np.maximum(relaxation.prices[: len(sets.must)], 0)
    field, everybody = Field(sets, inside, relaxation.losses, costs), np.ones(len(sets.must), dtype=bool)
    dived = dive(field, patience)
    start = first if dived is None or worth_of(sets, dived) < worth_of(sets, first) else dived
    found = improve(field, start, bound, a_share(patience, FIRST))
    worth = worth_of(sets, found.chosen)
    doubtful = relaxation.losses <= relaxation.weight - (worth + sets.step) / sets.unit + HARDLY
    if worth < bound and doubtful.sum() <= MOST_IN_DOUBT and goes_on(patience, worth, bound):
        field = Field(sets, doubtful | found.chosen, relaxation.losses, costs)
        found = settle(field, found.chosen, everybody, WHOLE * seconds_left(patience))
    return found if found.best else improve(field, found.chosen, bound, patience)


def dive(field: Field, patience: Patience) -> np.ndarray | None:
    """Return a choice that follows the relaxation, all the way; None when that leads nowhere."""
    sets = field.sets
    taken, free = np.zeros(len(sets.weights), dtype=bool), np.ones(len(sets.must), dtype=bool)
    while True:
        columns = _within(field, free, field.open)
        shared = relax(sets.weights[columns], _rows_within(sets, columns, free), seconds_left(patience))
        if shared is None:
            return None
        picked = _pick(sets, columns, shared.shares)
        if not picked:
            return taken if is_kept(sets, taken) else None
        taken[picked] = True
        free &= ~(sets.table @ taken > 0)


def _pick(sets: Sets, columns: np.ndarray, shares: np.ndarray) -> list[int]:
    """Return the sets to take now, the surest first: all that are all but taken, and some beside."""
    seen: set[int] = set()
    picked: list[int] = []
    some = max(1, int(A_STEP * shares.sum()))
    for at in np.argsort(-shares, kind="stable"):
        if shares[at] < HARDLY or (len(picked) >= some and shares[at] < SURE):
            break
        people = set(sets.members[columns[at]].tolist()) - {-1}
        if seen.isdisjoint(people):
            picked.append(int(columns[at]))
            seen |= people
    return picked


def improve(field: Field, chosen: np.ndarray, bound: int, patience: Patience) -> Found:
    """Return a choice as good or better: part by part chosen anew, as long as there is time."""
    sets, dice = field.sets, np.random.default_rng(0)
    size, tries, worth = FEW, 0, worth_of(sets, chosen)
    while worth < bound and goes_on(patience, worth, bound):
        free = _let_go(field, chosen, dice, size)
        found = settle(field, chosen, free, min(A_PART, seconds_left(patience)))
        chosen, before, worth = found.chosen, worth, worth_of(sets, found.chosen)
        if found.best and free.all():
            return Found(chosen, bool(field.open.all()))
        tries = 0 if worth > before else tries + 1
        if not found.best:
            size, tries = max(FEW, int(size * NARROWER)), 0
        elif tries >= TRIES:
            size, tries = int(size * WIDER) + 1, 0
    return Found(chosen, False)


def settle(field: Field, chosen: np.ndarray, free: np.ndarray, seconds: float) -> Found:
    """Return the choice with what is best for the free people, and whether it is sure to be that.

    The relaxation comes first: a set that it speaks against by more than there is to gain is in no better
    choice.
    """
    sets = field.sets
    columns = _within(field, free, field.open | chosen)
    least = float(sets.weights[columns[chosen[columns]]].sum()) + sets.step / sets.unit
    rows = _rows_within(sets, columns, free)
    shared = relax(sets.weights[columns], rows, seconds)
    if shared is None:
        return Found(chosen, False)
    losses = rows.matrix.T @ shared.prices - sets.weights[columns]
    columns = columns[losses <= shared.worth - least + HARDLY]
    if shared.worth < least - HARDLY or not len(columns):
        return Found(chosen, True)
    rows = _rows_within(sets, columns, free, least)
    found = choose(sets.weights[columns], rows, np.ones(len(columns)), seconds)
    if found.taken is None:
        return Found(chosen, found.best)
    other = chosen & ~(sets.by_set @ free > 0)
    other[columns[found.taken]] = True
    better = is_kept(sets, other) and worth_of(sets, other) > worth_of(sets, chosen)
    return Found(other if better else chosen, found.best)


def _within(field: Field, free: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Return the sets, by number, all of whose members are free."""
    return np.flatnonzero((field.sets.by_set @ ~free == 0) & allowed)


def _rows_within(sets: Sets, columns: np.ndarray, free: np.ndarray, least: float | None = None) -> Rows:
    """Return what a choice for free people keeps, perhaps also that it is worth so much."""
    people = np.flatnonzero(free)
    matrix, exact = sets.by_person[people][:, columns], sets.must[people]
    most = np.ones(len(people))
    if least is not None:
        matrix = vstack([matrix, csr_array(-sets.weights[columns][None, :])])
        most, exact = np.append(most, -least), np.append(exact, False)
    return Rows(csc_array(matrix), most, exact)


def _let_go(field: Field, chosen: np.ndarray, dice: Dice, size: int) -> np.ndarray:
    """Return who is free when so many sets are let go: near by near, around somebody who loses.

    Whoever is left out loses what they cost, and a set what its members pay for being in it.
    """
    sets = field.sets
    owner, taken = np.full(len(sets.must), -1), np.flatnonzero(chosen)
    at, places = np.nonzero(sets.members[taken] >= 0)
    owner[sets.members[taken[at], places]] = taken[at]
    lost = np.where(owner < 0, field.costs, np.maximum(field.losses[owner], 0) / 3)
    lost = lost + lost.mean() / 100 + HARDLY
    start = int(dice.choice(len(lost), p=lost / lost.sum()))
    queue, seen, released = [start], {start}, set[int]()
    for person in queue:
        near = sets.by_person.indices[slice(*sets.by_person.indptr[person : person + 2])]
        ways = dice.permutation(near[field.open[near]])[:FAN]
        if owner[person] >= 0:
            released.add(int(owner[person]))
            ways = np.append(owner[person], ways)
        if len(released) >= size:
            break
        new = set(sets.members[ways].ravel().tolist()) - seen - {-1}
        seen |= new
        queue += sorted(new)
    if len(released) < size:
        released.update(dice.permutation(taken)[:size].tolist())
    free: np.ndarray = owner < 0
    free |= np.isin(owner, sorted(released))
    return free
