"""A mentor leaves, and somebody goes on in their place: what the two agreed and did stays."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from talka.applications.queries import people_of
from talka.exchanges.actions.changing import reopen
from talka.exchanges.actions.pausing import begin_pause, resume_mentorship
from talka.exchanges.actions.stopping import WITHDRAWN
from talka.exchanges.actions.working import hold_mentorship, hold_with_sides, tell, tell_office
from talka.exchanges.lifecycle import WORKING, ExchangeStatus, PlanStatus
from talka.exchanges.models import Exchange, Leaving
from talka.exchanges.queries import asked_of, coordinators_apart, signatures_that_count
from talka.kernel.ledger import record
from talka.kernel.lifecycle import NotAllowed
from talka.matching import actions as matching
from talka.matching.models import Answer, Part, Seat


@transaction.atomic
def leave_mentorship(
    *, exchange: Exchange, reason: str, words: str = "", by: Any, now: datetime
) -> Seat | None:
    """Let a mentor go who cannot go on, and ask whoever stands ready; return the seat that was offered.

    Nothing is asked of the mentee until somebody goes on. None where nobody stands ready: then the
    coordinators ask. The reason, a key of the blueprint's, and the words are for the coordinators alone.
    Raises NotAllowed when it is over, or the mentor has left already.
    """
    # The cycle first: somebody else may be asked at the same moment.
    matching.hold_cycle(exchange.match.cycle_id)
    held = hold_mentorship(exchange.pk, "leave")
    seat = held.match.seat_of(Part.TEACHES)
    known = {one.key for one in asked_of(held).stop_reasons} | {WITHDRAWN}
    if reason not in known or seat.left_at is not None:
        raise NotAllowed("leave", held.status)
    if held.status != ExchangeStatus.PAUSED:
        begin_pause(held, until=None, by=by, now=now)
    matching.leave_seat(seat=seat, by=by, now=now)
    Leaving.objects.create(exchange=held, seat=seat, reason=reason, words=words, left_by=by, left_at=now)
    record(held, "leave as mentor", by=by, now=now)
    ready = held.match.seats.filter(part=Part.BACKS_UP, left_at__isnull=True).order_by("pk").first()
    _tell(held, seat, is_asked=ready is not None, by=by, now=now)
    if ready is None:
        return None
    return matching.ask_to_take_over(match=held.match, application=ready.application, by=None, now=now)


def _tell(held: Exchange, seat: Seat, *, is_asked: bool, by: Any, now: datetime) -> None:
    """Tell the mentee that they are not alone, thank the mentor, and tell the coordinators what to do."""
    values = {"mentor": seat.application, "mentee": held.mentee, "is_asked": is_asked}
    once = f"{seat.pk}"
    tell(people_of([held.mentee]), "mentor_left", held, now=now, values=values, once=once)
    tell(people_of([seat.application]), "mentor_thanked", held, now=now, values=values, once=once)
    office = [person for person in coordinators_apart(held) if person != by]
    path = reverse("office:match", args=[held.match_id])
    tell_office(office, "mentor_left_office", held, now=now, values={**values, "path": path}, once=once)


@transaction.atomic
def answer_takeover(*, seat: Seat, answer: str, note: str = "", by: Any, now: datetime) -> Seat:
    """Keep what somebody says who was asked to take over; with a yes the mentorship goes on at once.

    The plan then waits for their signature: they sign it as it stands, which leaves that of the mentee in
    force, or change it, and both sign. The work goes on meanwhile. Raises what the room of matching raises.
    """
    answered = matching.answer_takeover(seat=seat, answer=answer, note=note, by=by, now=now)
    if answered.answer == Answer.YES:
        exchange = Exchange.objects.get(match=answered.match_id)
        if exchange.status == ExchangeStatus.PAUSED:
            resume_mentorship(exchange=exchange, by=by, now=now)
        _ask_to_sign(exchange.pk, answered, by=by, now=now)
    return answered


def _ask_to_sign(pk: int, seat: Seat, *, by: Any, now: datetime) -> None:
    """Open the plan for the signature of who came later; its words and version stay as they are."""
    held = hold_with_sides(pk)
    if held.status not in WORKING or seat.pk in signatures_that_count(held.plan):
        return
    if held.plan.status != PlanStatus.DRAFT:
        reopen(held.plan, by=by, now=now)
    values = {"mentee": held.mentee}
    tell(people_of([seat.application]), "plan_handed_over", held, now=now, values=values, once=f"{seat.pk}")
