"""A booking on its way: quoted, approved within the budget, booked, paid; or cancelled."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from talka.exchanges.models import Exchange, Traveller
from talka.kernel.ledger import move, record
from talka.programmes.models import Cycle
from talka.travel.actions.refusals import Refused, hold_unlocked, refuse_stranger
from talka.travel.lifecycle import BOOKING
from talka.travel.models import Booking
from talka.travel.rules import MOST, in_budget, known_currency, left_of, most_kept


@transaction.atomic
def quote_booking(
    *,
    exchange: Exchange,
    kind: str,
    description: str,
    amount: Decimal,
    currency: str,
    by: Any,
    now: datetime,
    rate: Decimal = Decimal(1),
    traveller: Traveller | None = None,
    by_car: bool = False,
    reason: str = "",
) -> Booking:
    """Write down what something would cost, in its own currency and in the budget's.

    `rate` is units of the budget's currency for one unit of the booking's. Raises Refused when
    the plan is not approved, the cost is not covered, the currency or the amount cannot be, or a
    journey by car has no reason.
    """
    held = hold_unlocked(exchange.pk, "quote")
    cycle = held.match.cycle
    _refuse_kind(cycle, kind)
    if traveller is not None:
        refuse_stranger(traveller, held)
    if by_car and not reason.strip():
        raise Refused("travel.car_without_reason")
    booking = Booking.objects.create(
        exchange=held,
        kind=kind,
        traveller=traveller,
        description=description,
        reason=reason.strip() if by_car else "",
        amount=amount,
        currency=currency,
        rate=rate,
        amount_in_budget=_amount_in_budget(cycle, amount, currency, rate),
        quoted_by=by,
        quoted_at=now,
    )
    record(booking, "quote", by=by, now=now)
    return booking


def _refuse_kind(cycle: Cycle, kind: str) -> None:
    costs = {cost.key: cost for cost in cycle.plan.costs}
    if kind not in costs:
        raise Refused("travel.unknown_kind")
    if not costs[kind].covered:
        raise Refused("travel.not_covered", kind=dict(costs[kind].name))


def _amount_in_budget(cycle: Cycle, amount: Decimal, currency: str, rate: Decimal) -> Decimal:
    if not known_currency(currency):
        raise Refused("travel.unknown_currency", currency=currency)
    if currency == cycle.currency and rate != 1:
        raise Refused("travel.rate_of_same_currency", currency=currency)
    if amount < 0 or rate <= 0 or max(amount, amount * rate) > MOST:
        raise Refused("travel.amount_out_of_range")
    return in_budget(amount, rate)


@transaction.atomic
def approve_booking(*, booking: Booking, by: Any, now: datetime) -> None:
    """Set the amount aside in the cycle's budget. Raises Refused when less than that is left.

    The cycle's row is locked first, so that of several approvals that each would still fit the
    last one to come sees what the others took.
    """
    cycle = Cycle.objects.select_for_update().get(pk=booking.exchange.match.cycle_id)
    hold_unlocked(booking.exchange_id, "approve")
    held = Booking.objects.select_for_update().get(pk=booking.pk)
    BOOKING.target("approve", held.status)
    counted = Booking.objects.of_cycle(cycle).counted().values_list("amount_in_budget", flat=True)
    left = left_of(cycle.budget, counted)
    if held.amount_in_budget > left:
        raise Refused("travel.over_budget", left=str(left), currency=cycle.currency)
    move(held, "approve", by=by, now=now)


@transaction.atomic
def quote_and_approve(*, exchange: Exchange, by: Any, now: datetime, **quote: Any) -> Booking:
    """Quote a booking and set its amount aside at once; where one of the two is refused, neither is done.

    It takes what `quote_booking` takes, and raises Refused as both do. The cycle's row is locked first.
    """
    Cycle.objects.select_for_update().get(pk=exchange.match.cycle_id)
    booking = quote_booking(exchange=exchange, by=by, now=now, **quote)
    approve_booking(booking=booking, by=by, now=now)
    booking.refresh_from_db()
    return booking


@transaction.atomic
def book_booking(*, booking: Booking, reference: str, by: Any, now: datetime) -> None:
    """Write down that an approved booking was made, with its reference. Raises Refused."""
    hold_unlocked(booking.exchange_id, "book")
    held = Booking.objects.select_for_update().get(pk=booking.pk)
    move(held, "book", by=by, now=now)
    held.reference = reference
    held.save_version(held.version, ["reference"])


@transaction.atomic
def pay_booking(*, booking: Booking, by: Any, now: datetime) -> None:
    """Write down that a booking was paid. Raises Refused."""
    hold_unlocked(booking.exchange_id, "pay")
    move(Booking.objects.select_for_update().get(pk=booking.pk), "pay", by=by, now=now)


@transaction.atomic
def cancel_booking(
    *, booking: Booking, note: str, by: Any, now: datetime, still_costs: Decimal = Decimal(0)
) -> None:
    """Cancel a booking, at any time, and keep in the budget what it still costs.

    Raises Refused when that is below zero or more than the booking cost.
    """
    Cycle.objects.select_for_update().get(pk=booking.exchange.match.cycle_id)
    held = Booking.objects.select_for_update().get(pk=booking.pk)
    most = most_kept(held.status, held.amount_in_budget)
    if not 0 <= still_costs <= most:
        raise Refused("travel.cannot_still_cost", most=str(most))
    move(held, "cancel", by=by, now=now, note=note)
    held.amount_in_budget = still_costs
    held.save_version(held.version, ["amount_in_budget"])
