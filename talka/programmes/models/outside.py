"""Groups outside with which a programme coordinates, and what was agreed with them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.kernel.models import Versioned
from talka.programmes.models.programmes import Programme


class OutsideGroupQuerySet(models.QuerySet["OutsideGroup"]):
    """Words for finding groups outside."""

    def handled_by(self, account: Any) -> "OutsideGroupQuerySet":
        """Keep those of programmes that the person coordinates."""
        return self.filter(programme__in=Programme.objects.run_by(account, "coordinator").values("pk"))

    # Its rows have fields of their own.
    def with_next_date(self) -> Any:
        """Add the day of the newest note of each group, `last_met_on`, and its next date, `next_on`."""
        newest = ContactNote.objects.filter(group=models.OuterRef("pk")).order_by("-met_on", "-pk")
        return self.annotate(
            next_on=models.Subquery(newest.values("next_on")[:1]),
            last_met_on=models.Subquery(newest.values("met_on")[:1]),
        )


class OutsideGroup(Versioned):
    """A group outside, such as a team of the Foundation: whom one writes to there, and what for."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="outside_groups")
    name = models.CharField(_("name"), max_length=200)
    purpose = models.TextField(_("what for"), blank=True)
    contact = models.CharField(_("who answers there"), max_length=120, blank=True)
    address = models.CharField(_("e-mail address or page"), max_length=200, blank=True)

    objects = OutsideGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group outside")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its log in the office."""
        return reverse("office:outside_group", args=[self.pk])


class ContactNote(Versioned):
    """What was said and agreed with a group outside on a day, and when one talks again."""

    group = models.ForeignKey(OutsideGroup, on_delete=models.CASCADE, related_name="notes")
    met_on = models.DateField(_("day"))
    said = models.TextField(_("what was said"))
    agreed = models.TextField(_("what was agreed"), blank=True)
    next_on = models.DateField(_("next date"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("note about a contact")

    def __str__(self) -> str:
        return f"{self.group_id} {self.met_on}"
