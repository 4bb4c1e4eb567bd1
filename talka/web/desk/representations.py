"""Invitations to represent a community, for the person who was asked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.people.actions.representations import accept_representation, decline_representation
from talka.people.models import Representation
from talka.web.shared.may import require


def _asked(request: HttpRequest, pk: int) -> Representation:
    """Fetch an invitation that was sent to the reader's address, answered or not. Raises Http404."""
    me: Any = request.user
    mine = Representation.objects.filter(email__iexact=me.email or "-")
    return get_object_or_404(mine.select_related("community", "invited_by"), pk=pk)


@require_safe
def representation(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the reader whether they will represent a community."""
    asked = _asked(request, pk)
    require(request, "representation.answer", asked)
    return render(request, "desk/representation.html", {"asked": asked})


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes."""
    asked = _asked(request, pk)
    require(request, "representation.answer", asked)
    accept_representation(representation=asked, by=request.user, now=timezone.now())
    messages.success(request, _("You represent %(name)s now.") % {"name": asked.community.name})
    return redirect("desk:community", asked.community_id)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no."""
    asked = _asked(request, pk)
    require(request, "representation.answer", asked)
    decline_representation(representation=asked, by=request.user, now=timezone.now())
    messages.success(request, _("You will not represent %(name)s.") % {"name": asked.community.name})
    return redirect("desk:account")


urlpatterns = [
    path("invitations/<int:pk>/", representation, name="representation"),
    path("invitations/<int:pk>/accept/", accept, name="representation_accept"),
    path("invitations/<int:pk>/decline/", decline, name="representation_decline"),
]
