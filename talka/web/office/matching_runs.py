"""One draft of a matching: the picture, its pairs and why, edits by hand, drafts side by side."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.applications.models import Application
from talka.kernel.models import Entry
from talka.matching.actions import add_pair, discard_run, remove_pair, rule_on_pair
from talka.matching.engine import pack
from talka.matching.lifecycle import RunStatus
from talka.matching.models import DraftPair, RulingKind, Run
from talka.matching.queries.cohort import LEARNS, TEACHES
from talka.matching.queries.drafts import (
    LeftOut,
    Totals,
    compare,
    left_out_of,
    outcome_of,
    pairs_of,
    parties_of,
    totals_of,
)
from talka.matching.queries.fits import STEPS, UNIT, fit_of, lines_of
from talka.matching.queries.reasons import Refused
from talka.matching.queries.weighing import broken, candidates_for, draft_pair_of, weigh
from talka.matching.queries.words import Names, names_of, speak, speak_all
from talka.papers.charts import Dot, Link, bipartite
from talka.programmes.models import Cycle
from talka.web.office.matching import attempt, coordinated
from talka.web.shared.lists import page_of
from talka.web.shared.matching_words import gap_in_words, stage_of
from talka.web.shared.may import require

UNDER_WAY = (RunStatus.WAITING, RunStatus.WORKING)
MOST_DRAWN = 60
MOST_COMPARED = 4


class RulingForm(forms.Form):
    """Asks why two stay together, or never are."""

    note = forms.CharField(
        label=gettext_lazy("Why (only coordinators read it)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def run_of(request: HttpRequest, pk: int) -> Run:
    """Find a run of a cycle whose matching the reader runs."""
    runs = Run.objects.filter(cycle__in=Cycle.objects.run_by(request.user))
    found = get_object_or_404(runs.select_related("cycle__programme", "made_by"), pk=pk)
    require(request, "matching.run", found)
    return found


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft as a picture and as a table, and who is left out."""
    found = run_of(request, pk)
    if not found.sealed_outcome:
        return _unanswered(request, found)
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "office/run.html", _answered(request, found))


def _answered(request: HttpRequest, found: Run) -> dict[str, Any]:
    """Put a draft into words and pictures."""
    pairs, parties, names = pairs_of(found), parties_of(found), names_of(found.cycle, found)
    left_out, outcome = left_out_of(found, pairs, parties), outcome_of(found)
    page = page_of(request, pairs)
    return {
        "run": found,
        "cycle": found.cycle,
        "is_draft": found.status == RunStatus.DRAFT,
        "picture": _drawn(pairs, parties),
        "page": page,
        "rows": [_row(pair, names) for pair in page.object_list],
        "learners": len(parties[LEARNS]),
        "left_out": [_left_out(one, names) for one in left_out],
        "totals": totals_of(found),
        "stopped": outcome.stopped,
        "gap": gap_in_words(outcome),
        "entries": Entry.objects.about(found).select_related("actor"),
    }


def _unanswered(request: HttpRequest, found: Run) -> HttpResponse:
    """Show how far a worker is, or why there is no answer; a page that looks again begins anew by that."""
    if "HX-Request" in request.headers and found.status not in UNDER_WAY:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "run": found,
        "cycle": found.cycle,
        "stage": stage_of(found),
        "is_under_way": found.status in UNDER_WAY,
        "faults": speak_all(found.faults, names_of(found.cycle, found)),
        "entries": Entry.objects.about(found).select_related("actor"),
    }
    return render(request, "office/run_waiting.html", context)


def _row(pair: DraftPair, names: Names) -> dict[str, Any]:
    why = [part["reason"] for part in pair.parts if part["name"] == "topic" and part["points"]]
    return {
        "pair": pair,
        "fit": fit_of(pair.parts),
        "why": speak_all(why, names),
        "warnings": speak_all(pair.warnings, names),
    }


def _left_out(one: LeftOut, names: Names) -> dict[str, Any]:
    return {
        "application": one.application,
        "learns": one.part == LEARNS,
        "reason": speak(one.reason, names),
        "change": speak(one.change, names) if one.change else "",
        "funnel": [(STEPS.get(step.rule, step.rule), step.remaining) for step in one.funnel],
    }


def _drawn(pairs: list[DraftPair], parties: dict[str, list[Application]]) -> str:
    """Draw both sides with lines between them; nothing when there are too many to be read."""
    if max(len(side) for side in parties.values()) > MOST_DRAWN:
        return ""
    left, right = ([Dot(str(one.pk), str(one)) for one in parties[part]] for part in (LEARNS, TEACHES))
    links = [
        Link(
            f"{pair.learner_id}",
            f"{pair.teacher_id}",
            faint=bool(pair.warnings),
            hint=f"{fit_of(pair.parts)} %",
        )
        for pair in pairs
    ]
    drawing = bipartite(
        left,
        right,
        links,
        headings=(_("Learn"), _("Teach")),
        title=_("Who would learn from whom"),
        description=_("The same is in the table below."),
        key="run",
        direction="rtl" if get_language_bidi() else "ltr",
    )
    return mark_safe(drawing)  # noqa: S308  (drawn by us, every name escaped)


def party_of(found: Run, pk: int) -> Application:
    """Return an application of the run. Raises Http404 for any other."""
    if pk not in found.who.values():
        raise Http404
    return get_object_or_404(Application.objects.select_related("call__cycle", "community", "person"), pk=pk)


