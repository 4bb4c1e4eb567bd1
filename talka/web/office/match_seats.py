"""Further seats of a match in the office: helpers, who stands ready, and who is asked to take over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from talka.matching.actions import ask_to_take_over, give_seat, leave_seat
from talka.matching.models import Part
from talka.matching.queries.reasons import Refused
from talka.web.office.matches import match_of
from talka.web.office.seat_forms import SeatForm, free_for, standing_ready
from talka.web.shared.matching_words import refusal_in_words


@require_POST
def give(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Give somebody a seat as helper, or as somebody who stands ready."""
    found = match_of(request, pk)
    form = SeatForm(request.POST, free=free_for(found, part))
    if not form.is_valid():
        messages.error(request, _("Choose somebody who has a place left."))
        return redirect("office:match", pk)
    try:
        give_seat(match=found, application=form.chosen, part=part, by=request.user, now=timezone.now())
        messages.success(request, _("%(name)s is there for them, and all were told.") % {"name": form.chosen})
    except Refused as refused:
        messages.error(request, refusal_in_words(refused))
    return redirect("office:match", pk)


@require_POST
def leave(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Let somebody go from a further seat."""
    found = match_of(request, pk)
    held = get_object_or_404(found.seats.exclude(part__in=[Part.LEARNS, Part.PEER]), pk=seat, left_at=None)
    if held.is_side:
        messages.error(request, _("A mentor leaves on the page of the mentorship."))
        return redirect("office:match", pk)
    leave_seat(seat=held, by=request.user, now=timezone.now())
    messages.success(request, _("%(name)s no longer sits here.") % {"name": held.application})
    return redirect("office:match", pk)


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to go on in the place of the mentor who has left."""
    found = match_of(request, pk)
    form = SeatForm(request.POST, free=[*standing_ready(found), *free_for(found, Part.BACKS_UP)])
    if not form.is_valid():
        messages.error(request, _("Choose somebody who has a place left."))
        return redirect("office:match", pk)
    try:
        ask_to_take_over(match=found, application=form.chosen, by=request.user, now=timezone.now())
        messages.success(request, _("%(name)s was asked.") % {"name": form.chosen})
    except Refused as refused:
        messages.error(request, refusal_in_words(refused))
    return redirect("office:match", pk)


urlpatterns = [
    path("matching/matches/<int:pk>/seats/helper/", give, {"part": Part.SUPPORTS}, name="seat_helper"),
    path("matching/matches/<int:pk>/seats/ready/", give, {"part": Part.BACKS_UP}, name="seat_ready"),
    path("matching/matches/<int:pk>/seats/<int:seat>/leave/", leave, name="seat_leave"),
    path("matching/matches/<int:pk>/seats/successor/", ask, name="seat_successor"),
]
