"""An initiative, its people, and the stages it has been at."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.exchanges.models import Exchange
from talka.initiatives.lifecycle import INITIATIVE, MEMBER, InitiativeStatus, MemberStatus
from talka.kernel.models import Versioned
from talka.matching.models import Part, Seat
from talka.people.models import Community
from talka.programmes.models import Programme


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Words for finding initiatives."""

    def public(self) -> "InitiativeQuerySet":
        """Keep those that anyone may see."""
        return self.filter(is_public=True, programme__in=Programme.objects.public().values("pk"))

    def built_by(self, account: Any) -> "InitiativeQuerySet":
        """Keep those of which the person is one of its people: owner, representative or member."""
        mine = models.Q(person=account) | models.Q(community__in=Community.objects.represented_by(account))
        taking_part = InitiativeMember.objects.taking_part(account).filter(part=MemberPart.TEAM)
        return self.filter(mine | models.Q(pk__in=taking_part.values("initiative")))

    def helped_by(self, account: Any) -> "InitiativeQuerySet":
        """Keep those that the person was named for, or whose match has them as a helper."""
        named = InitiativeMember.objects.taking_part(account).filter(part=MemberPart.HELPER)
        seats = Seat.objects.held_by(account).sitting().filter(part=Part.SUPPORTS)
        return self.filter(
            models.Q(pk__in=named.values("initiative")) | models.Q(exchange__match__in=seats.values("match"))
        )

    def worked_on_by(self, account: Any) -> "InitiativeQuerySet":
        """Keep those whose inner page the person may see: its people, helpers, and coordinators."""
        if not account.is_authenticated:
            return self.none()
        run = Programme.objects.run_by(account, "coordinator").values("pk")
        inside = models.Q(programme__in=run)
        for found in (Initiative.objects.built_by(account), Initiative.objects.helped_by(account)):
            inside |= models.Q(pk__in=found.values("pk"))
        return self.filter(inside)

    def visible_to(self, account: Any) -> "InitiativeQuerySet":
        """Keep the public ones, and those the person works on or coordinates."""
        seen = models.Q(pk__in=Initiative.objects.public().values("pk"))
        if account.is_authenticated:
            seen |= models.Q(pk__in=Initiative.objects.worked_on_by(account).values("pk"))
        return self.filter(seen)

    def with_owner(self) -> "InitiativeQuerySet":
        """Fetch along what names an initiative and its owner."""
        return self.select_related("programme", "community", "person")


class Initiative(Versioned):
    """What a community or a person builds at home: a programme in education, say. It outlives the cohort."""

    LIFECYCLE = INITIATIVE

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="initiatives")
    name = models.CharField(_("name"), max_length=200)
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, null=True, blank=True, related_name="initiatives"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Keys of the programme's plan.
    model = models.SlugField(_("model"), max_length=60, blank=True)
    stage = models.SlugField(_("stage"), max_length=60)
    country = models.CharField(_("country"), max_length=2, blank=True)
    partners = models.TextField(_("partners"), blank=True)
    about = models.TextField(_("about"), blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    started_on = models.DateField(_("began on"), null=True, blank=True)
    exchange = models.ForeignKey(
        Exchange, on_delete=models.SET_NULL, null=True, blank=True, related_name="initiatives"
    )
    status = models.CharField(
        max_length=20, choices=InitiativeStatus.choices, default=InitiativeStatus.ACTIVE
    )
    is_public = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # When its people last told how it stands, and when Talka last asked.
    heard_on = models.DateField()
    asked_on = models.DateField(null=True, blank=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(community__isnull=False, person__isnull=True)
                | models.Q(community__isnull=True, person__isnull=False),
                name="initiative_owner_is_one",
            )
        ]
        indexes = [models.Index(fields=["programme", "stage"], name="initiative_stage")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the page that outlives the cohort."""
        return reverse("public:initiative", args=[self.pk])

    @property
    def owner(self) -> Any:
        """Return the community or the person whose it is."""
        return self.community or self.person


class MemberPart(models.TextChoices):
    TEAM = "team", _("Builds it")
    HELPER = "helper", _("Helps from outside")


class InitiativeMemberQuerySet(models.QuerySet["InitiativeMember"]):
    """Words for finding members."""

    def taking_part(self, account: Any) -> "InitiativeMemberQuerySet":
        """Keep what the person said yes to and has not left."""
        return self.filter(account=account, status=MemberStatus.ACCEPTED)

    def awaiting(self, account: Any) -> "InitiativeMemberQuerySet":
        """Keep the invitations that the person has not answered."""
        return self.filter(status=MemberStatus.INVITED, email__iexact=account.email or "-")

    def current(self) -> "InitiativeMemberQuerySet":
        """Keep who is in it or was asked."""
        return self.filter(status__in=[MemberStatus.INVITED, MemberStatus.ACCEPTED])


class InitiativeMember(models.Model):
    """Somebody else was asked to build an initiative, or to help it from outside."""

    LIFECYCLE = MEMBER

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(_("e-mail address"))
    part = models.CharField(max_length=20, choices=MemberPart.choices, default=MemberPart.TEAM)
    status = models.CharField(max_length=20, choices=MemberStatus.choices, default=MemberStatus.INVITED)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()

    objects = InitiativeMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "initiative",
                condition=models.Q(status__in=["invited", "accepted"]),
                name="initiative_member_once",
            )
        ]

    def __str__(self) -> str:
        return self.account.name if self.account else self.email


class StageChange(models.Model):
    """On a day an initiative reached a stage, or was still at it, and what its people said of that."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="stage_changes")
    stage = models.SlugField(max_length=60)
    reached_on = models.DateField(_("since when"))
    words = models.TextField(_("what became of it"), blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["reached_on", "pk"]

    def __str__(self) -> str:
        return f"{self.stage} {self.reached_on}"
