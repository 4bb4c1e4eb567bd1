"""A draft becomes matches: both sides of each are asked, and everybody left out is told why."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.kernel.ledger import move
from talka.matching.actions.proposing import hold_cycle, propose
from talka.matching.actions.writing import write_posts
from talka.matching.lifecycle import RunStatus
from talka.matching.models import Match, Origin, Run
from talka.matching.queries.cohort import LEARNS, agreed_beforehand
from talka.matching.queries.drafts import publication_of
from talka.matching.queries.reasons import Refused, refuse


@transaction.atomic
def publish_run(*, run: Run, by: Any, now: datetime, waiting: Iterable[int] = ()) -> list[Match]:
    """Propose every pair of the draft, and tell the left-out why, with other resources.

    Learners left out whose applications are in `waiting` move to the waiting list. Pairs that were proposed
    meanwhile are passed over. Raises Refused with every fault, and then changes nothing.
    """
    hold_cycle(run.cycle_id)
    if Run.objects.select_for_update().values_list("status", flat=True).get(pk=run.pk) != RunStatus.DRAFT:
        raise refuse("not_a_draft")
    wanted = set(waiting)
    publication = publication_of(run, waiting=wanted)
    if publication.faults:
        raise Refused(*publication.faults)
    beforehand = {(learner.pk, teacher.pk) for learner, teacher in agreed_beforehand(run.cycle)}
    matches = []
    for pair in publication.pairs:
        first = (pair.learner_id, pair.teacher_id) in beforehand
        matches.append(
            propose(
                cycle=run.cycle,
                learner=pair.learner,
                teacher=pair.teacher,
                origin=Origin.AGREED_BEFOREHAND if first else Origin.SUGGESTED,
                run=run,
                parts=pair.parts,
                by=by,
                now=now,
            )
        )
    for post in publication.posts:
        if post.key == "unmatched":
            write_posts([post], about=post.application, now=now, once=f"run {run.pk}")
    for one in publication.left_out:
        if one.part == LEARNS and one.application.pk in wanted:
            move(one.application, "wait", by=by, now=now)
    move(run, "publish", by=by, now=now)
    return matches
