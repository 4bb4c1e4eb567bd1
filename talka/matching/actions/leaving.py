"""An applicant who may be matched already: leaving, and being decided about anew."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications import actions as applications
from talka.applications.models import Application
from talka.kernel.ledger import move
from talka.matching.actions.proposing import hold_cycle, propose_next
from talka.matching.actions.writing import tell_both
from talka.matching.models import Match
from talka.matching.queries.cohort import TEACHES
from talka.matching.queries.reasons import refuse
from talka.screening import actions as screening


@transaction.atomic
def withdraw_application(*, application: Application, by: Any, now: datetime, note: str = "") -> None:
    """Take an application back: its standing matches are cancelled and the partners told.

    A learner whose partner leaves is offered the next alternate. An exchange that began already is cancelled
    before, where exchanges are cancelled.
    """
    hold_cycle(application.call.cycle_id)
    own = Match.objects.standing().between_sides().filter(seats__application=application)
    standing = list(own.order_by("pk"))
    for match in standing:
        move(match, "cancel", by=by, now=now)
        others = [one.application_id for one in match.seats.all() if one.application_id != application.pk]
        tell_both("match_cancelled", match, now=now, only=others, reason="")
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
