"""What the clock does for initiatives: every half year it asks what became of them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from talka.initiatives.actions.building import ASKING
from talka.initiatives.lifecycle import InitiativeStatus
from talka.initiatives.models import Initiative
from talka.initiatives.queries import people_of
from talka.initiatives.rules import asked_on, nine_o_clock
from talka.letters.outbox import write_letter


def ask_what_became(*, now: datetime) -> int:
    """Ask the people of each initiative how it stands, half a year after they last told; count the letters.

    A letter leaves at nine in the morning where its reader is. Nobody is asked twice for the same half year,
    nor several times after an outage, nor once it has ended.
    """
    # Where it is tomorrow already, nine o'clock may come before this day ends in UTC.
    nearly = now.date() + timedelta(days=1)
    living = Initiative.objects.exclude(status=InitiativeStatus.ENDED).select_related("programme")
    return sum(
        _ask(one, now) for one in living.order_by("pk") if asked_on(one.heard_on, one.asked_on) <= nearly
    )


@transaction.atomic
def _ask(initiative: Initiative, now: datetime) -> int:
    due = asked_on(initiative.heard_on, initiative.asked_on)
    as_read = Initiative.objects.filter(
        pk=initiative.pk, heard_on=initiative.heard_on, asked_on=initiative.asked_on, status=initiative.status
    )
    if initiative.asked_on is None:
        as_read = Initiative.objects.filter(
            pk=initiative.pk, heard_on=initiative.heard_on, asked_on__isnull=True, status=initiative.status
        )
    # Two clocks that tick at once find the same; one of them changes the row.
    if not as_read.update(asked_on=max(due, now.date())):
        return 0
    written = [
        write_letter(
            ASKING,
            to=person,
            values={
                "initiative": initiative,
                "programme": initiative.programme,
                "path": reverse("desk:initiative", args=[initiative.pk]),
            },
            about=initiative,
            now=now,
            once=due.isoformat(),
            due_at=nine_o_clock(due, person.time_zone, now),
        )
        for person in people_of(initiative)
    ]
    return sum(letter is not None for letter in written)
