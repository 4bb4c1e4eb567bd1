"""Dated meetings that many attend, and who signed up."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.kernel.models import Versioned
from talka.kernel.wording import say
from talka.programmes.models import Cycle


class GatheringKind(models.TextChoices):
    INTRODUCTORY = "introductory", _("Introductory meeting")


class GatheringQuerySet(models.QuerySet["Gathering"]):
    """Words for finding gatherings."""

    def visible_to(self, account: Any) -> "GatheringQuerySet":
        """Keep those of cycles that the person may know of."""
        return self.filter(cycle__in=Cycle.objects.visible_to(account))

    def coming(self, now: datetime) -> "GatheringQuerySet":
        """Keep those that are not over and were not cancelled, the next one first."""
        return self.filter(ends_at__gt=now, cancelled_at__isnull=True).order_by("starts_at")


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

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("gathering")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="gathering_in_order"
            )
        ]

    def __str__(self) -> str:
        return say(self.title, get_language() or "en").text

    def get_absolute_url(self) -> str:
        """Return the address of the gathering's public page."""
        return reverse("public:gathering", args=[self.pk])

    def takes_registrations(self, now: datetime) -> bool:
        """Tell whether people can still sign up."""
        return self.cancelled_at is None and now < self.ends_at


class Registration(models.Model):
    """Somebody means to come to a gathering."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="registrations")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    # The language of the letters that follow.
    language = models.CharField(max_length=20, default="en")
    question = models.TextField(_("a question for the meeting"), blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), "gathering", name="registration_once")]

    def __str__(self) -> str:
        return self.name
