"""The runs of a programme, and their stages."""

from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.blueprints.reading import unpack
from talka.blueprints.schema import Blueprint
from talka.kernel.models import Versioned
from talka.kernel.wording import say
from talka.programmes.lifecycle import CYCLE, CycleStatus
from talka.programmes.models.programmes import Programme


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Words for finding cycles."""

    def public(self) -> "CycleQuerySet":
        """Keep those that anyone may see."""
        return self.exclude(status=CycleStatus.DRAFT).filter(
            programme__is_published=True, programme__is_rehearsal=False
        )

    def visible_to(self, account: Any) -> "CycleQuerySet":
        """Keep those that the person may see: the public ones, and those of programmes they run."""
        if not account.is_authenticated:
            return self.public()
        mine = Cycle.objects.run_by(account).values("pk")
        return self.filter(models.Q(pk__in=Cycle.objects.public().values("pk")) | models.Q(pk__in=mine))

    def run_by(self, account: Any, *posts: str) -> "CycleQuerySet":
        """Keep those of programmes in which the person holds one of the posts now."""
        return self.filter(programme__in=Programme.objects.run_by(account, *posts))


class Cycle(Versioned):
    """One run of a programme, with dates and the blueprint it was opened with."""

    LIFECYCLE = CYCLE

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="cycles")
    slug = models.SlugField(max_length=60)
    label = models.JSONField(_("label"))
    blueprint = models.JSONField()
    status = models.CharField(max_length=20, choices=CycleStatus.choices, default=CycleStatus.DRAFT)
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, default=0)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    cloned_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="cycle_slug_once"),
            models.CheckConstraint(condition=models.Q(budget__gte=0), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return say(self.label, get_language() or "en").text

    def get_absolute_url(self) -> str:
        """Return the address of the cycle's public page."""
        return reverse("public:cycle", args=[self.programme.slug, self.slug])

    @property
    def plan(self) -> Blueprint:
        """Return the blueprint that this cycle was opened with."""
        return unpack(self.blueprint)


class Stage(models.Model):
    """A part of a cycle with its first and last day."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="stages")
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    name = models.JSONField()
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "key"], name="stage_key_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="stage_in_order"
            ),
        ]

    def __str__(self) -> str:
        return say(self.name, get_language() or "en").text

    def is_on(self, today: date) -> bool:
        """Tell whether the stage is running on the day."""
        return self.starts_on <= today <= self.ends_on
