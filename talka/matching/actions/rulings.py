"""What coordinators decide about pairs: keep together, never together, and pairs agreed beforehand."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import readers_of
from talka.kernel.ledger import record
from talka.matching.actions.proposing import hold_cycle, propose
from talka.matching.actions.writing import write_posts
from talka.matching.models import Match, Origin, PairRuling, RulingKind
from talka.matching.queries.cohort import LEARNS, TEACHES, agreed_beforehand, part_of, places_left
from talka.matching.queries.post import posts_of_pair
from talka.matching.queries.reasons import refuse
from talka.matching.queries.weighing import weigh_beforehand
from talka.programmes.models import Cycle


@transaction.atomic
def rule_on_pair(
    *,
    cycle: Cycle,
    learner: Application,
    teacher: Application,
    kind: str,
    note: str,
    by: Any,
    now: datetime,
) -> PairRuling:
    """Decide that two stay together ("lock") or never are ("ban") in every draft from now on.

    Raises Refused for the contrary of a ruling that stands, for more locks than places, and for others than
    accepted applicants of the cycle. The same ruling again changes nothing.
    """
    hold_cycle(cycle.pk)
    _demand_accepted(cycle, learner, teacher)
    both = {"learner": str(learner), "teacher": str(teacher)}
    standing = PairRuling.objects.filter(learner=learner, teacher=teacher).first()
    if standing is not None:
        if standing.kind == kind:
            return standing
        raise refuse("is_locked" if standing.kind == RulingKind.LOCK else "is_banned", **both)
    if kind == RulingKind.LOCK:
        _demand_room(learner, teacher)
    ruling = PairRuling.objects.create(
        cycle=cycle, learner=learner, teacher=teacher, kind=kind, note=note, ruled_by=by, ruled_at=now
    )
    record(ruling, kind, by=by, now=now)
    return ruling


@transaction.atomic
def lift_ruling(*, ruling: PairRuling, by: Any, now: datetime) -> None:
    """Take a ruling back; drafts made from now on no longer obey it. Taking it back twice is as once."""
    if PairRuling.objects.filter(pk=ruling.pk).delete()[0]:
        record(ruling, "lift", by=by, now=now)


@transaction.atomic
def validate_beforehand(*, learner: Application, teacher: Application, by: Any, now: datetime) -> Match:
    """Propose a pair that agreed beforehand, before any draft. Raises Refused when it is none."""
    hold_cycle(learner.call.cycle_id)
    _demand_beforehand(learner, teacher)
    cycle = learner.call.cycle
    weighed = next(one for one in weigh_beforehand(cycle) if (one.learner, one.teacher) == (learner, teacher))
    return propose(
        cycle=cycle,
        learner=learner,
        teacher=teacher,
        origin=Origin.AGREED_BEFOREHAND,
        parts=weighed.parts,
        by=by,
        now=now,
    )


@transaction.atomic
def set_aside_beforehand(
    *, learner: Application, teacher: Application, note: str, by: Any, now: datetime
) -> PairRuling:
    """Decline a pair that agreed beforehand: both are told why, and are matched like everybody else.

    Raises Refused when it is none.
    """
    hold_cycle(learner.call.cycle_id)
    _demand_beforehand(learner, teacher)
    cycle = learner.call.cycle
    ruling = rule_on_pair(
        cycle=cycle, learner=learner, teacher=teacher, kind=RulingKind.BAN, note=note, by=by, now=now
    )
    readers = readers_of([learner, teacher])
    posts = posts_of_pair("partner_set_aside", learner, teacher, cycle=cycle, readers=readers, note=note)
    write_posts(posts, about=ruling, now=now)
    return ruling


def _demand_beforehand(learner: Application, teacher: Application) -> None:
    if (learner, teacher) not in agreed_beforehand(learner.call.cycle):
        raise refuse("not_beforehand")


def _demand_accepted(cycle: Cycle, learner: Application, teacher: Application) -> None:
    plan = cycle.plan
    for one, part in ((learner, LEARNS), (teacher, TEACHES)):
        here = one.call.cycle_id == cycle.pk and part_of(one, plan) == part
        if not here or one.status != ApplicationStatus.ACCEPTED:
            raise refuse("other_cycle")


def _demand_room(learner: Application, teacher: Application) -> None:
    left = places_left([learner, teacher])
    for one, side in ((learner, "learner"), (teacher, "teacher")):
        if PairRuling.objects.filter(kind=RulingKind.LOCK, **{side: one}).count() >= left[one.pk]:
            raise refuse("locked_elsewhere", name=str(one))
