"""The outbox: letters written in the same transaction as what they tell of."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.kernel.models import Versioned
from talka.letters.lifecycle import LETTER, LetterStatus


class LetterQuerySet(models.QuerySet["Letter"]):
    """Words for finding letters."""

    def due(self, now: datetime) -> "LetterQuerySet":
        """Keep those that should leave now, oldest first."""
        return self.filter(status=LetterStatus.QUEUED, due_at__lte=now).order_by("due_at", "pk")

    def about(self, record: models.Model) -> "LetterQuerySet":
        """Keep those that tell of one record."""
        return self.filter(subject_type=record._meta.label_lower, subject_id=record.pk)


class Letter(Versioned):
    """One mail to one person, in their language, with a Message-ID that never changes."""

    LIFECYCLE = LETTER

    key = models.CharField(max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    email = models.EmailField()
    language = models.CharField(max_length=20, default="en")
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    message_id = models.CharField(max_length=120, unique=True)
    status = models.CharField(max_length=20, choices=LetterStatus.choices, default=LetterStatus.QUEUED)
    # Letters that are released together carry the same word.
    bundle = models.CharField(max_length=80, blank=True)
    # The same event never writes the same letter to the same person twice.
    once = models.CharField(max_length=160, unique=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        indexes = [
            models.Index(fields=["status", "due_at"], name="letter_due"),
            models.Index(fields=["subject_type", "subject_id"], name="letter_subject"),
            models.Index(fields=["bundle"], name="letter_bundle"),
        ]

    def __str__(self) -> str:
        return self.subject
