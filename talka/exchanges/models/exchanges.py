"""The work that follows an agreed match."""

from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.applications.models import Application, Format
from talka.exchanges.lifecycle import EXCHANGE, WORKING, ExchangeStatus
from talka.kernel.lists import listed
from talka.kernel.models import Entry, Versioned
from talka.matching.models import Match, Seat
from talka.programmes.models import Cycle


class ExchangeKind(models.TextChoices):
    VISIT = "visit", _("Visit")
    MENTORSHIP = "mentorship", _("Mentorship")
    CIRCLE = "circle", _("Circle")


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Words for finding exchanges."""

    def visible_to(self, account: Any) -> "ExchangeQuerySet":
        """Keep those on whose sides the person acts, and those of cycles they coordinate."""
        if not account.is_authenticated:
            return self.none()
        own = models.Q(match__in=Seat.objects.held_by(account).sitting().values("match"))
        run = models.Q(match__cycle__in=Cycle.objects.run_by(account, "coordinator"))
        return self.filter(own | run)

    def held_by(self, account: Any) -> "ExchangeQuerySet":
        """Keep those in which the person acts for somebody who sits there now."""
        return self.filter(match__in=Seat.objects.held_by(account).sitting().values("match"))

    def of_the_pair(self, account: Any) -> "ExchangeQuerySet":
        """Keep those on whose sides the person sits now: what one tells coordinators is not for the other."""
        return self.filter(match__in=Seat.objects.held_by(account).sitting().sides().values("match"))

    def visits(self) -> "ExchangeQuerySet":
        """Keep the visits."""
        return self.filter(kind=ExchangeKind.VISIT)

    def mentorships(self) -> "ExchangeQuerySet":
        """Keep the mentorships."""
        return self.filter(kind=ExchangeKind.MENTORSHIP)

    def circles(self) -> "ExchangeQuerySet":
        """Keep the circles of peers."""
        return self.filter(kind=ExchangeKind.CIRCLE)

    def working(self) -> "ExchangeQuerySet":
        """Keep the mentorships that go on: being planned, under way or paused."""
        return self.mentorships().filter(status__in=WORKING)

    def between_sides(self) -> "ExchangeQuerySet":
        """Keep those in which somebody learns from somebody: not the circles of peers."""
        return self.exclude(kind=ExchangeKind.CIRCLE)

    def took_place(self) -> "ExchangeQuerySet":
        """Keep those whose visit was made, or whose mentorship began: the ledger knows, also afterwards."""
        lines = Entry.objects.filter(subject_type=Exchange._meta.label_lower, verb__in=["visit", "begin"])
        return self.filter(pk__in=lines.values("subject_id"))

    def with_names(self) -> "ExchangeQuerySet":
        """Fetch along what an exchange is called by: both applicants, and no blueprint of a cycle."""
        return self.select_related("match").prefetch_related(
            Prefetch("match__seats", Seat.objects.with_applicants())
        )

    def with_sides(self) -> "ExchangeQuerySet":
        """Fetch along what names an exchange: its cycle, its plan and both applicants."""
        return self.with_names().select_related("match__cycle__programme", "plan")

    def with_plan(self) -> "ExchangeQuerySet":
        """Fetch along what a plan holds, who signed it and who travels."""
        return self.with_sides().prefetch_related(
            "match__cycle__stages",
            "plan__items",
            "plan__questions",
            "plan__signatures__signed_by",
            "travellers__account",
        )

    def with_work(self) -> "ExchangeQuerySet":
        """Fetch along what the two of a mentorship agreed on and did."""
        return self.with_sides().prefetch_related(
            "plan__agreed_goals__judgements",
            "plan__signatures__signed_by",
            "hours__seat",
            "hours__logged_by",
            "check_ins__written_by",
            "pauses",
        )


class Exchange(Versioned):
    """What an agreed match leads to: a visit, a mentorship or a circle; its sides follow from the match."""

    LIFECYCLE = EXCHANGE

    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="exchange")
    kind = models.CharField(max_length=20, choices=ExchangeKind.choices, default=ExchangeKind.VISIT)
    # Of a visit: who travels.
    format = models.CharField(_("format"), max_length=20, choices=Format.choices, blank=True)
    # Of what lasts for months: its last day, which pauses move.
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    status = models.CharField(max_length=20, choices=ExchangeStatus.choices, default=ExchangeStatus.PLANNING)
    started_at = models.DateTimeField()
    # Counts changes of the dates or the place, for calendar programs.
    calendar_sequence = models.PositiveIntegerField(default=0)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=ExchangeKind.VISIT) ^ models.Q(format=""),
                name="format_of_a_visit",
            )
        ]

    def __str__(self) -> str:
        names = [str(seat.application) for seat in self.match.sides]
        if self.kind == ExchangeKind.CIRCLE:
            if not names:
                return str(_("Circle without members"))
            # Translators: a small group of peers, by the names of its members.
            return _("Circle of %(names)s") % {"names": listed(names)}
        return " – ".join(names)

    def get_absolute_url(self) -> str:
        """Return the address of the exchange's page for its parties."""
        pages = {ExchangeKind.MENTORSHIP: "desk:mentorship", ExchangeKind.CIRCLE: "desk:circle"}
        return reverse(pages.get(ExchangeKind(self.kind), "desk:exchange"), args=[self.pk])

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
