"""The best groups that are found in the time there is, and a ceiling for them.

It begins from groups that are quickly built (`starting`). Then a dozen people at a time who would get along
are grouped anew, exactly: of so few, all groups can be written down. It ends when nothing has come of it many
times in a row. (P. Shaw, large neighbourhood search, 1998.)
"""

from functools import cache
from itertools import combinations

import numpy as np

from talka.matching.engine.solve.assignment import assign
from talka.matching.engine.solve.groups.ceiling import (
    ceiling_of_groups,
    market_of_wishes,
    worth_of_group,
)
from talka.matching.engine.solve.groups.starting import Group, first_groups
from talka.matching.engine.solve.groups.values import GroupAnswer, GroupQuestion
from talka.matching.engine.solve.highs import Rows, choose
from talka.matching.engine.solve.packing.sets import Sets, is_kept, worth_of
from talka.matching.engine.solve.patience import Patience, goes_on, seconds_left
from talka.matching.engine.solve.rings.values import BY_HIGHS, BY_PRICES

A_DOZEN = 12
IN_VAIN = 3
"""For each of the people, so many tries in vain are the end."""
A_PART = 2.0
"""Seconds for a dozen."""


def best_groups(question: GroupQuestion, patience: Patience) -> GroupAnswer:
    """Return the best groups found in time, with what no groups are worth more than."""
    count = len(question.people)
    found = assign(market_of_wishes(question))
    prices = tuple(
        (int(one), int(other))
        for one, other in zip(found.row_prices.tolist(), found.column_prices.tolist(), strict=True)
    )
    bound, by = ceiling_of_groups(question, prices), BY_PRICES
    groups = first_groups(question, patience)
    score, tries, best = sum(worth_of_group(question, group) for group in groups), 0, False
    dice = np.random.default_rng(0)
    while score < bound and not best and tries < IN_VAIN * count and goes_on(patience, score, bound):
        near = _a_dozen(question, groups, dice)
        kept = [group for group in groups if not near.issuperset(group)]
        anew, sure = _grouped(question, sorted(near), min(A_PART, seconds_left(patience)))
        before, after = score, sum(worth_of_group(question, group) for group in (*kept, *anew))
        tries = 0 if after > before else tries + 1
        if after > before:
            groups, score = [*kept, *anew], after
        best = sure and len(near) == count
    if best and score < bound:
        bound, by = score, BY_HIGHS
    named = tuple(sorted(tuple(question.people[at] for at in sorted(group)) for group in groups))
    return GroupAnswer(named, score, bound, by, prices)


def _a_dozen(question: GroupQuestion, groups: list[Group], dice: np.random.Generator) -> set[int]:
    """Return about so many people, with all of their groups, who would get along with one of them."""
    count = len(question.people)
    group_of = {person: group for group in groups for person in group}
    first = int(dice.integers(count))
    likes = question.points[first] * (0.5 + dice.random(count)) * question.together[first]
    near: set[int] = set()
    for person in (first, *np.argsort(-likes, kind="stable").tolist()):
        more = near | set(group_of.get(person, [person]))
        if len(more) <= A_DOZEN:
            near = more
    return near


def _grouped(question: GroupQuestion, people: Group, seconds: float) -> tuple[list[Group], bool]:
    """Return the best groups of a few people, and whether they are sure to be the best."""
    sets = _all_groups(question, np.array(people))
    rows = Rows(sets.table, np.ones(len(people)), sets.must)
    found = choose(sets.weights, rows, np.ones(len(sets.worths)), seconds)
    if found.taken is None or not is_kept(sets, found.taken) or worth_of(sets, found.taken) < 0:
        return [], found.best
    chosen = sets.members[found.taken].tolist()
    return [[people[at] for at in group if at >= 0] for group in chosen], found.best


def _all_groups(question: GroupQuestion, people: np.ndarray) -> Sets:
    """Return every group that these people could form, each person by their place among them."""
    points, apart = (table[np.ix_(people, people)] for table in (question.points, ~question.together))
    members = _ways(len(people), question.smallest, question.largest)
    worths = np.zeros(len(members), dtype=points.dtype)
    good = np.ones(len(members), dtype=bool)
    for one, other in combinations(range(question.largest), 2):
        both = members[:, other] >= 0
        at = (members[both, one], members[both, other])
        worths[both] += 2 * points[at]
        good[both] &= ~apart[at]
    sizes = (members >= 0).sum(axis=1)
    worths *= question.shares // np.maximum(1, sizes - 1)
    wanted = good & (worths > 0)
    if question.shared is not None:
        wanted &= _have_in_common(question.shared[people], members)
    return Sets(members[wanted], worths[wanted], np.zeros(len(people), dtype=bool))


def _have_in_common(bits: np.ndarray, members: np.ndarray) -> np.ndarray:
    """Tell of each group whether all of its members have a bit in common."""
    of_members = np.where(members >= 0, bits[members], -1)
    common: np.ndarray = np.bitwise_and.reduce(of_members, axis=1) != 0
    return common


@cache
def _ways(count: int, smallest: int, largest: int) -> np.ndarray:
    """Return all groups of so many people by their places, filled up with -1."""
    ways = [
        [*places, *[-1] * (largest - size)]
        for size in range(smallest, largest + 1)
        for places in combinations(range(count), size)
    ]
    return np.array(ways, dtype=np.int64).reshape(-1, largest)
