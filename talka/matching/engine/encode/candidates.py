"""Who could teach whom, for markets too large to look at every pair: the best few for every learner.

The lists are exact: the same scores as `soft.score`, the same rules as `hard.keeps`, the best by score, then
by tie, then by row. What was cut off a list is never better than `cut` says, so that a proof can tell whether
it mattered; `widen` makes the lists longer for whom it did.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from talka.matching.engine.compiled import FAST, plain
from talka.matching.engine.encode.index import counted, tables_of, topics_of, weight_of
from talka.matching.engine.encode.layout import dates_of, hours_of, pairs_of, talks_of
from talka.matching.engine.encode.scan import BLOCK, LEVELS, SHARE_MASK, Most, Sheets, Space
from talka.matching.engine.encode.search import search_all
from talka.matching.engine.encode.soft import FULL
from talka.matching.engine.encode.ties import marks_of, tie_of
from talka.matching.engine.values import Party, Policy, Request, Side

CHUNK = 1024
"""Learners between two looks at whoever waits."""
NOBODY, NOTHING = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Index:
    """A request laid out for the search, as arrays and, where nothing is compiled, as lists."""

    sheets: Sheets
    learners: int
    teachers: int
    highest: int

    @cached_property
    def ready(self) -> Sheets:
        """What the search reads."""
        return self.sheets if FAST else _listed(self.sheets)


@dataclass(frozen=True)
class Candidates:
    """The best teachers of learner i stand from `starts[i]` to `starts[i + 1]`, best first.

    `cut[i]` is the score of the best teacher who is not on the list, 0 if nobody was left out.
    """

    starts: np.ndarray
    teachers: np.ndarray
    scores: np.ndarray
    ties: np.ndarray
    cut: np.ndarray


def open_index(request: Request, among: np.ndarray | None = None) -> Index:
    """Lay a request out, its rows in the order that `ask` gives them. `among` says which teachers count."""
    learners, teachers, policy = request.learners, request.teachers, request.policy
    rows = np.arange(len(teachers)) if among is None else np.flatnonzero(among)
    tables, most_of_tables = tables_of(learners, teachers, policy)
    talks, most_of_talks = talks_of(learners, teachers, policy)
    dates, most_of_dates = dates_of(learners, teachers, policy)
    hours, most_of_hours = hours_of(learners, teachers, policy)
    pairs, most_of_pairs = pairs_of(request)
    always = np.array([_always(learner, policy) for learner in learners], dtype=np.int64)
    sheets = Sheets(
        topics=topics_of(learners, teachers, rows, policy),
        tables=tables,
        talks=talks,
        dates=dates,
        hours=hours,
        pairs=pairs,
        most=Most(always, most_of_pairs, most_of_tables, most_of_talks, most_of_dates, most_of_hours),
        learner_marks=marks_of(policy.tie_break_seed, Side.LEARNS, (party.key for party in learners)),
        teacher_marks=marks_of(policy.tie_break_seed, Side.TEACHES, (party.key for party in teachers)),
        everyone=rows,
        inverses=1 / np.maximum(np.arange(SHARE_MASK + 1), 1),
        near=weight_of(policy, "topic"),
        level=weight_of(policy, "level"),
        needs_topic=int("shares_a_topic" in policy.hard or "teaches_above" in policy.hard),
        needs_above=int("teaches_above" in policy.hard),
    )
    return Index(sheets, len(learners), len(teachers), FULL * sum(policy.weights.values()))


def _always(learner: Party, policy: Policy) -> int:
    """Return the points the learner has with any teacher who is not an earlier partner."""
    newcomer = weight_of(policy, "newcomer") if learner.newcomer else 0
    return FULL * (newcomer + weight_of(policy, "fresh"))


def find(
    index: Index, most: int, learners: np.ndarray | None = None, watch: Callable[[int], bool] | None = None
) -> Candidates:
    """Return the best teachers for each of the learners (all, if none are named), at most so many.

    `watch` is told how many learners are done, and may stop the search by answering no: the lists of the
    others are then empty, and their `cut` is as high as a score can be.
    """
    rows = np.arange(index.learners) if learners is None else np.asarray(learners, dtype=np.int64)
    most = max(0, min(most, index.teachers))
    chunks = [rows[low : low + CHUNK] for low in range(0, len(rows), CHUNK)]
    done, lists = 0, []
    with ThreadPoolExecutor(os.cpu_count() if FAST else 1) as pool:
        for found in pool.map(lambda chunk: _search(index, chunk, most), chunks):
            lists.append(found)
            done += len(found.counts)
            if watch is not None and not watch(done):
                break
    left = len(rows) - done
    counts = np.concatenate([*(one.counts for one in lists), np.zeros(left, dtype=np.int64)])
    teachers = np.concatenate([NOBODY, *(one.teachers for one in lists)])
    marks = index.sheets.learner_marks[np.repeat(rows, counts)], index.sheets.teacher_marks[teachers]
    return Candidates(
        starts=counted(counts),
        teachers=teachers,
        scores=np.concatenate([NOTHING, *(one.scores for one in lists)]),
        ties=plain(tie_of)(*marks),
        cut=np.concatenate([*(one.cut for one in lists), np.full(left, index.highest)]),
    )


def widen(index: Index, found: Candidates, learners: np.ndarray, most: int) -> Candidates:
    """Return the lists with those of the learners made anew, of at most so many teachers."""
    wider = find(index, most, learners)
    sizes, cut = np.diff(found.starts), found.cut.copy()
    stays = ~np.isin(np.arange(len(sizes)), learners)
    kept = np.repeat(stays, sizes)
    rows = np.repeat(np.r_[np.flatnonzero(stays), learners], np.r_[sizes[stays], np.diff(wider.starts)])
    order = np.argsort(rows, kind="stable")
    sizes[learners], cut[learners] = np.diff(wider.starts), wider.cut
    return Candidates(
        counted(sizes),
        np.concatenate((found.teachers[kept], wider.teachers))[order],
        np.concatenate((found.scores[kept], wider.scores))[order],
        np.concatenate((found.ties[kept], wider.ties))[order],
        cut,
    )


class _Found(NamedTuple):
    """The lists of a few learners."""

    counts: np.ndarray
    cut: np.ndarray
    teachers: np.ndarray
    scores: np.ndarray


def _search(index: Index, learners: np.ndarray, most: int) -> _Found:
    """Return the lists of a few learners; runs beside others, on space of its own."""
    everyone, words = index.teachers, index.sheets.talks.they_speak.shape[1]
    sizes = (everyone, everyone, everyone + 1, BLOCK, BLOCK, (LEVELS, words), words, *3 * (most + 1,))
    space = Space(*(_ready(np.zeros(size, dtype=np.int64)) for size in sizes))
    counts, cut = (_ready(np.zeros(len(learners), dtype=np.int64)) for _ in range(2))
    teachers, scores = (_ready(np.zeros(len(learners) * most, dtype=np.int64)) for _ in range(2))
    search_all(index.ready, space, _ready(learners), most, counts, cut, teachers, scores)
    listed = (np.arange(most) < np.array(counts)[:, None]).ravel()
    return _Found(
        np.array(counts, dtype=np.int64),
        np.array(cut, dtype=np.int64),
        np.array(teachers, dtype=np.int32)[listed],
        np.array(scores, dtype=np.int64)[listed],
    )


def _ready(array: np.ndarray) -> Any:
    """Return the array as the search wants it: a list where nothing is compiled."""
    return array if FAST else array.tolist()


def _listed(sheet: Any) -> Any:
    """Return a sheet with lists for arrays."""
    if isinstance(sheet, tuple):
        return type(sheet)(*map(_listed, sheet))
    return sheet.tolist() if isinstance(sheet, np.ndarray) else sheet
