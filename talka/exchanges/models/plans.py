"""The joint plan, and what belongs to it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.exchanges.lifecycle import PLAN, PlanStatus
from talka.exchanges.models.exchanges import Exchange
from talka.files.models import Upload
from talka.kernel.models import Versioned
from talka.matching.models import Seat


class Plan(Versioned):
    """What the parties agree to do. Nothing is booked before it is approved."""

    LIFECYCLE = PLAN

    exchange = models.OneToOneField(Exchange, on_delete=models.CASCADE, related_name="plan")
    status = models.CharField(max_length=20, choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    goals = models.TextField(_("goals of the visit"), blank=True)
    project = models.TextField(_("the live project you will work on together"), blank=True)
    starts_on = models.DateField(_("first day on site"), null=True, blank=True)
    ends_on = models.DateField(_("last day on site"), null=True, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    place = models.CharField(_("meeting place"), max_length=250, blank=True)
    zone = models.CharField(_("time zone of the place"), max_length=60, default="UTC")

    class Meta:
        verbose_name = _("plan")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="plan_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"plan of exchange {self.exchange_id}"

    @property
    def days(self) -> int:
        """Count the days on site, the first and the last included; 0 while the dates are open."""
        if not (self.starts_on and self.ends_on):
            return 0
        return (self.ends_on - self.starts_on).days + 1

    def has_ended(self, today: date) -> bool:
        """Tell whether the last day on site has passed."""
        return self.ends_on is not None and self.ends_on < today


class PlanItem(models.Model):
    """Part of a day: who meets whom, and what they do."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    day = models.DateField(_("day"))
    position = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(_("what you do"), max_length=300)
    who = models.CharField(_("who meets whom"), max_length=300, blank=True)

    class Meta:
        ordering = ["day", "position", "pk"]

    def __str__(self) -> str:
        return self.what


class Question(models.Model):
    """A question that the learning side sends ahead, so that the other can prepare."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("question"), max_length=500)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class MaterialAudience(models.TextChoices):
    OWN = "own", _("Our own side")
    PARTNERS = "partners", _("Both sides")
    PUBLIC = "public", _("Everybody")


class Material(models.Model):
    """A document that one side shares: a link or a file, and who may see it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="materials")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(_("address"), max_length=400, blank=True)
    upload = models.ForeignKey(Upload, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    audience = models.CharField(
        _("who may see it"),
        max_length=20,
        choices=MaterialAudience.choices,
        default=MaterialAudience.PARTNERS,
    )

    def __str__(self) -> str:
        return self.title


class Signature(models.Model):
    """One side agreed to the plan as it stood at a version."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="signatures")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="signatures")
    plan_version = models.PositiveIntegerField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "seat", "plan_version"], name="signature_once")
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} signed version {self.plan_version}"