@require_safe
def candidates(request: HttpRequest, pk: int, application: int) -> HttpResponse:
    """Show everybody whom somebody of the draft could be put together with."""
    found = run_of(request, pk)
    own, names = party_of(found, application), names_of(found.cycle, found)
    part, others = candidates_for(found, own)
    page = page_of(request, others)
    context = {
        "run": found,
        "own": own,
        "learns": part == LEARNS,
        "page": page,
        "rows": [(one, fit_of(one.parts), speak_all(one.warnings, names)) for one in page.object_list],
    }
    return render(request, "office/run_candidates.html", context)


@require_safe
def pair(request: HttpRequest, pk: int, learner: int, teacher: int) -> HttpResponse:
    """Show what speaks for two, and what against, and let the coordinator decide about them."""
    found = run_of(request, pk)
    one, other, names = party_of(found, learner), party_of(found, teacher), names_of(found.cycle, found)
    try:
        weighed = weigh(found, one, other)
    except Refused:
        raise Http404 from None
    context = {
        "run": found,
        "is_draft": found.status == RunStatus.DRAFT,
        "learner": one,
        "teacher": other,
        "fit": fit_of(pack(weighed.parts)),
        "why": lines_of(pack(weighed.parts), names),
        "warnings": speak_all(broken(weighed), names),
        "draft_pair": draft_pair_of(found, one, other),
        "ruling": found.cycle.pair_rulings.filter(learner=one, teacher=other).first(),
        "form": RulingForm(),
    }
    return render(request, "office/run_pair.html", context)


@require_POST
def add(request: HttpRequest, pk: int, learner: int, teacher: int) -> HttpResponse:
    """Put two together by hand."""
    found = run_of(request, pk)
    one, other = party_of(found, learner), party_of(found, teacher)
    done = attempt(
        request,
        lambda: add_pair(run=found, learner=one, teacher=other, by=request.user, now=timezone.now()),
        _("They are together in this draft now."),
    )
    return redirect("office:run", pk) if done else redirect("office:run_pair", pk, learner, teacher)


@require_POST
def remove(request: HttpRequest, pk: int, learner: int, teacher: int) -> HttpResponse:
    """Take two apart by hand."""
    found = run_of(request, pk)
    together = get_object_or_404(found.pairs.select_related("run"), learner=learner, teacher=teacher)
    attempt(
        request,
        lambda: remove_pair(pair=together, by=request.user, now=timezone.now()),
        _("They are no longer together in this draft."),
    )
    return redirect("office:run", pk)


@require_POST
def rule(request: HttpRequest, pk: int, learner: int, teacher: int, kind: str) -> HttpResponse:
    """Decide about two for every draft to come."""
    found = run_of(request, pk)
    one, other, form = party_of(found, learner), party_of(found, teacher), RulingForm(request.POST)
    if kind not in RulingKind.values or not form.is_valid():
        raise Http404
    note, now = form.cleaned_data["note"], timezone.now()
    attempt(
        request,
        lambda: rule_on_pair(
            cycle=found.cycle, learner=one, teacher=other, kind=kind, note=note, by=request.user, now=now
        ),
        _("Kept for every draft from now on. This draft stays as it is: make a new one to see what changes."),
    )
    return redirect("office:run_pair", pk, learner, teacher)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft aside."""
    found = run_of(request, pk)
    discard_run(run=found, by=request.user, now=timezone.now())
    messages.success(request, _("The draft is put aside."))
    return redirect("office:matching", found.cycle_id)


@require_safe
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    """Show drafts side by side: who is with whom in each, and what moved."""
    cycle = coordinated(request, pk)
    runs = list(cycle.runs.filter(status__in=[RunStatus.DRAFT, RunStatus.PUBLISHED]).order_by("-pk"))
    asked = {int(key) for key in request.GET.getlist("run") if key.isdecimal() and len(key) < 19}
    chosen = [one for one in runs if one.pk in asked] or runs[:MOST_COMPARED]
    shown = sorted(chosen[:MOST_COMPARED], key=lambda one: one.pk)
    rows = compare(shown)
    page = page_of(request, rows)
    context = {
        "cycle": cycle,
        "runs": runs,
        "shown": shown,
        "page": page,
        "rows": [(row, round(row.gain / UNIT)) for row in page.object_list],
        "moved": sum(row.moved for row in rows),
        "gaining": sum(row.gain > 0 for row in rows),
        "losing": sum(row.gain < 0 for row in rows),
        "totals": [in_points(totals_of(one)) for one in shown],
    }
    return render(request, "office/run_compare.html", context)


def in_points(totals: Totals) -> Totals:
    """Return the figures in points: scores are in thousandths of one."""
    return replace(totals, score=round(totals.score / UNIT), weakest=round(totals.weakest / UNIT))


TWO = "matching/runs/<int:pk>/<int:learner>/<int:teacher>/"

urlpatterns = [
    path("cycles/<int:pk>/matching/compare/", compared, name="compare_runs"),
    path("matching/runs/<int:pk>/", run, name="run"),
    path("matching/runs/<int:pk>/discard/", discard, name="discard_run"),
    path("matching/runs/<int:pk>/partners/<int:application>/", candidates, name="run_candidates"),
    path(TWO, pair, name="run_pair"),
    path(f"{TWO}add/", add, name="add_pair"),
    path(f"{TWO}remove/", remove, name="remove_pair"),
    path(f"{TWO}rule/<slug:kind>/", rule, name="rule_on_pair"),
]
