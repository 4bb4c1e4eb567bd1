"""Published reports, as they were on the day: of the impact of a cycle, and of the work of a period."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.impact.lifecycle import WORK_REPORT, WorkReportStatus
from talka.kernel.models import Versioned
from talka.programmes.models import Cycle, Programme


class ImpactReport(models.Model):
    """What a programme published about a cycle: figures computed from the data, words by people."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="impact_reports")
    number = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    stories = models.JSONField(default=list)
    introduction = models.JSONField(default=dict)
    # Of the canonical figures: the same data always gives the same report.
    seal = models.CharField(max_length=64)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("impact report")
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="impact_report_number_once")]

    def __str__(self) -> str:
        return f"impact report {self.number} of {self.cycle_id}"


class WorkReportQuerySet(models.QuerySet["WorkReport"]):
    """Words for finding reports about work."""

    def visible_to(self, account: Any) -> "WorkReportQuerySet":
        """Keep published ones of programmes that the person may see, and those they write."""
        seen = Programme.objects.visible_to(account).values("pk")
        known = models.Q(status=WorkReportStatus.PUBLISHED, programme__in=seen)
        if not account.is_authenticated:
            return self.filter(known)
        own = Programme.objects.run_by(account, "coordinator").values("pk")
        return self.filter(known | models.Q(programme__in=own)).exclude(status=WorkReportStatus.DISCARDED)


class WorkReport(Versioned):
    """What a programme says about its work in a period. Once published it stays as it was.

    A correction is a report of its own, which says which one it takes the place of.
    """

    LIFECYCLE = WORK_REPORT

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="work_reports")
    title = models.CharField(_("title"), max_length=200)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    language = models.CharField(_("language"), max_length=20, default="en")
    # The words of each part, by its key.
    words = models.JSONField(default=dict)
    status = models.CharField(max_length=20, choices=WorkReportStatus.choices, default=WorkReportStatus.DRAFT)
    # Empty until it is published.
    figures = models.JSONField(default=list)
    seal = models.CharField(max_length=64, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    started_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = WorkReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report about work")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="work_report_in_order"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=WorkReportStatus.PUBLISHED) | ~models.Q(seal=""),
                name="what_is_published_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the report for everybody."""
        return reverse("public:work_report", args=[self.programme.slug, self.pk])
