"""Dated meetings that many attend, and who signed up."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.gatherings.models.kinds import GatheringKind
from talka.gatherings.models.series import Series
from talka.kernel.models import Versioned
from talka.kernel.wording import say
from talka.programmes.models import Cycle, Programme


class GatheringQuerySet(models.QuerySet["Gathering"]):
    """Words for finding gatherings."""

    def visible_to(self, account: Any) -> "GatheringQuerySet":
        """Keep those of programmes and cycles that the person may know of.

        A check-in concerns those who were accepted in its cycle, and those who run it; nobody else.
        """
        open_to_all = ~models.Q(kind=GatheringKind.CHECK_IN) & (
            models.Q(cycle__in=Cycle.objects.visible_to(account))
            | models.Q(cycle__isnull=True, programme__in=Programme.objects.visible_to(account))
        )
        if not account.is_authenticated:
            return self.filter(open_to_all)
        run = Programme.objects.run_by(account, "coordinator")
        own = models.Q(kind=GatheringKind.CHECK_IN, cycle__in=cycles_of(account))
        run_by_them = models.Q(kind=GatheringKind.CHECK_IN, programme__in=run)
        return self.filter(open_to_all | own | run_by_them)

    def coming(self, now: datetime) -> "GatheringQuerySet":
        """Keep those that are not over and were not cancelled, the next one first."""
        return self.filter(ends_at__gt=now, cancelled_at__isnull=True).order_by("starts_at", "pk")

    def held(self, now: datetime) -> "GatheringQuerySet":
        """Keep those that are over and took place, the latest first."""
        return self.filter(ends_at__lte=now, cancelled_at__isnull=True).order_by("-starts_at", "-pk")


def cycles_of(account: Any) -> models.QuerySet[Cycle]:
    """Find the cycles in which an application of the person, or of their community, is accepted."""
    written = Application.objects.written_by(account).filter(status=ApplicationStatus.ACCEPTED)
    return Cycle.objects.filter(pk__in=written.values("call__cycle"))


class Gathering(Versioned):
    """A dated meeting many attend; its kind says which."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="gatherings")
    # What concerns one run only, such as its introductory meeting; the group's own meetings have none.
    cycle = models.ForeignKey(
        Cycle, on_delete=models.CASCADE, null=True, blank=True, related_name="gatherings"
    )
    kind = models.CharField(max_length=20, choices=GatheringKind.choices)
    title = models.JSONField(_("title"))
    description = models.JSONField(_("description"), default=dict)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    zone = models.CharField(_("time zone"), max_length=60)
    # Shown to those who signed up, not on the public page.
    link = models.URLField(_("address of the meeting"), max_length=400, blank=True)
    # How many can come; anybody who wants to, where it is empty.
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    series = models.ForeignKey(
        Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="gatherings"
    )
    # The day of the series that it stands for, also after it was moved to another.
    original_on = models.DateField(null=True, blank=True)
    # Changed by itself: what is changed about its series no longer reaches it.
    is_exception = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("gathering")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="gathering_in_order"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=GatheringKind.CHECK_IN) | models.Q(cycle__isnull=False),
                name="check_in_of_a_cycle",
            ),
            models.UniqueConstraint(fields=["series", "original_on"], name="gathering_once_a_day_of_series"),
        ]
        indexes = [models.Index(fields=["programme", "starts_at"], name="gathering_by_time")]

    def __str__(self) -> str:
        return say(self.title, get_language() or "en").text

    def get_absolute_url(self) -> str:
        """Return the address of the gathering's public page."""
        return reverse("public:gathering", args=[self.pk])

    def takes_registrations(self, now: datetime) -> bool:
        """Tell whether people can still sign up, if there is a place."""
        return self.cancelled_at is None and now < self.ends_at


class Registration(models.Model):
    """Somebody means to come to a gathering.

    Of people without an account, name, address and question go a year later, and the count stays.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="registrations")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    # The language of the letters that follow.
    language = models.CharField(max_length=20, default="en")
    question = models.TextField(_("a question for the meeting"), blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), "gathering", condition=~models.Q(email=""), name="registration_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
