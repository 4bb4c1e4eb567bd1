"""Meetings that come again and again, at the same time on the clock of those who run them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.gatherings.models.kinds import GatheringKind
from talka.gatherings.rules import Pattern
from talka.kernel.models import Versioned
from talka.kernel.wording import say
from talka.programmes.models import Cycle, Programme


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Weekly, on the same weekday")
    MONTHLY_WEEKDAY = "monthly_weekday", _("Monthly, on the same weekday, such as the second Tuesday")
    MONTHLY_DAY = "monthly_day", _("Monthly, on the same day, such as the 15th")


class SeriesQuerySet(models.QuerySet["Series"]):
    """Words for finding series."""

    def running(self) -> "SeriesQuerySet":
        """Keep those that nobody ended."""
        return self.filter(ended_at__isnull=True)


class Series(Versioned):
    """When, how often and until when a group meets; each meeting is a gathering, made some weeks ahead."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="series")
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, null=True, blank=True, related_name="series")
    kind = models.CharField(max_length=20, choices=GatheringKind.choices)
    title = models.JSONField(_("title"))
    description = models.JSONField(_("description"), default=dict)
    # A day and a time on the clock of the zone: what they are in UTC changes with the season.
    first_on = models.DateField(_("first day"))
    starts_time = models.TimeField(_("starts"))
    length_minutes = models.PositiveSmallIntegerField(_("minutes"))
    zone = models.CharField(_("time zone"), max_length=60)
    rhythm = models.CharField(_("how often"), max_length=20, choices=Rhythm.choices)
    every = models.PositiveSmallIntegerField(default=1)
    until_on = models.DateField(_("last day"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    link = models.URLField(_("address of the meeting"), max_length=400, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of meetings")
        constraints = [
            models.CheckConstraint(condition=models.Q(every__gte=1), name="series_goes_on"),
            models.CheckConstraint(condition=models.Q(length_minutes__gte=1), name="series_takes_time"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(count__isnull=True),
                name="series_ends_one_way",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=GatheringKind.CHECK_IN) | models.Q(cycle__isnull=False),
                name="check_in_series_of_a_cycle",
            ),
        ]

    def __str__(self) -> str:
        return say(self.title, get_language() or "en").text

    def get_absolute_url(self) -> str:
        """Return the address of the series in the office."""
        return reverse("office:series", args=[self.pk])

    @property
    def pattern(self) -> Pattern:
        """Return on which days it takes place, for the rules to count out."""
        return Pattern(
            first_on=self.first_on,
            rhythm=self.rhythm,
            every=self.every,
            until_on=self.until_on,
            count=self.count,
        )

    def occurrence(self, day: date, starts_at: datetime) -> dict[str, Any]:
        """Return what a gathering of the series is on one of its days."""
        return {
            "title": self.title,
            "description": self.description,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=self.length_minutes),
            "zone": self.zone,
            "link": self.link,
            "places": self.places,
            "original_on": day,
        }
