"""The page of a mentorship for the two: what is asked now, and all that they agreed, did and said."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.access.table import may
from talka.applications.queries import people_of
from talka.exchanges.actions import (
    PlanIncomplete,
    Refused,
    add_check_in,
    complete_mentorship,
    give_mood,
    leave_mentorship,
    may_answer,
    pause_mentorship,
    resume_mentorship,
    seek_partner,
    sign_plan,
    stop_mentorship,
)
from talka.exchanges.lifecycle import EXCHANGE
from talka.exchanges.models import Exchange, Mood
from talka.exchanges.queries import asked_of, may_seek, seats_held_by
from talka.exchanges.queries.cohorts import offered_exchanges
from talka.matching.models import Part, Seat
from talka.web.desk.mentorship_forms import CheckInForm, HoursForm, MoodForm, PauseForm, StopForm
from talka.web.desk.mentorship_tasks import asked_in, own_moods
from talka.web.shared.exchange_story import history_of
from talka.web.shared.may import require
from talka.web.shared.mentorship_story import mentorship_of, mentorship_story
from talka.web.templatetags.words import reason, said

ASKING = ["GET", "HEAD", "POST"]


def show_mentorship(
    request: HttpRequest, exchange: Exchange, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """Draw the page of a mentorship, with the forms given instead of fresh ones."""
    now, seats = timezone.now(), seats_held_by(exchange, request.user)
    context = mentorship_story(exchange, now=now) | _own_part(request, exchange, seats, now)
    return render(request, "desk/mentorship.html", context | forms, status=status)


def _own_part(request: HttpRequest, exchange: Exchange, seats: list[Seat], now: datetime) -> dict[str, Any]:
    """Return what of the page is the reader's own: their tasks and forms, and only their own moods."""
    today, parts = timezone.localdate(now), {seat.part for seat in seats}
    partners = [side.application for side in exchange.match.sides if side not in seats]
    hours = [one for one in exchange.hours.all() if may_answer(one, request.user, parts)]
    mine = Mood.objects.filter(exchange=exchange, account=request.user.pk).order_by("-given_at", "-pk")
    return {
        "seats": seats,
        "own_parts": parts,
        "tasks": asked_in(exchange, request.user, seats, own_moods(request.user, [exchange]), now),
        "answerable": [one.pk for one in hours if one.status != "withdrawn"],
        "seen": ",".join(f"{one.pk}:{one.version}" for one in hours if one.status == "logged"),
        "hours_form": HoursForm(initial={"day": today}),
        "check_in_form": CheckInForm(initial={"held_on": today}),
        "mood_form": MoodForm(),
        "own_moods": mine[:12] if seats else [],
        "contacts": people_of(partners) if seats else [],
        "may_read_check_ins": may(request.user, "check_in.read", exchange),
        "runs": may(request.user, "mentorship.read", exchange),
        "is_offered": bool(seats) and offered_exchanges().filter(pk=exchange.pk).exists(),
        "may_seek": may(request.user, "partner.seek", exchange) and may_seek(exchange),
        "entries": [*history_of(exchange), *history_of(exchange.plan)],
    }


