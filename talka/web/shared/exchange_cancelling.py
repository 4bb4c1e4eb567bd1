"""Calling an exchange off: one page for participants and for coordinators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from talka.exchanges.lifecycle import EXCHANGE
from talka.travel.actions import cancel_exchange
from talka.web.shared.exchange_forms import CancelForm
from talka.web.shared.exchange_story import exchange_of
from talka.web.shared.may import require


def answer_cancelling(request: HttpRequest, pk: int, *, page: str) -> HttpResponse:
    """Ask for the reason, and call the exchange off; `page` names where one came from."""
    exchange = exchange_of(request, pk)
    require(request, "exchange.cancel", exchange)
    EXCHANGE.target("cancel", exchange.status)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        cancel_exchange(exchange=exchange, reason=reason, by=request.user, now=timezone.now())
        messages.success(request, _("The exchange is cancelled. Both sides and the coordinators are told."))
        return redirect(page, pk)
    context = {"exchange": exchange, "form": form, "page": page}
    return render(request, "shared/exchange_cancel.html", context, status=422 if form.errors else 200)
