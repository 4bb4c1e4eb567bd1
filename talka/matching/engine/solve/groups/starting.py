"""Groups to begin from: built one by one from whoever is hardest to place, then bettered two by two."""

from dataclasses import dataclass

import numpy as np

from talka.matching.engine.solve.groups.ceiling import worth_of_group
from talka.matching.engine.solve.groups.values import GroupQuestion
from talka.matching.engine.solve.patience import Patience, seconds_left

Group = list[int]
NOBODY, NOWHERE = -1, -1


def first_groups(question: GroupQuestion, patience: Patience) -> list[Group]:
    """Return groups that keep every rule; how good they are is for others to improve."""
    groups = _built(question)
    _add_the_rest(question, groups)
    table = _table_of(question, groups)
    while seconds_left(patience) > 0 and _exchange_all(table):
        pass
    return [group for group in table.groups if worth_of_group(question, group) > 0]


def fits_in(question: GroupQuestion, person: int, group: Group) -> bool:
    """Tell whether somebody may join others."""
    if not question.together[person, group].all():
        return False
    return bool(np.bitwise_and.reduce(_bits_of(question)[[*group, person]]))


def _built(question: GroupQuestion) -> list[Group]:
    """Build as many groups of the smallest size as come, beginning with those who get along with fewest."""
    free = np.ones(len(question.people), dtype=bool)
    groups: list[Group] = []
    for first in np.argsort(question.together.sum(axis=1), kind="stable").tolist():
        if free[first]:
            group = _grown(question, first, free)
            if len(group) == question.smallest:
                groups.append(group)
                free[group] = False
    return groups


def _grown(question: GroupQuestion, first: int, free: np.ndarray) -> Group:
    """Let somebody be joined by those who like the group most, up to the smallest size."""
    group, bits = [first], _bits_of(question)
    common = bits[first]
    may = free & question.together[first]
    likes = question.points[first].copy()
    while len(group) < question.smallest:
        may = may & ((bits & common) != 0)
        if not may.any():
            break
        person = int(np.argmax(np.where(may, likes, -1)))
        group.append(person)
        common = common & bits[person]
        may = may & question.together[person]
        likes = likes + question.points[person]
    return group


def _bits_of(question: GroupQuestion) -> np.ndarray:
    """Return what each has of what a group must share; where nothing is asked, everybody has the same."""
    return np.ones(len(question.people), dtype=np.int64) if question.shared is None else question.shared


def _add_the_rest(question: GroupQuestion, groups: list[Group]) -> None:
    """Put everybody who is left into the group with room that likes them most."""
    placed = {person for group in groups for person in group}
    for person in range(len(question.people)):
        if person not in placed:
            room = [
                group
                for group in groups
                if len(group) < question.largest and fits_in(question, person, group)
            ]
            if room:
                max(room, key=lambda group: question.points[person, group].mean()).append(person)


@dataclass
class _Table:
    """Who is where, and for everybody and each group the points with its members and who may not be there."""

    question: GroupQuestion
    groups: list[Group]
    place: np.ndarray
    weights: np.ndarray
    points: np.ndarray
    against: np.ndarray


def _table_of(question: GroupQuestion, groups: list[Group]) -> _Table:
    count = len(question.people)
    place = np.full(count, NOWHERE)
    inside = np.zeros((count, len(groups)), dtype=np.int64)
    for number, group in enumerate(groups):
        place[group] = number
        inside[group, number] = 1
    apart = ~question.together & ~np.eye(count, dtype=bool)
    weights = np.array([question.shares // (len(group) - 1) for group in groups], dtype=question.points.dtype)
    return _Table(question, groups, place, weights, question.points @ inside, apart.astype(np.int64) @ inside)


def _exchange_all(table: _Table) -> bool:
    """Let everybody change places with whoever makes it best; tell whether anything came of it."""
    found = False
    for person in range(len(table.place)):
        if table.place[person] != NOWHERE:
            other = _best_exchange(table, person)
            if other != NOBODY:
                _exchange(table, person, other)
                found = True
    return found


def _best_exchange(table: _Table, person: int) -> int:
    """Return with whom somebody changes places best, or nobody where that is no better."""
    question, own = table.question, int(table.place[person])
    points, apart = question.points[person], ~question.together[person]
    there = table.place
    placed = there != NOWHERE
    gains = (table.points[:, own] - points - table.points[person, own]) * table.weights[own]
    gains_there = table.points[person, there] - points - table.points[np.arange(len(there)), there]
    gains = gains + np.where(placed, gains_there * table.weights[there], 0)
    may = (there != own) & (table.against[:, own] - apart == 0)
    may &= ~placed | (table.against[person, there] - apart == 0)
    for other in np.argsort(np.where(may, -gains, 1), kind="stable")[:3].tolist():
        if may[other] and gains[other] > 0 and _may_exchange(table, person, other):
            return other
    return NOBODY


def _may_exchange(table: _Table, person: int, other: int) -> bool:
    """Tell whether both groups would still have something in common."""
    bits = _bits_of(table.question)
    both = ((person, other), (other, person))
    return all(
        table.place[leaves] == NOWHERE
        or np.bitwise_and.reduce(bits[[*(set(table.groups[table.place[leaves]]) - {leaves}), comes]])
        for leaves, comes in both
    )


def _exchange(table: _Table, person: int, other: int) -> None:
    question = table.question
    for leaves, comes in ((person, other), (other, person)):
        number = int(table.place[leaves])
        if number == NOWHERE:
            continue
        group = table.groups[number]
        group[group.index(leaves)] = comes
        table.points[:, number] += question.points[comes] - question.points[leaves]
        apart = ~question.together
        table.against[:, number] += apart[comes].astype(np.int64) - apart[leaves].astype(np.int64)
        table.against[[comes, leaves], number] -= np.array([1, -1])
    table.place[person], table.place[other] = table.place[other], table.place[person]
