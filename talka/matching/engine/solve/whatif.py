"""What one change would bring, exactly: one search in what is solved already, with nothing solved again."""

from collections.abc import Iterable

from talka.matching.engine.solve import paths
from talka.matching.engine.solve.assignment import Assignment
from talka.matching.engine.solve.market import Market
from talka.matching.engine.solve.state import function_for, lay_out


def worth_of_another(market: Market, best: Assignment, rows: Iterable[int]) -> list[int]:
    """Return for each of these rows how much more the best choice would be worth if it could take one cell
    more.

    A price says only "at most": the next best cell may be worth less than the one that sets the price. The
    row enters as if it had room, by the path of least loss, and is taken out again. For columns, turn the
    market.
    """
    state = lay_out(market, best)
    find = function_for(market, paths.find)
    gains = []
    for number, row in enumerate(rows, start=1):
        if state.own.counts[row] < market.row_limits.most[row]:
            gains.append(0)
            continue
        state.own.counts[row] += 1
        loss, _, _ = find(*state, row, number)
        state.own.counts[row] -= 1
        gains.append(int(state.own.prices[row] - loss))
    return gains
