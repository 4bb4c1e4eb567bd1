"""Who travels, and what those who look after them need to know."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.exchanges.models.exchanges import Exchange
from talka.kernel.models import Versioned


class Traveller(Versioned):
    """A representative who travels. Yes and no are asked, never the number of a document."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="travellers")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="travels")
    travels_from = models.CharField(_("city you travel from"), max_length=120, blank=True)
    has_passport = models.BooleanField(_("has a valid passport or identity card"), null=True, blank=True)
    needs_visa = models.BooleanField(_("needs a visa"), null=True, blank=True)
    needs_letter = models.BooleanField(_("needs a letter of invitation"), default=False)
    wishes = models.TextField(_("what the bookings should take into account"), blank=True)
    # Seen by the hosts' representatives and coordinators from approval until shortly after the visit.
    emergency_name = models.CharField(_("emergency contact"), max_length=120, blank=True)
    emergency_phone = models.CharField(_("their telephone number"), max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "account"], name="traveller_once")]

    def __str__(self) -> str:
        return f"traveller {self.pk}"
