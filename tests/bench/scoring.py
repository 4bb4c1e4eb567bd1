"""The best fifty teachers of a sample of learners among a hundred thousand, in a process of its own.

    python -m tests.bench.scoring Talka 2000 100000

    python -m tests.bench.scoring lists 2000 2000

The first prints one line of JSON: seconds to lay out and to search (on the wall, of processor), and a sum
over the scores found, which has to be the same whoever searches.
"""

import json
import random
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from talka.matching.engine import Party, Policy, Request, Speaks, Topic, ask
from talka.matching.engine.encode.candidates import find, open_index
from talka.matching.engine.encode.languages import NATIVE
from talka.matching.engine.encode.soft import FULL, share
from talka.matching.engine.solve.lists import Listed, solve_on_lists
from tests.bench import joins
from tests.bench.entrant import timed

MOST = 50
SKILLS, LANGUAGES, COUNTRIES = 300, 25, 60
BLOCK = 250
POLICY = Policy(
    hard=("shares_a_topic", "common_language", "different_country"), weights={"topic": 5, "language": 2}
)


def crowd(learners: int, teachers: int) -> Request:
    """Return a market in which some skills and some languages are popular; the same every time."""
    dice = random.Random(17)
    skills = [1 / (1 + number) ** 0.5 for number in range(SKILLS)]
    languages = [1 / (1 + number) for number in range(LANGUAGES)]

    def party(key: str, *, teaches: bool) -> Party:
        chosen = dict.fromkeys(dice.choices(range(SKILLS), skills, k=4 if teaches else 3))
        topics = tuple(
            Topic(f"skill{skill}", 4 if teaches else 1, place) for place, skill in enumerate(chosen, start=1)
        )
        spoken = dict.fromkeys(dice.choices(range(LANGUAGES), languages, k=2))
        return Party(
            key,
            offers=topics if teaches else (),
            needs=() if teaches else topics,
            languages=tuple(Speaks(f"l{code}", dice.randint(1, 6)) for code in spoken),
            country=f"C{dice.randrange(COUNTRIES)}",
        )

    return ask(
        [party(f"learner{number}", teaches=False) for number in range(learners)],
        [party(f"teacher{number}", teaches=True) for number in range(teachers)],
        POLICY,
    )


def search_by_index(request: Request) -> tuple[Any, Callable[[Any], np.ndarray]]:
    """Lay out as Talka does, and return what searches."""
    return open_index(request), lambda index: find(index, MOST).scores


def search_by_products(request: Request) -> tuple[Any, Callable[[Any], np.ndarray]]:
    """Lay out as sparse tables, and return what multiplies them block by block and sorts out the best."""
    names = {f"skill{number}": number for number in range(SKILLS)}
    needs = [
        (i, names[need.capacity], share(need.priority))
        for i, one in enumerate(request.learners)
        for need in one.needs
    ]
    offers = [(j, names[offer.capacity], 1) for j, one in enumerate(request.teachers) for offer in one.offers]
    wanted, offered = (
        _table(needs, len(request.learners), SKILLS),
        _table(offers, len(request.teachers), SKILLS),
    )
    whole = np.array([sum(share(need.priority) for need in one.needs) for one in request.learners])
    spoken = [_levels(side) for side in (request.learners, request.teachers)]
    home = [np.array([int(one.country[1:]) for one in side]) for side in (request.learners, request.teachers)]
    return (wanted, offered.T.tocsr(), whole, spoken, home), _multiply


def _multiply(ready: Any) -> np.ndarray:
    wanted, offered, whole, spoken, home = ready
    found = []
    for low in range(0, wanted.shape[0], BLOCK):
        rows = slice(low, low + BLOCK)
        met = (wanted[rows] @ offered).toarray()
        level = np.zeros_like(met)
        for code in range(LANGUAGES):
            np.maximum(level, np.minimum(spoken[0][rows, code, None], spoken[1][None, :, code]), out=level)
        scores = 5 * (met * FULL // whole[rows, None]) + 2 * (FULL * level // NATIVE)
        possible = (met > 0) & (level >= POLICY.minimum_language_level)
        possible &= home[0][rows, None] != home[1][None, :]
        scores[~possible] = 0
        best = -np.sort(-np.partition(scores, scores.shape[1] - MOST, axis=1)[:, -MOST:], axis=1)
        found.append(best[best > 0])
    return np.concatenate(found)


def _table(entries: list[tuple[int, int, int]], rows: int, columns: int) -> csr_array:
    row, column, value = (np.array(side) for side in zip(*entries, strict=True))
    return csr_array((value.astype(np.int32), (row, column)), shape=(rows, columns))


def _levels(parties: tuple[Party, ...]) -> np.ndarray:
    levels = np.zeros((len(parties), LANGUAGES), dtype=np.int32)
    for i, party in enumerate(parties):
        for one in party.languages:
            levels[i, int(one.code[1:])] = one.level
    return levels


def total_of(listed: Listed) -> int:
    """Return the points of an answer."""
    return next(rung.value for rung in listed.climbed.rungs if rung.name == "total")


def lists(learners: str, teachers: str) -> None:
    """Solve on lists of fifty that grow where they have to, and print what fifty alone would have lost."""
    solve_on_lists(crowd(20, 60))
    request = crowd(int(learners), int(teachers))
    listed, lasted = timed(solve_on_lists, request, MOST)
    total, longer = (total_of(one) for one in (listed, solve_on_lists(request, 8 * MOST)))
    figures = {
        "lasted": lasted,
        "rounds": listed.rounds,
        "widened": listed.widened,
        "pairs": len(listed.cells.rows),
    }
    print(json.dumps({**figures, "short": listed.short, "total": total, "longer": longer}))  # noqa: T201


def search_by_joins(request: Request) -> tuple[Any, Callable[[Any], np.ndarray]]:
    """Lay out as tables of polars, and return what joins them."""
    return joins.lay_out(request), partial(joins.search, most=MOST, lowest=POLICY.minimum_language_level)


SEARCHES = {"Talka": search_by_index, "scipy": search_by_products, "polars": search_by_joins}


def main(name: str, learners: str, teachers: str) -> None:
    """Search, and print what was measured."""
    lay_out = SEARCHES[name]
    ready, search = lay_out(crowd(20, 60))
    search(ready)
    request = crowd(int(learners), int(teachers))
    (ready, search), build = timed(lay_out, request)
    scores, lasted = timed(search, ready)
    print(json.dumps({"build": build, "search": lasted, "pairs": len(scores), "points": int(scores.sum())}))  # noqa: T201


if __name__ == "__main__":
    (lists if sys.argv[1] == "lists" else partial(main, sys.argv[1]))(*sys.argv[2:])
