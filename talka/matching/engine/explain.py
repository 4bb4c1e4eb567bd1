"""Stage three: numbers back to reasons. What is said here can be checked by asking again."""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise

import numpy as np

from talka.matching.engine.changes import CHANGES, ORDER
from talka.matching.engine.encode.hard import broken_rules
from talka.matching.engine.encode.soft import score, weigh
from talka.matching.engine.encode.table import ALL_KEPT, Problem
from talka.matching.engine.solve.aims import Cells
from talka.matching.engine.values import Pair, Party, Reason, Request, Side, Step, Unmatched
from talka.matching.engine.watch import Watch, goes_on

ALTERNATES = 3
BINDING = {
    "shares_a_topic": "matching.no_shared_topic",
    "teaches_above": "matching.nobody_above",
    "common_language": "matching.no_common_language",
    "dates_overlap": "matching.no_common_dates",
    "hours_overlap": "matching.no_common_hours",
    "format_agrees": "matching.no_common_format",
    "different_country": "matching.only_same_country",
    # Said no more plainly: nobody may learn from a match that somebody avoids them.
    "not_avoided": "matching.no_partner_left",
    "not_repeated": "matching.only_earlier_partners",
    "not_banned": "matching.no_partner_left",
    "fits": "matching.nothing_gained",
    "free": "matching.all_places_taken",
}


def pair_up(request: Request, learner: Party, teacher: Party, *, locked: bool = False) -> Pair:
    """Return the two as a pair with every part of its score; a locked one says which rules it breaks."""
    parts = weigh(learner, teacher, request.policy)
    broken = broken_rules(learner, teacher, request.policy) if locked else ()
    total = sum(part.points for part in parts)
    return Pair(learner.key, teacher.key, total, parts, learner.priority, locked, broken)


def explain_pairs(
    request: Request, pairs: Iterable[tuple[int, int]], locks: Set[tuple[int, int]]
) -> tuple[Pair, ...]:
    """Return every pair, locks included, in the order of the keys."""
    return tuple(
        pair_up(request, request.learners[i], request.teachers[j], locked=(i, j) in locks)
        for i, j in sorted({*pairs, *locks})
    )


def find_alternates(request: Request, cells: Cells, taken: np.ndarray) -> dict[str, tuple[Pair, ...]]:
    """Return for each learner the next best teachers: free places first, then by score, then by hash."""
    free = np.bincount(cells.columns[taken], minlength=len(request.teachers)) < cells.teachers.most
    order = np.lexsort((cells.columns, -cells.ties, -cells.scores, ~free[cells.columns], cells.rows))
    order = order[~taken[order]]
    ends = np.searchsorted(cells.rows[order], np.arange(len(request.learners) + 1))
    return {
        learner.key: tuple(
            pair_up(request, learner, request.teachers[j])
            for j in cells.columns[order[start : min(start + ALTERNATES, end)]]
        )
        for learner, (start, end) in zip(request.learners, pairwise(ends), strict=True)
    }


@dataclass(frozen=True)
class Row:
    """One party and everybody of the other side: the first rule broken, who is banned, scores and ties."""

    party: Party
    first_broken: np.ndarray
    banned: np.ndarray
    scores: np.ndarray
    ties: np.ndarray


@dataclass(frozen=True)
class Seats:
    """Who is matched, and who of each side has a place left.

    `open_to` returns which teachers could take one more learner of a priority.
    """

    learner_matched: np.ndarray
    teacher_matched: np.ndarray
    learner_free: np.ndarray
    teacher_free: np.ndarray
    open_to: Callable[[int], np.ndarray]


def explain_unmatched(
    request: Request,
    seats: Seats,
    row_of: Callable[[int], Row],
    column_of: Callable[[int], Row],
    watch: Watch | None = None,
) -> tuple[Unmatched, ...]:
    """Return everybody without a partner, learners first, each with the funnel, the reason and the change.

    Changes take long to look for: once the watch says no, there are no more of them.
    """
    unmatched, hurried = [], False
    left_out = np.flatnonzero(~seats.learner_matched)
    open_to = cache(seats.open_to)
    for done, i in enumerate(left_out):
        hurried = hurried or not goes_on(watch, "explain", done, len(left_out))
        row = row_of(int(i))
        funnel = _funnel(request, row, seats.teacher_free)
        change = None
        if row.party.places and not hurried:
            change = _smallest_change(request, row, open_to(row.party.priority))
        reason = _binding(row.party, funnel)
        unmatched.append(Unmatched(row.party.key, Side.LEARNS, funnel, reason, change))
    for j in np.flatnonzero(~seats.teacher_matched):
        row = column_of(int(j))
        funnel = _funnel(request, row, seats.learner_free)
        unmatched.append(Unmatched(row.party.key, Side.TEACHES, funnel, _binding(row.party, funnel)))
    return tuple(unmatched)


