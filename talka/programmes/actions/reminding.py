"""What the clock does for a programme's group: terms that end soon, and dates with groups outside."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model
from django.urls import reverse

from talka.kernel.windows import decent_moment, zone
from talka.letters.outbox import write_letter
from talka.letters.sayings import said
from talka.programmes.models import OutsideGroup, Programme, Tenure
from talka.programmes.queries import coordinators_of_programme

A_DAY = timedelta(days=1)
# How long before a term ends the coordinators hear of it.
AHEAD = timedelta(days=30)


def remind_of_terms(*, now: datetime) -> int:
    """Tell coordinators once, thirty days ahead, that a term ends; return the letters written.

    Letters leave by day in the programme's zone. A term that is over is not told of any more.
    """
    today = now.date()
    ending = Tenure.objects.filter(ends_on__range=(today - A_DAY, today + AHEAD + A_DAY))
    return sum(_remind_of_term(term, now) for term in ending.select_related("programme").order_by("pk"))


def _remind_of_term(term: Tenure, now: datetime) -> int:
    today = _today(term.programme, now)
    planned = next((post for post in term.programme.plan.posts if post.key == term.post), None)
    if planned is None or term.ends_on is None or not today <= term.ends_on <= today + AHEAD:
        return 0
    values = {
        "post": said(planned.name),
        "holder": term.name,
        "ends_on": term.ends_on,
        "path": reverse("office:posts", args=[term.programme.slug]),
    }
    return _tell("term_ends", term.programme, term, values, once=term.ends_on, now=now)


def remind_of_dates(*, now: datetime) -> int:
    """Tell coordinators, on its day, that they meant to talk to a group outside; return the letters."""
    due = OutsideGroup.objects.with_next_date().filter(next_on__lte=now.date() + A_DAY)
    return sum(_remind_of_date(group, now) for group in due.select_related("programme").order_by("pk"))


def _remind_of_date(group: Any, now: datetime) -> int:
    if group.next_on > _today(group.programme, now):
        return 0
    values = {
        "group": group.name,
        "contact": group.contact,
        "next_on": group.next_on,
        "path": group.get_absolute_url(),
    }
    return _tell("outside_due", group.programme, group, values, once=group.next_on, now=now)


def _today(programme: Programme, now: datetime) -> date:
    return now.astimezone(zone(programme.zone)).date()


def _tell(
    key: str, programme: Programme, about: Model, values: Mapping[str, Any], *, once: date, now: datetime
) -> int:
    """Write to every coordinator, once for each day that is told of; count the letters."""
    due_at = decent_moment(now, programme.zone)
    written = [
        write_letter(
            key,
            to=person,
            values={"programme": programme, **values},
            about=about,
            now=now,
            once=once.isoformat(),
            due_at=due_at,
        )
        for person in coordinators_of_programme(programme)
    ]
    return sum(letter is not None for letter in written)
