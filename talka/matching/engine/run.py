"""The door of the engine: ask, encode, solve, explain."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from talka.matching.engine.encode.survey import survey
from talka.matching.engine.encode.table import encode, problem_of
from talka.matching.engine.encode.validation import refuse_nonsense
from talka.matching.engine.explain import (
    Row,
    column_of_problem,
    explain_pairs,
    explain_unmatched,
    find_alternates,
    row_of_problem,
    seats_of,
)
from talka.matching.engine.sealing import ask, seal_of, unpack
from talka.matching.engine.solve.aims import Cells, aims, cells_of, face_of_cells
from talka.matching.engine.solve.conflicts import smallest_conflict
from talka.matching.engine.solve.ladder import CannotBeFilled, Climbed, Rung, climb
from talka.matching.engine.solve.lists import MOST, solve_on_lists
from talka.matching.engine.values import Contradiction, Outcome, Party, Policy, Proof, Reason, Request, Ruling
from talka.matching.engine.watch import Watch

ENGINE_VERSION = "5"
"""Rises whenever the same request could give another outcome."""

LARGE = 4_000_000
"""With more possible pairs than this, not every pair is looked at."""


def match(
    learners: Sequence[Party],
    teachers: Sequence[Party],
    policy: Policy,
    rulings: Sequence[Ruling] = (),
    watch: Watch | None = None,
) -> Outcome:
    """Match learners with teachers, say why, and prove that no other answer is better.

    Best means, in this order: locks stand; minima are kept; most learners matched, those of priority 1 first;
    most pairs; the worst pair as good as possible; the highest total; most pairs kept from an earlier run;
    the tie hashes. Nobody is matched for a score of 0. The order of the rows never changes anything. `watch`
    is told how far it is, and may stop it by answering no: then the answer is the best so far, with its
    bound, or Stopped is raised if there is none yet. Raises Contradiction with every fault of the request.
    """
    request = ask(learners, teachers, policy, rulings)
    refuse_nonsense(request)
    is_large = len(request.learners) * len(request.teachers) > LARGE
    view = (look_at_the_best if is_large else look_at_all)(request, watch)
    taken, rungs = view.climbed.taken, view.climbed.rungs
    chosen = zip(view.cells.rows[taken].tolist(), view.cells.columns[taken].tolist(), strict=True)
    seats = seats_of(view.cells, taken, view.locks)
    return Outcome(
        pairs=explain_pairs(request, chosen, view.locks),
        unmatched=explain_unmatched(request, seats, view.row_of, view.column_of, watch),
        alternates=find_alternates(request, view.cells, taken),
        certificate=tuple(_proof(request, rung) for rung in rungs),
        seal=seal_of(request),
        engine_version=ENGINE_VERSION,
        stopped=len(rungs) < len(aims(view.cells)) or rungs[-1].value < rungs[-1].bound,
    )


@dataclass(frozen=True)
class View:
    """The pairs that were looked at, the answer among them, and what a party is to all of the other side."""

    cells: Cells
    climbed: Climbed
    locks: frozenset[tuple[int, int]]
    row_of: Callable[[int], Row]
    column_of: Callable[[int], Row]


def look_at_all(request: Request, watch: Watch | None = None) -> View:
    """Return the best answer with every pair looked at. Raises Contradiction, or Stopped when told to."""
    problem = problem_of(request, survey(request, watch))
    cells = cells_of(problem)
    try:
        climbed = climb(face_of_cells(cells), aims(cells), _solving(watch))
    except CannotBeFilled as short:
        raise _contradiction(request, cells, short) from None
    row_of, column_of = (partial(one, request, problem) for one in (row_of_problem, column_of_problem))
    return View(cells, climbed, locks_of(request), row_of, column_of)


def look_at_the_best(request: Request, watch: Watch | None = None, most: int = MOST) -> View:
    """Return the best answer with as many pairs looked at as it takes to prove it: the same, in less room.

    Alternates and what a learner could change are then found among the pairs that were looked at.
    """
    try:
        listed = solve_on_lists(request, most, _solving(watch))
    except CannotBeFilled as short:
        raise _contradiction(request, cells_of(encode(request)), short) from None
    row_of, column_of = (partial(one, request) for one in (row_alone, column_alone))
    return View(listed.cells, listed.climbed, locks_of(request), row_of, column_of)


def _solving(watch: Watch | None) -> Callable[[int, int], bool] | None:
    return partial(watch, "solve") if watch else None


def row_alone(request: Request, i: int) -> Row:
    """Return a learner with all teachers, nobody else looked at."""
    learner = request.learners[i]
    rulings = tuple(one for one in request.rulings if one.learner == learner.key)
    alone = replace(request, learners=(learner,), rulings=rulings)
    return row_of_problem(alone, encode(alone), 0)


def column_alone(request: Request, j: int) -> Row:
    """Return a teacher with all learners, nobody else looked at."""
    teacher = request.teachers[j]
    rulings = tuple(one for one in request.rulings if one.teacher == teacher.key)
    alone = replace(request, teachers=(teacher,), rulings=rulings)
    return column_of_problem(alone, encode(alone), 0)


def locks_of(request: Request) -> frozenset[tuple[int, int]]:
    """Return the pairs that are locked, by row and column."""
    rows = {party.key: i for i, party in enumerate(request.learners)}
    columns = {party.key: j for j, party in enumerate(request.teachers)}
    return frozenset(
        (rows[one.learner], columns[one.teacher]) for one in request.rulings if one.kind == "lock"
    )


def _proof(request: Request, rung: Rung) -> Proof:
    """Return a rung with its prices under the keys of those they belong to."""
    learners = dict(zip((party.key for party in request.learners), map(int, rung.row_prices), strict=True))
    teachers = dict(zip((party.key for party in request.teachers), map(int, rung.column_prices), strict=True))
    bound = None if rung.bound == rung.value else int(rung.bound)
    return Proof(rung.name, rung.value, teachers, learners, bound)


def _contradiction(request: Request, cells: Cells, short: CannotBeFilled) -> Contradiction:
    """Return who must take more than there is: the smallest set that contradicts itself."""
    rows, columns = smallest_conflict(face_of_cells(cells), short.rows, short.columns)
    keys = [request.learners[i].key for i in rows] + [request.teachers[j].key for j in columns]
    return Contradiction((Reason("matching.fault.minima", {"keys": tuple(sorted(keys))}),))


def replay(packed: Mapping[str, Any]) -> Outcome:
    """Answer again a request that was packed and stored; the same request gives the same bytes."""
    request = unpack(Request, packed)
    return match(request.learners, request.teachers, request.policy, request.rulings)
