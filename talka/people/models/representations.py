"""Who acts for which community."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.people.lifecycle import REPRESENTATION, RepresentationStatus
from talka.people.models.communities import Community


class RepresentationQuerySet(models.QuerySet["Representation"]):
    """Words for finding representations."""

    def current(self) -> "RepresentationQuerySet":
        """Keep those that give the right to act."""
        return self.filter(status=RepresentationStatus.ACCEPTED)

    def awaiting(self, account: Any) -> "RepresentationQuerySet":
        """Keep the invitations that the person has not answered."""
        return self.filter(status=RepresentationStatus.INVITED, email__iexact=account.email or "-")


class Representation(models.Model):
    """A person was asked to act for a community, by invitation and acceptance."""

    LIFECYCLE = REPRESENTATION

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="representations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="representations",
    )
    status = models.CharField(
        max_length=20, choices=RepresentationStatus.choices, default=RepresentationStatus.INVITED
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "community",
                condition=models.Q(status__in=["invited", "accepted"]),
                name="representation_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.community_id}"

    def get_absolute_url(self) -> str:
        """Return the address where the invitation is answered."""
        return reverse("desk:representation", args=[self.pk])
