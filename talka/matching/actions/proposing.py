"""Matches come into being: proposed to both sides, one after the other until one holds."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import readers_of
from talka.kernel.ledger import record
from talka.matching.actions.writing import tell_both, write_posts
from talka.matching.lifecycle import RunStatus
from talka.matching.models import Match, Origin, PairRuling, RulingKind, Run, Seat
from talka.matching.queries.cohort import LEARNS, TEACHES, learners_matched, pairs_matched, places_left
from talka.matching.queries.drafts import key_in
from talka.matching.queries.post import answer_by, deadline_values, posts_of_one
from talka.matching.queries.words import names_of
from talka.programmes.models import Cycle


def hold_cycle(cycle_id: int) -> None:
    """Let the matches of a cycle come into being one after the other, until the transaction ends.

    Who is free is read before a match is made: two processes at once would give one place away twice. It is
    the first row that a transaction locks; see docs/decisions/0006.
    """
    Cycle.objects.select_for_update().get(pk=cycle_id)


@transaction.atomic
def propose(
    *,
    cycle: Cycle,
    learner: Application,
    teacher: Application,
    origin: str,
    by: Any,
    now: datetime,
    run: Run | None = None,
    parts: list[Any] | None = None,
) -> Match:
    """Make a match of the two and ask both, who have until the end of a day to answer."""
    match = Match.objects.create(
        cycle=cycle,
        origin=origin,
        run=run,
        parts=parts or [],
        proposed_at=now,
        answer_by=answer_by(cycle, now),
    )
    for application, part in ((learner, LEARNS), (teacher, TEACHES)):
        Seat.objects.create(match=match, application=application, part=part)
    record(match, "propose", by=by, now=now)
    tell_both(
        "match_proposed",
        match,
        now=now,
        names=names_of(cycle),
        parts=match.parts,
        **deadline_values(match.answer_by, cycle),
    )
    return match


@transaction.atomic
def propose_next(*, match: Match, by: Any, now: datetime) -> Match | None:
    """Propose the learner's next alternate, after a match that came to nothing.

    Returns None when no alternate remains; the learner is then told so. Does nothing for a learner who is no
    longer accepted, or who has another match already.
    """
    learner = match.seat_of(LEARNS).application
    learner.refresh_from_db(fields=["status"])
    if learner.status != ApplicationStatus.ACCEPTED or learner.pk in learners_matched(match.cycle):
        return None
    for run, teacher, pair in alternates_of(match, learner):
        return propose(
            cycle=match.cycle,
            learner=learner,
            teacher=teacher,
            origin=Origin.SUGGESTED,
            run=run,
            parts=pair["parts"],
            by=by,
            now=now,
        )
    _tell_that_nobody_is_left(match, learner, now=now)
    return None


def alternates_of(match: Match, learner: Application) -> Iterator[tuple[Run, Application, Mapping[str, Any]]]:
    """Yield the next best teachers of the learner who are still free, best first, with the engine's pair."""
    run = _run_with(match, learner)
    if run is None:
        return
    key = key_in(run, learner.pk) or ""
    pairs = run.sealed_outcome["alternates"].get(key, [])
    found = Application.objects.select_related("call", "community", "person", "sheet__form_version").in_bulk(
        [run.who[pair["teacher"]] for pair in pairs if pair["teacher"] in run.who]
    )
    bans = PairRuling.objects.filter(learner=learner, kind=RulingKind.BAN)
    gone = {teacher for one, teacher in pairs_matched(match.cycle) if one == learner.pk}
    gone |= set(bans.values_list("teacher_id", flat=True))
    left = places_left(found.values())
    for pair in pairs:
        teacher = found.get(run.who.get(pair["teacher"], 0))
        if teacher is None or teacher.pk in gone or not left[teacher.pk]:
            continue
        if teacher.status == ApplicationStatus.ACCEPTED:
            yield run, teacher, pair


def _run_with(match: Match, learner: Application) -> Run | None:
    """Return the run the match came from; for a pair agreed beforehand the newest that was published."""
    if match.run is not None:
        return match.run
    published = Run.objects.filter(cycle=match.cycle, status=RunStatus.PUBLISHED).order_by("-pk")
    return next((run for run in published if key_in(run, learner.pk)), None)


def _tell_that_nobody_is_left(match: Match, learner: Application, *, now: datetime) -> None:
    if match.run is None:
        # No draft has looked for others yet: the next one will.
        return
    posts = posts_of_one(
        "unmatched",
        learner,
        cycle=match.cycle,
        accounts=readers_of([learner])[learner.pk],
        why=[{"key": "matching.no_alternate_left", "values": {}}],
        waits=False,
        part=LEARNS,
    )
    write_posts(posts, about=learner, now=now, once=f"match {match.pk}")
