"""What proposed matches ask of their sides, and what they wait for."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from talka.matching.models import Answer, Part, Seat
from talka.matching.queries.matches import asked_seats, open_seats
from talka.web.shared.tasks import Task


def match_tasks(account: Any, now: datetime) -> list[Task]:
    """List the proposed matches that the person answers, and those where the partner's answer is missing."""
    tasks = [_task(seat) for seat in open_seats(account) if now < seat.match.answer_by]
    return tasks + [_takeover(seat) for seat in asked_seats(account)]


def _takeover(seat: Seat) -> Task:
    # Translators: a mentor has left, and somebody is asked to go on in their place.
    words = _("The mentor of %(learner)s cannot go on. Would you go on with them?")
    return Task(
        words=words % {"learner": seat.match.seat_of(Part.LEARNS).application},
        address=reverse("desk:takeover", args=[seat.pk]),
        button=_("Answer"),
    )


def _task(seat: Seat) -> Task:
    partner = next(one for one in seat.match.sides if one.pk != seat.pk).application
    names = {"community": seat.application, "partner": partner}
    waits = seat.answer != Answer.PENDING
    # Translators: both are names of communities.
    asked = _("%(community)s and %(partner)s could be partners. Look at why, and say yes or no.") % names
    waiting = _("%(partner)s has not answered yet whether they will be the partner of %(community)s.") % names
    return Task(
        words=waiting if waits else asked,
        address=seat.match.get_absolute_url(),
        button=_("See the match") if waits else _("Answer"),
        due_at=seat.match.answer_by,
        zone=seat.match.cycle.programme.zone,
        waits=waits,
    )
