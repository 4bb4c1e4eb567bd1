"""What a circle of peers writes down together."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.capacities.models import Capacity
from talka.exchanges.lifecycle import LESSON, LessonStatus
from talka.exchanges.models.exchanges import Exchange
from talka.kernel.models import Versioned


class LessonKind(models.TextChoices):
    SUCCESS = "success", _("What worked")
    FAILURE = "failure", _("What did not work")
    QUESTION = "question", _("A question")


class LessonQuerySet(models.QuerySet["Lesson"]):
    """Words for finding lessons."""

    def visible_to(self, account: Any) -> "LessonQuerySet":
        """Keep published ones, and those of the person's own circles."""
        published = models.Q(status=LessonStatus.PUBLISHED)
        if not account.is_authenticated:
            return self.filter(published)
        own = Exchange.objects.circles().held_by(account).values("pk")
        return self.filter(published | models.Q(exchange__in=own)).exclude(status=LessonStatus.REMOVED)


class Lesson(Versioned):
    """A success, a failure or a question that somebody of a circle wrote, and may publish."""

    LIFECYCLE = LESSON

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="lessons")
    kind = models.CharField(_("what it is"), max_length=20, choices=LessonKind.choices)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=20, default="en")
    capacity = models.ForeignKey(
        Capacity, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic")
    )
    status = models.CharField(max_length=20, choices=LessonStatus.choices, default=LessonStatus.SHARED)
    # Empty once the author was erased.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="lessons"
    )
    shows_author = models.BooleanField(_("show my name where it is published"), default=True)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")

    def __str__(self) -> str:
        return self.title


class LessonReply(models.Model):
    """An answer to a lesson or a question, by somebody of the circle."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(_("answer"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:60]
