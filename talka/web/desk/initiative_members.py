"""Who builds an initiative or helps it: asked, answered, and let go."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.access.table import may
from talka.initiatives.actions import (
    Refused,
    accept_invitation,
    decline_invitation,
    invite_member,
    remove_member,
)
from talka.initiatives.models import InitiativeMember, MemberPart
from talka.initiatives.queries import open_to
from talka.web.desk.initiative_forms import InviteForm
from talka.web.desk.initiative_page import show, worked_on
from talka.web.shared.may import require
from talka.web.templatetags.words import reason


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to build an initiative, or, as a coordinator, to help it."""
    found = worked_on(request, pk, "initiative.invite")
    names_helpers = may(request.user, "initiative.name_helper", found)
    form = InviteForm(request.POST, names_helpers=names_helpers, auto_id="invite_%s")
    if form.is_valid():
        try:
            invite_member(initiative=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error("email", reason(refused.reason))
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("desk:initiative", pk)
    return show(request, found, invite_form=form, sent="invite")


def _asked(request: HttpRequest, pk: int) -> InitiativeMember:
    """Fetch an invitation that was sent to the reader's address, answered or not. Raises Http404."""
    me: Any = request.user
    mine = InitiativeMember.objects.filter(email__iexact=me.email or "-")
    found = get_object_or_404(mine.select_related("initiative__programme", "invited_by"), pk=pk)
    require(request, "initiative.answer", found)
    return found


@require_safe
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the reader whether they will be in an initiative."""
    asked = _asked(request, pk)
    context = {"asked": asked, "initiative": asked.initiative, "helps": asked.part == MemberPart.HELPER}
    return render(request, "desk/initiative_invitation.html", context)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes."""
    asked = _asked(request, pk)
    accept_invitation(member=asked, by=request.user, now=timezone.now())
    messages.success(request, _("You are in: %(name)s.") % {"name": asked.initiative})
    return redirect("desk:initiative", asked.initiative_id)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no."""
    asked = _asked(request, pk)
    decline_invitation(member=asked, by=request.user, now=timezone.now())
    messages.success(request, _("You said no to: %(name)s.") % {"name": asked.initiative})
    return redirect("desk:home")


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave, let somebody go, or take an invitation back."""
    seen = InitiativeMember.objects.filter(initiative__in=open_to(request.user).values("pk"))
    found = get_object_or_404(seen.select_related("initiative__programme"), pk=pk)
    require(request, "initiative.leave", found)
    remove_member(member=found, by=request.user, now=timezone.now())
    messages.success(request, _("Done. They can be asked again."))
    still_there = open_to(request.user).filter(pk=found.initiative_id).exists()
    return redirect("desk:initiative", found.initiative_id) if still_there else redirect("desk:home")


urlpatterns = [
    path("initiatives/<int:pk>/invite/", invite, name="initiative_invite"),
    path("initiatives/invitations/<int:pk>/", invitation, name="initiative_invitation"),
    path("initiatives/invitations/<int:pk>/accept/", accept, name="initiative_accept"),
    path("initiatives/invitations/<int:pk>/decline/", decline, name="initiative_decline"),
    path("initiatives/members/<int:pk>/leave/", leave, name="initiative_leave"),
]
