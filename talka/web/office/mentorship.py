"""One mentorship in the office: everything that coordinators may see of it, and what they may do."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.access.table import may
from talka.exchanges.actions import (
    Refused,
    complete_mentorship,
    pause_mentorship,
    resume_mentorship,
    see_mood,
    seek_partner,
    stop_mentorship,
    take_up_again,
)
from talka.exchanges.lifecycle import EXCHANGE
from talka.exchanges.models import Exchange, Leaving, Mood
from talka.exchanges.queries import asked_of, may_seek
from talka.exchanges.queries.cohorts import silences_of, unhappy_moods
from talka.exchanges.rules.quiet import furthest, quiet_days
from talka.kernel.models import Entry, Overtaken
from talka.web.office.mentorship_forms import OfficePauseForm, OfficeStopForm, SeenForm
from talka.web.shared.exchange_story import history_of
from talka.web.shared.may import require
from talka.web.shared.mentorship_story import mentorship_of, mentorship_story
from talka.web.templatetags.words import reason, said

ASKING = ["GET", "HEAD", "POST"]


def run_mentorship(request: HttpRequest, pk: int) -> Exchange:
    """Return a mentorship of a cycle that the reader coordinates. Raises Http404 and PermissionDenied."""
    found = mentorship_of(request, pk)
    require(request, "mentorship.read", found)
    return found


def _moods(request: HttpRequest, exchange: Exchange) -> list[dict[str, Any]]:
    """List how the two say it is going, the newest first, with what coordinators noted."""
    if not may(request.user, "mood.read", exchange):
        return []
    unseen = set(unhappy_moods(reader=request.user).filter(exchange=exchange).values_list("pk", flat=True))
    found = exchange.moods.select_related("account", "seen_by").order_by("-given_at", "-pk")
    notes = Entry.objects.filter(subject_type=Mood._meta.label_lower, verb="see")
    by_mood = {one.subject_id: one.note for one in notes.filter(subject_id__in=found.values("pk"))}
    return [
        {
            "mood": one,
            "note": by_mood.get(one.pk, "") if one.seen_at else "",
            "is_urgent": one.pk in unseen,
            "form": None if one.seen_at else _fresh(one),
        }
        for one in found
    ]


def _fresh(mood: Mood) -> SeenForm:
    return SeenForm(initial={"given_at": mood.given_at.isoformat()}, auto_id=f"id_{mood.pk}_%s")


def _leavings(request: HttpRequest, exchange: Exchange) -> list[tuple[Leaving, Any]]:
    """List who ended it and why, in the words of the blueprint."""
    if not may(request.user, "leaving.read", exchange):
        return []
    names = {one.key: one.name for one in asked_of(exchange).stop_reasons}
    found = exchange.leavings.select_related("left_by").order_by("pk")
    return [(one, names.get(one.reason)) for one in found]


def _show(request: HttpRequest, exchange: Exchange, *, status: int = 200, **changed: Any) -> HttpResponse:
    now = timezone.now()
    story = mentorship_story(exchange, now=now)
    place = exchange.match.cycle.programme.zone
    silence = silences_of(Exchange.objects.filter(pk=exchange.pk), zone_name=place)[exchange.pk]
    context = {
        "silence": silence,
        "quiet_days": quiet_days(silence.since, story["today"]),
        "step": furthest(silence.taken),
        "moods": _moods(request, exchange),
        "leavings": _leavings(request, exchange),
        "takes_part": not may(request.user, "mood.read", exchange),
        "may_seek": may_seek(exchange),
        "is_over": story["days_left"] == 0,
        "entries": [*history_of(exchange), *history_of(exchange.plan)],
    }
    return render(request, "office/mentorship.html", story | context | changed, status=status)


@require_safe
def mentorship(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mentorship to its coordinators."""
    return _show(request, run_mentorship(request, pk))


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that somebody has seen to a mood."""
    found = get_object_or_404(Mood.objects.select_related("exchange"), pk=pk)
    exchange = mentorship_of(request, found.exchange_id)
    require(request, "mood.read", exchange)
    form = SeenForm(request.POST, auto_id=f"id_{found.pk}_%s")
    if not form.is_valid():
        if "given_at" in form.errors:
            raise Overtaken(f"mood {pk}")
        moods = _moods(request, exchange)
        for one in moods:
            one["form"] = form if one["mood"].pk == found.pk else one["form"]
        return _show(request, exchange, status=422, moods=moods)
    see_mood(mood=found, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, _("Noted. The other coordinators see it, too."))
    return redirect(f"{reverse('office:mentorship', args=[exchange.pk])}#going")


@require_http_methods(ASKING)
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause a mentorship for the two."""
    found = run_mentorship(request, pk)
    require(request, "mentorship.pause", found)
    EXCHANGE.target("pause", found.status)
    form = OfficePauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pause_mentorship(exchange=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error("until", reason(refused.reasons[0]))
        else:
            messages.success(request, _("Paused. Both are told."))
            return redirect("office:mentorship", pk)
    context = {"exchange": found, "cycle": found.match.cycle, "form": form}
    return render(request, "office/mentorship_pause.html", context, status=422 if form.errors else 200)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a paused mentorship."""
    found = run_mentorship(request, pk)
    require(request, "mentorship.pause", found)
    resume_mentorship(exchange=found, by=request.user, now=timezone.now())
    messages.success(request, _("It goes on. The last day has moved by the days of the pause."))
    return redirect("office:mentorship", pk)


@require_http_methods(ASKING)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mentorship early."""
    found = run_mentorship(request, pk)
    require(request, "mentorship.stop", found)
    EXCHANGE.target("stop", found.status)
    reasons = [(one.key, said(one.name)) for one in asked_of(found).stop_reasons]
    form = OfficeStopForm(request.POST or None, reasons=reasons)
    if request.method == "POST" and form.is_valid():
        stop_mentorship(exchange=found, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("The mentorship has ended. Both are told kindly, and not why."))
        return redirect("office:mentorship", pk)
    context = {"exchange": found, "cycle": found.match.cycle, "form": form}
    return render(request, "office/mentorship_stop.html", context, status=422 if form.errors else 200)


@require_POST
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete a mentorship that is over, or has all that is asked for."""
    found = run_mentorship(request, pk)
    require(request, "mentorship.complete", found)
    try:
        complete_mentorship(exchange=found, for_office=True, by=request.user, now=timezone.now())
    except Refused as refused:
        for one in refused.reasons:
            messages.error(request, reason(one))
    else:
        messages.success(request, _("Completed. Both are told."))
    return redirect("office:mentorship", pk)


@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a mentorship that was completed too early."""
    found = run_mentorship(request, pk)
    require(request, "mentorship.take_up", found)
    take_up_again(exchange=found, by=request.user, now=timezone.now())
    messages.success(request, _("It is under way again."))
    return redirect("office:mentorship", pk)


@require_POST
def another(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for another partner for the mentee of a mentorship that ended early."""
    found = run_mentorship(request, pk)
    require(request, "partner.seek", found)
    proposed = seek_partner(exchange=found, by=request.user, now=timezone.now())
    if proposed is None:
        messages.warning(request, _("Nobody is free. The application waits among those without a partner."))
        return redirect("office:mentorship", pk)
    messages.success(request, _("Another partner is proposed: both get a letter."))
    return redirect("office:match", proposed.pk)


urlpatterns = [
    path("mentorships/<int:pk>/", mentorship, name="mentorship"),
    path("mentorships/<int:pk>/pause/", pause, name="mentorship_pause"),
    path("mentorships/<int:pk>/resume/", resume, name="mentorship_resume"),
    path("mentorships/<int:pk>/stop/", stop, name="mentorship_stop"),
    path("mentorships/<int:pk>/complete/", complete, name="mentorship_complete"),
    path("mentorships/<int:pk>/take-up/", take_up, name="mentorship_take_up"),
    path("mentorships/<int:pk>/another/", another, name="mentorship_another"),
    path("moods/<int:pk>/seen/", seen, name="mood_seen"),
]
