"""The first page, and what anyone may read about Talka itself."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from talka.calls.models import Call
from talka.programmes.models import Programme


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what Talka is, the programmes it runs, and which of their calls are open."""
    now = timezone.now()
    return render(request, "public/home.html", {"programmes": _programmes(now), "now": now})


def _programmes(now: datetime) -> list[dict[str, Any]]:
    """List the public programmes with their open calls; those that close first come first."""
    calls = Call.objects.public().open(now).select_related("cycle__programme").order_by("closes_at", "pk")
    by_programme: dict[int, list[dict[str, Any]]] = {}
    for call in calls:
        roles = {role.key: role.name for role in call.cycle.plan.roles}
        row = {"call": call, "role": roles.get(call.role, {})}
        by_programme.setdefault(call.cycle.programme_id, []).append(row)
    found: list[dict[str, Any]] = [
        {"programme": programme, "calls": by_programme.get(programme.pk, [])}
        for programme in Programme.objects.public().order_by("slug")
    ]
    first = {key: index for index, key in enumerate(by_programme)}
    return sorted(found, key=lambda item: first.get(item["programme"].pk, len(first)))


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers on to the icon: with a file that is no page they ask for it at this address."""
    return HttpResponsePermanentRedirect(static("talka/icon.svg"))


urlpatterns = [
    path("", home, name="home"),
    path("favicon.ico", favicon, name="favicon"),
]
