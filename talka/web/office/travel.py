"""The booking desk: what an exchange costs, and what is left of the cycle's budget."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.exchanges.models import Exchange, Traveller
from talka.kernel.models import Entry
from talka.papers.charts import Bar, bar_chart
from talka.travel.actions import (
    Refused,
    approve_booking,
    book_booking,
    cancel_booking,
    issue_invitation,
    pay_booking,
    quote_and_approve,
    quote_booking,
)
from talka.travel.lifecycle import BookingStatus
from talka.travel.models import Booking
from talka.travel.queries import Budget, bookings_in_words, budget_of, left_in, names_of_costs
from talka.travel.rules import lock_on, next_step
from talka.web.office.cycles_found import run_cycle
from talka.web.office.exchanges import run_exchange
from talka.web.office.travel_forms import CancelBookingForm, QuoteForm, ReferenceForm
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.exchange_story import history_of
from talka.web.shared.may import require
from talka.web.templatetags.words import money, reason

FIELDS = {
    "travel.unknown_currency": "currency",
    "travel.rate_of_same_currency": "rate",
    "travel.amount_out_of_range": "amount",
    "travel.car_without_reason": "reason",
    "travel.cannot_still_cost": "still_costs",
}
"""Beside which field a refusal is said; others are said above the form."""


@require_http_methods(["GET", "HEAD", "POST"])
def bookings(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the bookings of an exchange, and take down a quote, or one that is approved at once."""
    exchange = run_exchange(request, pk)
    form = QuoteForm(request.POST if request.method == "POST" else None, exchange=exchange)
    keep = quote_and_approve if "approve" in request.POST else quote_booking
    if request.method == "POST" and form.is_valid():
        try:
            made = keep(exchange=exchange, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            _mark(form, refused)
        else:
            messages.success(request, _kept(made))
            return redirect(_row_of(made))
    context = _desk(exchange) | {"form": form}
    return render(request, "office/bookings.html", context, status=422 if form.errors else 200)


def _kept(booking: Booking) -> str:
    if booking.status == BookingStatus.APPROVED:
        return _("The quote is kept and approved: the money is set aside.")
    return _("The quote is kept. Approve it to set the money aside.")


def _desk(exchange: Exchange) -> dict[str, Any]:
    cycle = exchange.match.cycle
    return {
        "exchange": exchange,
        "cycle": cycle,
        "left": left_in(cycle),
        "lock": lock_on("quote", exchange_status=exchange.status, plan_status=exchange.plan.status),
        "rows": [(*row, _step(row[0], exchange)) for row in bookings_in_words(exchange)],
    }


def _step(booking: Booking, exchange: Exchange) -> dict[str, Any]:
    """Return what can be done next to a booking, and the form it takes."""
    states = {"exchange_status": exchange.status, "plan_status": exchange.plan.status}
    verb = next_step(booking.status, **states)
    form = ReferenceForm(auto_id=f"booking-{booking.pk}-%s") if verb == "book" else None
    return {"verb": verb, "form": form}


def _row_of(booking: Booking) -> str:
    """Return the address of a booking in the list of its exchange."""
    return f"{reverse('office:bookings', args=[booking.exchange_id])}#booking-{booking.pk}"


def _back(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Lead back to where the reader was: the row in the list, or the booking's own page."""
    return redirect(_row_of(booking)) if "listed" in request.POST else redirect("office:booking", booking.pk)


def _mark(form: Any, refused: Refused) -> None:
    form.add_error(FIELDS.get(refused.reason.key), reason(refused.reason))


def _booking_of(request: HttpRequest, pk: int) -> Booking:
    visible = Exchange.objects.visible_to(request.user).values("pk")
    found = Booking.objects.filter(exchange__in=visible).select_related(
        "exchange__match__cycle", "exchange__plan", "traveller__account"
    )
    booking = get_object_or_404(found, pk=pk)
    require(request, "booking.handle", booking)
    return booking


def _show(request: HttpRequest, booking: Booking, **forms: Any) -> HttpResponse:
    cycle = booking.exchange.match.cycle
    context = {
        "booking": booking,
        "cycle": cycle,
        "kind": names_of_costs(cycle).get(booking.kind, booking.kind),
        "left": left_in(cycle),
        "step": _step(booking, booking.exchange),
        "cancel_form": CancelBookingForm(),
        "entries": history_of(booking),
    }
    return render(request, "office/booking.html", context | forms, status=422 if forms else 200)


@require_safe
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one booking and what can be done next."""
    return _show(request, _booking_of(request, pk))


def _answer(request: HttpRequest, booking: Booking, action: Any, words: str) -> HttpResponse:
    """Do one thing to a booking; a refusal is said on its page."""
    try:
        action(booking=booking, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, reason(refused.reason))
        return redirect("office:booking", booking.pk)
    messages.success(request, words)
    return _back(request, booking)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the money for a booking aside."""
    return _answer(request, _booking_of(request, pk), approve_booking, _("Approved: the money is set aside."))


@require_POST
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that a booking was made."""
    found = _booking_of(request, pk)
    form = ReferenceForm(request.POST)
    if form.is_valid():
        try:
            book_booking(booking=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            _mark(form, refused)
        else:
            messages.success(request, _("Booked. The travellers see it on the page of their exchange."))
            return _back(request, found)
    return _show(request, found, step={"verb": "book", "form": form})


@require_POST
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that a booking was paid."""
    return _answer(request, _booking_of(request, pk), pay_booking, _("Paid."))


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a booking, and keep what it still costs."""
    found = _booking_of(request, pk)
    form = CancelBookingForm(request.POST)
    if form.is_valid():
        try:
            cancel_booking(booking=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            _mark(form, refused)
        else:
            messages.success(request, _("The booking is cancelled."))
            return redirect(_row_of(found))
    return _show(request, found, cancel_form=form)


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a letter of invitation for a traveller."""
    visible = Exchange.objects.visible_to(request.user).values("pk")
    traveller = get_object_or_404(Traveller.objects.filter(exchange__in=visible), pk=pk)
    require(request, "booking.handle", traveller)
    try:
        issue_invitation(traveller=traveller, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, reason(refused.reason))
    else:
        messages.success(request, _("The letter is issued, and the traveller is told."))
    return redirect("office:exchange", traveller.exchange_id)


@require_safe
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of a cycle's budget."""
    cycle = run_cycle(request, pk)
    found = budget_of(cycle)
    history = Entry.objects.about(cycle).select_related("actor")
    context = {"cycle": cycle, "budget": found, "chart": _chart(found), "entries": history}
    return render(request, "office/budget.html", context)


def _chart(budget: Budget) -> str:
    bars = [
        Bar(row.name, float(row.total), shown=money(row.total, budget.currency)) for row in budget.by_kind
    ]
    return bar_chart(
        bars,
        title=_("Costs by kind"),
        description=_("What counts against the budget, by kind of cost. The table below says the same."),
        key="costs",
        direction="rtl" if get_language_bidi() else "ltr",
    )


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out every booking of a cycle as a spreadsheet."""
    cycle = run_cycle(request, pk)
    exchanges = {
        one.pk: str(one) for one in Exchange.objects.between_sides().with_sides().filter(match__cycle=cycle)
    }
    names = names_of_costs(cycle)
    found = Booking.objects.of_cycle(cycle).select_related("traveller__account").order_by("pk")
    rows = [_row(one, exchanges[one.exchange_id], names.get(one.kind, one.kind)) for one in found]
    return spreadsheet({_("Bookings"): (_header(cycle.currency), rows)}, name=f"bookings-{cycle.slug}")


def _header(currency: str) -> list[str]:
    return [
        _("Exchange"),
        _("Kind of cost"),
        _("Traveller"),
        _("What is booked"),
        _("Reason for the exception"),
        _("Amount"),
        _("Currency"),
        _("Exchange rate"),
        _("Counts in the budget (%(currency)s)") % {"currency": currency},
        _("Booking reference"),
        _("Status"),
    ]


def _row(booking: Booking, exchange: str, kind: str) -> list[Any]:
    traveller = booking.traveller
    return [
        exchange,
        kind,
        traveller.account.name if traveller else "",
        booking.description,
        booking.reason,
        booking.amount,
        booking.currency,
        booking.rate,
        booking.amount_in_budget,
        booking.reference,
        booking.get_status_display(),
    ]


urlpatterns = [
    path("exchanges/<int:pk>/bookings/", bookings, name="bookings"),
    path("bookings/<int:pk>/", booking, name="booking"),
    path("bookings/<int:pk>/approve/", approve, name="booking_approve"),
    path("bookings/<int:pk>/book/", book, name="booking_book"),
    path("bookings/<int:pk>/pay/", pay, name="booking_pay"),
    path("bookings/<int:pk>/cancel/", cancel, name="booking_cancel"),
    path("travellers/<int:pk>/invite/", invite, name="invite"),
    path("cycles/<int:pk>/budget/", budget, name="budget"),
    path("cycles/<int:pk>/bookings.xlsx", export, name="budget_export"),
]
