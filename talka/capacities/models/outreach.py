"""Communities that were invited to a programme which they had not heard of."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.people.models import Community
from talka.programmes.models import Programme


class Way(models.TextChoices):
    LETTER = "letter", _("by letter to its representatives")
    TALK_PAGE = "talk_page", _("on its talk page")


class Outreach(models.Model):
    """A community was invited to a programme, by letter or on its talk page."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="outreach")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="outreach")
    way = models.CharField(max_length=10, choices=Way.choices)
    words = models.TextField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["programme", "community", "invited_at"], name="outreach_of")]

    def __str__(self) -> str:
        return f"{self.way} {self.community_id}"
