"""The report of one side on a visit, or its evaluation of a mentorship: written, handed in, read."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.exchanges.models import Exchange
from talka.forms.merging import seen_after
from talka.forms.reading import ReadAnswer, answers_for
from talka.kernel.models import Entry
from talka.matching.models import Seat
from talka.reports.actions import (
    Incomplete,
    Refused,
    VisitNotOver,
    answer_evaluation,
    finish_visit,
    save_report,
    submit_report,
)
from talka.reports.models import ON_A_VISIT, Report, ReportQuerySet
from talka.reports.queries import (
    SEATS,
    SEATS_OF_EXCHANGE,
    coordinators_question,
    evaluation_of,
    missing_in,
    partner_of,
)
from talka.web.desk.autosave import answer_script, saves_by_itself, seen_in
from talka.web.desk.gaps import gaps_in_words
from talka.web.desk.report_forms import PhotoForm, StepForm, sheet_form
from talka.web.shared.may import require
from talka.web.templatetags.words import reason


def own_reports(request: HttpRequest) -> ReportQuerySet:
    """Find the reports and evaluations of the sides for which the reader acts."""
    own = Seat.objects.held_by(request.user).values("pk")
    related = (
        "exchange__plan",
        "exchange__match__cycle__programme",
        "seat__application__community",
        "seat__application__person",
        "sheet__form_version",
    )
    found = Report.objects.filter(seat__in=own).select_related(*related)
    # The prefix leads the prefetch from the exchange to its match.
    return found.prefetch_related(SEATS_OF_EXCHANGE)


def own_report(request: HttpRequest, pk: int) -> Report:
    """Return a report on a visit that the reader may write. Raises Http404 and PermissionDenied."""
    return _writable_in(own_reports(request).on_visits(), request, pk)


def _writable_in(reports: ReportQuerySet, request: HttpRequest, pk: int) -> Report:
    report = get_object_or_404(reports, pk=pk)
    require(request, "report.write", report)
    return report


def show(
    request: HttpRequest,
    report: Report,
    *,
    status: int = 200,
    sent: str = "",
    conflicts: tuple[str, ...] = (),
    **forms: Any,
) -> HttpResponse:
    """Draw the page; `forms` holds forms that were sent and are shown with what was typed."""
    language = get_language() or "en"
    sections = answers_for(report.sheet, audience="applicant", language=language)
    exchange, form = report.exchange, sheet_form(report)
    context = {
        "report": report,
        "exchange": exchange,
        "partner": partner_of(report),
        "evaluation": evaluation_of(report),
        "cycle": exchange.match.cycle,
        "asked": exchange.match.cycle.plan.report,
        "today": timezone.localdate(),
        "question": coordinators_question(report),
        "gaps": _gaps(report, form) if report.is_writable else [],
        "photos": report.evidence.select_related("upload").order_by("pk"),
        "steps": report.next_steps.order_by("due_on", "pk"),
        "follow_ups": report.follow_ups.order_by("months"),
        "entries": Entry.objects.about(report).select_related("actor"),
        "sections": sections,
        "sheet_form": form,
        "photo_form": PhotoForm(auto_id="photo_%s"),
        "step_form": StepForm(auto_id="step_%s"),
        "sent": sent,
        "theirs": _theirs(sections, conflicts),
    }
    page = "desk/report.html" if report.key == ON_A_VISIT else "desk/evaluation.html"
    return render(request, page, context | forms, status=status)


def _gaps(report: Report, form: Any) -> list[dict[str, str]]:
    """Say what is missing, each thing with the place where it is put right."""
    return gaps_in_words(missing_in(report), {"answers": form})


def _theirs(sections: Any, conflicts: tuple[str, ...]) -> list[ReadAnswer]:
    return [answer for section in sections for answer in section.answers if answer.key in conflicts]


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report to its side: to be written while it is open, to be read afterwards."""
    return show(request, _writable_in(own_reports(request), request, pk))


@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the answers, as far as they could be read."""
    found, now = _writable_in(own_reports(request), request, pk), timezone.now()
    form, seen = sheet_form(found, request.POST), seen_in(request.POST)
    form.is_valid()
    mine = form.answers()
    try:
        merged = save_report(report=found, answers=mine, seen=seen, by=request.user, now=now)
    except Refused as refused:
        return _refuse(request, found, form, refused, now)
    form.seen = seen_after(seen=seen, mine=mine, kept=found.sheet.answers, merged=merged)
    status = 409 if merged.conflicts else 422 if form.errors else 200
    if saves_by_itself(request):
        return answer_script(form, status=status, now=now, gaps=_gaps(found, form))
    if status == 200:
        messages.success(request, _("Saved."))
        return redirect(f"{found.get_absolute_url()}#answers")
    return show(request, found, status=status, sent="answers", conflicts=merged.conflicts, sheet_form=form)


def _refuse(request: HttpRequest, report: Report, form: Any, refused: Refused, now: datetime) -> HttpResponse:
    """Answer where the room refuses; what was typed is shown with the reasons."""
    words = [reason(one) for one in refused.reasons]
    if saves_by_itself(request):
        return answer_script(form, status=422, now=now, refusals=words)
    for one in words:
        messages.error(request, one)
    return show(request, report, status=422, sheet_form=form, keeps_typed=True)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the report in, or say what it lacks."""
    found = own_report(request, pk)
    try:
        submit_report(report=found, by=request.user, now=timezone.now())
    except Incomplete:
        return show(request, found, status=422, is_incomplete=True)
    messages.success(
        request, _("Handed in. Thank you! The coordinators read it, and you get their answer by mail.")
    )
    return redirect(found)


@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an evaluation in, or say what it lacks."""
    found = _writable_in(own_reports(request).evaluations(), request, pk)
    try:
        answer_evaluation(report=found, by=request.user, now=timezone.now())
    except Incomplete:
        return show(request, found, status=422, is_incomplete=True)
    messages.success(request, _("Handed in. Thank you! The coordinators read it; your partner does not."))
    return redirect(found)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the visit is over, so that both sides can report."""
    visible = (
        Exchange.objects.between_sides()
        .visible_to(request.user)
        .select_related("plan", "match__cycle__programme")
    )
    exchange = get_object_or_404(visible.prefetch_related(SEATS), pk=pk)
    require(request, "visit.finish", exchange)
    try:
        finish_visit(exchange=exchange, by=request.user, now=timezone.now())
    except VisitNotOver as refused:
        messages.error(request, reason(refused.reasons[0]))
    else:
        messages.success(request, _("The visit is done. Both sides are asked for their report."))
    return redirect(exchange)


urlpatterns = [
    path("reports/<int:pk>/", report, name="report"),
    path("reports/<int:pk>/answers/", answers, name="report_answers"),
    path("reports/<int:pk>/submit/", submit, name="report_submit"),
    path("reports/<int:pk>/hand-in/", hand_in, name="evaluation_hand_in"),
    path("exchanges/<int:pk>/finish/", finish, name="visit_finish"),
]
