"""Any two looked at together: what speaks for them, and which rules they would break."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from talka.applications.models import Application
from talka.matching.engine import Pair, Request, Ruling, match, pack
from talka.matching.models import DraftPair, RulingKind, Run
from talka.matching.queries.cohort import LEARNS, TEACHES, agreed_beforehand
from talka.matching.queries.drafts import key_in, pairs_of, parties_of, request_of
from talka.matching.queries.encoding import encode_choice, encode_cycle
from talka.matching.queries.reasons import refuse
from talka.programmes.models import Cycle


@dataclass(frozen=True)
class Candidate:
    """Somebody of the other side, how well they would fit, and what stands against it."""

    application: Application
    score: int
    parts: Any
    warnings: tuple[Any, ...]
    taken: int
    places: int
    is_paired: bool


@dataclass(frozen=True)
class Beforehand:
    """Two who agreed beforehand, what they wrote of it, and how the programme sees them."""

    learner: Application
    teacher: Application
    note: str
    parts: Any
    warnings: tuple[Any, ...]


def weigh_keys(request: Request, learner: str, teacher: str) -> Pair:
    """Return the two of the request as if they were kept together by hand."""
    one = next(party for party in request.learners if party.key == learner)
    other = next(party for party in request.teachers if party.key == teacher)
    lock = Ruling(RulingKind.LOCK, learner, teacher)
    return match([one], [other], request.policy, [lock]).pairs[0]


def weigh(run: Run, learner: Application, teacher: Application) -> Pair:
    """Return the two as a pair of the run. Raises Refused when one of them took no part in it."""
    sides = {LEARNS: learner, TEACHES: teacher}
    keys = {}
    for part, rows in ((LEARNS, "learners"), (TEACHES, "teachers")):
        key = key_in(run, sides[part].pk)
        if key not in {row["key"] for row in run.sealed_input[rows]}:
            raise refuse("not_in_run", name=str(sides[part]))
        keys[part] = str(key)
    return weigh_keys(request_of(run), keys[LEARNS], keys[TEACHES])


def weigh_others(
    cycle: Cycle, learner: Application, teachers: Sequence[Application]
) -> dict[int, list[Mapping[str, Any]]]:
    """Return for each teacher what speaks for them and the learner, whoever the learner has now."""
    if not teachers:
        return {}
    asked = encode_choice(cycle, learner, teachers)
    keys = {pk: key for key, pk in asked.who.items()}
    return {one.pk: pack(weigh_keys(asked.request, keys[learner.pk], keys[one.pk]).parts) for one in teachers}


def broken(pair: Pair) -> list[Mapping[str, Any]]:
    """Return the rules that the pair breaks, as packed reasons.

    Who shares no topic has no experience in it to compare: that is said once.
    """
    said_already = {"teaches_above"} if "shares_a_topic" in pair.broken else set()
    rules = [rule for rule in pair.broken if rule not in said_already]
    return [{"key": f"matching.broken.{rule}", "values": {}} for rule in rules]


def candidates_for(run: Run, application: Application) -> tuple[str, list[Candidate]]:
    """Return the applicant's part in the run, and everybody of the other side, the best fit first.

    Who breaks no rule comes before who does. Raises Refused for somebody who took no part.
    """
    parties, request = parties_of(run), request_of(run)
    learns = application in parties[LEARNS]
    if not learns and application not in parties[TEACHES]:
        raise refuse("not_in_run", name=str(application))
    pairs = pairs_of(run)
    places = {party.key: party.places for party in (*request.learners, *request.teachers)}
    keys = {pk: key for key, pk in run.who.items()}
    found = []
    for other in parties[TEACHES if learns else LEARNS]:
        two = (application, other) if learns else (other, application)
        pair = weigh_keys(request, keys[two[0].pk], keys[two[1].pk])
        found.append(
            Candidate(
                application=other,
                score=pair.score,
                parts=pack(pair.parts),
                warnings=tuple(broken(pair)),
                taken=sum(other.pk in (one.learner_id, one.teacher_id) for one in pairs),
                places=places[keys[other.pk]],
                is_paired=any((one.learner_id, one.teacher_id) == (two[0].pk, two[1].pk) for one in pairs),
            )
        )
    found.sort(key=lambda one: (bool(one.warnings), -one.score, str(one.application)))
    return (LEARNS if learns else TEACHES), found


def weigh_beforehand(cycle: Cycle) -> list[Beforehand]:
    """Return the pairs that agreed beforehand and wait for a coordinator's word."""
    pairs = agreed_beforehand(cycle)
    if not pairs:
        return []
    asked = encode_cycle(cycle)
    keys = {pk: key for key, pk in asked.who.items()}
    found = []
    for learner, teacher in pairs:
        note, parts = _note_of(learner, teacher), []
        warnings: tuple[Any, ...] = ()
        # A mentor whose places are all taken is in no request any more.
        if {learner.pk, teacher.pk} <= set(keys):
            pair = weigh_keys(asked.request, keys[learner.pk], keys[teacher.pk])
            parts, warnings = pack(pair.parts), tuple(broken(pair))
        found.append(Beforehand(learner, teacher, note, parts, warnings))
    return found


def draft_pair_of(run: Run, learner: Application, teacher: Application) -> DraftPair | None:
    """Return the pair of the draft, or None when the two are not together in it."""
    return run.pairs.filter(learner=learner, teacher=teacher).first()


def _note_of(learner: Application, teacher: Application) -> str:
    """Return what the two wrote of their agreement."""
    for one, other in ((learner, teacher), (teacher, learner)):
        partner = getattr(one, "partner", None)
        if partner is not None and partner.community_id == other.community_id:
            return partner.note
    return ""
