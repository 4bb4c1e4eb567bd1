"""A booking: quoted, approved, booked, paid; or cancelled on the way."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class BookingStatus(TextChoices):
    QUOTED = "quoted", _("Quoted")
    APPROVED = "approved", _("Approved")
    BOOKED = "booked", _("Booked")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")


B = BookingStatus

BOOKING = Lifecycle(
    start=B.QUOTED,
    moves=moves(
        ("approve", B.QUOTED, B.APPROVED),
        ("book", B.APPROVED, B.BOOKED),
        ("pay", B.BOOKED, B.PAID),
        ("cancel", [B.QUOTED, B.APPROVED, B.BOOKED, B.PAID], B.CANCELLED),
    ),
)
