"""Circles drafted by the engine, changed by hand, and made into matches of peers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.kernel.ledger import move, record
from talka.matching.actions.proposing import hold_cycle
from talka.matching.engine import pack
from talka.matching.engine.circles import draw_circles
from talka.matching.lifecycle import CircleDraftStatus, MatchStatus
from talka.matching.models import Answer, CircleDraft, Match, Origin, Part, Seat
from talka.matching.queries.circle_drafts import number_of, pseudonym_in
from talka.matching.queries.circling import circles_of, encode_circles, seats_in_circles
from talka.matching.queries.reasons import refuse
from talka.programmes.models import Cycle

PATIENCE = 1.0
"""Seconds that a person waits for the search: what is found until then says how near the best it is."""
FEWEST = 2
"""Fewer people are no circle, whatever the coordinators want."""
NEW, OUT = "new", "out"
"""Where somebody of a draft goes when it is not into another circle: into one of their own, or out."""


def draft_circles(*, cycle: Cycle, like: CircleDraft | None = None, by: Any, now: datetime) -> CircleDraft:
    """Ask the engine for circles, and keep question and answer, sealed. Raises Refused where nobody waits.

    `like` is an earlier draft: its circles that are kept stay as they are, the others are made again. The
    database is not held while the engine thinks.
    """
    kept = [circle["members"] for circle in like.circles if circle["kept"]] if like else []
    who = like.who if like else {}
    asked = encode_circles(cycle, [[who[key] for key in members if key in who] for members in kept])
    if not asked.request.parties:
        raise refuse("nobody_wants_a_circle")
    outcome = draw_circles(asked.request, seconds=PATIENCE)
    with transaction.atomic():
        draft = CircleDraft.objects.create(
            cycle=cycle,
            sealed_input=pack(asked.request),
            sealed_outcome=pack(outcome),
            seal=outcome.seal,
            engine_version=outcome.engine_version,
            who=dict(asked.who),
            circles=[{"members": list(one.members), "kept": one.kept} for one in outcome.circles],
            made_by=by,
            made_at=now,
        )
        record(draft, "draft", by=by, now=now)
    return draft


@transaction.atomic
def move_to_circle(
    *, draft: CircleDraft, application: Application, to: str, version: int, by: Any, now: datetime
) -> CircleDraft:
    """Move somebody of a draft into the circle of a number, into a "new" one, or "out".

    What that breaks, the draft says itself; it is allowed. Raises Refused when the draft is none any more or
    has no such person or circle, and Overtaken when somebody else changed it since the version.
    """
    held = _hold(draft)
    key = pseudonym_in(held, application.pk)
    if key is None:
        raise refuse("not_in_the_draft")
    circles = [
        {**circle, "members": [one for one in circle["members"] if one != key]} for circle in held.circles
    ]
    if to == NEW:
        circles.append({"members": [key], "kept": False})
    elif to != OUT:
        if not (to.isdecimal() and 1 <= int(to) <= len(circles)):
            raise refuse("no_such_circle")
        circles[int(to) - 1]["members"] = sorted([*circles[int(to) - 1]["members"], key])
    if to == str(number_of(held, key)):
        return held
    held.circles = [circle for circle in circles if circle["members"]]
    held.save_version(version, ["circles"])
    record(held, "move between circles", by=by, now=now)
    return held


@transaction.atomic
def keep_circle(
    *, draft: CircleDraft, number: int, kept: bool, version: int, by: Any, now: datetime
) -> CircleDraft:
    """Say whether a circle stays as it is when the others are made again. Raises Refused and Overtaken."""
    held = _hold(draft)
    if not 1 <= number <= len(held.circles):
        raise refuse("no_such_circle")
    held.circles[number - 1] = {**held.circles[number - 1], "kept": kept}
    held.save_version(version, ["circles"])
    record(held, "keep a circle" if kept else "let a circle go", by=by, now=now)
    return held


@transaction.atomic
def discard_circles(*, draft: CircleDraft, by: Any, now: datetime) -> None:
    """Put a draft aside; what it said stays readable. Raises NotAllowed and Overtaken."""
    move(draft, "discard", by=by, now=now)


def _hold(draft: CircleDraft) -> CircleDraft:
    """Lock a draft until the transaction ends and return it as it is now. Raises Refused when it is none."""
    held = CircleDraft.objects.select_for_update().get(pk=draft.pk)
    if held.status != CircleDraftStatus.DRAFT:
        raise refuse("not_a_draft")
    return held


@transaction.atomic
def settle_draft(*, draft: CircleDraft, version: int, by: Any, now: datetime) -> list[Match]:
    """Make a match of each circle of a draft, all answers yes: nobody is asked, and everybody may leave.

    Raises Refused, and changes nothing, where somebody is no longer accepted or has a circle meanwhile, or
    where a circle is only one person; Overtaken when somebody else changed the draft since the version.
    """
    hold_cycle(draft.cycle_id)
    held = _hold(draft)
    held.save_version(version, [])
    members = [[held.who[key] for key in circle["members"]] for circle in held.circles]
    if not members or any(len(circle) < FEWEST for circle in members):
        raise refuse("too_few_for_a_circle")
    matches = [form_circle(cycle=held.cycle, members=circle, by=by, now=now) for circle in members]
    move(held, "publish", by=by, now=now)
    return matches


@transaction.atomic
def form_circle(*, cycle: Cycle, members: Iterable[int], by: Any, now: datetime) -> Match:
    """Make a match of peers from applications. Raises Refused for who is not accepted or has a circle."""
    hold_cycle(cycle.pk)
    match = Match.objects.create(
        cycle=cycle, origin=Origin.CIRCLE, status=MatchStatus.AGREED, proposed_at=now, answer_by=now
    )
    record(match, "form", by=by, now=now)
    for pk in sorted(members):
        seat_peer(match=match, application=Application.objects.get(pk=pk), by=by, now=now)
    return match


@transaction.atomic
def seat_peer(*, match: Match, application: Application, by: Any, now: datetime) -> Seat:
    """Give somebody a seat in a circle. Raises Refused for who is not accepted, or has a circle already.

    Who comes back to a circle gets the seat they had.
    """
    hold_cycle(match.cycle_id)
    if Match.objects.get(pk=match.pk).status != MatchStatus.AGREED:
        raise refuse("circle_is_dissolved")
    wants = application.status == ApplicationStatus.ACCEPTED and application.call.cycle_id == match.cycle_id
    if not wants or application.call.role not in circles_of(match.cycle).roles:
        raise refuse("wants_no_circle", name=str(application))
    if seats_in_circles(match.cycle).filter(application=application).exists():
        raise refuse("has_a_circle", name=str(application))
    answered = {"left_at": None, "answer": Answer.YES, "answered_at": now}
    seat, is_new = Seat.objects.update_or_create(
        match=match,
        application=application,
        defaults=answered,
        create_defaults={**answered, "part": Part.PEER},
    )
    if not is_new:
        record(match, "come back", by=by, now=now)
    return seat
