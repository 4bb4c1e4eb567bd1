"""Matching in the office: pairs agreed beforehand, drafts, rulings, matches and the waiting list."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from talka.applications.models import Application
from talka.calls.models import Call
from talka.matching.actions import (
    carry_over,
    draft_run,
    lift_ruling,
    set_aside_beforehand,
    validate_beforehand,
)
from talka.matching.lifecycle import RunStatus
from talka.matching.models import PairRuling
from talka.matching.queries.cohort import Sides, sides_of
from talka.matching.queries.fits import lines_of
from talka.matching.queries.matches import matches_of, waiting_of
from talka.matching.queries.reasons import Refused
from talka.matching.queries.weighing import weigh_beforehand
from talka.matching.queries.words import names_of, speak_all
from talka.programmes.models import Cycle
from talka.web.shared.lists import page_of
from talka.web.shared.matching_words import refusal_in_words
from talka.web.shared.may import require


class NameForm(forms.Form):
    """Asks for the name of a draft."""

    name = forms.CharField(
        label=gettext_lazy("Name of the draft"),
        help_text=gettext_lazy("To tell drafts apart. Leave it empty and it gets a number."),
        max_length=80,
        required=False,
    )


class NoteForm(forms.Form):
    """Asks for a reason that both sides read."""

    note = forms.CharField(label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea)


def coordinated(request: HttpRequest, pk: int) -> Cycle:
    """Find a cycle whose matching the reader runs."""
    found = get_object_or_404(Cycle.objects.run_by(request.user).select_related("programme"), pk=pk)
    require(request, "matching.run", found)
    return found


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Do something that may be refused; say what came of it."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refusal_in_words(refused))
        return False
    messages.success(request, done)
    return True


@require_safe
def matching(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the matching of a cycle stands, and what to do next."""
    cycle = coordinated(request, pk)
    page = page_of(request, matches_of(cycle))
    sides = sides_of(cycle)
    context = {
        "cycle": cycle,
        "sides": sides,
        "free": _free(sides),
        "beforehand": _beforehand(cycle),
        "runs": cycle.runs.exclude(status=RunStatus.DISCARDED)
        .select_related("made_by")
        .annotate(pair_count=Count("pairs"))
        .order_by("-pk"),
        "rulings": _rulings(cycle),
        "page": page,
        "waiting": waiting_of(cycle),
        "form": NameForm(),
    }
    return render(request, "office/matching.html", context)


def _free(sides: Sides) -> dict[str, int]:
    """Count who learns without a partner, and the places of those who teach."""
    return {
        "learners": sum(sides.left[one.pk] for one in sides.learners),
        "teachers": sum(sides.left[one.pk] for one in sides.teachers),
    }


def _beforehand(cycle: Cycle) -> list[dict[str, Any]]:
    """Put the pairs that wait for a word into words, each with its own form."""
    names = names_of(cycle)
    return [
        {
            "pair": pair,
            "why": lines_of(pair.parts, names),
            "warnings": speak_all(pair.warnings, names),
            "form": NoteForm(auto_id=f"id_{pair.learner.pk}_{pair.teacher.pk}_%s"),
        }
        for pair in weigh_beforehand(cycle)
    ]


def _rulings(cycle: Cycle) -> Any:
    return cycle.pair_rulings.select_related(
        "learner__community", "learner__person", "teacher__community", "teacher__person", "ruled_by"
    ).order_by("pk")


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the engine for a draft."""
    cycle = coordinated(request, pk)
    form = NameForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    try:
        run = draft_run(cycle=cycle, name=name, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refusal_in_words(refused, names_of(cycle)))
        return redirect("office:matching", pk)
    messages.success(request, _("The draft is made. Nobody is told of it before you publish it."))
    return redirect("office:run", run.pk)


def _pair(cycle: Cycle, learner: int, teacher: int) -> tuple[Application, Application]:
    found = Application.objects.filter(call__cycle=cycle).select_related(
        "call__cycle__programme", "community"
    )
    return get_object_or_404(found, pk=learner), get_object_or_404(found, pk=teacher)


@require_POST
def validate(request: HttpRequest, pk: int, learner: int, teacher: int) -> HttpResponse:
    """Propose a pair that agreed beforehand."""
    cycle = coordinated(request, pk)
    one, other = _pair(cycle, learner, teacher)
    attempt(
        request,
        lambda: validate_beforehand(learner=one, teacher=other, by=request.user, now=timezone.now()),
        _("The match is proposed. Both sides got a letter and answer by the date in it."),
    )
    return redirect("office:matching", pk)


@require_POST
def set_aside(request: HttpRequest, pk: int, learner: int, teacher: int) -> HttpResponse:
    """Decline a pair that agreed beforehand, and tell both why."""
    cycle = coordinated(request, pk)
    one, other = _pair(cycle, learner, teacher)
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say why: both sides read it. Nothing was done yet."))
        return redirect("office:matching", pk)
    note, now = form.cleaned_data["note"], timezone.now()
    attempt(
        request,
        lambda: set_aside_beforehand(learner=one, teacher=other, note=note, by=request.user, now=now),
        _("Both sides were told. They are matched like everybody else."),
    )
    return redirect("office:matching", pk)


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a ruling back."""
    ruling = get_object_or_404(PairRuling.objects.select_related("cycle"), pk=pk)
    cycle = coordinated(request, ruling.cycle_id)
    lift_ruling(ruling=ruling, by=request.user, now=timezone.now())
    messages.success(request, _("The ruling is lifted. Make a new draft to see what changes."))
    return redirect("office:matching", cycle.pk)


@require_POST
def carry(request: HttpRequest, pk: int, call: int) -> HttpResponse:
    """Carry an application on the waiting list over to another cycle's call."""
    found = Application.objects.select_related("call__cycle", "community", "sheet__form_version")
    application = get_object_or_404(found, pk=pk, call__cycle__in=Cycle.objects.run_by(request.user))
    cycle = coordinated(request, application.call.cycle_id)
    calls = Call.objects.filter(cycle__programme=cycle.programme).select_related("cycle__programme", "form")
    target = get_object_or_404(calls, pk=call)
    attempt(
        request,
        lambda: carry_over(application=application, call=target, by=request.user, now=timezone.now()),
        _("A draft is made in the other cycle. Its applicants got a letter and hand it in themselves."),
    )
    return redirect("office:matching", cycle.pk)


urlpatterns = [
    path("cycles/<int:pk>/matching/", matching, name="matching"),
    path("cycles/<int:pk>/matching/draft/", draft, name="draft_run"),
    path("cycles/<int:pk>/matching/<int:learner>/<int:teacher>/validate/", validate, name="validate_pair"),
    path("cycles/<int:pk>/matching/<int:learner>/<int:teacher>/aside/", set_aside, name="set_aside_pair"),
    path("matching/rulings/<int:pk>/lift/", lift, name="lift_ruling"),
    path("matching/waiting/<int:pk>/carry/<int:call>/", carry, name="carry_over"),
]
