"""What representatives and coordinators both do on a community's page: capacities and representatives.

The desk and the office each mount these under their own address; the desk knows only the communities that
the reader represents.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from talka.capacities.actions import drop_capacity, set_capacity
from talka.capacities.queries import offers_and_needs
from talka.kernel.models import Entry
from talka.people.actions.representations import (
    InvitationRefused,
    end_representation,
    invite_representative,
)
from talka.people.models import Community, Representation
from talka.people.queries import representations_of
from talka.web.shared.community_forms import (
    AllFactsForm,
    CapacityForm,
    InvitationForm,
    MeetingForm,
    OwnFactsForm,
    PeriodForm,
    facts_of,
)
from talka.web.shared.may import require
from talka.web.shared.overtaken import keep_typing
from talka.web.templatetags.words import reason


def audience(request: HttpRequest) -> str:
    """Name the audience whose page this is: desk or office."""
    return request.resolver_match.namespace if request.resolver_match else "desk"


def community_of(request: HttpRequest, pk: int) -> Community:
    """Fetch a community: any in the office, one's own at the desk. Raises Http404."""
    known = Community.objects.all()
    if audience(request) == "desk":
        known = known.represented_by(request.user)
    return get_object_or_404(known, pk=pk)


def show_community(
    request: HttpRequest, community: Community, *, status: int = 200, **given: Any
) -> HttpResponse:
    """Show the page on which a community is kept; `given` replaces the empty forms by those with errors."""
    form = AllFactsForm if audience(request) == "office" else OwnFactsForm
    context = {
        "audience": audience(request),
        "form": form(initial=facts_of(community, form)),
        **_known_about(community),
        "capacity_form": CapacityForm(auto_id="capacity_%s"),
        "invitation_form": InvitationForm(auto_id="invitation_%s"),
        "period_form": PeriodForm(auto_id="period_%s"),
        "meeting_form": MeetingForm(auto_id="meeting_%s"),
        **given,
    }
    return render(request, f"{audience(request)}/community.html", context, status=status)


def _known_about(community: Community) -> dict[str, Any]:
    offers, needs = offers_and_needs(community)
    return {
        "community": community,
        "offers": offers,
        "needs": needs,
        "representations": representations_of(community),
        "periods": community.support_periods.order_by("kind", "starts_on", "pk"),
        "meetings": community.meetings_attended.order_by("-ended_on", "pk"),
        "entries": Entry.objects.about(community).select_related("actor"),
    }


def show_both(request: HttpRequest, pk: int, form: OwnFactsForm) -> HttpResponse:
    """Show the page to the slower of two editors: their own text in the form, what is saved beside it."""
    saved = community_of(request, pk)
    keep_typing(form, saved.version)
    theirs = [
        (form[name].label, _in_words(form, name, getattr(saved, name)))
        for name in form.cleaned_data
        if name != "version" and form.cleaned_data[name] != getattr(saved, name)
    ]
    return show_community(request, saved, status=409, form=form, theirs=theirs)


def _in_words(form: forms.Form, name: str, value: Any) -> Any:
    field = form.fields[name]
    return dict(field.choices).get(value, value) if hasattr(field, "choices") else field.prepare_value(value)


def back(request: HttpRequest, community: int, message: str) -> HttpResponse:
    """Say what was done, and return to the community's page."""
    messages.success(request, message)
    return redirect(f"{audience(request)}:community", community)


def mark_refused(form: forms.Form, field: str, refused: Any) -> None:
    """Show at a field why something was refused."""
    form.add_error(field, reason(refused.reason))


@require_POST
def set_community_capacity(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a community offers or needs."""
    community = community_of(request, pk)
    require(request, "community.edit", community)
    form = CapacityForm(request.POST, auto_id="capacity_%s")
    if not form.is_valid():
        return show_community(request, community, status=422, capacity_form=form)
    set_capacity(community=community, by=request.user, now=timezone.now(), **form.cleaned_data)
    return back(request, pk, _("Kept."))


@require_POST
def drop_community_capacity(request: HttpRequest, pk: int, kept: int) -> HttpResponse:
    """Forget what a community offers or needs."""
    community = community_of(request, pk)
    require(request, "community.edit", community)
    drop_capacity(kept=get_object_or_404(community.capacities, pk=kept), by=request.user, now=timezone.now())
    return back(request, pk, _("Removed."))


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to represent a community."""
    community = community_of(request, pk)
    require(request, "representative.invite", community)
    form = InvitationForm(request.POST, auto_id="invitation_%s")
    if form.is_valid():
        try:
            invite_representative(
                community=community, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except InvitationRefused as refused:
            mark_refused(form, "email", refused)
        else:
            return back(request, pk, _("The invitation is on its way."))
    return show_community(request, community, status=422, invitation_form=form)


@require_POST
def end(request: HttpRequest, pk: int, representation: int) -> HttpResponse:
    """End somebody's right to act for a community, or take back an invitation."""
    community = community_of(request, pk)
    one = get_object_or_404(Representation.objects.filter(community=community), pk=representation)
    require(request, "representative.end", one)
    end_representation(representation=one, by=request.user, now=timezone.now())
    if one.account_id == request.user.pk and audience(request) == "desk":
        messages.success(request, _("You no longer represent %(name)s.") % {"name": community.name})
        return redirect("desk:account")
    return back(request, pk, _("Ended."))


urlpatterns = [
    path("communities/<int:pk>/capacities/", set_community_capacity, name="community_capacity_set"),
    path(
        "communities/<int:pk>/capacities/<int:kept>/drop/",
        drop_community_capacity,
        name="community_capacity_drop",
    ),
    path("communities/<int:pk>/representatives/", invite, name="community_invite"),
    path("communities/<int:pk>/representatives/<int:representation>/end/", end, name="community_end"),
]
