"""The page of an exchange for those who take part: where we are, what is asked, what is booked."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.access.table import may
from talka.applications.models import Application
from talka.applications.queries import people_of
from talka.exchanges.actions import ContactNotShown, show_emergency_contact
from talka.exchanges.models import Exchange, Traveller
from talka.exchanges.queries import (
    SIDE,
    emergency_contact_is_shown,
    has_calendar,
    materials_seen_by,
    seats_held_by,
    visit_event,
)
from talka.papers.calendars import write_calendar
from talka.papers.pdf import FONTS, write_pdf
from talka.travel.models import InvitationLetter
from talka.travel.queries import bookings_made_for
from talka.web.desk.exchange_tasks import asked_of
from talka.web.shared.exchange_cancelling import answer_cancelling
from talka.web.shared.exchange_story import STILL_OPEN, exchange_of, story_of
from talka.web.shared.may import require


@require_safe
def exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an exchange to its sides."""
    found = exchange_of(request, pk)
    now = timezone.now()
    seats = seats_held_by(found, request.user)
    context = {
        "now": now,
        "seats": seats,
        "tasks": asked_of(found, request.user, seats, now),
        "materials": materials_seen_by(found.plan, request.user),
        "bookings": bookings_made_for(found),
        "letters": _letters(request, found),
        "contacts": people_of(_partners(found, seats)),
        "shown": [t.pk for t in found.travellers.all() if _may_call(request, t, now)],
        "has_calendar": has_calendar(found),
        "own": [seat.pk for seat in seats],
        "may_finish": may(request.user, "visit.finish", found),
    }
    context |= _naming(request, found) | _reports(found, seats) | story_of(found, now=now)
    return render(request, "desk/exchange.html", context)


def _reports(exchange: Exchange, seats: list) -> dict[str, Any]:
    """Find the reader's own reports: those still to be written, and those that are handed in."""
    found = exchange.reports.filter(seat__in=seats).select_related(*SIDE)
    return {
        "to_write": [one for one in found if one.is_writable],
        "handed_in": [one for one in found if not one.is_writable],
    }


def _naming(request: HttpRequest, exchange: Exchange) -> dict[str, Any]:
    """Say whether the reader may name travellers, and whom."""
    may_name = exchange.status in STILL_OPEN and may(request.user, "traveller.name", exchange.visitor)
    named = {traveller.account_id for traveller in exchange.travellers.all()}
    people = people_of([exchange.visitor]) if may_name else []
    return {"may_name": may_name, "nameable": [person for person in people if person.pk not in named]}


def _partners(exchange: Exchange, seats: list) -> list[Application]:
    own = [seat.pk for seat in seats]
    return [seat.application for seat in exchange.match.seats.all() if seat.pk not in own]


def _letters(request: HttpRequest, exchange: Exchange) -> list[InvitationLetter]:
    issued = InvitationLetter.objects.filter(traveller__exchange=exchange)
    found = issued.select_related("traveller__account").order_by("pk")
    return list(
        found
        if may(request.user, "booking.handle", exchange)
        else found.filter(traveller__account=request.user.pk)
    )


def _may_call(request: HttpRequest, traveller: Traveller, now: datetime) -> bool:
    has_contact = bool(traveller.emergency_name or traveller.emergency_phone)
    return (
        has_contact
        and traveller.account_id != request.user.pk
        and emergency_contact_is_shown(traveller, now=now)
        and may(request.user, "emergency.see", traveller)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call an exchange off, with a reason."""
    return answer_cancelling(request, pk, page="desk:exchange")


@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the days on site as a calendar file."""
    found = exchange_of(request, pk)
    if not has_calendar(found):
        raise Http404
    event = visit_event(found, now=timezone.now())
    content = write_calendar([event], name=event.title)
    headers = {"Content-Disposition": f'attachment; filename="talka-visit-{found.pk}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_POST
def emergency_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom to call for a traveller; that somebody looked is written down."""
    visible = Traveller.objects.filter(exchange__in=Exchange.objects.visible_to(request.user).values("pk"))
    traveller = get_object_or_404(visible.select_related("account", "exchange__plan"), pk=pk)
    require(request, "emergency.see", traveller)
    try:
        contact = show_emergency_contact(traveller=traveller, by=request.user, now=timezone.now())
    except ContactNotShown:
        messages.error(
            request,
            _("The contact is shown only from the approval of the plan until 14 days after the visit."),
        )
        return redirect("desk:exchange", traveller.exchange_id)
    return render(request, "desk/emergency_contact.html", {"traveller": traveller, "contact": contact})


@require_safe
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a letter of invitation as it was issued."""
    visible = Exchange.objects.visible_to(request.user).values("pk")
    letter = get_object_or_404(InvitationLetter.objects.filter(traveller__exchange__in=visible), pk=pk)
    require(request, "invitation.read", letter.traveller)
    content = write_pdf("letter_of_invitation", data=letter.content, font_folder=FONTS)
    headers = {"Content-Disposition": f'attachment; filename="invitation-{letter.pk}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


urlpatterns = [
    path("exchanges/<int:pk>/", exchange, name="exchange"),
    path("exchanges/<int:pk>/cancel/", cancel, name="exchange_cancel"),
    path("exchanges/<int:pk>/visit.ics", calendar, name="exchange_calendar"),
    path("travellers/<int:pk>/contact/", emergency_contact, name="emergency_contact"),
    path("invitations/<int:pk>.pdf", invitation, name="invitation"),
]
