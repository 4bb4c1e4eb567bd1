"""A programme as anyone sees it: what it is, where it stands, how to take part."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from talka.calls.models import Call
from talka.gatherings.queries import meetings_of
from talka.impact.models import ImpactReport
from talka.kernel.wording import say
from talka.programmes.models import Cycle, Page, Programme
from talka.programmes.queries import current_cycle
from talka.web.shared.programme_parts import public_parts
from talka.web.shared.timelines import timeline_of, today_in

WITH_CALLS = ("about", "apply")
WITH_TIMELINE = ("about", "timeline")
# Beside the pages; all of them have a page of their own.
MOST_MEETINGS = 5


@login_not_required
@require_safe
def programme(request: HttpRequest, slug: str, key: str = "about") -> HttpResponse:
    """Show a programme, opened at one of its pages."""
    found = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    now = timezone.now()
    cycle = current_cycle(found, today=today_in(found.zone, now))
    context: dict[str, Any] = {"programme": found, "cycle": cycle, "key": key, "now": now}
    context |= _pages(found, key) | _around(found, cycle, request.user, now)
    if cycle is not None and key in WITH_TIMELINE:
        context["timeline"] = timeline_of(cycle, now=now)
    context["shows_calls"] = key in WITH_CALLS
    return render(request, "public/programme.html", context)


def _pages(programme: Programme, key: str) -> dict[str, Any]:
    """Find the tabs and the words of the open one. Raises Http404 for a page that is not there."""
    pages: list[Page] = list(programme.pages.order_by("position", "key"))
    page = next((page for page in pages if page.key == key), None)
    if page is None and key != "about":
        raise Http404
    language = get_language() or "en"
    return {"pages": pages, "page": page, "body": say(page.body, language) if page else None}


def _around(programme: Programme, cycle: Cycle | None, reader: Any, now: datetime) -> dict[str, Any]:
    """Find what stands beside every page of a programme."""
    earlier = programme.cycles.filter(Exists(ImpactReport.objects.filter(cycle=OuterRef("pk"))))
    return {
        "calls": calls_of(cycle) if cycle else [],
        "meetings": meetings_of(programme, reader).coming(now)[:MOST_MEETINGS],
        "contacts": programme.contacts.order_by("pk"),
        "parts": public_parts(programme),
        "earlier": earlier.exclude(status="draft").order_by("-pk"),
    }


def calls_of(cycle: Cycle) -> list[dict[str, Any]]:
    """Pair each call of a cycle with the role it invites."""
    roles = {role.key: role for role in cycle.plan.roles}
    calls = Call.objects.filter(cycle=cycle).order_by("pk")
    found = []
    for call in calls:
        call.cycle = cycle
        found.append({"call": call, "role": roles.get(call.role)})
    return found


@login_not_required
@require_safe
def cycle(request: HttpRequest, slug: str, cycle_slug: str) -> HttpResponse:
    """Show one run of a programme, with its dates."""
    cycles = Cycle.objects.visible_to(request.user).select_related("programme")
    found = get_object_or_404(cycles, programme__slug=slug, slug=cycle_slug)
    now = timezone.now()
    context = {
        "cycle": found,
        "programme": found.programme,
        "plan": found.plan,
        "timeline": timeline_of(found, now=now),
        "calls": calls_of(found),
        "meetings": meetings_of(found.programme, request.user).filter(cycle=found).coming(now),
        "has_report": ImpactReport.objects.filter(cycle=found).exists(),
        "now": now,
    }
    return render(request, "public/cycle.html", context)


urlpatterns = [
    path("programmes/<slug:slug>/", programme, name="programme"),
    path("programmes/<slug:slug>/guide/<slug:key>/", programme, name="programme_page"),
    path("programmes/<slug:slug>/cycles/<slug:cycle_slug>/", cycle, name="cycle"),
]
