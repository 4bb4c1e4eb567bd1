"""The ledger of moves, what editable records share, and what a browser sent already."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Overtaken(Exception):
    """Somebody else changed the record since it was read."""


class Versioned(models.Model):
    """A record that several people edit: the slower of two is told, and nothing is lost."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save_version(self, expected: int, fields: list[str]) -> None:
        """Write the named fields if the record still has the expected version.

        Raises Overtaken, and writes nothing, when somebody saved in between.
        """
        values: dict[str, Any] = {name: getattr(self, name) for name in fields}
        rows = type(self)._default_manager.filter(pk=self.pk, version=expected)
        if not rows.update(version=expected + 1, **values):
            raise Overtaken(f"{self._meta.label} {self.pk} is past version {expected}")
        self.version = expected + 1


class EntryQuerySet(models.QuerySet["Entry"]):
    """Words for finding lines of the ledger."""

    def about(self, record: models.Model) -> "EntryQuerySet":
        """Keep the lines about one record, oldest first."""
        return self.filter(subject_type=record._meta.label_lower, subject_id=record.pk).order_by("pk")


class Entry(models.Model):
    """A line of the ledger: who did what to which record, and when. Never the value of a field."""

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    verb = models.CharField(max_length=60)
    source = models.CharField(max_length=30, blank=True)
    target = models.CharField(max_length=30, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField()
    note = models.TextField(blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="entry_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class AnsweredPost(models.Model):
    """What a browser sent by POST: claimed before it is worked on, then kept with the answer it got.

    The key is a hash under the secret of this installation: it tells nothing of what was sent, or by whom.
    """

    key = models.CharField(max_length=64, unique=True)
    claimed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    location = models.TextField(blank=True)
    # What the answer said and set: the sentence for the next page, the language that was chosen.
    cookies = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"form sent at {self.claimed_at}"
