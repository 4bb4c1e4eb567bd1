"""What coordinators do about travel: bookings, letters of invitation, cancellations."""

from talka.travel.actions.bookings import (
    approve_booking,
    book_booking,
    cancel_booking,
    pay_booking,
    quote_and_approve,
    quote_booking,
)
from talka.travel.actions.cancelling import cancel_exchange, remove_traveller, withdraw_application
from talka.travel.actions.invitations import issue_invitation
from talka.travel.actions.refusals import Refused

__all__ = [
    "Refused",
    "approve_booking",
    "book_booking",
    "cancel_booking",
    "cancel_exchange",
    "issue_invitation",
    "pay_booking",
    "quote_and_approve",
    "quote_booking",
    "remove_traveller",
    "withdraw_application",
]
