"""What a circle of peers writes down together."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.capacities.models import Capacity
from talka.exchanges.lifecycle import LESSON, LessonStatus
from talka.exchanges.models.exchanges import Exchange
from talka.kernel.models import Versioned
from talka.programmes.models import Programme


class LessonKind(models.TextChoices):
    SUCCESS = "success", _("What worked")
    FAILURE = "failure", _("What did not work")
    QUESTION = "question", _("A question")


class LessonQuerySet(models.QuerySet["Lesson"]):
    """Words for finding lessons."""

    def visible_to(self, account: Any) -> "LessonQuerySet":
        """Keep published ones, those of the person's own circles, and what they wrote themselves."""
        published = models.Q(status=LessonStatus.PUBLISHED)
        if not account.is_authenticated:
            return self.filter(published)
        own = Exchange.objects.circles().held_by(account).values("pk")
        mine = models.Q(exchange__in=own) | models.Q(author=account)
        return self.filter(published | mine).exclude(status=LessonStatus.REMOVED)

    def shown_to_office(self) -> "LessonQuerySet":
        """Keep what coordinators may read: what is published, and what somebody asked them to look at."""
        asked = models.Exists(Concern.objects.filter(lesson=models.OuterRef("pk"), settled_at__isnull=True))
        return self.filter(models.Q(status=LessonStatus.PUBLISHED) | asked).exclude(
            status=LessonStatus.REMOVED
        )

    def published(self) -> "LessonQuerySet":
        """Keep those that anyone may read who sees their programme, the newest first."""
        return self.filter(status=LessonStatus.PUBLISHED).order_by("-published_at", "-pk")

    def of_programme(self, programme: Programme) -> "LessonQuerySet":
        """Keep those of the circles of a programme."""
        return self.filter(exchange__match__cycle__programme=programme)


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
    # What it is about, as the author says: never read off who they are.
    country = models.CharField(_("country"), max_length=2, blank=True)
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

    @property
    def named_author(self) -> str:
        """Return the author's name for everybody: not where they said no, nor once they were erased."""
        author = self.author if self.shows_author else None
        return author.name if author is not None and author.is_active else ""


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


class Concern(models.Model):
    """Somebody of a circle asks the coordinators to look at a lesson.

    It is shown to them, with its replies, until they settle it.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="concerns")
    words = models.TextField(_("what should they look at?"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("concern")
        constraints = [
            models.UniqueConstraint(
                fields=["lesson"], condition=models.Q(settled_at__isnull=True), name="one_open_concern"
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]
