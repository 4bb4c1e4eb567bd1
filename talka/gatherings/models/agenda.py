"""What a gathering is to talk about."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.gatherings.lifecycle import AGENDA, AgendaStatus
from talka.gatherings.models.gatherings import Gathering
from talka.kernel.models import Versioned


class AgendaItem(Versioned):
    """A point of the agenda: anybody who is signed in may add one until the meeting ends."""

    LIFECYCLE = AGENDA

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("what to talk about"), max_length=200)
    text = models.TextField(_("what to know beforehand"), blank=True)
    link = models.URLField(_("page to look at"), max_length=400, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes planned"), null=True, blank=True)
    status = models.CharField(max_length=20, choices=AgendaStatus.choices, default=AgendaStatus.OPEN)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The point of the meeting before, which was not reached there.
    carried_from = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )

    class Meta:
        verbose_name = _("point of the agenda")

    def __str__(self) -> str:
        return self.title

    def takes_changes(self, now: datetime) -> bool:
        """Tell whether who added it may still change it: it is open, and the meeting is not over."""
        return self.status == AgendaStatus.OPEN and self.gathering.takes_registrations(now)
