"""An applicant who may be matched already: leaving, and being decided about anew."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications import actions as applications
from talka.applications.models import Application
from talka.kernel.ledger import move
from talka.matching.actions.proposing import hold_cycle, propose_next
from talka.matching.actions.seats import leave_seat
from talka.matching.actions.writing import tell_both
from talka.matching.models import Match, Seat
from talka.matching.queries.cohort import LEARNS, TEACHES
from talka.matching.queries.reasons import refuse
from talka.screening import actions as screening


@transaction.atomic
def withdraw_application(*, application: Application, by: Any, now: datetime, note: str = "") -> None:
    """Take an application back: its standing matches are cancelled and the partners told.

    A learner whose partner leaves is offered the next alternate. An exchange that began already is cancelled
    before, where exchanges are cancelled.
    """
    hold_cycle(application.call.cycle_id)
    sides = Seat.objects.sides().filter(application=application, part__in=[LEARNS, TEACHES])
    standing = list(Match.objects.standing().filter(seats__in=sides).order_by("pk"))
    for match in standing:
        move(match, "cancel", by=by, now=now)
        others = [one.application_id for one in match.sides if one.application_id != application.pk]
        tell_both("match_cancelled", match, now=now, only=others, reason="")
    held = Seat.objects.filter(application=application, left_at__isnull=True)
    for seat in held.exclude(match__in=standing):
        leave_seat(seat=seat, by=by, now=now)
    applications.withdraw_application(application=application, by=by, now=now, note=note)
    for match in standing:
        if match.seat_of(TEACHES).application_id == application.pk:
            propose_next(match=match, by=None, now=now)


@transaction.atomic
def reconsider_application(*, application: Application, note: str, by: Any, now: datetime) -> None:
    """Open a decided application again, with a reason for the office.

    Raises Refused while a match of it stands, and what screening's own verb raises.
    """
    hold_cycle(application.call.cycle_id)
    if Match.objects.standing().between_sides().filter(seats__application=application).exists():
        raise refuse("is_matched")
    screening.reconsider_application(application=application, note=note, by=by, now=now)
