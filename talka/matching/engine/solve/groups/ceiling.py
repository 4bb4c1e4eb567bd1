"""What no groups are worth more than: everybody choosing whom they like, but nobody being had too often."""

import numpy as np

from talka.matching.engine.solve.audit import ceiling
from talka.matching.engine.solve.groups.values import GroupQuestion
from talka.matching.engine.solve.market import Market, limited, market_of


def market_of_wishes(question: GroupQuestion) -> Market:
    """Return a market in which everybody has as many others as the smallest group has, and is had as often.

    In a group of any size, let each have each other in part, so that the parts add up to that number: the
    mean is kept. So every choice of groups is one of this market, in parts, and worth no more than its best.
    """
    rows, columns = np.nonzero(question.together)
    others = question.smallest - 1
    worths = question.points[rows, columns] * (question.shares // others)
    limits = limited(np.full(len(question.people), others))
    return market_of(rows, columns, worths, limits, limits)


def ceiling_of_groups(question: GroupQuestion, prices: tuple[tuple[int, int], ...]) -> int:
    """Return what no groups are worth more than, by what having others costs each, and being had."""
    market = market_of_wishes(question)
    having, being_had = (np.array([price[side] for price in prices], dtype=object) for side in (0, 1))
    return ceiling(market, having, being_had)


def worth_of_group(question: GroupQuestion, members: list[int]) -> int:
    """Return what a group is worth: the mean points of each member with the others, summed."""
    every = question.points[np.ix_(members, members)]
    alone = int(every.trace())
    return (int(every.sum()) - alone) * (question.shares // (len(members) - 1))
