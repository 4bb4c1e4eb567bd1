"""Both sides answer a proposed match; coordinators may cancel it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.kernel.ledger import move, record
from talka.matching.actions.proposing import hold_cycle, propose_next
from talka.matching.actions.writing import tell_both
from talka.matching.lifecycle import MatchStatus
from talka.matching.models import Answer, Match, Seat
from talka.matching.queries.reasons import refuse


@transaction.atomic
def record_answer(*, seat: Seat, answer: str, note: str = "", by: Any, now: datetime) -> Match:
    """Keep what one side says. Two times yes makes the match agreed; a no brings the next alternate.

    Returns the match as it is then. The same answer again changes nothing; until the match is decided, a side
    may change its mind. Raises Refused after the deadline, or when the match is decided.
    """
    hold_cycle(seat.match.cycle_id)
    match = Match.objects.select_for_update().get(pk=seat.match_id)
    current = match.seats.get(pk=seat.pk)
    if current.answer == answer:
        return match
    if match.status != MatchStatus.PROPOSED:
        raise refuse("answered")
    if now >= match.answer_by:
        raise refuse("too_late")
    current.answer, current.answer_note = answer, note
    current.answered_by, current.answered_at = by, now
    current.save(update_fields=["answer", "answer_note", "answered_by", "answered_at"])
    record(match, f"answer {answer}", by=by, now=now)
    if answer == Answer.NO:
        _decline(match, current, by=by, now=now)
    elif not match.seats.sides().exclude(answer=Answer.YES).exists():
        move(match, "agree", by=by, now=now)
    return match


def _decline(match: Match, seat: Seat, *, by: Any, now: datetime) -> None:
    """End the match, tell the other side, and ask the next alternate."""
    move(match, "decline", by=by, now=now)
    others = [one.application_id for one in match.sides if one.pk != seat.pk]
    tell_both("match_declined", match, now=now, only=others)
    # Talka acts by itself here: who declined did not choose who is asked next.
    propose_next(match=match, by=None, now=now)


@transaction.atomic
def cancel_match(*, match: Match, reason: str, by: Any, now: datetime) -> None:
    """End a match that is proposed or agreed, and tell both sides why.

    What follows from an agreed match is cancelled first, by whoever keeps it.
    """
    move(match, "cancel", by=by, now=now, note=reason)
    tell_both("match_cancelled", match, now=now, reason=reason)
