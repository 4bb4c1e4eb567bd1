"""Verdicts of the criteria, reviews by people, and decisions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.kernel.models import Versioned
from talka.programmes.models import Cycle
from talka.screening.lifecycle import REVIEW, ReviewStatus


class Ruling(models.TextChoices):
    PASS = "pass", _("Met")
    FAIL = "fail", _("Not met")
    PERSON = "person", _("Needs a person")


class Verdict(Versioned):
    """What a criterion said of an application, why, and what a person decided over it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="verdicts")
    position = models.PositiveSmallIntegerField(default=0)
    criterion = models.CharField(max_length=60)
    ruling = models.CharField(max_length=10, choices=Ruling.choices)
    reason = models.JSONField()
    judged_at = models.DateTimeField()
    override = models.CharField(max_length=10, choices=Ruling.choices, blank=True)
    override_note = models.TextField(_("why you decide otherwise"), blank=True)
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    # The applicant has changed the application since a person decided.
    is_outdated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="verdict_once"),
            models.CheckConstraint(
                condition=models.Q(override="") | ~models.Q(override_note=""),
                name="override_with_a_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.standing}"

    @property
    def standing(self) -> str:
        """Return what counts: the person's word where there is one, otherwise the rule's."""
        return self.override or self.ruling

    @property
    def standing_in_words(self) -> str:
        """Say what counts."""
        return str(Ruling(self.standing).label)

    @property
    def is_unmet_by_rule(self) -> bool:
        """Tell whether the rule said no and nobody decided otherwise: then its reason says why."""
        return self.ruling == self.standing == Ruling.FAIL


class Review(Versioned):
    """One person's opinion of an application."""

    LIFECYCLE = REVIEW

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews")
    status = models.CharField(max_length=20, choices=ReviewStatus.choices, default=ReviewStatus.DRAFT)
    scores = models.JSONField(default=dict)
    comment = models.TextField(_("comment for the coordinators"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        constraints = [models.UniqueConstraint(fields=["application", "reviewer"], name="review_once")]

    def __str__(self) -> str:
        return f"review {self.pk}"


class Outcome(models.TextChoices):
    ACCEPT = "accept", _("Accepted")
    WAIT = "wait", _("Waiting list")
    DECLINE = "decline", _("Declined")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Words for finding decisions."""

    def prepared(self, cycle: Cycle) -> "DecisionQuerySet":
        """Keep those of a cycle that nobody outside the office has seen."""
        return self.filter(application__call__cycle=cycle, released_at__isnull=True)

    def releasable(self, cycle: Cycle) -> "DecisionQuerySet":
        """Keep the prepared ones whose application is handed in at the moment."""
        return self.prepared(cycle).filter(application__status=ApplicationStatus.SUBMITTED)


class Decision(Versioned):
    """The programme's answer: prepared, and unseen by the applicant until it is released."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    note = models.TextField(_("reason, for the applicant"), blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    prepared_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    # The applicant has changed the application since the decision was prepared.
    is_outdated = models.BooleanField(default=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")

    def __str__(self) -> str:
        return self.outcome
