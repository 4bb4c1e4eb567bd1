"""What is refused before anything is counted, with every fault at once."""

from collections import Counter
from collections.abc import Iterator

from talka.matching.engine.encode.hard import RULES
from talka.matching.engine.encode.soft import PARTS
from talka.matching.engine.values import Contradiction, Party, Policy, Reason, Request, Side


def refuse_nonsense(request: Request) -> None:
    """Raise Contradiction, naming every fault, unless the request can be answered."""
    faults = [*_faults_of_policy(request.policy), *_faults_of_rulings(request)]
    for side, parties in ((Side.LEARNS, request.learners), (Side.TEACHES, request.teachers)):
        for key, count in Counter(party.key for party in parties).items():
            if count > 1:
                faults.append(Reason("matching.fault.key_twice", {"key": key, "side": side.value}))
        for party in parties:
            faults.extend(_faults_of_party(party))
    if faults:
        raise Contradiction(tuple(faults))


def _faults_of_policy(policy: Policy) -> Iterator[Reason]:
    """Yield unknown names, negative weights and loops in the tree of capacities."""
    for rule in [*policy.hard, *policy.unknown]:
        if rule not in RULES:
            yield Reason("matching.fault.unknown_rule", {"rule": rule})
    for rule, verdict in policy.unknown.items():
        if verdict not in ("pass", "fail"):
            yield Reason("matching.fault.unknown_verdict", {"rule": rule, "verdict": verdict})
    for part, weight in policy.weights.items():
        if part not in PARTS:
            yield Reason("matching.fault.unknown_part", {"part": part})
        if weight < 0:
            yield Reason("matching.fault.negative_weight", {"part": part})
    for capacity in policy.parents:
        seen, above = {capacity}, policy.parents[capacity]
        while above in policy.parents and above not in seen:
            seen.add(above)
            above = policy.parents[above]
        if above == capacity:
            yield Reason("matching.fault.loop_in_tree", {"capacity": capacity})


def _faults_of_party(party: Party) -> Iterator[Reason]:
    """Yield levels, priorities, places and windows that cannot be."""
    for topic in (*party.needs, *party.offers):
        if not 1 <= topic.level <= 5 or topic.priority < 1:
            yield Reason("matching.fault.topic_range", {"key": party.key, "capacity": topic.capacity})
    for language in party.languages:
        if not 0 <= language.level <= 6:
            yield Reason("matching.fault.language_range", {"key": party.key, "code": language.code})
    if party.places < 0 or party.priority < 1:
        yield Reason("matching.fault.party_range", {"key": party.key})
    if any(end < start for start, end in party.windows or ()):
        yield Reason("matching.fault.window_backwards", {"key": party.key})


def _faults_of_rulings(request: Request) -> Iterator[Reason]:
    """Yield rulings about nobody, locks that are also bans, and more locks than places."""
    learners = {party.key: party for party in request.learners}
    teachers = {party.key: party for party in request.teachers}
    locks = {(ruling.learner, ruling.teacher) for ruling in request.rulings if ruling.kind == "lock"}
    bans = {(ruling.learner, ruling.teacher) for ruling in request.rulings if ruling.kind == "ban"}
    for ruling in request.rulings:
        about = {"learner": ruling.learner, "teacher": ruling.teacher}
        if ruling.kind not in ("lock", "ban"):
            yield Reason("matching.fault.unknown_ruling", {"kind": ruling.kind})
        if ruling.learner not in learners or ruling.teacher not in teachers:
            yield Reason("matching.fault.ruling_about_nobody", about)
    for learner, teacher in sorted(locks & bans):
        yield Reason("matching.fault.lock_and_ban", {"learner": learner, "teacher": teacher})
    for place, parties in ((0, learners), (1, teachers)):
        for key, count in sorted(Counter(lock[place] for lock in locks).items()):
            if key in parties and count > parties[key].places:
                yield Reason("matching.fault.more_locks_than_places", {"key": key, "locks": count})
