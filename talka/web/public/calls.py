"""A call as anyone reads it: who is invited, until when, and what will be asked."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import LEARNS, commitments_of, role_of, setting_of
from talka.calls.models import Call
from talka.forms.models import FormVersion
from talka.programmes.models import Cycle


def _call(request: HttpRequest, slug: str, cycle: str, role: str) -> Call:
    """Return a call that the reader may know of. Raises Http404."""
    known = Call.objects.public()
    if request.user.is_authenticated:
        known = known | Call.objects.filter(cycle__in=Cycle.objects.run_by(request.user))
    related = known.distinct().select_related("cycle__programme", "form")
    return get_object_or_404(related, cycle__programme__slug=slug, cycle__slug=cycle, role=role)


def _begun(request: HttpRequest, call: Call) -> Any:
    """List the reader's own applications to the call, and those of their communities."""
    if not request.user.is_authenticated:
        return []
    mine = Application.objects.written_by(request.user).filter(call=call)
    return mine.exclude(status=ApplicationStatus.WITHDRAWN).select_related("community", "person")


@login_not_required
@require_safe
def call(request: HttpRequest, slug: str, cycle: str, role: str) -> HttpResponse:
    """Show a call, with its questions to be read before one signs in."""
    found, now = _call(request, slug, cycle, role), timezone.now()
    invited = role_of(found)
    published = FormVersion.objects.filter(form=found.form, published_at__isnull=False)
    context = {
        "call": found,
        "cycle": found.cycle,
        "role": invited,
        "is_open": found.window.is_open(now),
        "is_learner": invited.part in LEARNS,
        "draft": published.latest("number").draft,
        "setting": setting_of(found.cycle, now),
        "commitments": commitments_of(found),
        "begun": _begun(request, found),
        "now": now,
    }
    return render(request, "public/call.html", context)


urlpatterns = [
    path("programmes/<slug:slug>/cycles/<slug:cycle>/<slug:role>/", call, name="call"),
]
