"""Applications, with their goals, the partner agreed beforehand, and the commitments accepted."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.applications.lifecycle import APPLICATION, PARTNER, ApplicationStatus, PartnerStatus
from talka.calls.models import Call
from talka.capacities.models import Capacity, Need
from talka.forms.models import Sheet
from talka.kernel.models import Versioned
from talka.people.models import Community


class Format(models.TextChoices):
    MENTEE_TRAVELS = "mentee_travels", _("The learning community travels")
    MENTOR_TRAVELS = "mentor_travels", _("The mentoring community travels")


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Words for finding applications."""

    def written_by(self, account: Any) -> "ApplicationQuerySet":
        """Keep those that the person writes: their own, and those of communities they represent."""
        represented = models.Q(community__in=Community.objects.represented_by(account))
        return self.filter(represented | models.Q(person_id=account.pk))

    def with_applicant(self) -> "ApplicationQuerySet":
        """Fetch along who applies."""
        return self.select_related("community", "person")

    def handed_in(self) -> "ApplicationQuerySet":
        """Keep those that were handed in and not withdrawn."""
        return self.exclude(status__in=[ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN])


class Application(Versioned):
    """The applicant's answer to a call. The applicant is exactly one community or one person."""

    LIFECYCLE = APPLICATION

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
    )
    status = models.CharField(
        max_length=20, choices=ApplicationStatus.choices, default=ApplicationStatus.DRAFT
    )
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="application")
    # Empty means that either way would do.
    format = models.CharField(_("format"), max_length=20, choices=Format.choices, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Reopened for this applicant alone, past the call's own end.
    open_until = models.DateTimeField(null=True, blank=True)
    carried_from = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )

    # The request for help that it grew out of.
    from_need = models.ForeignKey(
        Need, on_delete=models.SET_NULL, null=True, blank=True, related_name="became"
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(community__isnull=False, person__isnull=True)
                | models.Q(community__isnull=True, person__isnull=False),
                name="applicant_is_one",
            ),
            models.UniqueConstraint(
                fields=["call", "community"],
                condition=~models.Q(status="withdrawn"),
                name="application_once_a_community",
            ),
            models.UniqueConstraint(
                fields=["call", "person"],
                condition=~models.Q(status="withdrawn"),
                name="application_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.applicant)

    def get_absolute_url(self) -> str:
        """Return the address of the applicant's own page of it."""
        return reverse("desk:application", args=[self.pk])

    @property
    def applicant(self) -> Any:
        """Return the community, or the person, that applies."""
        return self.community or self.person

    def takes_changes(self, now: datetime) -> bool:
        """Tell whether the applicant may still edit: the window is open, or reopened for them."""
        if self.status not in (
            ApplicationStatus.DRAFT,
            ApplicationStatus.SUBMITTED,
            ApplicationStatus.RETURNED,
        ):
            return False
        reopened = self.open_until is not None and now < self.open_until
        return reopened or self.call.window.is_open(now)


class Goal(models.Model):
    """One learning goal: the problem, what will be different, how we will know, and by when."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField(default=0)
    capacity = models.ForeignKey(Capacity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    problem = models.TextField(_("the problem"), blank=True)
    change = models.TextField(_("what will be different"), blank=True)
    evidence = models.TextField(_("how we will know"), blank=True)
    by_when = models.DateField(_("by when"), null=True, blank=True)

    def __str__(self) -> str:
        return self.change or self.problem


class Partner(models.Model):
    """The community with which the applicant has agreed beforehand."""

    LIFECYCLE = PARTNER

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="partner")
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="named_in")
    status = models.CharField(max_length=20, choices=PartnerStatus.choices, default=PartnerStatus.NAMED)
    note = models.TextField(_("what you agreed"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.community)


class Acceptance(models.Model):
    """A commitment was accepted in the words it then had."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="acceptances")
    commitment = models.SlugField(max_length=60)
    # The words as they stood, so that later edits never change what was promised.
    wording = models.JSONField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "commitment"], name="commitment_once")]

    def __str__(self) -> str:
        return self.commitment
