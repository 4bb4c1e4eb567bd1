"""Gatherings and action items as entries of calendar files."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talka.gatherings.models import ActionItem, Gathering, Registration
from talka.kernel.wording import say
from talka.papers.calendars import Event, write_calendar


def event_of(gathering: Gathering, *, link: str, now: datetime) -> Event:
    """Write a gathering as an entry; its address is told only where a link is given."""
    return Event(
        uid=_uid("gathering", gathering.pk),
        title=str(gathering),
        stamped_at=now,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        zone=gathering.zone,
        place=link,
        description=say(gathering.description, get_language() or "en").text,
        url=settings.SITE_ADDRESS + gathering.get_absolute_url(),
        sequence=gathering.version,
        cancelled=gathering.cancelled_at is not None,
    )


def events_of(gatherings: Iterable[Gathering], account: Any, *, now: datetime) -> list[Event]:
    """Write gatherings as entries, with the address of those for which the person signed up."""
    found = list(gatherings)
    mine: set[int] = set()
    if account.is_authenticated:
        own = Registration.objects.filter(account=account, gathering__in=found)
        mine = set(own.values_list("gathering", flat=True))
    return [event_of(one, link=one.link if one.pk in mine else "", now=now) for one in found]


def event_of_item(item: ActionItem, *, now: datetime) -> Event:
    """Write the day by which an action item is to be done as a whole day."""
    return Event(
        uid=_uid("action-item", item.pk),
        # Translators: an entry in a calendar, on the day by which somebody wants to have done something.
        title=_("To be done: %(item)s") % {"item": item},
        stamped_at=now,
        starts_on=item.due_on,
        description=str(item.gathering),
        url=settings.SITE_ADDRESS + item.get_absolute_url(),
        sequence=item.version,
    )


def _uid(kind: str, pk: int) -> str:
    return f"{kind}-{pk}@{settings.SITE_ADDRESS.rpartition('/')[2]}"


def calendar_file(events: Iterable[Event], *, name: str, file: str) -> HttpResponse:
    """Answer with a calendar to be saved, or read again and again by a calendar program."""
    answer = HttpResponse(write_calendar(events, name=name), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file}.ics"'
    return answer
