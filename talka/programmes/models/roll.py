"""The members of a programme's group."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.kernel.models import Versioned
from talka.programmes.models.programmes import Programme

META = "https://meta.wikimedia.org/wiki/User:"


class Source(models.TextChoices):
    SIGNED_HERE = "signed_here", _("Signed here")
    WIKI_LIST = "wiki_list", _("List on the wiki")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Words for finding members."""

    def current(self) -> "MembershipQuerySet":
        """Keep those who have not left."""
        return self.filter(left_at__isnull=True)

    def handled_by(self, account: Any) -> "MembershipQuerySet":
        """Keep those of programmes that the person runs."""
        return self.filter(programme__in=Programme.objects.run_by(account).values("pk"))

    def named_like(self, words: str) -> "MembershipQuerySet":
        """Keep those with the words in their name or user name."""
        return self.filter(Q(name__icontains=words) | Q(user_name__icontains=words))

    def bringing(self, contribution: str) -> "MembershipQuerySet":
        """Keep those who say that they bring something, by its key in the blueprint."""
        written = self.annotate(written=Cast("contributions", models.TextField()))
        return written.filter(written__contains=f'"{contribution}"')

    def in_order(self, order: str) -> "MembershipQuerySet":
        """Sort by name, or the newest first where the order is "joined"."""
        return self.order_by("-joined_at", "pk") if order == "joined" else self.order_by(Lower("name"), "pk")


class Membership(Versioned):
    """Somebody belongs to the programme's group. Who signed on the wiki alone has no account here."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    name = models.CharField(_("name"), max_length=120)
    user_name = models.CharField(_("Wikimedia user name"), max_length=255, blank=True)
    # The user name as it is compared: see `rules.user_key`.
    user_key = models.CharField(max_length=400, blank=True, editable=False)
    contributions = models.JSONField(_("what they bring"), default=list, blank=True)
    joined_at = models.DateTimeField()
    # The list on the wiki named no zone, and UTC was taken.
    joined_assumed = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=20, choices=Source.choices)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "user_key"], condition=~Q(user_key=""), name="member_user_once"
            ),
            models.UniqueConstraint(fields=["programme", "account"], name="member_account_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def wiki_page(self) -> str:
        """Return the address of the member's page on Meta; nothing for who has no user name."""
        return f"{META}{quote(self.user_name.replace(' ', '_'))}" if self.user_name else ""

    def get_absolute_url(self) -> str:
        """Return the address at which coordinators look after the membership."""
        return reverse("office:member", args=[self.pk])
