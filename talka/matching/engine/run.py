"""The door of the engine: ask, encode, solve, explain."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from talka.matching.engine.encode.survey import survey
from talka.matching.engine.encode.table import Problem, problem_of
from talka.matching.engine.encode.validation import refuse_nonsense
from talka.matching.engine.explain import explain_pairs, explain_unmatched, find_alternates
from talka.matching.engine.sealing import ask, seal_of, unpack
from talka.matching.engine.solve.aims import aims, face_of_problem, solve
from talka.matching.engine.solve.conflicts import smallest_conflict
from talka.matching.engine.solve.ladder import CannotBeFilled, Rung
from talka.matching.engine.values import Contradiction, Outcome, Party, Policy, Proof, Reason, Request, Ruling
from talka.matching.engine.watch import Watch

ENGINE_VERSION = "3"
"""Rises whenever the same request could give another outcome."""


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
    problem = problem_of(request, survey(request, watch))
    try:
        solution = solve(problem, partial(watch, "solve") if watch else None)
    except CannotBeFilled as short:
        raise Contradiction(_conflict(request, problem, short)) from None
    return Outcome(
        pairs=explain_pairs(request, problem, solution.chosen),
        unmatched=explain_unmatched(request, problem, solution.chosen, watch),
        alternates=find_alternates(request, problem, solution.chosen),
        certificate=tuple(_proof(request, rung) for rung in solution.rungs),
        seal=seal_of(request),
        engine_version=ENGINE_VERSION,
        stopped=len(solution.rungs) < len(aims(problem))
        or solution.rungs[-1].value < solution.rungs[-1].bound,
    )


def _proof(request: Request, rung: Rung) -> Proof:
    """Return a rung with its prices under the keys of those they belong to."""
    learners = dict(zip((party.key for party in request.learners), map(int, rung.row_prices), strict=True))
    teachers = dict(zip((party.key for party in request.teachers), map(int, rung.column_prices), strict=True))
    bound = None if rung.bound == rung.value else int(rung.bound)
    return Proof(rung.name, rung.value, teachers, learners, bound)


def _conflict(request: Request, problem: Problem, short: CannotBeFilled) -> tuple[Reason, ...]:
    """Return who must take more than there is: the smallest set that contradicts itself."""
    rows, columns = smallest_conflict(face_of_problem(problem), short.rows, short.columns)
    keys = [request.learners[i].key for i in rows] + [request.teachers[j].key for j in columns]
    return (Reason("matching.fault.minima", {"keys": tuple(sorted(keys))}),)


def replay(packed: Mapping[str, Any]) -> Outcome:
    """Answer again a request that was packed and stored; the same request gives the same bytes."""
    request = unpack(Request, packed)
    return match(request.learners, request.teachers, request.policy, request.rulings)