def seats_of(cells: Cells, taken: np.ndarray, locks: Set[tuple[int, int]]) -> Seats:
    """Return who has a place in an answer."""
    learners = np.bincount(cells.rows[taken], minlength=len(cells.learners.most))
    teachers = np.bincount(cells.columns[taken], minlength=len(cells.teachers.most))
    locked = (np.array(sorted({lock[side] for lock in locks}), dtype=np.int64) for side in (0, 1))
    return Seats(
        learner_matched=_with(learners > 0, next(locked)),
        teacher_matched=_with(teachers > 0, next(locked)),
        learner_free=learners < cells.learners.most,
        teacher_free=teachers < cells.teachers.most,
        open_to=partial(open_teachers, cells, taken),
    )


def _with(marks: np.ndarray, more: np.ndarray) -> np.ndarray:
    """Return the marks with more of them set."""
    marks[more] = True
    return marks


def row_of_problem(request: Request, problem: Problem, i: int) -> Row:
    """Return a learner with all teachers."""
    tables = (problem.first_broken, problem.banned, problem.scores, problem.ties)
    return Row(request.learners[i], *(table[i] for table in tables))


def column_of_problem(request: Request, problem: Problem, j: int) -> Row:
    """Return a teacher with all learners."""
    tables = (problem.first_broken, problem.banned, problem.scores, problem.ties)
    return Row(request.teachers[j], *(table[:, j] for table in tables))


def _funnel(request: Request, row: Row, free: np.ndarray) -> tuple[Step, ...]:
    """Return how many remain after each hard rule, after bans, with anything to gain, with a free place."""
    steps = [Step("all", len(row.first_broken))]
    for position, rule in enumerate(request.policy.hard):
        steps.append(Step(rule, int((row.first_broken > position).sum())))
    steps.append(Step("not_banned", int(((row.first_broken == ALL_KEPT) & ~row.banned).sum())))
    steps.append(Step("fits", int((row.scores > 0).sum())))
    steps.append(Step("free", int(((row.scores > 0) & free).sum())))
    return tuple(steps)


def _binding(party: Party, funnel: tuple[Step, ...]) -> Reason:
    """Return the step at which nobody remained, and how many were there before it."""
    if not party.places:
        return Reason("matching.takes_nobody")
    if not funnel[0].remaining:
        return Reason("matching.nobody_there")
    for before, step in pairwise(funnel):
        if not step.remaining:
            return Reason(BINDING[step.rule], {"before": before.remaining})
    # A partner is free: only a search that was stopped leaves that.
    return Reason("matching.search_stopped")


def open_teachers(cells: Cells, taken: np.ndarray, priority: int) -> np.ndarray:
    """Return which teachers could take one more learner of that priority without a loss to the counts above.

    One can who has a free place, or a learner who may leave: one of less urgent priority, one who keeps
    another teacher, or one who can go to a teacher who could take one more. (The residual graph, searched
    backwards.)
    """
    teachers, learners = len(cells.teachers.most), len(cells.learners.most)
    counts = np.bincount(cells.rows[taken], minlength=learners)
    may_leave = (counts + cells.seated > 1) | (cells.priorities > priority)
    is_open: np.ndarray = np.bincount(cells.columns[taken], minlength=teachers) < cells.teachers.most
    while True:
        leaves = may_leave.copy()
        leaves[cells.rows[~taken & is_open[cells.columns]]] = True
        wider = is_open.copy()
        wider[cells.columns[taken & leaves[cells.rows]]] = True
        if (wider == is_open).all():
            return is_open
        is_open = wider


def _smallest_change(request: Request, row: Row, is_open: np.ndarray) -> Reason | None:
    """Return the smallest single change that surely matches the learner, taking nobody of like priority out.

    A change of the learner's own, with which a teacher opens who could take one more: then a greatest count
    grows, and only because this learner is in it. Or a teacher who takes this very learner beyond their
    places: then everybody else stays as they are. None if no single change is enough.
    """
    learner, policy = row.party, request.policy
    found: list[tuple[tuple[int, ...], Reason]] = []
    for j in np.flatnonzero(is_open & ~row.banned):
        teacher = request.teachers[j]
        for rule in filter(CHANGES.__contains__, broken_rules(learner, teacher, policy)):
            for change in CHANGES[rule](learner, teacher, policy):
                points = score(change.party, teacher, policy)
                if points > 0 and not broken_rules(change.party, teacher, policy):
                    size = (ORDER.index(rule), change.amount, -points, -int(row.ties[j]), int(j))
                    found.append((size, change.reason))
    if (row.scores > 0).any():
        j = max(np.flatnonzero(row.scores), key=lambda j: (row.scores[j], row.ties[j], -j))
        asked = Reason("matching.change.one_more_place", {"teacher": request.teachers[j].key})
        found.append(((ORDER.index("place"),), asked))
    return min(found, key=lambda one: one[0])[1] if found else None
