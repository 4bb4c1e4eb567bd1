"""The door of the engine: ask, encode, solve, explain."""

from collections.abc import Mapping, Sequence
from typing import Any

from talka.matching.engine.encode.table import encode
from talka.matching.engine.encode.validation import refuse_nonsense
from talka.matching.engine.explain import explain_pairs, explain_unmatched, find_alternates
from talka.matching.engine.sealing import ask, seal_of, unpack
from talka.matching.engine.solve.lexicographic import solve
from talka.matching.engine.values import Outcome, Party, Policy, Proof, Request, Ruling

ENGINE_VERSION = "1"
"""Rises whenever the same request could give another outcome."""


def match(
    learners: Sequence[Party], teachers: Sequence[Party], policy: Policy, rulings: Sequence[Ruling] = ()
) -> Outcome:
    """Match learners with teachers, say why, and prove that no other answer is better.

    Best means, in this order: locks stand; most learners matched, those of priority 1 first; most pairs; the
    worst pair as good as possible; the highest total; the tie hashes. Nobody is matched for a score of 0.
    The order of the rows never changes anything. Raises Contradiction with every fault of the request.
    """
    request = ask(learners, teachers, policy, rulings)
    refuse_nonsense(request)
    problem = encode(request)
    solution = solve(problem)
    keys = [teacher.key for teacher in request.teachers]
    return Outcome(
        pairs=explain_pairs(request, problem, solution.chosen),
        unmatched=explain_unmatched(request, problem, solution.chosen),
        alternates=find_alternates(request, problem, solution.chosen),
        certificate=tuple(
            Proof(one.level, one.value, dict(zip(keys, one.prices, strict=True))) for one in solution.evidence
        ),
        seal=seal_of(request),
        engine_version=ENGINE_VERSION,
    )


def replay(packed: Mapping[str, Any]) -> Outcome:
    """Answer again a request that was packed and stored; the same request gives the same bytes."""
    request = unpack(Request, packed)
    return match(request.learners, request.teachers, request.policy, request.rulings)
