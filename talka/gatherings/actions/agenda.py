"""The agenda: everybody adds, coordinators put it in order, and what was not reached is carried over."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from talka.gatherings.actions.refusals import AgendaClosed, NoNextMeeting
from talka.gatherings.lifecycle import AgendaStatus
from talka.gatherings.models import AgendaItem, Gathering
from talka.gatherings.queries import next_meeting
from talka.kernel.ledger import move, record


@transaction.atomic
def add_agenda_item(
    *, gathering: Gathering, title: str, text: str, link: str, minutes: int | None, by: Any, now: datetime
) -> AgendaItem:
    """Add a point at the end of the agenda. Raises AgendaClosed once the meeting is over."""
    held = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if not held.takes_registrations(now):
        raise AgendaClosed
    item = AgendaItem.objects.create(
        gathering=gathering,
        position=_end_of(gathering),
        title=title,
        text=text,
        link=link,
        minutes=minutes,
        added_by=by,
    )
    record(item, "create", by=by, now=now)
    return item


def _end_of(gathering: Gathering) -> int:
    last = gathering.agenda.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def edit_agenda_item(
    *,
    item: AgendaItem,
    title: str,
    text: str,
    link: str,
    minutes: int | None,
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Change a point of the agenda. Raises Overtaken."""
    item.title, item.text, item.link, item.minutes = title, text, link, minutes
    item.save_version(version, ["title", "text", "link", "minutes"])
    record(item, "edit", by=by, now=now)


@transaction.atomic
def remove_agenda_item(*, item: AgendaItem, by: Any, now: datetime) -> None:
    """Take a point off the agenda; a line about the meeting says that there was one."""
    if AgendaItem.objects.filter(pk=item.pk).delete()[0]:
        record(item.gathering, "remove agenda item", by=by, now=now)


@transaction.atomic
def move_agenda_item(*, item: AgendaItem, step: int, by: Any, now: datetime) -> None:
    """Move a point up (-1) or down (+1); at the end of the list it stays."""
    Gathering.objects.select_for_update().get(pk=item.gathering_id)
    items = list(AgendaItem.objects.filter(gathering=item.gathering_id).order_by("position", "pk"))
    keys = [one.pk for one in items]
    if item.pk not in keys:
        return
    place = keys.index(item.pk)
    other = min(max(place + step, 0), len(items) - 1)
    items[place], items[other] = items[other], items[place]
    for position, one in enumerate(items):
        if one.position != position:
            AgendaItem.objects.filter(pk=one.pk).update(position=position)


@transaction.atomic
def tick_off(*, item: AgendaItem, by: Any, now: datetime) -> None:
    """Say that a point was talked about; or that it was not, where that was said. Raises NotAllowed."""
    move(item, "reopen" if item.status == AgendaStatus.DONE else "tick off", by=by, now=now)


@transaction.atomic
def carry_over(*, gathering: Gathering, by: Any, now: datetime) -> tuple[Gathering, int]:
    """Move every point that was not talked about to the next meeting of the series; return it and how many.

    Doing it twice moves nothing twice. Raises NoNextMeeting.
    """
    coming = next_meeting(gathering, now=now)
    if coming is None:
        raise NoNextMeeting
    Gathering.objects.select_for_update().get(pk=coming.pk)
    left = list(gathering.agenda.filter(status=AgendaStatus.OPEN).order_by("position", "pk"))
    for number, item in enumerate(left, start=_end_of(coming)):
        move(item, "move on", by=by, now=now)
        AgendaItem.objects.create(
            gathering=coming,
            position=number,
            title=item.title,
            text=item.text,
            link=item.link,
            minutes=item.minutes,
            added_by=item.added_by,
            carried_from=item,
        )
    if left:
        record(coming, "take over agenda", by=by, now=now)
    return coming, len(left)


def may_change(item: AgendaItem, *, now: datetime) -> None:
    """Raise AgendaClosed where who added a point can no longer change it."""
    if not item.takes_changes(now):
        raise AgendaClosed
