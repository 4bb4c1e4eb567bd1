"""Draft runs of the engine with their pairs, drafts of circles, rulings by hand, matches with their seats."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.applications.models import Application
from talka.kernel.models import Versioned
from talka.matching.lifecycle import (
    CIRCLE_DRAFT,
    MATCH,
    RUN,
    CircleDraftStatus,
    MatchStatus,
    RunStatus,
)
from talka.programmes.models import Cycle


class RulingKind(models.TextChoices):
    LOCK = "lock", _("Keep together")
    BAN = "ban", _("Never together")


class PairRuling(models.Model):
    """A coordinator's word on a pair, which every run obeys."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="pair_rulings")
    learner = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    teacher = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=RulingKind.choices)
    note = models.TextField(_("why"), blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ruled_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "teacher"], name="pair_ruling_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.learner_id} {self.teacher_id}"


class Run(Versioned):
    """A question to the engine, sealed in pseudonyms, and what came out."""

    LIFECYCLE = RUN

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="runs")
    name = models.CharField(_("name"), max_length=80)
    status = models.CharField(max_length=20, choices=RunStatus.choices, default=RunStatus.WAITING)
    sealed_input = models.JSONField()
    # Empty until it is answered.
    sealed_outcome = models.JSONField(default=dict)
    # What each decision costs, worked out when somebody asks.
    study = models.JSONField(null=True)
    study_asked = models.BooleanField(default=False)
    seal = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    # Pseudonym to application: apart from the sealed input, and erasable.
    who = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    # How far a worker is: {"stage": "look", "done": 3, "of": 12}; when it last said so; how many have tried.
    progress = models.JSONField(default=dict)
    alive_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    # Why there is no answer, as reasons.
    faults = models.JSONField(default=list)

    class Meta:
        verbose_name = _("matching run")

    def __str__(self) -> str:
        return self.name


class DraftPair(models.Model):
    """A pair of a draft run, by the engine or by hand."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="pairs")
    learner = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    teacher = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    score = models.IntegerField(default=0)
    parts = models.JSONField(default=list)
    is_by_hand = models.BooleanField(default=False)
    # Hard rules that a pair made by hand breaks, as reasons.
    warnings = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "learner", "teacher"], name="draft_pair_once")]

    def __str__(self) -> str:
        return f"{self.learner_id} with {self.teacher_id}"


class CircleDraft(Versioned):
    """Circles as the engine drew them, sealed in pseudonyms, and as coordinators have changed them since."""

    LIFECYCLE = CIRCLE_DRAFT

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="circle_drafts")
    status = models.CharField(
        max_length=20, choices=CircleDraftStatus.choices, default=CircleDraftStatus.DRAFT
    )
    sealed_input = models.JSONField()
    sealed_outcome = models.JSONField()
    seal = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    # Pseudonym to application: apart from the sealed input, and erasable.
    who = models.JSONField(default=dict)
    # As they stand now: [{"members": [pseudonyms], "kept": false}, …]
    circles = models.JSONField(default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft of circles")

    def __str__(self) -> str:
        return f"circles {self.pk}"


class Origin(models.TextChoices):
    AGREED_BEFOREHAND = "agreed_beforehand", _("Agreed beforehand")
    SUGGESTED = "suggested", _("Suggested")
    CIRCLE = "circle", _("A circle of peers")


class MatchQuerySet(models.QuerySet["Match"]):
    """Words for finding matches."""

    def visible_to(self, account: Any) -> "MatchQuerySet":
        """Keep those on whose sides the person acts, and those of cycles they coordinate."""
        if not account.is_authenticated:
            return self.none()
        own = models.Q(pk__in=Seat.objects.held_by(account).values("match"))
        run = models.Q(cycle__in=Cycle.objects.run_by(account, "coordinator"))
        return self.filter(own | run)

    def between_sides(self) -> "MatchQuerySet":
        """Keep those in which somebody learns from somebody: not the circles of peers."""
        return self.exclude(origin=Origin.CIRCLE)

    def circles(self) -> "MatchQuerySet":
        """Keep the circles of peers."""
        return self.filter(origin=Origin.CIRCLE)

    def standing(self) -> "MatchQuerySet":
        """Keep those that hold or may still come to hold."""
        return self.filter(status__in=[MatchStatus.PROPOSED, MatchStatus.AGREED])

    def ended(self) -> "MatchQuerySet":
        """Keep those that came to nothing."""
        return self.exclude(status__in=[MatchStatus.PROPOSED, MatchStatus.AGREED])


class Match(Versioned):
    """Two or more seats: who learns from whom, agreed beforehand or suggested."""

    LIFECYCLE = MATCH

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="matches")
    origin = models.CharField(max_length=20, choices=Origin.choices)
    run = models.ForeignKey(Run, on_delete=models.SET_NULL, null=True, blank=True, related_name="matches")
    status = models.CharField(max_length=20, choices=MatchStatus.choices, default=MatchStatus.PROPOSED)
    parts = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    answer_by = models.DateTimeField()

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")

    def __str__(self) -> str:
        return f"match {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of the match's page for its sides."""
        return reverse("desk:match", args=[self.pk])

    def seat_of(self, part: str) -> "Seat":
        """Return the seat of the part ("learns" or "teaches") as it is held now. Raises LookupError.

        Where whoever held it has left, and nobody has taken over yet, it is still theirs.
        """
        seats = [seat for seat in self.seats.all() if seat.part == part and not seat.is_asked]
        if not seats:
            raise LookupError(f"match {self.pk} has no seat that {part}")
        return next((seat for seat in seats if seat.left_at is None), seats[-1])

    @property
    def sides(self) -> "list[Seat]":
        """Return the seats whose yes makes the match: not those of helpers, nor of who has left."""
        return [seat for seat in self.seats.all() if seat.is_side and seat.left_at is None]


class Part(models.TextChoices):
    LEARNS = "learns", _("Learns")
    TEACHES = "teaches", _("Teaches")
    PEER = "peer", _("Learns with the others")
    BACKS_UP = "backs_up", _("Steps in")
    SUPPORTS = "supports", _("Helps")


SIDES = (Part.LEARNS, Part.TEACHES, Part.PEER)


class Answer(models.TextChoices):
    PENDING = "pending", _("No answer yet")
    YES = "yes", _("Agreed")
    NO = "no", _("Declined")


class SeatQuerySet(models.QuerySet["Seat"]):
    """Words for finding seats."""

    def held_by(self, account: Any) -> "SeatQuerySet":
        """Keep those for whose applicant the person acts."""
        return self.filter(application__in=Application.objects.written_by(account).values("pk"))

    def sitting(self) -> "SeatQuerySet":
        """Keep those that are held now: nobody is only asked to take them over, or has left them."""
        return self.filter(left_at__isnull=True, is_asked=False)

    def sides(self) -> "SeatQuerySet":
        """Keep those whose yes makes a match."""
        return self.filter(part__in=SIDES, left_at__isnull=True)

    def with_applicants(self) -> "SeatQuerySet":
        """Fetch along whoever sits on them, and what else names a side."""
        return self.select_related("application__community", "application__person", "application__call")


class Seat(models.Model):
    """One side of a match: an application with its part, and its answer."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="seats")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="seats")
    part = models.CharField(max_length=20, choices=Part.choices)
    # Asked to take over from somebody who has left, and not answered yet.
    is_asked = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.PENDING)
    answer_note = models.TextField(_("reason"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["match", "application"], name="seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.application_id}"

    @property
    def is_side(self) -> bool:
        """Tell whether a yes of this seat is needed for the match."""
        return self.part in SIDES and not self.is_asked
