"""Stage three: numbers back to reasons. What is said here can be checked by asking again."""

from itertools import pairwise

import numpy as np

from talka.matching.engine.changes import CHANGES, ORDER
from talka.matching.engine.encode.hard import broken_rules
from talka.matching.engine.encode.soft import score, weigh
from talka.matching.engine.encode.table import ALL_KEPT, Problem
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


def explain_pairs(request: Request, problem: Problem, chosen: np.ndarray) -> tuple[Pair, ...]:
    """Return every pair, locks included, in the order of the keys."""
    return tuple(
        pair_up(request, request.learners[i], request.teachers[j], locked=bool(problem.locked[i, j]))
        for i, j in np.argwhere(chosen | problem.locked)
    )


def find_alternates(request: Request, problem: Problem, chosen: np.ndarray) -> dict[str, tuple[Pair, ...]]:
    """Return for each learner the next best teachers: free places first, then by score, then by hash."""
    free = chosen.sum(axis=0) < problem.teacher_places
    alternates = {}
    for i, learner in enumerate(request.learners):
        others = np.flatnonzero((problem.scores[i] > 0) & ~chosen[i])
        best = sorted(others, key=lambda j: (not free[j], -problem.scores[i, j], -problem.ties[i, j], j))
        pairs = (pair_up(request, learner, request.teachers[j]) for j in best[:ALTERNATES])
        alternates[learner.key] = tuple(pairs)
    return alternates


def explain_unmatched(
    request: Request, problem: Problem, chosen: np.ndarray, watch: Watch | None = None
) -> tuple[Unmatched, ...]:
    """Return everybody without a partner, learners first, each with the funnel, the reason and the change.

    Changes take long to look for: once the watch says no, there are no more of them.
    """
    matched = chosen | problem.locked
    free_teachers = chosen.sum(axis=0) < problem.teacher_places
    free_learners = chosen.sum(axis=1) < problem.learner_places
    unmatched = []
    left_out, hurried = np.flatnonzero(~matched.any(axis=1)), False
    for done, i in enumerate(left_out):
        hurried = hurried or not goes_on(watch, "explain", done, len(left_out))
        party = request.learners[i]
        funnel = _funnel(
            request, problem.first_broken[i], problem.banned[i], problem.scores[i], free_teachers
        )
        change = _smallest_change(request, problem, chosen, int(i)) if party.places and not hurried else None
        unmatched.append(Unmatched(party.key, Side.LEARNS, funnel, _binding(party, funnel), change))
    for j in np.flatnonzero(~matched.any(axis=0)):
        party = request.teachers[j]
        columns = (problem.first_broken[:, j], problem.banned[:, j], problem.scores[:, j])
        funnel = _funnel(request, *columns, free_learners)
        unmatched.append(Unmatched(party.key, Side.TEACHES, funnel, _binding(party, funnel)))
    return tuple(unmatched)


def _funnel(
    request: Request, first_broken: np.ndarray, banned: np.ndarray, scores: np.ndarray, free: np.ndarray
) -> tuple[Step, ...]:
    """Return how many remain after each hard rule, after bans, with anything to gain, with a free place."""
    steps = [Step("all", len(first_broken))]
    for position, rule in enumerate(request.policy.hard):
        steps.append(Step(rule, int((first_broken > position).sum())))
    steps.append(Step("not_banned", int(((first_broken == ALL_KEPT) & ~banned).sum())))
    steps.append(Step("fits", int((scores > 0).sum())))
    steps.append(Step("free", int(((scores > 0) & free).sum())))
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


def open_teachers(problem: Problem, chosen: np.ndarray, priority: int) -> np.ndarray:
    """Return which teachers could take one more learner of that priority without a loss to the counts above.

    One can who has a free place, or a learner who may leave: one of less urgent priority, one who keeps
    another teacher, or one who can go to a teacher who could take one more. (The residual graph, searched
    backwards.)
    """
    several = chosen.sum(axis=1) + problem.seated > 1
    may_leave = several | (problem.priorities > priority)
    elsewhere = (problem.scores > 0) & ~chosen
    is_open: np.ndarray = chosen.sum(axis=0) < problem.teacher_places
    while True:
        leaves = may_leave | elsewhere[:, is_open].any(axis=1)
        wider = is_open | chosen[leaves].any(axis=0)
        if (wider == is_open).all():
            return is_open
        is_open = wider


def _smallest_change(request: Request, problem: Problem, chosen: np.ndarray, i: int) -> Reason | None:
    """Return the smallest single change that surely matches the learner, taking nobody of like priority out.

    A change of the learner's own, with which a teacher opens who could take one more: then a greatest count
    grows, and only because this learner is in it. Or a teacher who takes this very learner beyond their
    places: then everybody else stays as they are. None if no single change is enough.
    """
    learner, policy = request.learners[i], request.policy
    found: list[tuple[tuple[int, ...], Reason]] = []
    for j in np.flatnonzero(open_teachers(problem, chosen, learner.priority) & ~problem.banned[i]):
        teacher = request.teachers[j]
        hashed = int(problem.ties[i, j])
        for rule in filter(CHANGES.__contains__, broken_rules(learner, teacher, policy)):
            for change in CHANGES[rule](learner, teacher, policy):
                points = score(change.party, teacher, policy)
                if points > 0 and not broken_rules(change.party, teacher, policy):
                    size = (ORDER.index(rule), change.amount, -points, -hashed, int(j))
                    found.append((size, change.reason))
    if (problem.scores[i] > 0).any():
        j = max(
            np.flatnonzero(problem.scores[i]), key=lambda j: (problem.scores[i, j], problem.ties[i, j], -j)
        )
        asked = Reason("matching.change.one_more_place", {"teacher": request.teachers[j].key})
        found.append(((ORDER.index("place"),), asked))
    return min(found, key=lambda one: one[0])[1] if found else None
