"""Reports and evaluations as coordinators see them: who owes one, what was handed in or returned."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.forms.models import Form
from talka.forms.reading import answers_for
from talka.kernel.models import Entry
from talka.programmes.models import Cycle
from talka.reports.actions import Refused, accept_report, reopen_report, return_report
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import ON_A_VISIT, Evidence, Report, ReportQuerySet
from talka.reports.queries import (
    SEATS_OF_EXCHANGE,
    answered_counts,
    coordinators_question,
    evaluation_of,
    exchanges_of,
    partner_of,
    reports_of,
)
from talka.web.office.cycles_found import run_cycle
from talka.web.office.exchanges import waits_for
from talka.web.office.report_forms import QuestionForm, ReportListForm
from talka.web.shared.downloads import download
from talka.web.shared.lists import page_of
from talka.web.shared.may import require
from talka.web.shared.timelines import today_in
from talka.web.templatetags.words import reason, said

OWED = (ReportStatus.DRAFT, ReportStatus.RETURNED)


def run_reports(request: HttpRequest) -> ReportQuerySet:
    """Find the reports and evaluations of cycles that the reader coordinates."""
    cycles = Cycle.objects.run_by(request.user, "coordinator").values("pk")
    related = (
        "exchange__plan",
        "exchange__match__cycle__programme",
        "seat__application__community",
        "seat__application__person",
        "sheet__form_version",
    )
    found = Report.objects.filter(exchange__match__cycle__in=cycles).select_related(*related)
    return found.prefetch_related(SEATS_OF_EXCHANGE)


@require_safe
def reports(request: HttpRequest, pk: int) -> HttpResponse:
    """List the reports of a cycle, the earliest due first, and the exchanges to be closed."""
    cycle = run_cycle(request, pk)
    today = today_in(cycle.programme.zone, timezone.now())
    kinds = kinds_of(cycle)
    form = ReportListForm(request.GET, kinds=kinds)
    page = page_of(request, _narrowed(cycle, form, today))
    forms = {form.key: form for form in cycle.forms.all()}
    context = {
        "cycle": cycle,
        "form": form,
        "page": page,
        "rows": [(one, kinds.get(one.key, one.key)) for one in page],
        "evaluations": _evaluations(cycle, forms),
        "today": today,
        "owed": OWED,
        "questions": forms.get(cycle.plan.report.form) if cycle.plan.report else None,
    }
    return render(request, "office/reports.html", context | _closings(request, cycle))


def _closings(request: HttpRequest, cycle: Cycle) -> dict[str, Any]:
    found = exchanges_of(cycle).filter(status__in=["visited", "cancelled", "closed"])
    page = page_of(request, found)
    return {"exchanges": page, "closings": [(one, waits_for(one)) for one in page]}


def _evaluations(cycle: Cycle, forms: Mapping[str, Form]) -> list[dict[str, Any]]:
    """List the evaluations of a cycle: how many have answered, of how many, and where its questions are."""
    counts = answered_counts(cycle) if cycle.plan.evaluations else {}
    listed = [(one, *counts.get(one.key, (0, 0))) for one in cycle.plan.evaluations]
    return [
        {"asked_in": one, "answered": answered, "asked": asked, "questions": forms.get(one.form)}
        for one, answered, asked in listed
    ]


def kinds_of(cycle: Cycle) -> dict[str, str]:
    """Name what the cycle asks its sides for, by key: the report on a visit, and each evaluation."""
    plan = cycle.plan
    on_visits = {ON_A_VISIT: _("Report on a visit")} if plan.report else {}
    return on_visits | {one.key: said(one.name) for one in plan.evaluations}


def _narrowed(cycle: Cycle, form: ReportListForm, today: date) -> ReportQuerySet:
    found = reports_of(cycle).prefetch_related(SEATS_OF_EXCHANGE)
    if not form.is_valid():
        return found
    words, status = form.cleaned_data["q"], form.cleaned_data["status"]
    if words:
        side = "seat__application"
        by_name = Q(**{f"{side}__community__name__icontains": words})
        found = found.filter(by_name | Q(**{f"{side}__person__name__icontains": words}))
    if form.cleaned_data["kind"]:
        found = found.filter(key=form.cleaned_data["kind"])
    if status == "late":
        return found.filter(status__in=OWED, due_on__lt=today)
    return found.filter(status=status) if status else found


def show(request: HttpRequest, report: Report, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    """Draw the page of a report; the answers of a draft stay with those who write it."""
    was_handed_in = report.status not in (ReportStatus.DRAFT, ReportStatus.DROPPED)
    language = get_language() or "en"
    sections: list[Any] = []
    if was_handed_in:
        sections = answers_for(report.sheet, audience="coordinator", language=language)
    context = {
        "report": report,
        "exchange": report.exchange,
        "cycle": report.exchange.match.cycle,
        "partner": partner_of(report),
        "evaluation": evaluation_of(report),
        "was_handed_in": was_handed_in,
        "question": coordinators_question(report),
        "sections": sections,
        "photos": report.evidence.select_related("upload").order_by("pk") if was_handed_in else [],
        "steps": report.next_steps.order_by("due_on", "pk") if was_handed_in else [],
        "follow_ups": report.follow_ups.order_by("months"),
        "form": form,
        "entries": Entry.objects.about(report).select_related("actor"),
    }
    page = "office/report.html" if report.key == ON_A_VISIT else "office/evaluation.html"
    return render(request, page, context, status=status)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report with its photos and next steps, or an evaluation."""
    return show(request, get_object_or_404(run_reports(request), pk=pk), QuestionForm())


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a report."""
    found = get_object_or_404(run_reports(request).on_visits(), pk=pk)
    require(request, "report.accept", found)
    accept_report(report=found, by=request.user, now=timezone.now())
    messages.success(request, _("Accepted. Its writers are told by mail."))
    return redirect("office:report", found.pk)


@require_http_methods(["POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a report with a question; also an accepted one, while its exchange is not closed."""
    found = get_object_or_404(run_reports(request).on_visits(), pk=pk)
    require(request, "report.accept", found)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return show(request, found, form, status=422)
    act = reopen_report if found.status == ReportStatus.ACCEPTED else return_report
    try:
        act(report=found, question=form.cleaned_data["question"], by=request.user, now=timezone.now())
    except Refused as refused:
        form.add_error("question", reason(refused.reasons[0]))
        return show(request, found, form, status=422)
    messages.success(request, _("Returned. Its writers get your question by mail."))
    return redirect("office:report", found.pk)


@require_safe
def photo(request: HttpRequest, pk: int, size: str) -> HttpResponseBase:
    """Hand out a photo of a report that was handed in."""
    cycles = Cycle.objects.run_by(request.user, "coordinator").values("pk")
    photos = Evidence.objects.filter(report__exchange__match__cycle__in=cycles)
    found = get_object_or_404(
        photos.exclude(report__status=ReportStatus.DRAFT).select_related("upload"), pk=pk
    )
    return download(found.upload, thumbnail=size == "small")


urlpatterns = [
    path("cycles/<int:pk>/reports/", reports, name="reports"),
    path("reports/<int:pk>/", report, name="report"),
    path("reports/<int:pk>/accept/", accept, name="report_accept"),
    path("reports/<int:pk>/ask/", ask, name="report_ask"),
    path("reports/photos/<int:pk>/", photo, {"size": "large"}, name="photo_file"),
    path("reports/photos/<int:pk>/thumbnail/", photo, {"size": "small"}, name="photo_thumbnail"),
]
