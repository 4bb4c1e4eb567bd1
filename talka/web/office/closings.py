"""The coordinators' last look at an exchange: closed, corrected, reopened."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange
from talka.exchanges.queries import SIDE
from talka.kernel.models import Entry, Overtaken
from talka.programmes.models import Cycle
from talka.reports.actions import Refused, close_exchange, edit_closing, reopen_exchange
from talka.reports.queries import SEATS
from talka.web.office.report_forms import FIELDS, closing_form, closing_values, more_form
from talka.web.shared.may import require
from talka.web.shared.overtaken import keep_typing
from talka.web.templatetags.words import reason

CLOSABLE = (ExchangeStatus.VISITED, ExchangeStatus.CANCELLED)


def _exchange(request: HttpRequest, pk: int) -> Exchange:
    cycles = Cycle.objects.run_by(request.user, "coordinator").values("pk")
    found = Exchange.objects.between_sides().filter(match__cycle__in=cycles)
    related = found.select_related("plan", "closing", "match__cycle__programme")
    exchange = get_object_or_404(
        related.prefetch_related(
            SEATS,
            "reports__sheet__form_version",
            *(f"reports__{name}" for name in SIDE),
        ),
        pk=pk,
    )
    require(request, "exchange.close", exchange)
    return exchange


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an exchange, or correct what was written when it was closed."""
    exchange = _exchange(request, pk)
    form, more = closing_form(exchange, request.POST or None), more_form(exchange, request.POST or None)
    theirs: dict[str, Any] = {}
    if request.method == "POST" and all([form.is_valid(), more is None or more.is_valid()]):
        try:
            _keep(request, exchange, form, more)
        except Refused as refused:
            form.add_error(None, reason(refused.reasons[0]))
        except Overtaken:
            theirs = _catch_up(exchange, form)
        else:
            messages.success(request, _("Kept. The exchange is closed."))
            return redirect("office:reports", exchange.match.cycle_id)
    failed = bool(form.errors or (more is not None and more.errors))
    status = 409 if theirs else 422 if failed else 200
    return render(request, "office/closing.html", _context(exchange, form, more, theirs), status=status)


def _keep(request: HttpRequest, exchange: Exchange, form: Any, more: Any) -> None:
    words = {name: form.cleaned_data[name] for name in FIELDS} | {"answers": more.answers() if more else {}}
    by, now = request.user, timezone.now()
    if exchange.status == ExchangeStatus.CLOSED:
        version = form.cleaned_data["version"] or 0
        edit_closing(closing=exchange.closing, words=words, version=version, by=by, now=now)
    else:
        close_exchange(exchange=exchange, words=words, by=by, now=now)


def _catch_up(exchange: Exchange, form: Any) -> dict[str, Any]:
    """Return what somebody else kept meanwhile; sent once more, the form replaces it."""
    exchange.closing.refresh_from_db()
    kept = closing_values(exchange.closing)
    keep_typing(form, kept["version"])
    words = {name: kept[name] for name in FIELDS}
    return {str(form.fields[name].label): text for name, text in words.items() if text}


def _context(exchange: Exchange, form: Any, more: Any, theirs: dict[str, Any]) -> dict[str, Any]:
    reports = list(exchange.reports.all())
    return {
        "exchange": exchange,
        "cycle": exchange.match.cycle,
        "form": form,
        "more": more,
        "theirs": theirs.items(),
        "reports": reports,
        "waiting": [one for one in reports if one.status != "accepted"],
        "is_closable": exchange.status in CLOSABLE,
        "is_closed": exchange.status == ExchangeStatus.CLOSED,
        "entries": Entry.objects.about(exchange).select_related("actor"),
    }


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a closed exchange up again."""
    exchange = _exchange(request, pk)
    try:
        reopen_exchange(exchange=exchange, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, reason(refused.reasons[0]))
    else:
        messages.success(request, _("The exchange is open again. What was written is kept."))
    return redirect("office:closing", exchange.pk)


urlpatterns = [
    path("exchanges/<int:pk>/closing/", closing, name="closing"),
    path("exchanges/<int:pk>/reopen/", reopen, name="exchange_reopen"),
]
