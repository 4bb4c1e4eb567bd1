"""Every pair looked at: which rules the two keep, and the fit of every part.

A rule or part reads a few facts of each side. It is asked once for any two combinations of facts there are,
not once for any two parties.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from talka.matching.engine.encode.hard import keeps
from talka.matching.engine.encode.soft import PARTS
from talka.matching.engine.values import Party, Policy, Request
from talka.matching.engine.watch import Stopped, Watch, goes_on

Facts = Callable[[Party], Hashable]


def _topics(party: Party) -> Hashable:
    return party.needs, party.offers


READ: Mapping[str, Facts] = {
    "shares_a_topic": _topics,
    "teaches_above": _topics,
    "topic": _topics,
    "level": _topics,
    "common_language": lambda party: party.languages,
    "language": lambda party: party.languages,
    "dates_overlap": lambda party: party.windows,
    "dates": lambda party: party.windows,
    "hours_overlap": lambda party: (party.hours, party.zone),
    "hours": lambda party: (party.hours, party.zone),
    "format_agrees": lambda party: party.formats,
    "format": lambda party: party.formats,
    "cost": lambda party: (party.country, party.formats),
    "visa": lambda party: (party.country, party.formats),
    "different_country": lambda party: party.country,
    "near": lambda party: (party.country, party.region),
    "wish": lambda party: (party.key, party.wishes),
    "not_avoided": lambda party: (party.key, party.avoids),
    "not_repeated": lambda party: (party.key, party.earlier),
    "fresh": lambda party: (party.key, party.earlier),
    "newcomer": lambda party: party.newcomer,
}
"""What each rule and part reads of a party: where this is the same, so is the answer."""


@dataclass(frozen=True)
class Survey:
    """For every hard rule a table of who keeps it, for every part a table of fits: learners by teachers."""

    kept: Mapping[str, np.ndarray]
    fits: Mapping[str, np.ndarray]


def survey(request: Request, watch: Watch | None = None) -> Survey:
    """Return what every learner and teacher of the request are to each other. Raises Stopped when told to."""
    policy = request.policy
    asked = [*((_kept, rule) for rule in policy.hard), *((_fits, part) for part in policy.weights)]
    tables = []
    for done, (look, name) in enumerate(asked):
        if not goes_on(watch, "look", done, len(asked)):
            raise Stopped
        tables.append(look(name, request, policy))
    rules = len(policy.hard)
    return Survey(
        kept=dict(zip(policy.hard, tables[:rules], strict=True)),
        fits=dict(zip(policy.weights, tables[rules:], strict=True)),
    )


def scores_of(
    fits: Mapping[str, np.ndarray], weights: Mapping[str, int], shape: tuple[int, int]
) -> np.ndarray:
    """Return the sum of fit times weight of every pair, of Python integers where 64 bits would not do."""
    kind = np.int64 if sum(weights.values()) < 1 << 50 else object
    whole = np.zeros(shape, dtype=kind)
    for part, weight in weights.items():
        whole += fits[part].astype(kind) * weight
    return whole


def _kept(rule: str, request: Request, policy: Policy) -> np.ndarray:
    return _table(rule, request, bool, lambda one, other: keeps(rule, one, other, policy))


def _fits(part: str, request: Request, policy: Policy) -> np.ndarray:
    return _table(part, request, np.int16, lambda one, other: PARTS[part](one, other, policy)[0])


def _table(name: str, request: Request, kind: Any, ask: Callable[[Party, Party], Any]) -> np.ndarray:
    """Return the answers for every learner and teacher, asked once for the same facts."""
    learners, rows = coded(request.learners, READ[name])
    teachers, columns = coded(request.teachers, READ[name])
    answers = [[ask(learner, teacher) for teacher in teachers] for learner in learners]
    small = np.array(answers, dtype=kind).reshape(len(learners), len(teachers))
    return small[rows][:, columns]


def coded(parties: Sequence[Party], facts: Facts) -> tuple[list[Party], np.ndarray]:
    """Return a party for each combination of facts there is, and which one each party has."""
    numbers: dict[Hashable, int] = {}
    codes = [numbers.setdefault(facts(party), len(numbers)) for party in parties]
    found: dict[int, Party] = {}
    for code, party in zip(codes, parties, strict=True):
        found.setdefault(code, party)
    return list(found.values()), np.array(codes, dtype=np.int64)
