"""The office: the programmes one runs, and what needs one now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from talka.access.table import may
from talka.capacities import models as capacities
from talka.programmes.models import Cycle, Post, Programme
from talka.programmes.queries import waiting_in
from talka.web.office.board import Need, needs_of, tallies_of
from talka.web.shared.may import require


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the programmes that the reader runs, their cycles, and what needs the reader."""
    require(request, "office.enter")
    context = {"programmes": _mine(request.user), "may_found": may(request.user, "programme.create")}
    return render(request, "office/home.html", context)


def _mine(account: Any) -> list[dict[str, Any]]:
    """Group the cycles under their programmes, with the needs of those that are not closed."""
    programmes = list(Programme.objects.run_by(account).order_by("slug"))
    cycles = list(Cycle.objects.run_by(account).select_related("programme").order_by("-pk"))
    tallies = tallies_of(cycles, today=timezone.now().date(), reader=account)
    asked = capacities.Need.objects.run_by(account).waiting().only("programme", "status", "waits_since")
    waiting = list(asked)
    led = set(Programme.objects.run_by(account, Post.COORDINATOR).values_list("pk", flat=True))
    in_groups = waiting_in(led, today=timezone.now().date())
    return [
        {
            "programme": programme,
            "needs": _programme_needs(programme, waiting, *in_groups.get(programme.pk, (0, 0)))
            if programme.pk in led
            else [],
            "leads": programme.pk in led,
            "cycles": [
                {"cycle": cycle, "needs": _needs(cycle, tallies[cycle.pk], programme.pk in led)}
                for cycle in cycles
                if cycle.programme_id == programme.pk
            ],
        }
        for programme in programmes
    ]


def _late(programme: Programme, waiting: list[capacities.Need]) -> tuple[int, int]:
    """Count the requests for help that wait, and those among them that wait for too long."""
    plan, now = programme.plan.requests, timezone.now()
    mine = [need for need in waiting if need.programme_id == programme.pk]
    return len(mine), sum(need.is_late(now, plan.answer_days) for need in mine) if plan else 0


def _needs(cycle: Cycle, tally: Any, leads: bool) -> list[Any]:
    return needs_of(cycle, tally) if leads else []


def _programme_needs(
    programme: Programme, waiting: list[capacities.Need], notices: int, dates: int
) -> list[Need]:
    """List what needs a coordinator around a programme, beside its cycles."""
    asked, late = _late(programme, waiting)
    found = (
        ("late_requests", late, "office:requests"),
        ("requests", asked - late, "office:requests"),
        ("notices", notices, "office:notices"),
        ("outside", dates, "office:outside"),
    )
    return [Need(key, count, reverse(route, args=[programme.slug])) for key, count, route in found if count]


urlpatterns = [path("", home, name="home")]
