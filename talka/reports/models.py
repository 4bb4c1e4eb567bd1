"""Reports with evidence and next steps, evaluations, follow-ups, and closings."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.exchanges.models import Exchange
from talka.files.models import Upload
from talka.forms.models import Sheet
from talka.kernel.models import Versioned
from talka.matching.models import Seat
from talka.programmes.models import Cycle
from talka.reports.lifecycle import REPORT, STEP, ReportStatus, StepStatus

ON_A_VISIT = "report"
"""The key of the report on a visit; every other key is that of an evaluation in the cycle's blueprint."""


class ReportQuerySet(models.QuerySet["Report"]):
    """Words for finding reports."""

    def visible_to(self, account: Any) -> "ReportQuerySet":
        """Keep those of the person's sides, and handed-in ones of cycles they coordinate."""
        if not account.is_authenticated:
            return self.none()
        own = models.Q(seat__in=Seat.objects.held_by(account).values("pk"))
        run = models.Q(exchange__match__cycle__in=Cycle.objects.run_by(account, "coordinator"))
        return self.filter(own | run)

    def on_visits(self) -> "ReportQuerySet":
        """Keep the reports on visits."""
        return self.filter(key=ON_A_VISIT)

    def evaluations(self) -> "ReportQuerySet":
        """Keep the evaluations of mentorships."""
        return self.exclude(key=ON_A_VISIT)

    def asked(self) -> "ReportQuerySet":
        """Keep those that are still asked for, or were handed in."""
        return self.exclude(status=ReportStatus.DROPPED)


class Report(Versioned):
    """What one side of an exchange hands in: the report on a visit, or an evaluation of a mentorship."""

    LIFECYCLE = REPORT

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="reports")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="reports")
    key = models.SlugField(max_length=40, default=ON_A_VISIT)
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="report")
    status = models.CharField(max_length=20, choices=ReportStatus.choices, default=ReportStatus.DRAFT)
    due_on = models.DateField(_("due"))
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        constraints = [models.UniqueConstraint(fields=["seat", "key"], name="report_once_a_key")]

    def __str__(self) -> str:
        return f"report {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of the report's page for those who write it."""
        return reverse("desk:report", args=[self.pk])

    @property
    def is_writable(self) -> bool:
        """Tell whether its side may write in it: it was not handed in, or was returned."""
        return self.status in (ReportStatus.DRAFT, ReportStatus.RETURNED)


class Licence(models.TextChoices):
    CC_BY_SA_4 = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC_BY_4 = "cc-by-4.0", "CC BY 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"


class Evidence(models.Model):
    """A photo of the visit, with its author, its licence, and the consent of those shown."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence")
    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="evidence")
    caption = models.CharField(_("what it shows"), max_length=300)
    author = models.CharField(_("photographer"), max_length=120)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices)
    has_consent = models.BooleanField(_("everybody shown agrees to its publication"), default=False)

    class Meta:
        verbose_name = _("evidence")

    def __str__(self) -> str:
        return self.caption


class NextStep(Versioned):
    """What a community promises to do after the visit: who, and by when."""

    LIFECYCLE = STEP

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="next_steps")
    text = models.CharField(_("what you will do"), max_length=400)
    owner = models.CharField(_("who does it"), max_length=120)
    due_on = models.DateField(_("by when"))
    status = models.CharField(max_length=20, choices=StepStatus.choices, default=StepStatus.OPEN)

    class Meta:
        verbose_name = _("next step")

    def __str__(self) -> str:
        return self.text


class FollowUp(models.Model):
    """The question, some months after the visit, what became of the next steps."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    note = models.TextField(_("what has happened since"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "months"], name="follow_up_once")]

    def __str__(self) -> str:
        return f"after {self.months} months"


class GoalsMet(models.TextChoices):
    YES = "yes", _("Met")
    PARTLY = "partly", _("Partly met")
    NO = "no", _("Not met")


class Closing(Versioned):
    """The coordinators' last look at an exchange, before the impact can be published."""

    exchange = models.OneToOneField(Exchange, on_delete=models.CASCADE, related_name="closing")
    goals_met = models.CharField(_("goals"), max_length=10, choices=GoalsMet.choices)
    evidence = models.TextField(_("how we know"))
    lessons = models.TextField(_("lessons for the programme"), blank=True)
    went_wrong = models.TextField(_("what went wrong"), blank=True)
    mentee_said = models.TextField(_("what the learning side said"), blank=True)
    mentor_said = models.TextField(_("what the mentoring side said"), blank=True)
    # To those of the blueprint's closing questions that have no field above.
    answers = models.JSONField(default=dict)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("closing")

    def __str__(self) -> str:
        return f"closing of exchange {self.exchange_id}"
