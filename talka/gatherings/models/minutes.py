"""What was written down of a gathering: minutes with their versions, decisions, and what somebody will do."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.gatherings.lifecycle import ACTION, MINUTES, ActionStatus, MinutesStatus
from talka.gatherings.models.gatherings import Gathering
from talka.kernel.models import Versioned


class Minutes(Versioned):
    """The minutes as coordinators write them; everybody else reads what was published of them."""

    LIFECYCLE = MINUTES

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="minutes")
    text = models.JSONField(_("minutes"), default=dict)
    status = models.CharField(max_length=20, choices=MinutesStatus.choices, default=MinutesStatus.DRAFT)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")

    def __str__(self) -> str:
        return str(self.gathering)


class MinutesVersion(models.Model):
    """Minutes as they were published, with the decisions. Nothing in it ever changes."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.JSONField(default=dict)
    decisions = models.JSONField(default=list)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="minutes_version_once")]

    def __str__(self) -> str:
        return f"{self.minutes_id} v{self.number}"


class MeetingDecision(Versioned):
    """What a gathering decided."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(_("what was decided"), max_length=1000)

    class Meta:
        verbose_name = _("decision of a meeting")

    def __str__(self) -> str:
        return self.text


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    """Words for finding action items."""

    def open_for(self, account: Any) -> "ActionItemQuerySet":
        """Keep those that the person still has to do, of programmes that they may see."""
        return self.filter(owner=account, status=ActionStatus.OPEN, gathering__in=_visible_to(account))


def _visible_to(account: Any) -> models.QuerySet[Gathering]:
    return Gathering.objects.visible_to(account)


class ActionItem(Versioned):
    """What somebody will do after a gathering, and by when: it follows them until it is done."""

    LIFECYCLE = ACTION

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="action_items")
    text = models.CharField(_("what is to be done"), max_length=400)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Of somebody without an account, whom no letter reaches.
    owner_name = models.CharField(_("who does it"), max_length=120, blank=True)
    due_on = models.DateField(_("by when"))
    status = models.CharField(max_length=20, choices=ActionStatus.choices, default=ActionStatus.OPEN)
    note = models.TextField(_("what became of it"), blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("action item")
        indexes = [models.Index(fields=["status", "due_on"], name="action_item_due")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Return the address of its owner's page of it."""
        return reverse("desk:action_item", args=[self.pk])

    @property
    def who(self) -> str:
        """Return the name of whoever does it."""
        return str(self.owner) if self.owner_id else self.owner_name
