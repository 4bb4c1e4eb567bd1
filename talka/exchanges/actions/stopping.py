"""Ending a mentorship early, without blame, and looking for another partner."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.exchanges.actions.ending import tell_of_end
from talka.exchanges.actions.pausing import end_pause
from talka.exchanges.actions.working import hold_mentorship, tell_office
from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange, Leaving
from talka.exchanges.queries import asked_of, coordinators_apart, may_seek
from talka.kernel.ledger import move, record
from talka.kernel.lifecycle import NotAllowed
from talka.matching.actions.proposing import hold_cycle, propose_next
from talka.matching.lifecycle import MatchStatus
from talka.matching.models import Match, Part, Seat

WITHDRAWN = "withdrawn"
"""The reason of who took their application back: no key of a blueprint."""


@transaction.atomic
def stop_mentorship(
    *,
    exchange: Exchange,
    reason: str,
    seat: Seat | None = None,
    words: str = "",
    wants_another: bool = False,
    by: Any,
    now: datetime,
) -> Leaving:
    """End a mentorship early, for a side or as a coordinator; its match ends too, so that both are free.

    `reason` is a key of the blueprint's. Both are told, neither why: the reason and the words are for the
    coordinators. A mentee who would like another partner is offered the next one at once; otherwise the
    application waits among those without a partner. Raises NotAllowed when it is over already.
    """
    # The cycle first: another partner may be proposed.
    hold_cycle(exchange.match.cycle_id)
    held = hold_mentorship(exchange.pk, "stop")
    known = {one.key for one in asked_of(held).stop_reasons} | {WITHDRAWN}
    if reason not in known:
        raise NotAllowed("stop", "for a reason nobody knows")
    if held.status == ExchangeStatus.PAUSED:
        end_pause(held, now=now)
    move(held, "stop", by=by, now=now)
    leaving = Leaving.objects.create(
        exchange=held,
        seat=seat,
        reason=reason,
        words=words,
        wants_another=wants_another,
        left_by=by,
        left_at=now,
    )
    if held.match.status == MatchStatus.AGREED:
        move(held.match, "cancel", by=by, now=now)
    _tell(held, seat, by=by, now=now)
    if wants_another and seat is not None and seat.part == Part.LEARNS:
        _look_for_another(held, by=by, now=now)
    return leaving


def _tell(held: Exchange, seat: Seat | None, *, by: Any, now: datetime) -> None:
    """Tell the other side kindly, thank this one, and tell the coordinators where the reason stands."""
    sides = {
        one.pk: {"is_leaver": one == seat, "is_mentee": one.part == Part.LEARNS} for one in held.match.sides
    }
    # A side that ends it is thanked for saying so; a coordinator knows.
    tell_of_end(held, "mentorship_stopped", now=now, values=sides, but=by if seat is None else None)
    office = [person for person in coordinators_apart(held) if person != by]
    tell_office(office, "mentorship_stopped_office", held, now=now, values={"by": str(by)})


@transaction.atomic
def seek_partner(*, exchange: Exchange, by: Any, now: datetime) -> Match | None:
    """Look for another partner for the mentee of a mentorship that ended early; return what is proposed.

    None when nobody is left now: the coordinators are told then. Raises NotAllowed before the end, and for
    whoever has another match already or is no longer accepted.
    """
    hold_cycle(exchange.match.cycle_id)
    held = hold_mentorship(exchange.pk, "look for another", (ExchangeStatus.STOPPED,))
    if not may_seek(held):
        raise NotAllowed("look for another", held.mentee.status)
    record(held, "look for another", by=by, now=now)
    return _look_for_another(held, by=by, now=now)


def _look_for_another(held: Exchange, *, by: Any, now: datetime) -> Match | None:
    proposed = propose_next(match=held.match, by=by, now=now)
    if proposed is None:
        tell_office(None, "partner_wanted", held, now=now, values={"mentee": held.mentee})
    return proposed
