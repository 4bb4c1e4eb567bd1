"""Dated notices of collaboration and funding, which coordinators look at before anybody else does."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.kernel.models import Versioned
from talka.programmes.lifecycle import NOTICE, NoticeStatus
from talka.programmes.models.programmes import Programme


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Words for finding notices."""

    def offered_by_person(self, account: Any) -> "NoticeQuerySet":
        """Keep those that the person offered."""
        return self.filter(offered_by=account)

    def handled_by(self, account: Any) -> "NoticeQuerySet":
        """Keep those of programmes that the person coordinates."""
        return self.filter(programme__in=Programme.objects.run_by(account, "coordinator").values("pk"))

    def on_show(self, today: date) -> "NoticeQuerySet":
        """Keep those that anyone sees today, those that end first before others."""
        return self.filter(status=NoticeStatus.SHOWN, closes_on__gte=today).order_by("closes_on", "pk")


class Notice(Versioned):
    """Somebody tells of a collaboration or of money that others may apply for, until a day."""

    LIFECYCLE = NOTICE

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="notices")
    status = models.CharField(max_length=20, choices=NoticeStatus.choices, default=NoticeStatus.WAITING)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    address = models.URLField(_("address of a page"), max_length=400, blank=True)
    closes_on = models.DateField(_("last day"))
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    offered_at = models.DateTimeField()
    # Why it is not shown; told to whoever offered it.
    refusal = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address at which whoever offered it sees what became of it."""
        return reverse("desk:notice", args=[self.pk])

    def is_over(self, today: date) -> bool:
        """Tell whether its last day is past."""
        return self.closes_on < today

    @property
    def is_writable(self) -> bool:
        """Tell whether whoever offered it may still change its words."""
        return self.status in (NoticeStatus.WAITING, NoticeStatus.REFUSED)
