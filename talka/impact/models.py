"""Published impact reports, as they were on the day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.programmes.models import Cycle


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
