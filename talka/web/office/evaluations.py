"""What a cohort said in an evaluation: figures without names, and words for the coordinators alone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.blueprints.exchanges import Evaluation
from talka.impact.queries import evaluation_figures
from talka.programmes.models import Cycle
from talka.reports.queries import answered_counts, texts_in
from talka.web.office.cycles_found import run_cycle
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.impact_words import Shown, all_tables_of
from talka.web.templatetags.words import said


def _found(request: HttpRequest, pk: int, key: str) -> tuple[Cycle, Evaluation]:
    """Return an evaluation of a cycle that the reader coordinates. Raises Http404."""
    cycle = run_cycle(request, pk)
    evaluation = next((one for one in cycle.plan.evaluations if one.key == key), None)
    if evaluation is None:
        raise Http404
    return cycle, evaluation


def _tables(cycle: Cycle, evaluation: Evaluation) -> list[Shown]:
    return all_tables_of(evaluation_figures(cycle, evaluation))


@require_safe
def evaluation(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show what was answered: each choice counted, each text alone."""
    cycle, found = _found(request, pk, key)
    answered, asked = answered_counts(cycle).get(key, (0, 0))
    context = {
        "cycle": cycle,
        "evaluation": found,
        "answered": answered,
        "asked": asked,
        "tables": _tables(cycle, found),
        "texts": texts_in(cycle, found),
    }
    return render(request, "office/evaluation_summary.html", context)


@require_safe
def export(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Hand out the figures as a spreadsheet; the words stay on the page."""
    cycle, found = _found(request, pk, key)
    rows = [row for table in _tables(cycle, found) for row in _rows(table)]
    header = [_("Question"), _("Answer"), _("People")]
    name = f"{key}-{cycle.slug}"
    return spreadsheet({said(found.name): (header, rows)}, name=name)


def _rows(table: Shown) -> list[list[Any]]:
    if not table.lines:
        return [[table.title.text, table.note, None]]
    return [[table.title.text, line.label.text, line.text] for line in table.lines]


urlpatterns = [
    path("cycles/<int:pk>/evaluations/<slug:key>/", evaluation, name="evaluation"),
    path("cycles/<int:pk>/evaluations/<slug:key>/figures.xlsx", export, name="evaluation_export"),
]
