"""The record of a programme's work, and the reports that are written from it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.forms.kinds import DayField
from talka.impact.actions import (
    NothingToSay,
    discard_work_report,
    edit_work_report,
    publish_work_report,
    start_work_report,
)
from talka.impact.lifecycle import WorkReportStatus
from talka.impact.models import WorkReport
from talka.impact.queries.record import lines_between
from talka.impact.queries.work import figures_between
from talka.kernel.models import Overtaken
from talka.kernel.windows import add_months
from talka.programmes.models import Programme
from talka.web.office.pages import edited_programme
from talka.web.office.work_report_forms import WorkReportForm
from talka.web.shared.lists import page_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer
from talka.web.shared.record_words import told
from talka.web.shared.timelines import today_in
from talka.web.shared.work_words import shown_parts


class PeriodForm(forms.Form):
    """Asks for the days of a period."""

    use_required_attribute = False
    first = DayField(label=gettext_lazy("From"))
    last = DayField(label=gettext_lazy("Until"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given = super().clean() or {}
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            self.add_error("last", _("The last day is before the first."))
        return given


def _last_year(programme: Programme) -> dict[str, date]:
    """Return the twelve whole months before this one."""
    this_month = today_in(programme.zone, timezone.now()).replace(day=1)
    return {"first": add_months(this_month, -12), "last": this_month - timedelta(days=1)}


@require_safe
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the programme did in a period, line by line and in figures, and its reports."""
    programme = edited_programme(request, slug)
    usual = _last_year(programme)
    form = PeriodForm(request.GET if "first" in request.GET else usual)
    days = form.cleaned_data if form.is_valid() else usual
    first, last, now = days["first"], days["last"], timezone.now()
    page = page_of(request, lines_between(programme, first, last, now=now))
    reports = programme.work_reports.exclude(status=WorkReportStatus.DISCARDED)
    context = {
        "programme": programme,
        "form": form,
        "days": days,
        "page": page,
        "lines": told(page),
        "parts": shown_parts(figures_between(programme, first, last, now=now), {}),
        "reports": reports.order_by("-ends_on", "-pk"),
    }
    return render(request, "office/record.html", context)


@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a report about a period."""
    programme = edited_programme(request, slug)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the first and the last day of the period."))
        return redirect("office:record", slug)
    report = start_work_report(
        programme=programme,
        title=_("What we did"),
        starts_on=form.cleaned_data["first"],
        ends_on=form.cleaned_data["last"],
        language=get_language() or "en",
        by=request.user,
        now=timezone.now(),
    )
    return redirect("office:work_report", report.pk)


def _report(request: HttpRequest, pk: int) -> WorkReport:
    """Return a report of a programme that the reader coordinates. Raises Http404."""
    own = Programme.objects.run_by(request.user, "coordinator").values("pk")
    found = WorkReport.objects.filter(programme__in=own).exclude(status=WorkReportStatus.DISCARDED)
    report = get_object_or_404(found.select_related("programme", "replaces"), pk=pk)
    require(request, "impact.publish", report)
    return report


@require_http_methods(["GET", "HEAD", "POST"])
def work_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the words of a report beside its figures; a published one is only read."""
    report, theirs = _report(request, pk), None
    if report.status == WorkReportStatus.PUBLISHED:
        return redirect(report)
    days = (report.starts_on, report.ends_on)
    figures = figures_between(report.programme, *days, now=timezone.now())
    form = WorkReportForm(request.POST or None, report=report, figures=figures)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, report, form)
        except Overtaken:
            theirs = _theirs(newer(form, WorkReport.objects.get(pk=pk)), form)
        else:
            messages.success(request, _("Saved. Nobody else sees it before it is published."))
            return redirect("office:work_report", pk)
    context = {"report": report, "programme": report.programme, "parts": form.parts(), "theirs": theirs}
    return answer_form(request, "office/work_report.html", form, **context)


def _save(request: HttpRequest, report: WorkReport, form: WorkReportForm) -> None:
    edit_work_report(
        report=report,
        values=form.values(),
        version=form.cleaned_data["version"],
        by=request.user,
        now=timezone.now(),
    )


def _theirs(now: WorkReport, form: WorkReportForm) -> list[tuple[Any, str]]:
    """List what somebody else has written meanwhile, where it differs."""
    return form.differences(now)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a report as it stands."""
    report = _report(request, pk)
    try:
        publish_work_report(report=report, version=_version(request), by=request.user, now=timezone.now())
    except Overtaken:
        messages.error(request, _("Somebody else wrote in it meanwhile. Read it again, then publish it."))
    except NothingToSay:
        messages.error(request, _("There is nothing in it yet: write a sentence, or choose other days."))
    else:
        messages.success(request, _("Published. What stands there never changes."))
        return redirect(report)
    return redirect("office:work_report", pk)


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    report = _report(request, pk)
    discard_work_report(report=report, by=request.user, now=timezone.now())
    messages.success(request, _("The draft is gone."))
    return redirect("office:record", report.programme.slug)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a report that takes the place of a published one."""
    report = _report(request, pk)
    begun = start_work_report(
        programme=report.programme,
        title=report.title,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        language=report.language,
        by=request.user,
        now=timezone.now(),
        replaces=report,
    )
    return redirect("office:work_report", begun.pk)


urlpatterns = [
    path("programmes/<slug:slug>/record/", record, name="record"),
    path("programmes/<slug:slug>/record/start/", start, name="work_report_start"),
    path("work-reports/<int:pk>/", work_report, name="work_report"),
    path("work-reports/<int:pk>/publish/", publish, name="work_report_publish"),
    path("work-reports/<int:pk>/discard/", discard, name="work_report_discard"),
    path("work-reports/<int:pk>/correct/", correct, name="work_report_correct"),
]
