"""Bookings against the cycle's budget, and letters of invitation."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.exchanges.models import Exchange, Traveller
from talka.kernel.models import Versioned
from talka.programmes.models import Cycle
from talka.travel.lifecycle import BOOKING, BookingStatus
from talka.travel.rules import total_of


class BookingQuerySet(models.QuerySet["Booking"]):
    """Words for finding bookings."""

    def counted(self) -> "BookingQuerySet":
        """Keep those that use the budget: approved, booked or paid, and what a cancelled one still costs."""
        return self.exclude(status=BookingStatus.QUOTED)

    def of_cycle(self, cycle: Cycle) -> "BookingQuerySet":
        """Keep those of the cycle's exchanges."""
        return self.filter(exchange__match__cycle=cycle)

    def total(self) -> Decimal:
        """Add up the amounts in the budget's currency; in Decimal, for SQLite adds as floating point."""
        return total_of(self.values_list("amount_in_budget", flat=True))


class Booking(Versioned):
    """Travel, stay, insurance or hosting, made and paid by coordinators."""

    LIFECYCLE = BOOKING

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="bookings")
    # A key of the blueprint's costs, one that the programme covers.
    kind = models.SlugField(max_length=40)
    traveller = models.ForeignKey(
        Traveller, on_delete=models.SET_NULL, null=True, blank=True, related_name="bookings"
    )
    description = models.CharField(_("what is booked"), max_length=300)
    # Only for travel by car, which is an exception.
    reason = models.TextField(_("reason for the exception"), blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    # Units of the budget's currency for one unit of the booking's.
    rate = models.DecimalField(_("exchange rate"), max_digits=14, decimal_places=6, default=1)
    # Once the booking is cancelled: what it still costs.
    amount_in_budget = models.DecimalField(max_digits=12, decimal_places=2)
    reference = models.CharField(_("booking reference"), max_length=80, blank=True)
    status = models.CharField(max_length=20, choices=BookingStatus.choices, default=BookingStatus.QUOTED)
    quoted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    quoted_at = models.DateTimeField()

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="booking_not_negative"),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="booking_rate_positive"),
        ]

    def __str__(self) -> str:
        return self.description


class InvitationLetter(models.Model):
    """A letter of invitation as it was issued: what it said never changes."""

    traveller = models.ForeignKey(Traveller, on_delete=models.CASCADE, related_name="invitation_letters")
    content = models.JSONField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"letter {self.pk}"
