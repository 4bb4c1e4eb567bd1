"""The group around a programme as anyone sees it: its posts, its members, and its notices."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from talka.programmes.models import Membership, Programme
from talka.programmes.queries import contributions_of, may_see_names, members_of, posts_of
from talka.web.shared.group_parts import (
    RollSearchForm,
    contribution_words,
    group_programme,
    spoken,
    with_words,
)
from talka.web.shared.lists import page_of
from talka.web.shared.signed_out import or_sign_in
from talka.web.shared.timelines import today_in


@login_not_required
@or_sign_in
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who holds the posts of a programme's group, and who belongs to it."""
    programme = group_programme(request, slug)
    today = today_in(programme.zone, timezone.now())
    context: dict[str, Any] = {
        "programme": programme,
        "plan": programme.plan,
        "posts": posts_of(programme, today=today),
        "mine": _own(request, programme),
        "count": members_of(programme).count(),
    }
    context |= _roll(request, programme) if programme.plan.roll else {}
    return render(request, "public/members.html", context)


def _own(request: HttpRequest, programme: Programme) -> Membership | None:
    if not request.user.is_authenticated:
        return None
    return Membership.objects.filter(programme=programme, account=request.user).current().first()


def _roll(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    """Find the members that the reader asks for, or only what they bring where names are not for them."""
    brought = [(spoken(name), count) for name, count in contributions_of(programme)]
    if not may_see_names(programme, request.user):
        return {"brought": brought, "sees_names": False}
    form = RollSearchForm(request.GET, programme=programme)
    page = page_of(request, form.members())
    listed = with_words(page, contribution_words(programme))
    return {"brought": brought, "sees_names": True, "form": form, "page": page, "listed": listed}


@login_not_required
@require_safe
def notices(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the notices of a programme that are not over, those that end first before others."""
    programme = group_programme(request, slug)
    today = today_in(programme.zone, timezone.now())
    own = programme.notices.none()
    if request.user.is_authenticated:
        own = programme.notices.offered_by_person(request.user).order_by("-pk")[:20]
    page = page_of(request, programme.notices.on_show(today))
    context = {"programme": programme, "page": page, "own": own, "today": today}
    return render(request, "public/notices.html", context)


urlpatterns = [
    path("programmes/<slug:slug>/members/", members, name="members"),
    path("programmes/<slug:slug>/notices/", notices, name="notices"),
]
