"""Reads about travel, ready for a page: the bookings of an exchange, and a cycle's budget."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from talka.exchanges.models import Exchange
from talka.kernel.speech import noted
from talka.kernel.wording import say
from talka.programmes.models import Cycle
from talka.travel.lifecycle import BookingStatus
from talka.travel.models import Booking
from talka.travel.rules import left_of, total_of


@dataclass(frozen=True)
class Spending:
    """What a kind of cost or an exchange takes, by where its bookings stand; `total` is what counts."""

    key: Any
    name: str
    quoted: Decimal
    approved: Decimal
    booked: Decimal
    paid: Decimal
    cancelled: Decimal
    total: Decimal


@dataclass(frozen=True)
class Budget:
    """A cycle's budget and what became of it, all in its currency."""

    amount: Decimal
    currency: str
    by_kind: tuple[Spending, ...]
    by_exchange: tuple[Spending, ...]
    whole: Spending
    left: Decimal


def names_of_costs(cycle: Cycle) -> dict[str, str]:
    """Return the kinds of cost that the programme covers, by key, in the reader's language."""
    language = get_language() or "en"
    return {cost.key: noted(say(cost.name, language)) for cost in cycle.plan.costs if cost.covered}


def left_in(cycle: Cycle) -> Decimal:
    """Return what the cycle's budget still holds."""
    counted = Booking.objects.of_cycle(cycle).counted()
    return left_of(cycle.budget, counted.values_list("amount_in_budget", flat=True))


def bookings_of(exchange: Exchange) -> list[Booking]:
    """List the bookings of an exchange, oldest first, those cancelled last."""
    found = list(exchange.bookings.select_related("traveller__account", "quoted_by").order_by("pk"))
    return sorted(found, key=lambda booking: booking.status == BookingStatus.CANCELLED)


def bookings_made_for(exchange: Exchange) -> list[tuple[Booking, str]]:
    """List what participants may know of: what was decided or made, never a mere quote."""
    return [
        (booking, name)
        for booking, name in bookings_in_words(exchange)
        if booking.status in (BookingStatus.APPROVED, BookingStatus.BOOKED, BookingStatus.PAID)
        or booking.reference
    ]


def bookings_in_words(exchange: Exchange) -> list[tuple[Booking, str]]:
    """List the bookings of an exchange, each with the name of its kind of cost."""
    names = names_of_costs(exchange.match.cycle)
    return [(booking, names.get(booking.kind, booking.kind)) for booking in bookings_of(exchange)]


def budget_of(cycle: Cycle) -> Budget:
    """Add up what a cycle's bookings take, by kind of cost and by exchange."""
    bookings = list(Booking.objects.of_cycle(cycle))
    kinds = names_of_costs(cycle)
    exchanges = {
        exchange.pk: str(exchange)
        for exchange in Exchange.objects.between_sides()
        .with_sides()
        .filter(match__cycle=cycle)
        .order_by("pk")
    }
    return Budget(
        amount=cycle.budget,
        currency=cycle.currency,
        by_kind=_spendings(bookings, kinds, lambda booking: booking.kind),
        by_exchange=_spendings(bookings, exchanges, lambda booking: booking.exchange_id),
        whole=_spending(None, "", bookings),
        left=left_of(cycle.budget, _counted(bookings)),
    )


def _spendings(
    bookings: list[Booking], names: dict[Any, str], key_of: Callable[[Booking], Any]
) -> tuple[Spending, ...]:
    return tuple(
        _spending(key, name, [booking for booking in bookings if key_of(booking) == key])
        for key, name in names.items()
    )


def _spending(key: Any, name: str, bookings: list[Booking]) -> Spending:
    def at(status: str) -> Decimal:
        return total_of(booking.amount_in_budget for booking in bookings if booking.status == status)

    return Spending(
        key=key,
        name=name,
        quoted=at(BookingStatus.QUOTED),
        approved=at(BookingStatus.APPROVED),
        booked=at(BookingStatus.BOOKED),
        paid=at(BookingStatus.PAID),
        cancelled=at(BookingStatus.CANCELLED),
        total=total_of(_counted(bookings)),
    )


def _counted(bookings: Iterable[Booking]) -> list[Decimal]:
    return [booking.amount_in_budget for booking in bookings if booking.status != BookingStatus.QUOTED]
