"""A cycle in the office: the board, its dates, its budget, and whether everybody sees it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.access.table import may
from talka.blueprints.dates import first_year
from talka.blueprints.schema import Blueprint
from talka.calls.actions import clone_cycle, prepare_cycle
from talka.gatherings.models import Gathering
from talka.kernel.models import Entry, Overtaken
from talka.programmes.actions import (
    AddressTaken,
    announce_cycle,
    close_cycle,
    edit_cycle,
    edit_stages,
    reopen_cycle,
    retract_cycle,
)
from talka.programmes.models import Cycle, Programme
from talka.programmes.queries import disorder_of
from talka.web.office.board import cells_of, needs_of, tallies_of
from talka.web.office.cycle_forms import CycleForm, OpenCycleForm, OpenFirstCycleForm, StagesForm
from talka.web.office.cycles_found import cycles_of
from talka.web.office.programmes import ASKING, programmes_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer
from talka.web.shared.timelines import timeline_of, today_in

MOVES = {
    "announce": announce_cycle,
    "retract": retract_cycle,
    "close": close_cycle,
    "reopen": reopen_cycle,
}


def edited_cycle(request: HttpRequest, pk: int) -> Cycle:
    """Find a cycle that the reader may change."""
    found = get_object_or_404(cycles_of(request), pk=pk)
    require(request, "cycle.edit", found)
    return found


@require_safe
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where a cycle stands, and what needs the reader."""
    found = get_object_or_404(cycles_of(request), pk=pk)
    now = timezone.now()
    return render(request, "office/cycle.html", _board(request, found, now) | _around(request, found, now))


def _board(request: HttpRequest, cycle: Cycle, now: datetime) -> dict[str, Any]:
    today = today_in(cycle.programme.zone, now)
    tally = tallies_of([cycle], today=today, reader=request.user)[cycle.pk]
    return {"cells": cells_of(cycle, tally), "needs": needs_of(cycle, tally)}


def _around(request: HttpRequest, cycle: Cycle, now: datetime) -> dict[str, Any]:
    roles = {role.key: role.name for role in cycle.plan.roles}
    return {
        "cycle": cycle,
        "programme": cycle.programme,
        "may_edit": may(request.user, "cycle.edit", cycle),
        "timeline": timeline_of(cycle, now=now),
        "calls": [(call, roles.get(call.role, {})) for call in cycle.calls.order_by("pk")],
        "meetings": _meetings(cycle),
        "verbs": cycle.LIFECYCLE.verbs(cycle.status),
        "entries": Entry.objects.about(cycle).select_related("actor"),
        "now": now,
    }


def _meetings(cycle: Cycle) -> QuerySet[Gathering]:
    meetings = Gathering.objects.filter(cycle=cycle).order_by("starts_at")
    return meetings.annotate(registration_count=Count("registrations"))


def _first_values(programme: Programme, plan: Blueprint) -> dict[str, Any]:
    """Return what the form of a new cycle starts with: the first year that can invite and has no cycle."""
    year = first_year(plan, today=today_in(programme.zone, timezone.now()))
    taken = set(programme.cycles.values_list("slug", flat=True))
    while str(year) in taken:
        year += 1
    return {
        "texts": {"label": {code: f"{words} {year}" for code, words in plan.cycle_label.items()}},
        "initial": {"year": year, "slug": str(year), "currency": plan.currency},
    }


@require_http_methods(ASKING)
def open_cycle(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a cycle from the programme's blueprint, with its forms and calls."""
    programme = get_object_or_404(programmes_of(request), slug=slug)
    require(request, "programme.edit", programme)
    plan = programme.plan
    first = _first_values(programme, plan)
    form = OpenFirstCycleForm(request.POST or None, languages=plan.languages, **first)
    if request.method == "POST" and form.is_valid():
        try:
            made = prepare_cycle(
                programme=programme, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except AddressTaken:
            form.add_error("slug", _("Another cycle of the programme has this address."))
        else:
            messages.success(
                request, _("The cycle is there, in preparation. Look through its dates and its calls.")
            )
            return redirect("office:cycle", made.pk)
    return answer_form(request, "office/cycle_open.html", form, programme=programme)


@require_http_methods(ASKING)
def clone(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a cycle like this one, with its dates moved to another year."""
    found = edited_cycle(request, pk)
    programme, plan = found.programme, found.plan
    first = _first_values(programme, plan)
    form = OpenCycleForm(request.POST or None, languages=plan.languages, **first)
    if request.method == "POST" and form.is_valid():
        try:
            made = clone_cycle(cycle=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except AddressTaken:
            form.add_error("slug", _("Another cycle of the programme has this address."))
        else:
            messages.success(
                request, _("The copy is there, in preparation. Look through its dates and its calls.")
            )
            return redirect("office:cycle", made.pk)
    return answer_form(request, "office/cycle_clone.html", form, programme=programme, cycle=found)


@require_http_methods(ASKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the label and the budget of a cycle."""
    found = edited_cycle(request, pk)
    initial = {"budget": found.budget, "currency": found.currency, "version": found.version}
    languages, texts = found.plan.languages, {"label": found.label}
    form = CycleForm(request.POST or None, languages=languages, texts=texts, initial=initial)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            edit_cycle(cycle=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Overtaken:
            theirs = newer(form, Cycle.objects.get(pk=pk))
        else:
            messages.success(request, _("Saved."))
            return redirect("office:cycle", pk)
    context = {"cycle": found, "programme": found.programme, "theirs": theirs}
    return answer_form(request, "office/cycle_edit.html", form, **context)


@require_http_methods(ASKING)
def stages(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the dates of a cycle's stages."""
    found = edited_cycle(request, pk)
    rows = list(found.stages.order_by("position"))
    form = StagesForm(request.POST or None, stages=rows, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        edit_stages(cycle=found, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(
            request, _("The dates are saved. Calls keep their own windows: look whether they still fit.")
        )
        return redirect("office:stages", pk)
    context = {"cycle": found, "programme": found.programme, "warnings": disorder_of(found)}
    context["rows"] = [(row, form[f"{row.key}__starts_on"], form[f"{row.key}__ends_on"]) for row in rows]
    return answer_form(request, "office/stages.html", form, **context)


@require_POST
def change(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Announce a cycle, take it back, close it, or take it up again."""
    found = edited_cycle(request, pk)
    MOVES[verb](cycle=found, by=request.user, now=timezone.now())
    words = {
        "announce": _("The cycle is announced: its calls open and close by themselves."),
        "retract": _("The cycle is in preparation again: nobody outside sees it."),
        "close": _("The cycle is closed."),
        "reopen": _("The cycle is taken up again."),
    }
    messages.success(request, words[verb])
    return redirect("office:cycle", pk)


urlpatterns = [
    path("programmes/<slug:slug>/cycles/new/", open_cycle, name="cycle_open"),
    path("cycles/<int:pk>/", cycle, name="cycle"),
    path("cycles/<int:pk>/edit/", edit, name="cycle_edit"),
    path("cycles/<int:pk>/stages/", stages, name="stages"),
    path("cycles/<int:pk>/clone/", clone, name="cycle_clone"),
    *[
        path(f"cycles/<int:pk>/{verb}/", change, {"verb": verb}, name=f"cycle_{verb}")
        for verb in ("announce", "retract", "close", "reopen")
    ],
]
