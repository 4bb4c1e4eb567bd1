"""What only coordinators vouch for: support periods, and meetings a community took part in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from talka.people.actions.communities import (
    FactRefused,
    add_meeting,
    add_support_period,
    remove_meeting,
    remove_support_period,
)
from talka.web.shared.community_forms import MeetingForm, PeriodForm
from talka.web.shared.community_parts import back, community_of, mark_refused, show_community
from talka.web.shared.may import require


@require_POST
def add_period(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a period of recognition or general support."""
    community = community_of(request, pk)
    require(request, "community.certify", community)
    form = PeriodForm(request.POST, auto_id="period_%s")
    if form.is_valid():
        try:
            add_support_period(community=community, by=request.user, now=timezone.now(), **form.cleaned_data)
        except FactRefused as refused:
            mark_refused(form, "starts_on", refused)
        else:
            return back(request, pk, _("Kept."))
    return show_community(request, community, status=422, period_form=form)


@require_POST
def remove_period(request: HttpRequest, pk: int, period: int) -> HttpResponse:
    """Remove a period that was wrong."""
    community = community_of(request, pk)
    require(request, "community.certify", community)
    one = get_object_or_404(community.support_periods, pk=period)
    remove_support_period(period=one, by=request.user, now=timezone.now())
    return back(request, pk, _("Removed."))


@require_POST
def add_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep that a community took part in a meeting."""
    community = community_of(request, pk)
    require(request, "community.certify", community)
    form = MeetingForm(request.POST, auto_id="meeting_%s")
    if form.is_valid():
        try:
            add_meeting(community=community, by=request.user, now=timezone.now(), **form.cleaned_data)
        except FactRefused as refused:
            mark_refused(form, "meeting", refused)
        else:
            return back(request, pk, _("Kept."))
    return show_community(request, community, status=422, meeting_form=form)


@require_POST
def remove_attendance(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    """Remove a meeting that the community was not at."""
    community = community_of(request, pk)
    require(request, "community.certify", community)
    one = get_object_or_404(community.meetings_attended, pk=meeting)
    remove_meeting(attended=one, by=request.user, now=timezone.now())
    return back(request, pk, _("Removed."))


urlpatterns = [
    path("communities/<int:pk>/periods/", add_period, name="community_period_add"),
    path("communities/<int:pk>/periods/<int:period>/remove/", remove_period, name="community_period_remove"),
    path("communities/<int:pk>/meetings/", add_attendance, name="community_meeting_add"),
    path(
        "communities/<int:pk>/meetings/<int:meeting>/remove/",
        remove_attendance,
        name="community_meeting_remove",
    ),
]
