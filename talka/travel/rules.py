"""When bookings are locked, what an amount is in the budget's currency, and what is left."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import is_currency

from talka.kernel.reasons import Reason

CENT = Decimal("0.01")
MOST = Decimal("9999999999.99")
"""The largest amount that a column of the budget holds."""

NEXT = {"quoted": "approve", "approved": "book", "booked": "pay"}
"""What is done next to a booking, by its status."""


def next_step(status: str, *, exchange_status: str, plan_status: str) -> str:
    """Name what can be done next to a booking; empty where nothing can, or may now."""
    verb = NEXT.get(status, "")
    locked = verb and lock_on(verb, exchange_status=exchange_status, plan_status=plan_status)
    return "" if locked else verb


def lock_on(verb: str, *, exchange_status: str, plan_status: str) -> Reason | None:
    """Say why nothing may be done to bookings now, or None where it may.

    Before the plan is approved everything is locked, quotes too; a change of the plan locks it
    again. What was booked can still be paid after the visit, or after its cancellation.
    """
    if verb == "pay" and exchange_status in ("cancelled", "closed"):
        return None
    if exchange_status in ("cancelled", "closed"):
        return Reason("travel.exchange_is_over")
    if plan_status != "approved":
        return Reason("travel.plan_not_approved")
    return None


def known_currency(code: str) -> bool:
    """Tell whether the three letters are a currency of ISO 4217."""
    return len(code) == 3 and code.isascii() and code.isupper() and bool(is_currency(code))


def in_budget(amount: Decimal, rate: Decimal) -> Decimal:
    """Return an amount in the budget's currency, rounded to the cent, halves up.

    The rate is units of the budget's currency for one unit of the amount's.
    """
    return (amount * rate).quantize(CENT, rounding=ROUND_HALF_UP)


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    """Add amounts up exactly, to the cent."""
    return sum(amounts, Decimal(0)).quantize(CENT)


def left_of(budget: Decimal, amounts: Iterable[Decimal]) -> Decimal:
    """Return what a budget still holds; below zero when it was lowered later."""
    return (budget - total_of(amounts)).quantize(CENT)


def most_kept(status: str, amount_in_budget: Decimal) -> Decimal:
    """Return the most that a booking can still cost once it is cancelled: nothing before it was booked."""
    return amount_in_budget if status in ("booked", "paid") else Decimal(0)
