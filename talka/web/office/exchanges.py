"""Exchanges in the office: what each waits for, the plan to approve, and who travels."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.exchanges.actions import PlanIncomplete, approve_plan, reopen_plan
from talka.exchanges.lifecycle import ExchangeStatus, PlanStatus
from talka.exchanges.models import Exchange
from talka.exchanges.queries import SIDE, emergency_contact_is_shown, has_calendar, materials_seen_by
from talka.programmes.models import Cycle
from talka.reports.lifecycle import ReportStatus
from talka.web.office.cycles_found import run_cycle
from talka.web.office.exchange_forms import ExchangeSearchForm, QuestionForm
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.exchange_cancelling import answer_cancelling
from talka.web.shared.exchange_story import exchange_of, story_of
from talka.web.shared.lists import page_of
from talka.web.shared.may import require
from talka.web.templatetags.words import reason


def run_exchange(request: HttpRequest, pk: int) -> Exchange:
    """Return an exchange of a cycle that the reader coordinates. Raises Http404 and PermissionDenied."""
    found = exchange_of(request, pk)
    require(request, "booking.handle", found)
    return found


def waits_for(exchange: Exchange) -> str:
    """Say what an exchange waits for."""
    if exchange.status == ExchangeStatus.PLANNING and exchange.plan.status == PlanStatus.SIGNED:
        return _("you: approve the plan, or ask")
    if exchange.status == ExchangeStatus.VISITED:
        return _waits_for_reports({report.status for report in exchange.reports.all()})
    return {
        ExchangeStatus.PLANNING: _("both sides: write and sign the plan"),
        ExchangeStatus.PLANNED: _("the visit; you book"),
        ExchangeStatus.CLOSED: _("nothing more"),
        ExchangeStatus.CANCELLED: _("nothing more"),
    }[ExchangeStatus(exchange.status)]


def _waits_for_reports(found: set[str]) -> str:
    if found == {ReportStatus.ACCEPTED}:
        return _("you: close it")
    return _("you: read what was handed in") if ReportStatus.SUBMITTED in found else _("both reports")


def _listed(request: HttpRequest, cycle: Cycle) -> tuple[ExchangeSearchForm, Any]:
    form = ExchangeSearchForm(request.GET)
    found = (
        Exchange.objects.visits()
        .filter(match__cycle=cycle)
        .with_sides()
        .prefetch_related("reports")
        .order_by("pk")
    )
    if not form.is_valid():
        return form, found
    if form.cleaned_data["status"]:
        found = found.filter(status=form.cleaned_data["status"])
    for word in form.cleaned_data["q"].split()[:8]:
        community = "match__seats__application__community"
        found = found.filter(
            Q(**{f"{community}__name__icontains": word}) | Q(**{f"{community}__acronym__icontains": word})
        )
    return form, found.distinct()


@require_safe
def exchanges(request: HttpRequest, pk: int) -> HttpResponse:
    """List the visits of a cycle, and what each waits for; mentorships have a board of their own."""
    cycle = run_cycle(request, pk)
    if cycle.plan.mentorship:
        return redirect("office:mentorships", pk)
    form, found = _listed(request, cycle)
    page = page_of(request, found)
    rows = [(exchange, waits_for(exchange)) for exchange in page]
    context = {"cycle": cycle, "form": form, "page": page, "rows": rows}
    return render(request, "office/exchanges.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the same list as a spreadsheet."""
    cycle = run_cycle(request, pk)
    rows = [_row(exchange) for exchange in _listed(request, cycle)[1]]
    return spreadsheet({_("Exchanges"): (_header(), rows)}, name=f"exchanges-{cycle.slug}")


def _header() -> list[str]:
    return [
        _("Mentee"),
        _("Mentor"),
        _("Format"),
        _("Status"),
        _("Plan"),
        _("First day"),
        _("Last day"),
        _("City"),
        _("Waits for"),
    ]


def _row(exchange: Exchange) -> list[Any]:
    plan = exchange.plan
    return [
        str(exchange.mentee),
        str(exchange.mentor),
        exchange.get_format_display(),
        exchange.get_status_display(),
        plan.get_status_display(),
        plan.starts_on,
        plan.ends_on,
        plan.city,
        waits_for(exchange),
    ]


def _show(
    request: HttpRequest, exchange: Exchange, form: QuestionForm | None = None, *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context = {
        "form": form or QuestionForm(),
        "waits": waits_for(exchange),
        "materials": materials_seen_by(exchange.plan, request.user),
        "travellers": exchange.travellers.select_related("account").prefetch_related("invitation_letters"),
        "reports": exchange.reports.select_related(*SIDE).order_by("pk"),
        "has_calendar": has_calendar(exchange),
        "shown": [t.pk for t in exchange.travellers.all() if emergency_contact_is_shown(t, now=now)],
    }
    return render(request, "office/exchange.html", context | story_of(exchange, now=now), status=status)


@require_safe
def exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an exchange to its coordinators."""
    return _show(request, run_exchange(request, pk))


@require_POST
def approve(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Approve the plan that was on the page."""
    found = run_exchange(request, pk)
    require(request, "plan.approve", found)
    try:
        approve_plan(exchange=found, version=version, by=request.user, now=timezone.now())
    except PlanIncomplete as refused:
        messages.error(request, reason(refused.reasons[0]))
        return redirect("office:exchange", pk)
    messages.success(request, _("The plan is approved and both sides are told. You can book now."))
    return redirect("office:bookings", pk)


@require_POST
def send_back(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Send the plan that was on the page back with a question."""
    found = run_exchange(request, pk)
    require(request, "plan.approve", found)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    question = form.cleaned_data["question"]
    reopen_plan(exchange=found, question=question, version=version, by=request.user, now=timezone.now())
    messages.success(request, _("Both sides have your question. They mend the plan and sign it again."))
    return redirect("office:exchange", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call an exchange off, with a reason."""
    run_exchange(request, pk)
    return answer_cancelling(request, pk, page="office:exchange")


urlpatterns = [
    path("cycles/<int:pk>/exchanges/", exchanges, name="exchanges"),
    path("cycles/<int:pk>/exchanges.xlsx", export, name="exchanges_export"),
    path("exchanges/<int:pk>/", exchange, name="exchange"),
    path("exchanges/<int:pk>/approve/<int:version>/", approve, name="plan_approve"),
    path("exchanges/<int:pk>/send-back/<int:version>/", send_back, name="plan_send_back"),
    path("exchanges/<int:pk>/cancel/", cancel, name="exchange_cancel"),
]
