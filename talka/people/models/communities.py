"""Communities, and the facts about them that eligibility rests on."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.kernel.models import Versioned


class CommunityKind(models.TextChoices):
    CHAPTER = "chapter", _("Chapter")
    THEMATIC = "thematic_organisation", _("Thematic organisation")
    USER_GROUP = "user_group", _("User group")
    INFORMAL = "informal", _("Informal group")


class Region(models.TextChoices):
    """The eight regions of the Wikimedia movement."""

    CEE_CA = "cee_ca", _("Central & Eastern Europe & Central Asia")
    ESEAP = "eseap", _("East, Southeast Asia, & Pacific")
    LAC = "lac", _("Latin America & Caribbean")
    MENA = "mena", _("Middle East & North Africa")
    NORTH_AMERICA = "north_america", _("North America")
    NWE = "nwe", _("Northern & Western Europe")
    SOUTH_ASIA = "south_asia", _("South Asia")
    SSA = "ssa", _("Sub-Saharan Africa")


class Size(models.TextChoices):
    UP_TO_5 = "1-5", _("Up to 5 people")
    UP_TO_20 = "6-20", _("6 to 20 people")
    UP_TO_50 = "21-50", _("21 to 50 people")
    MORE = "51+", _("More than 50 people")


class Activity(models.TextChoices):
    STARTING = "starting", _("Just starting")
    OCCASIONAL = "occasional", _("Active now and then")
    REGULAR = "regular", _("Active every month")
    STRONG = "strong", _("Active every week")


class Maturity(models.TextChoices):
    DEVELOPING = "developing", _("Developing")
    ESTABLISHED = "established", _("Established")


class CommunityQuerySet(models.QuerySet["Community"]):
    """Words for finding communities."""

    def real(self) -> "CommunityQuerySet":
        """Keep those that are not invented for a rehearsal."""
        return self.filter(is_synthetic=False)

    def named_like(self, words: str) -> "CommunityQuerySet":
        """Keep those whose name or acronym contains every word."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(models.Q(name__icontains=word) | models.Q(acronym__icontains=word))
        return found

    def missing_facts(self) -> "CommunityQuerySet":
        """Keep those whose country or region nobody has filled in."""
        return self.filter(models.Q(country="") | models.Q(region=""))

    def represented_by(self, account: Any) -> "CommunityQuerySet":
        """Keep those that the person may act for."""
        return self.filter(representations__account=account, representations__status="accepted").distinct()


class Community(Versioned):
    """Any group: chapter, thematic organisation, user group or informal."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=CommunityKind.choices)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=20, choices=Region.choices, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    size = models.CharField(_("size"), max_length=10, choices=Size.choices, blank=True)
    activity = models.CharField(_("activity"), max_length=20, choices=Activity.choices, blank=True)
    maturity = models.CharField(_("maturity"), max_length=20, choices=Maturity.choices, blank=True)
    about = models.TextField(_("about"), blank=True)
    is_synthetic = models.BooleanField(default=False)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("community")
        constraints = [models.UniqueConstraint(Lower("name"), name="community_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the community's public page."""
        return reverse("public:community", args=[self.pk])

    def is_affiliate(self, today: date) -> bool:
        """Tell whether it is recognised on the day; where no period is known, its kind decides."""
        periods = [p for p in self.support_periods.all() if p.kind == SupportKind.RECOGNITION]
        if periods:
            return any(period.covers(today) for period in periods)
        return self.kind != CommunityKind.INFORMAL


class SupportKind(models.TextChoices):
    RECOGNITION = "recognition", _("Recognition as an affiliate")
    GENERAL_SUPPORT = "general_support", _("General Support Fund grant")


class SupportPeriod(models.Model):
    """From when to when a community was recognised, or received general support."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="support_periods")
    kind = models.CharField(_("kind"), max_length=20, choices=SupportKind.choices)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="support_period_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.starts_on}"

    def covers(self, day: date) -> bool:
        """Tell whether the day lies in the period, its first and last day included."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class MeetingAttendance(models.Model):
    """A community took part in a regional meeting, such as a CEE Meeting."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="meetings_attended")
    meeting = models.CharField(_("meeting"), max_length=120)
    ended_on = models.DateField(_("last day of the meeting"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "meeting"], name="meeting_attended_once")]

    def __str__(self) -> str:
        return self.meeting
