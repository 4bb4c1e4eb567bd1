"""Circles of peers begin, take people in, let people go, and end; the clock asks the silent ones softly."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.models import Application
from talka.applications.queries import people_of
from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange, ExchangeKind
from talka.exchanges.queries.circles import members_of, quiet_circles
from talka.kernel.ledger import move, record
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.windows import next_nine
from talka.letters.outbox import write_letter
from talka.matching import actions as matching
from talka.matching.lifecycle import MatchStatus
from talka.matching.models import CircleDraft, Match, Seat
from talka.matching.queries.circling import period_of_circles
from talka.people.models import Account

QUIET_DAYS = 30
MOST_REMINDERS = 3
"""In a row: who wants no circle is not asked for ever."""


@transaction.atomic
def publish_circles(*, draft: CircleDraft, version: int, by: Any, now: datetime) -> list[Exchange]:
    """Begin every circle of a draft, and write to its members who the others are.

    Raises what `matching.settle_draft` raises, and changes nothing then.
    """
    matches = matching.settle_draft(draft=draft, version=version, by=by, now=now)
    return [open_circle(match=match, by=by, now=now) for match in matches]


@transaction.atomic
def open_circle(*, match: Match, by: Any, now: datetime) -> Exchange:
    """Begin the circle of a match of peers: it is under way at once, for there is nothing to plan."""
    period = period_of_circles(match.cycle)
    circle = Exchange.objects.create(
        match=match,
        kind=ExchangeKind.CIRCLE,
        status=ExchangeStatus.UNDERWAY,
        started_at=now,
        ends_on=period[1] if period else None,
    )
    record(circle, "start", by=by, now=now)
    for seat in members_of(circle):
        _welcome(circle, seat, now=now)
    return circle


@transaction.atomic
def join_circle(*, circle: Exchange, application: Application, by: Any, now: datetime) -> Seat:
    """Add somebody to a circle later; they and the others are told.

    Raises NotAllowed once it is dissolved, and what `matching.seat_peer` raises.
    """
    held = _hold(circle, "join")
    seat = matching.seat_peer(match=held.match, application=application, by=by, now=now)
    record(held, "join a circle", by=by, now=now)
    _welcome(held, seat, now=now)
    others = [one.application for one in members_of(held) if one.pk != seat.pk]
    _tell(others, "circle_joined", held, {"member": str(application)}, once=f"{seat.pk}:{now}", now=now)
    return seat


@transaction.atomic
def leave_circle(*, circle: Exchange, seat: Seat, by: Any, now: datetime) -> None:
    """Leave a circle, without a reason; the others get a letter that blames nobody. Twice is once.

    A coordinator may let somebody leave who asked for it. Raises NotAllowed once the circle is dissolved.
    """
    held = _hold(circle, "leave")
    if not matching.leave_seat(seat=seat, by=by, now=now):
        return
    record(held, "leave a circle", by=by, now=now)
    left = [one.application for one in members_of(held)]
    values = {"member": str(seat.application), "count": len(left)}
    _tell(left, "circle_left", held, values, once=f"{seat.pk}:{now}", now=now)


@transaction.atomic
def leave_circles(*, applications: Iterable[Application], by: Any, now: datetime) -> None:
    """Leave the circles in which the applications have a seat: whoever withdraws, or is erased."""
    seats = Seat.objects.filter(application__in=applications, left_at__isnull=True)
    sitting = seats.filter(match__exchange__kind=ExchangeKind.CIRCLE, match__status=MatchStatus.AGREED)
    for seat in sitting.select_related("match__exchange", "application").order_by("pk"):
        leave_circle(circle=seat.match.exchange, seat=seat, by=by, now=now)


@transaction.atomic
def dissolve_circle(*, circle: Exchange, words: str, by: Any, now: datetime) -> None:
    """End a circle early and tell its members; they may get another. What they published stays.

    Raises NotAllowed when it is over already.
    """
    held = _hold(circle, "stop")
    members = [seat.application for seat in members_of(held)]
    move(held, "stop", by=by, now=now, note=words)
    move(held.match, "cancel", by=by, now=now)
    _tell(members, "circle_dissolved", held, {"words": words}, now=now)


def _hold(circle: Exchange, verb: str) -> Exchange:
    """Lock a circle after its cycle, and return it as it is now. Raises NotAllowed once it is over."""
    matching.hold_cycle(circle.match.cycle_id)
    held = Exchange.objects.select_for_update().get(pk=circle.pk, kind=ExchangeKind.CIRCLE)
    if held.status != ExchangeStatus.UNDERWAY:
        raise NotAllowed(verb, held.status)
    return held


def _welcome(circle: Exchange, seat: Seat, *, now: datetime) -> None:
    """Write to whoever holds a seat who the others are."""
    others = [str(one.application) for one in members_of(circle) if one.pk != seat.pk]
    _tell([seat.application], "circle_started", circle, {"others": others}, once=f"{seat.pk}:{now}", now=now)


def _tell(
    applications: Iterable[Application],
    key: str,
    circle: Exchange,
    values: dict[str, Any],
    *,
    now: datetime,
    once: str = "",
) -> None:
    about = {"programme": circle.match.cycle.programme, "path": circle.get_absolute_url()}
    for person in people_of(applications):
        write_letter(key, to=person, values={**about, **values}, about=circle, now=now, once=once)


def remind_quiet_circles(*, now: datetime) -> int:
    """Ask, once a month and at most three times in a row, the members of a silent circle; return the letters.

    Each gets it at nine in the morning where they are. After an outage only the newest is written.
    """
    return sum(
        _remind(circle, quiet_since, now=now) for circle, quiet_since in quiet_circles(now, QUIET_DAYS)
    )


@transaction.atomic
def _remind(circle: Exchange, quiet_since: datetime, *, now: datetime) -> int:
    months = (now - quiet_since).days // QUIET_DAYS
    if not 1 <= months <= MOST_REMINDERS:
        return 0
    once = f"{quiet_since.isoformat()}:{months}"
    people = people_of(seat.application for seat in members_of(circle))
    return sum(_ask(circle, person, once, now=now) for person in people)


def _ask(circle: Exchange, person: Account, once: str, *, now: datetime) -> bool:
    values = {"programme": circle.match.cycle.programme, "path": circle.get_absolute_url()}
    due_at = next_nine(now, person.time_zone)
    letter = write_letter(
        "circle_quiet", to=person, values=values, about=circle, now=now, once=once, due_at=due_at
    )
    return letter is not None
