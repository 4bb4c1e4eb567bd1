"""Who holds the posts of a programme's group, and from when to when."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.kernel.models import Versioned
from talka.kernel.wording import say
from talka.programmes.models.programmes import Programme


class TenureQuerySet(models.QuerySet["Tenure"]):
    """Words for finding terms."""

    def visible_to(self, account: Any) -> "TenureQuerySet":
        """Keep those of programmes that the person may know of."""
        return self.filter(programme__in=Programme.objects.visible_to(account).values("pk"))

    def handled_by(self, account: Any) -> "TenureQuerySet":
        """Keep those of programmes that the person runs."""
        return self.filter(programme__in=Programme.objects.run_by(account).values("pk"))

    def running(self, today: date) -> "TenureQuerySet":
        """Keep those that have begun and are not over."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)


class Tenure(Versioned):
    """A person holds a post of the programme's group, such as its chair. It gives no rights in Talka."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="tenures")
    # The key of a post of the blueprint; one that the blueprint has dropped stays in the history.
    post = models.SlugField(max_length=60)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="tenures"
    )
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="tenure_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address at which coordinators correct the term."""
        return reverse("office:tenure", args=[self.pk])

    @property
    def post_name(self) -> str:
        """Return what the post is called, or its key where the blueprint has dropped it."""
        named = next((post for post in self.programme.plan.posts if post.key == self.post), None)
        return say(named.name, get_language() or "en").text if named else self.post
