"""Reports as coordinators see them: who owes one, what was handed in, accepted or returned."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.forms.reading import answers_for
from talka.kernel.models import Entry
from talka.programmes.models import Cycle
from talka.reports.actions import Refused, accept_report, reopen_report, return_report
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import Evidence, Report
from talka.reports.queries import (
    SEATS_OF_EXCHANGE,
    coordinators_question,
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
from talka.web.templatetags.words import reason

OWED = (ReportStatus.DRAFT, ReportStatus.RETURNED)


def run_report(request: HttpRequest, pk: int) -> Report:
    """Return a report of a cycle that the reader coordinates. Raises Http404."""
    cycles = Cycle.objects.run_by(request.user, "coordinator").values("pk")
    related = (
        "exchange__plan",
        "exchange__match__cycle__programme",
        "seat__application__community",
        "seat__application__person",
        "sheet__form_version",
    )
    found = Report.objects.filter(exchange__match__cycle__in=cycles).select_related(*related)
    return get_object_or_404(
        found.prefetch_related(SEATS_OF_EXCHANGE),
        pk=pk,
    )


@require_safe
def reports(request: HttpRequest, pk: int) -> HttpResponse:
    """List the reports of a cycle, the earliest due first, and the exchanges to be closed."""
    cycle = run_cycle(request, pk)
    today = today_in(cycle.programme.zone, timezone.now())
    form = ReportListForm(request.GET)
    page = page_of(request, _narrowed(cycle, form, today))
    exchanges = exchanges_of(cycle).filter(status__in=["visited", "cancelled", "closed"])
    closings = page_of(request, exchanges)
    context = {
        "cycle": cycle,
        "form": form,
        "page": page,
        "today": today,
        "owed": OWED,
        "exchanges": closings,
        "closings": [(one, waits_for(one)) for one in closings],
        "questions": cycle.forms.filter(key=cycle.plan.report.form).first() if cycle.plan.report else None,
    }
    return render(request, "office/reports.html", context)


def _narrowed(cycle: Cycle, form: ReportListForm, today: date) -> QuerySet[Report]:
    found = reports_of(cycle).prefetch_related(SEATS_OF_EXCHANGE)
    if not form.is_valid():
        return found
    words, status = form.cleaned_data["q"], form.cleaned_data["status"]
    if words:
        found = found.filter(seat__application__community__name__icontains=words)
    if status == "late":
        return found.filter(status__in=OWED, due_on__lt=today)
    return found.filter(status=status) if status else found


def show(request: HttpRequest, report: Report, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    """Draw the page of a report; the answers of a draft stay with those who write it."""
    was_handed_in = report.status != ReportStatus.DRAFT
    language = get_language() or "en"
    sections: list[Any] = []
    if was_handed_in:
        sections = answers_for(report.sheet, audience="coordinator", language=language)
    context = {
        "report": report,
        "exchange": report.exchange,
        "cycle": report.exchange.match.cycle,
        "partner": partner_of(report),
        "was_handed_in": was_handed_in,
        "question": coordinators_question(report),
        "sections": sections,
        "photos": report.evidence.select_related("upload").order_by("pk") if was_handed_in else [],
        "steps": report.next_steps.order_by("due_on", "pk") if was_handed_in else [],
        "follow_ups": report.follow_ups.order_by("months"),
        "form": form,
        "entries": Entry.objects.about(report).select_related("actor"),
    }
    return render(request, "office/report.html", context, status=status)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report with its photos and next steps."""
    return show(request, run_report(request, pk), QuestionForm())


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a report."""
    found = run_report(request, pk)
    require(request, "report.accept", found)
    accept_report(report=found, by=request.user, now=timezone.now())
    messages.success(request, _("Accepted. Its writers are told by mail."))
    return redirect("office:report", found.pk)


@require_http_methods(["POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a report with a question; also an accepted one, while its exchange is not closed."""
    found = run_report(request, pk)
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