@require_safe
def mentorship(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mentorship to its sides, its helpers and its coordinators."""
    return show_mentorship(request, mentorship_of(request, pk))


@require_POST
def sign(request: HttpRequest, pk: int, seat: int, version: int) -> HttpResponse:
    """Sign the plan for a side, at the version that was on the page."""
    found = mentorship_of(request, pk)
    own = get_object_or_404(found.match.seats, pk=seat)
    require(request, "plan.sign", own)
    try:
        sign_plan(plan=found.plan, seat=own, version=version, by=request.user, now=timezone.now())
    except PlanIncomplete as refused:
        messages.error(request, reason(refused.reasons[0]))
    else:
        messages.success(
            request, _("You have signed. Whoever changes a goal asks for both signatures again.")
        )
    return redirect(found)


@require_POST
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that the two talked."""
    found = mentorship_of(request, pk)
    require(request, "check_in.write", found)
    form = CheckInForm(request.POST)
    if form.is_valid():
        try:
            add_check_in(exchange=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error("held_on", reason(refused.reasons[0]))
        else:
            messages.success(request, _("The check-in is written down."))
            return redirect(f"{found.get_absolute_url()}#check-ins")
    return show_mentorship(request, found, status=422, check_in_form=form)


@require_POST
def going(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it is going, to the coordinators alone."""
    found = mentorship_of(request, pk)
    require(request, "mood.give", found)
    form = MoodForm(request.POST)
    if not form.is_valid():
        return show_mentorship(request, found, status=422, mood_form=form)
    give_mood(exchange=found, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, _("Thank you. Only the coordinators read it."))
    return redirect(f"{found.get_absolute_url()}#going")


@require_http_methods(ASKING)
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause a mentorship, until a day or until somebody goes on."""
    found = mentorship_of(request, pk)
    require(request, "mentorship.pause", found)
    EXCHANGE.target("pause", found.status)
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pause_mentorship(exchange=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error("until", reason(refused.reasons[0]))
        else:
            messages.success(request, _("Paused. Both of you can go on at any time."))
            return redirect(found)
    context = {"exchange": found, "form": form}
    return render(request, "desk/mentorship_pause.html", context, status=422 if form.errors else 200)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on after a pause."""
    found = mentorship_of(request, pk)
    require(request, "mentorship.pause", found)
    resume_mentorship(exchange=found, by=request.user, now=timezone.now())
    messages.success(request, _("It goes on. The last day has moved by the days of the pause."))
    return redirect(found)


@require_http_methods(ASKING)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mentorship early for one's own side."""
    found = mentorship_of(request, pk)
    require(request, "hours.log", found)
    EXCHANGE.target("stop", found.status)
    seat = seats_held_by(found, request.user)[0]
    reasons = [(one.key, said(one.name)) for one in asked_of(found).stop_reasons]
    initial = {"wants_another": "another" in request.GET}
    form = StopForm(
        request.POST or None, initial=initial, reasons=reasons, is_mentee=seat.part == Part.LEARNS
    )
    if request.method == "POST" and form.is_valid():
        given, now = form.cleaned_data, timezone.now()
        stop_mentorship(exchange=found, seat=seat, **given, by=request.user, now=now)
        messages.success(request, _("The mentorship has ended. Your partner is told kindly, and not why."))
        return redirect(found)
    context = {"exchange": found, "form": form}
    return render(request, "desk/mentorship_stop.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKING)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a mentorship to somebody else, as its mentor."""
    found = mentorship_of(request, pk)
    require(request, "mentorship.leave", found)
    EXCHANGE.target("stop", found.status)
    reasons = [(one.key, said(one.name)) for one in asked_of(found).stop_reasons]
    form = StopForm(request.POST or None, reasons=reasons, is_mentee=False)
    teaches_it = any(seat.part == Part.TEACHES for seat in seats_held_by(found, request.user))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("reason", "words")}
        leave_mentorship(exchange=found, **given, by=request.user, now=timezone.now())
        messages.success(request, _("The mentor has left. The mentee is told kindly, and not why."))
        return redirect("desk:home") if teaches_it else redirect("office:match", found.match_id)
    context = {"exchange": found, "form": form}
    return render(request, "desk/mentorship_leave.html", context, status=422 if form.errors else 200)


@require_POST
def another(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for another partner after an early end."""
    found = mentorship_of(request, pk)
    require(request, "partner.seek", found)
    proposed = seek_partner(exchange=found, by=request.user, now=timezone.now())
    words = _("Another partner is proposed: you both get a letter.")
    if proposed is None:
        words = _("Nobody is free at the moment. The coordinators know, and look for somebody.")
    messages.success(request, words)
    return redirect(found)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete a mentorship."""
    found = mentorship_of(request, pk)
    require(request, "goal.judge", found)
    try:
        complete_mentorship(exchange=found, by=request.user, now=timezone.now())
    except Refused as refused:
        for one in refused.reasons:
            messages.error(request, reason(one))
    else:
        messages.success(request, _("Your mentorship is completed. Thank you both!"))
    return redirect(found)


urlpatterns = [
    path("mentorships/<int:pk>/", mentorship, name="mentorship"),
    path("mentorships/<int:pk>/sign/<int:seat>/<int:version>/", sign, name="mentorship_sign"),
    path("mentorships/<int:pk>/check-ins/", check_in, name="check_in_add"),
    path("mentorships/<int:pk>/going/", going, name="mood_give"),
    path("mentorships/<int:pk>/pause/", pause, name="mentorship_pause"),
    path("mentorships/<int:pk>/resume/", resume, name="mentorship_resume"),
    path("mentorships/<int:pk>/stop/", stop, name="mentorship_stop"),
    path("mentorships/<int:pk>/leave/", leave, name="mentorship_leave"),
    path("mentorships/<int:pk>/another/", another, name="partner_seek"),
    path("mentorships/<int:pk>/finish/", finish, name="mentorship_finish"),
]
