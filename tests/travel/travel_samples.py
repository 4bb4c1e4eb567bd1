"""Bookings for tests."""

from decimal import Decimal

from talka.travel.actions import approve_booking, book_booking, quote_booking
from talka.travel.models import Booking


def quoted(amount="100", **fields):
    """Return what is quoted: a train in euros, unless the fields say otherwise."""
    given = {"kind": "travel", "description": "Train", "currency": "EUR", "amount": Decimal(amount)}
    return given | fields


def quote(exchange, cleo, now, amount="100", **fields):
    """Quote a booking in euros unless the fields say otherwise."""
    return quote_booking(exchange=exchange, by=cleo, now=now, **quoted(amount, **fields))


def booked(exchange, cleo, now, amount="100", **fields):
    """Quote, approve and book."""
    booking = quote(exchange, cleo, now, amount, **fields)
    approve_booking(booking=booking, by=cleo, now=now)
    book_booking(booking=booking, reference="ABC", by=cleo, now=now)
    return Booking.objects.get(pk=booking.pk)
