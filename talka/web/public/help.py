"""Help of a programme, as anyone sees it: how to ask, how to offer, and what is asked for in the open."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from talka.access.table import may
from talka.applications.queries import never_reached
from talka.capacities.models import Outreach
from talka.capacities.queries import counts_of, opportunities_of, public_needs
from talka.programmes.models import Programme
from talka.web.shared.asking import asked_programme, days_since, requests_of
from talka.web.shared.community_search import RegionForm, searched
from talka.web.shared.lists import page_of
from talka.web.shared.signed_out import or_sign_in
from talka.web.shared.timelines import today_in

FEW = 5
"""Notices that close soonest; the others are on their own page."""


@login_not_required
@or_sign_in
@require_safe
def help(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how to ask for help and how to offer it, and list what is asked for in the open."""
    programme, now = asked_programme(request, slug), timezone.now()
    context = {
        "programme": programme,
        "plan": requests_of(programme),
        "counts": counts_of(programme),
        "needs": [(need, days_since(need.asked_at, now)) for need in public_needs(programme)],
    }
    return render(request, "public/help.html", context)


@login_not_required
@require_safe
def opportunities(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what one side lacks, and the communities that nobody has reached yet."""
    programme = asked_programme(request, slug)
    form = RegionForm(request.GET)
    page = page_of(request, never_reached(programme, searched(form)))
    invited = _invited(programme, [one.pk for one in page])
    context = {
        "programme": programme,
        "found": opportunities_of(programme),
        "notices": programme.notices.on_show(today_in(programme.zone, timezone.now()))[:FEW],
        "form": form,
        "page": page,
        "listed": [(one, invited.get(one.pk)) for one in page],
        "may_invite": may(request.user, "community.reach", programme),
    }
    return render(request, "public/opportunities.html", context)


def _invited(programme: Programme, keys: list[int]) -> dict[int, Outreach]:
    """Return the last invitation of each of the communities."""
    found = Outreach.objects.filter(programme=programme, community__in=keys).order_by("invited_at")
    return {one.community_id: one for one in found}


urlpatterns = [
    path("programmes/<slug:slug>/help/", help, name="help"),
    path("programmes/<slug:slug>/opportunities/", opportunities, name="opportunities"),
]
