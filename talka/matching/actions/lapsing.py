"""What happens to proposed matches by the clock: a reminder, and an end when nobody answers."""

from datetime import datetime, timedelta

from django.db import transaction

from talka.kernel.ledger import move
from talka.matching.actions.proposing import hold_cycle, propose_next
from talka.matching.actions.writing import tell_both
from talka.matching.lifecycle import MatchStatus
from talka.matching.models import Answer, Match
from talka.matching.queries.cohort import LEARNS
from talka.matching.queries.post import deadline_values

REMIND_BEFORE = timedelta(days=2)


def lapse_matches(*, now: datetime) -> int:
    """End every proposed match whose time to answer is over; return how many there were."""
    over = Match.objects.filter(status=MatchStatus.PROPOSED, answer_by__lte=now).order_by("pk")
    return sum(_lapse(pk, cycle_id, now=now) for pk, cycle_id in over.values_list("pk", "cycle_id"))


@transaction.atomic
def _lapse(pk: int, cycle_id: int, *, now: datetime) -> bool:
    """End one match; a learner who had agreed is offered the next alternate. False if somebody was faster."""
    hold_cycle(cycle_id)
    held = Match.objects.select_for_update(of=("self",))
    match = held.select_related("cycle__programme", "run").get(pk=pk)
    if match.status != MatchStatus.PROPOSED:
        return False
    move(match, "lapse", by=None, now=now)
    tell_both("match_lapsed", match, now=now)
    if match.seat_of(LEARNS).answer == Answer.YES:
        propose_next(match=match, by=None, now=now)
    return True


def remind_matches(*, now: datetime) -> int:
    """Remind, once, whoever has not answered two days before the end; return how many letters are new."""
    soon = Match.objects.filter(
        status=MatchStatus.PROPOSED, answer_by__gt=now, answer_by__lte=now + REMIND_BEFORE
    )
    return sum(_remind(match, now=now) for match in soon.select_related("cycle__programme").order_by("pk"))


@transaction.atomic
def _remind(match: Match, *, now: datetime) -> int:
    silent = [seat.application_id for seat in match.seats.all() if seat.answer == Answer.PENDING]
    values = deadline_values(match.answer_by, match.cycle)
    return tell_both("match_reminder", match, now=now, only=silent, **values)
