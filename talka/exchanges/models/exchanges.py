"""The work that follows an agreed match."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.applications.models import Application, Format
from talka.exchanges.lifecycle import EXCHANGE, ExchangeStatus
from talka.kernel.models import Entry, Versioned
from talka.matching.models import Match
from talka.people.models import Community
from talka.programmes.models import Cycle


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Words for finding exchanges."""

    def visible_to(self, account: Any) -> "ExchangeQuerySet":
        """Keep those of the person's communities, and those of cycles they coordinate."""
        if not account.is_authenticated:
            return self.none()
        own = models.Q(match__seats__application__community__in=Community.objects.represented_by(account))
        run = models.Q(match__cycle__in=Cycle.objects.run_by(account, "coordinator"))
        return self.filter(own | run).distinct()

    def took_place(self) -> "ExchangeQuerySet":
        """Keep those whose visit was made: the ledger knows, also after they were closed."""
        lines = Entry.objects.filter(subject_type=Exchange._meta.label_lower, verb="visit")
        return self.filter(pk__in=lines.values("subject_id"))

    def with_sides(self) -> "ExchangeQuerySet":
        """Fetch along what names an exchange: its cycle, its plan and both communities."""
        return self.select_related("match__cycle__programme", "plan").prefetch_related(
            "match__seats__application__community"
        )

    def with_plan(self) -> "ExchangeQuerySet":
        """Fetch along what a plan holds, who signed it and who travels."""
        return self.with_sides().prefetch_related(
            "match__cycle__stages",
            "plan__items",
            "plan__questions",
            "plan__signatures__signed_by",
            "travellers__account",
        )


class Exchange(Versioned):
    """A visit being planned, made and closed; both sides follow from the match."""

    LIFECYCLE = EXCHANGE

    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="exchange")
    format = models.CharField(_("format"), max_length=20, choices=Format.choices)
    status = models.CharField(max_length=20, choices=ExchangeStatus.choices, default=ExchangeStatus.PLANNING)
    started_at = models.DateTimeField()
    # Counts changes of the dates or the place, for calendar programs.
    calendar_sequence = models.PositiveIntegerField(default=0)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange")

    def __str__(self) -> str:
        return f"{self.mentee} – {self.mentor}"

    def get_absolute_url(self) -> str:
        """Return the address of the exchange's page for its parties."""
        return reverse("desk:exchange", args=[self.pk])

    @property
    def mentee(self) -> Application:
        """Return the application of the side that learns."""
        return self.match.seat_of("learns").application

    @property
    def mentor(self) -> Application:
        """Return the application of the side that teaches."""
        return self.match.seat_of("teaches").application

    @property
    def visitor(self) -> Application:
        """Return the application of the side that travels: it follows from the format, not the role."""
        return self.mentee if self.format == Format.MENTEE_TRAVELS else self.mentor

    @property
    def host(self) -> Application:
        """Return the application of the side that stays."""
        return self.mentor if self.format == Format.MENTEE_TRAVELS else self.mentee
