"""Proof of groups, by looking and adding up: nothing here knows how they were found."""

import numpy as np

from talka.matching.engine.solve.groups.ceiling import ceiling_of_groups, worth_of_group
from talka.matching.engine.solve.groups.values import GroupAnswer, GroupQuestion
from talka.matching.engine.solve.rings.values import BY_PRICES


def check_groups(question: GroupQuestion, answer: GroupAnswer) -> tuple[str, ...]:
    """Return the names of everything wrong with the groups or their bound; empty when nothing is.

    A bound that only HiGHS vouches for is not proved here: the prices then prove a higher one.
    """
    number = {key: at for at, key in enumerate(question.people)}
    inside = [key for group in answer.groups for key in group]
    if any(key not in number for key in inside):
        return ("stranger",)
    faults = []
    if len(set(inside)) < len(inside):
        faults.append("twice")
    if any(not question.smallest <= len(group) <= question.largest for group in answer.groups):
        return (*faults, "size")
    groups = [[number[key] for key in group] for group in answer.groups]
    for group in groups:
        if not (question.together[np.ix_(group, group)] | np.eye(len(group), dtype=bool)).all():
            faults.append("together")
        if question.shared is not None and not np.bitwise_and.reduce(question.shared[group]):
            faults.append("shared")
    if answer.score != sum(worth_of_group(question, group) for group in groups):
        faults.append("total")
    if len(answer.prices) != len(question.people) or answer.score > answer.bound:
        return (*faults, "bound")
    proved = ceiling_of_groups(question, answer.prices)
    wrong = answer.bound < proved if answer.bound_by == BY_PRICES else answer.bound > proved
    return (*faults, "bound") if wrong else tuple(faults)
