"""Decisions: prepared for many, read as letters, taken back or released together."""

from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.access.table import may
from talka.applications.models import Application
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.matching.actions import reconsider_application
from talka.matching.queries.reasons import Refused
from talka.programmes.models import Cycle
from talka.screening.actions import (
    drop_decision,
    prepare_decision,
    release_decisions,
)
from talka.screening.models import Decision
from talka.screening.queries import barred_from, letters_by_decision, release_counts
from talka.web.office.application_forms import DecisionForm, NoteForm, VersionedDecisionForm
from talka.web.office.applications import application_of
from talka.web.office.cycles_found import cycles_of
from talka.web.office.screening import ASKING, answer_about
from talka.web.shared.lists import page_of
from talka.web.shared.matching_words import refusal_in_words
from talka.web.shared.may import require
from talka.web.shared.overtaken import newer


def cycle_to_decide(request: HttpRequest, pk: int) -> Cycle:
    """Find a cycle whose decisions the reader may release."""
    found = get_object_or_404(cycles_of(request), pk=pk)
    require(request, "decision.release", found)
    return found


@require_safe
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is prepared, as the letters that will be sent, and to whom."""
    cycle = cycle_to_decide(request, pk)
    prepared = Decision.objects.prepared(cycle).select_related(
        "application__community", "application__person"
    )
    barred = barred_from([decision.application for decision in prepared], request.user)
    shown = prepared.exclude(application__in=barred).order_by("outcome", "pk")
    page = page_of(request, shown)
    letters = letters_by_decision(page)
    context = {
        "cycle": cycle,
        "page": page,
        "lines": [(decision, letters[decision.pk]) for decision in page],
        "hidden": len(barred),
        "counts": release_counts(cycle, hidden=barred),
    }
    return render(request, "office/decisions.html", context)


@require_POST
def prepare_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare the same decision for each application that was selected."""
    cycle = cycle_to_decide(request, pk)
    form = DecisionForm(request.POST)
    wanted = [int(key) for key in request.POST.getlist("application") if key.isdecimal() and len(key) < 19]
    found = Application.objects.handed_in().filter(call__cycle=cycle, pk__in=wanted)
    if not form.is_valid() or not found:
        messages.error(request, _("Select applications, and a decision for them."))
        return redirect("office:applications", pk)
    done = sum(_prepare(request, one, form.cleaned_data) for one in found)
    words = ngettext("%(count)d decision is prepared.", "%(count)d decisions are prepared.", done)
    messages.success(request, words % {"count": done})
    if left := len(found) - done:
        words = ngettext("%(count)d could not be.", "%(count)d could not be.", left) % {"count": left}
        messages.warning(
            request, words + " " + _("Only what is handed in, and not your own, can be decided.")
        )
    return redirect("office:decisions", pk)


def _prepare(request: HttpRequest, found: Application, given: dict[str, Any]) -> bool:
    if not may(request.user, "decision.prepare", found):
        return False
    try:
        prepare_decision(application=found, **given, by=request.user, now=timezone.now())
    except NotAllowed:
        return False
    return True


@require_http_methods(ASKING)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare, or change, the decision on one application."""
    found = application_of(request, pk, "decision.prepare")
    made = Decision.objects.filter(application=found, released_at__isnull=True).first()
    initial = model_to_dict(made) | {"version": made.version} if made else {"version": 0}
    form, theirs = VersionedDecisionForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            prepare_decision(application=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Overtaken:
            theirs = newer(form, Decision.objects.get(application=found))
        else:
            messages.success(request, _("Prepared. The applicant sees nothing of it until you release it."))
            return redirect("office:decisions", found.call.cycle_id)
    return answer_about(request, "office/decide.html", form, found, decision=made, theirs=theirs)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a prepared decision and its letters."""
    made = get_object_or_404(Decision.objects.select_related("application"), pk=pk)
    found = application_of(request, made.application_id, "decision.prepare")
    drop_decision(decision=made, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back: nothing is sent."))
    return redirect("office:decisions", found.call.cycle_id)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell all applicants whose decision is prepared."""
    cycle = cycle_to_decide(request, pk)
    done = release_decisions(cycle=cycle, by=request.user, now=timezone.now())
    words = ngettext("%(count)d decision is released.", "%(count)d decisions are released.", done)
    if done:
        messages.success(request, words % {"count": done})
    else:
        messages.info(request, _("There was nothing left to release: nothing was sent."))
    return redirect("office:applications", pk)


@require_http_methods(ASKING)
def reconsider(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a decided application again, unless it has a partner already."""
    found = application_of(request, pk, "decision.prepare")
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data | {"by": request.user, "now": timezone.now()}
            reconsider_application(application=found, **given)
        except Refused as refused:
            form.add_error(None, refusal_in_words(refused))
        else:
            messages.success(request, _("The application is open again for a new decision."))
            return redirect("office:application", pk)
    return answer_about(request, "office/reconsider.html", form, found)


urlpatterns = [
    path("cycles/<int:pk>/decisions/", decisions, name="decisions"),
    path("cycles/<int:pk>/decisions/prepare/", prepare_many, name="prepare_decisions"),
    path("cycles/<int:pk>/decisions/release/", release, name="release_decisions"),
    path("applications/<int:pk>/decide/", decide, name="decide"),
    path("applications/<int:pk>/reconsider/", reconsider, name="reconsider"),
    path("decisions/<int:pk>/drop/", drop, name="drop_decision"),
]
