"""A draft as a spreadsheet: for a committee that decides together, and for those who keep papers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.matching.models import DraftPair
from talka.matching.queries.cohort import LEARNS
from talka.matching.queries.drafts import LeftOut, left_out_of, pairs_of, parties_of
from talka.matching.queries.fits import fit_of, lines_of, points_of
from talka.matching.queries.words import Names, names_of, speak, speak_all
from talka.web.office.matching_runs import run_of
from talka.web.shared.downloads import spreadsheet


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the pairs of a draft and who is left out, each with why."""
    run = run_of(request, pk)
    if not run.sealed_outcome:
        return redirect("office:run", pk)
    pairs, names = pairs_of(run), names_of(run.cycle, run)
    left_out = left_out_of(run, pairs, parties_of(run))
    sheets = {
        _("Pairs"): (_pair_header(), [_pair(pair, names) for pair in pairs]),
        _("Left out"): (_left_out_header(), [_left_out(one, names) for one in left_out]),
    }
    return spreadsheet(sheets, name=f"matching-{run.cycle.slug}-{run.pk}")


def _pair_header() -> list[str]:
    return [
        _("Learns"),
        _("Teaches"),
        _("Fit (of 100)"),
        _("Points"),
        _("Why"),
        _("What stands against it"),
        _("By hand"),
    ]


def _pair(pair: DraftPair, names: Names) -> list[Any]:
    return [
        str(pair.learner),
        str(pair.teacher),
        fit_of(pair.parts),
        points_of(pair.score),
        " ".join(line.words for line in lines_of(pair.parts, names) if line.points),
        " ".join(speak_all(pair.warnings, names)),
        _("yes") if pair.is_by_hand else "",
    ]


def _left_out_header() -> list[str]:
    return [_("Name"), _("Part"), _("Why"), _("Smallest change")]


def _left_out(one: LeftOut, names: Names) -> list[str]:
    part = _("wants to learn") if one.part == LEARNS else _("would teach")
    change = speak(one.change, names) if one.change else ""
    return [str(one.application), part, speak(one.reason, names), change]


urlpatterns = [path("matching/runs/<int:pk>/export/", export, name="run_export")]
