"""What ends: an exchange that will not take place, and the journey of somebody who stays at home."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from talka.applications.models import Application
from talka.applications.queries import people_of
from talka.exchanges.actions import (
    forget_emergency_contacts,
    leave_circles,
    leave_mentorship,
    stop_mentorship,
)
from talka.exchanges.actions.stopping import WITHDRAWN
from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange, ExchangeKind, Traveller
from talka.exchanges.queries import coordinators_of, sides_of
from talka.kernel.ledger import move, record
from talka.kernel.lifecycle import NotAllowed
from talka.letters.outbox import write_letter
from talka.matching import actions as matching
from talka.matching.lifecycle import MatchStatus
from talka.matching.models import Part, Seat
from talka.programmes.models import Cycle
from talka.travel.actions.bookings import cancel_booking
from talka.travel.actions.refusals import Refused
from talka.travel.lifecycle import BookingStatus
from talka.travel.models import Booking, InvitationLetter

NOT_BOUND = (BookingStatus.QUOTED, BookingStatus.APPROVED)
BOUND = (BookingStatus.BOOKED, BookingStatus.PAID)


@transaction.atomic
def cancel_exchange(*, exchange: Exchange, reason: str, by: Any, now: datetime) -> None:
    """Call a visit off, from either side or by the coordinators, and tell everybody why.

    Its match ends too, so that both communities are free for another partner. What was only
    quoted or approved is cancelled; what was booked stays until a coordinator cancels it and says what it
    still costs. Emergency contacts are deleted at once. Raises NotAllowed after the visit.
    """
    # The cycle first, as approvals do: whoever locks in another order waits for them, and they for it.
    Cycle.objects.select_for_update().get(pk=exchange.match.cycle_id)
    held = Exchange.objects.select_for_update().get(pk=exchange.pk)
    move(held, "cancel", by=by, now=now, note=reason)
    Exchange.objects.filter(pk=held.pk).update(calendar_sequence=F("calendar_sequence") + 1)
    if held.match.status == MatchStatus.AGREED:
        move(held.match, "cancel", by=by, now=now)
    for booking in held.bookings.filter(status__in=NOT_BOUND):
        cancel_booking(booking=booking, note=reason, by=by, now=now)
    forget_emergency_contacts(exchange=held, by=by, now=now)
    _tell(held, reason, by=by, now=now)


@transaction.atomic
def withdraw_application(*, application: Application, by: Any, now: datetime, note: str = "") -> None:
    """Take an application back, with everything that follows from it: exchange, match, and its place.

    A mentorship that has begun ends early. Raises NotAllowed once the visit has taken place, or the
    mentorship is completed.
    """
    # Before anything is read: the other side may be saying yes, which begins an exchange.
    matching.hold_cycle(application.call.cycle_id)
    leave_circles(applications=[application], by=by, now=now)
    own = Seat.objects.sides().filter(application=application, is_asked=False)
    for exchange in Exchange.objects.filter(match__seats__in=own).order_by("pk"):
        if exchange.status in (ExchangeStatus.CANCELLED, ExchangeStatus.STOPPED):
            continue
        if exchange.kind == ExchangeKind.MENTORSHIP:
            _leave(exchange, own.get(match=exchange.match_id), note, by=by, now=now)
        else:
            cancel_exchange(exchange=exchange, reason=note, by=by, now=now)
    matching.withdraw_application(application=application, by=by, now=now, note=note)


def _leave(exchange: Exchange, seat: Seat, note: str, *, by: Any, now: datetime) -> None:
    """End a mentorship whose mentee withdraws; one whose mentor does goes on with somebody else."""
    given: dict[str, Any] = {"exchange": exchange, "reason": WITHDRAWN, "words": note, "by": by, "now": now}
    if seat.part == Part.TEACHES:
        leave_mentorship(**given)
    else:
        stop_mentorship(seat=seat, **given)


def _tell(exchange: Exchange, reason: str, *, by: Any, now: datetime) -> None:
    booked = exchange.bookings.filter(status__in=BOUND).count()
    desk, office = exchange.get_absolute_url(), reverse("office:bookings", args=[exchange.pk])
    sides = people_of(sides_of(exchange))
    staff = [account for account in coordinators_of(exchange.match.cycle) if account not in sides]
    for people, path, count in ((sides, desk, 0), (staff, office, booked)):
        for account in people:
            values = {
                "exchange": exchange,
                "by": str(by),
                "reason": reason,
                "booked_count": count,
                "path": path,
            }
            write_letter("exchange_cancelled", to=account, values=values, about=exchange, now=now)


@transaction.atomic
def remove_traveller(*, traveller: Traveller, by: Any, now: datetime) -> None:
    """Write down that somebody does not travel after all; what they told about themselves is deleted.

    Raises Refused while something is booked for them or after they got a letter of invitation, and NotAllowed
    when the visit is over.
    """
    exchange = Exchange.objects.select_for_update().get(pk=traveller.exchange_id)
    if exchange.status not in ("planning", "planned"):
        raise NotAllowed("travel", exchange.status)
    booked = Booking.objects.filter(traveller=traveller).exclude(status=BookingStatus.CANCELLED)
    if booked.exists() or InvitationLetter.objects.filter(traveller=traveller).exists():
        raise Refused("travel.traveller_is_booked")
    if Traveller.objects.filter(pk=traveller.pk).delete()[0]:
        record(exchange, "remove traveller", by=by, now=now)
