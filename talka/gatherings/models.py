"""Dated meetings that many attend, and who signed up."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.kernel.models import Versioned
from talka.kernel.wording import say
from talka.programmes.models import Cycle


class GatheringKind(models.TextChoices):
    INTRODUCTORY = "introductory", _("Introductory meeting")


class Gathering(Versioned):
    """A dated meeting many attend; its kind says which."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="gatherings")
    kind = models.CharField(max_length=20, choices=GatheringKind.choices)
    title = models.JSONField(_("title"))
    description = models.JSONField(_("description"), default=dict)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    zone = models.CharField(_("time zone"), max_length=60)
    # Shown to those who signed up, not on the public page.
    link = models.URLField(_("address of the meeting"), max_length=400, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("gathering")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="gathering_in_order"
            )
        ]

    def __str__(self) -> str:
        return say(self.title, get_language() or "en").text


class Registration(models.Model):
    """Somebody means to come to a gathering."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="registrations")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    question = models.TextField(_("a question for the meeting"), blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), "gathering", name="registration_once")
        ]

    def __str__(self) -> str:
        return self.name
