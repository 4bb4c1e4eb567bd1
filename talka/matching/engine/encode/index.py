"""Needs, offers and small facts laid out for the search: lists of who answers what, and tables of points."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

import numpy as np

from talka.matching.engine.encode.hard import keeps
from talka.matching.engine.encode.kinship import NEARNESS, nearness
from talka.matching.engine.encode.scan import ABOVE, GRADES, NEVER, SUM, Tables, Topics
from talka.matching.engine.encode.soft import FULL, LEVEL_FITS, PARTS, share
from talka.matching.engine.encode.survey import coded
from talka.matching.engine.values import Party, Policy

TOPIC_LEVELS = 5
Parties = tuple[Party, ...]


def counted(lengths: Iterable[int]) -> np.ndarray:
    """Return where each of several runs of these lengths begins, and where the last one ends."""
    return np.cumsum([0, *lengths], dtype=np.int64)


def weight_of(policy: Policy, part: str) -> int:
    """Return the weight of a part, 0 if it has none."""
    return policy.weights.get(part, 0)


# Topics


def topics_of(learners: Parties, teachers: Parties, open_rows: np.ndarray, policy: Policy) -> Topics:
    """Return what each learner needs, and a list of answers for each capacity that anybody needs."""
    needs = [need for learner in learners for need in learner.needs]
    wanted = {capacity: number for number, capacity in enumerate(sorted({need.capacity for need in needs}))}
    offered = _offered(teachers, open_rows)
    lists = [_answers(capacity, offered, policy) for capacity in wanted]
    whole = [sum(share(need.priority) for need in learner.needs) or 1 for learner in learners]
    return Topics(
        firsts=counted(len(learner.needs) for learner in learners),
        kinds=np.array([(need.level - 1) * 3 + min(need.priority, 3) - 1 for need in needs], dtype=np.int64),
        wanted=np.array([wanted[need.capacity] for need in needs], dtype=np.int64),
        wholes=np.array(whole, dtype=np.int64),
        starts=counted(len(who) for who, _ in lists),
        who=np.concatenate([np.zeros(0, dtype=np.int32), *(who for who, _ in lists)]),
        grades=np.concatenate([np.zeros(0, dtype=np.uint8), *(grades for _, grades in lists)]),
        worths=np.array(list(_worths()), dtype=np.int64),
    )


def _offered(teachers: Parties, open_rows: np.ndarray) -> dict[str, np.ndarray]:
    """Return for each capacity the rows and levels of who offers it, as two rows of a table."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row in open_rows.tolist():
        for offer in teachers[row].offers:
            found.setdefault(offer.capacity, []).append((row, offer.level))
    return {capacity: np.array(offers, dtype=np.int64).T for capacity, offers in found.items()}


def _answers(capacity: str, offered: dict[str, np.ndarray], policy: Policy) -> tuple[np.ndarray, np.ndarray]:
    """Return who answers a need for the capacity, by row, and the grade of the best answer of each."""
    nears = {other: nearness(capacity, other, policy.parents) for other in offered}
    kin = [(NEARNESS.index(near), offered[other]) for other, near in nears.items() if near]
    if not kin:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint8)
    rows = np.concatenate([offers[0] for _, offers in kin])
    levels = np.concatenate([offers[1] for _, offers in kin])
    far = np.concatenate([np.full(len(offers[0]), place) for place, offers in kin])
    order = np.lexsort((-levels, far, rows))
    rows, levels, far = rows[order], levels[order], far[order]
    first = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
    highest = np.maximum.reduceat(levels, first)
    grades = (far[first] * TOPIC_LEVELS + levels[first] - 1) * TOPIC_LEVELS + highest - 1
    # The best answers first: a good list early makes the search short.
    order = np.lexsort((rows[first], -levels[first], far[first]))
    return rows[first][order].astype(np.int32), grades[order].astype(np.uint8)


def _worths() -> Iterable[int]:
    """Yield what an answer of each grade adds to the sums, for a need of each kind."""
    for level in range(1, TOPIC_LEVELS + 1):
        for counts in (share(1), share(2), share(3)):
            for grade in range(GRADES):
                far, best = divmod(grade, TOPIC_LEVELS**2)
                offer, highest = divmod(best, TOPIC_LEVELS)
                gap = offer + 1 - level
                fit = 0 if gap < 0 else LEVEL_FITS.get(gap, FULL)
                above = int(highest + 1 > level)
                yield counts * NEARNESS[far] + (counts * fit << SUM) + (counts << 2 * SUM) + (above << ABOVE)


# What depends on little


@dataclass(frozen=True)
class Table:
    """Parts and rules that depend on a few facts of the two alone."""

    rules: tuple[str, ...]
    parts: tuple[str, ...]
    facts: Callable[[Party], Hashable]


TABLES = (
    Table((), ("near",), lambda party: (party.country, party.region)),
    Table(("different_country",), (), lambda party: party.country),
    Table(("format_agrees",), ("format",), lambda party: party.formats),
    Table((), ("cost", "visa"), lambda party: (party.country, party.formats)),
)


def tables_of(learners: Parties, teachers: Parties, policy: Policy) -> tuple[Tables, np.ndarray]:
    """Return the tables that the policy asks for, and the most that each learner gets from them."""
    asked = [table for table in TABLES if _is_asked(table, policy)]
    points, learner_codes, teacher_codes, widths = [], [], [], []
    most = np.zeros(len(learners), dtype=np.int64)
    for table in asked:
        mine, my_codes = coded(learners, table.facts)
        yours, your_codes = coded(teachers, table.facts)
        values = [_points(table, learner, teacher, policy) for learner in mine for teacher in yours]
        given = np.array(values, dtype=np.int64).reshape(len(mine), len(yours))
        if given.size:
            most += np.maximum(given.max(axis=1), 0)[my_codes]
        points.append(given.ravel())
        widths.append(len(yours))
        learner_codes.append(my_codes)
        teacher_codes.append(your_codes)
    none = np.zeros(0, dtype=np.int64)
    return (
        Tables(
            points=np.concatenate([none, *points]),
            firsts=counted(len(given) for given in points)[:-1],
            widths=np.array(widths, dtype=np.int64),
            learner_codes=np.array(learner_codes, dtype=np.int64).T.ravel(),
            teacher_codes=np.array(teacher_codes, dtype=np.int64).T.ravel(),
        ),
        most,
    )


def _is_asked(table: Table, policy: Policy) -> bool:
    """Tell whether the policy has one of the rules, or gives weight to one of the parts."""
    return any(rule in policy.hard for rule in table.rules) or any(
        weight_of(policy, part) for part in table.parts
    )


def _points(table: Table, learner: Party, teacher: Party, policy: Policy) -> int:
    """Return what the parts of the table give the two, or NEVER if they break a rule of it."""
    if not all(keeps(rule, learner, teacher, policy) for rule in table.rules if rule in policy.hard):
        return NEVER
    parts = ((part, weight_of(policy, part)) for part in table.parts)
    return sum(PARTS[part](learner, teacher, policy)[0] * weight for part, weight in parts if weight)
