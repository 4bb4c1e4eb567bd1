"""The secret address of a person's own calendar."""

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """A person's calendar can be read at an address that only they know: of its secret we keep the hash."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.account_id}"
