"""Requests for help, their topics, and what the asker and the coordinators write to each other."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.capacities.lifecycle import NEED, WAITING, NeedStatus
from talka.capacities.models.tree import Capacity
from talka.kernel.models import Versioned
from talka.people.models import Community
from talka.programmes.models import Post, Programme


def one_side(name: str) -> models.CheckConstraint:
    """Return the rule that a record is exactly one person's or one community's."""
    return models.CheckConstraint(
        condition=models.Q(community__isnull=False, person__isnull=True)
        | models.Q(community__isnull=True, person__isnull=False),
        name=name,
    )


def own(account: Any) -> models.Q:
    """Say which records are a person's own, or those of communities that they represent."""
    represented = models.Q(community__in=Community.objects.represented_by(account))
    return represented | models.Q(person_id=account.pk)


class NeedQuerySet(models.QuerySet["Need"]):
    """Words for finding requests for help."""

    def own_of(self, account: Any) -> "NeedQuerySet":
        """Keep those of the person, and of communities that they represent."""
        return self.filter(own(account))

    def run_by(self, account: Any) -> "NeedQuerySet":
        """Keep those to programmes that the person coordinates."""
        return self.filter(programme__in=Programme.objects.run_by(account, Post.COORDINATOR).values("pk"))

    def with_last_word(self) -> "NeedQuerySet":
        """Add in `last_word` who wrote last to the other side: "said" or "reply", or None."""
        spoken = NeedNote.objects.filter(need=models.OuterRef("pk")).exclude(kind=NoteKind.OFFICE)
        return self.annotate(last_word=models.Subquery(spoken.order_by("-pk").values("kind")[:1]))

    def waiting(self) -> "NeedQuerySet":
        """Keep those that wait for the coordinators, whoever is on them."""
        return self.filter(status__in=WAITING)


class Need(Versioned):
    """A request for help, of exactly one person or one community; its text is for the office."""

    LIFECYCLE = NEED
    # Who wrote last to the other side, where a list asks for it.
    last_word: str | None

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="needs")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("what for"))
    # A key of the blueprint's models; empty where it has none, or none was chosen.
    model = models.SlugField(max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    # {"language": code, "level": 1 to 6}, as answers to questions of that kind.
    languages = models.JSONField(_("languages"), default=list, blank=True)
    when = models.CharField(_("when"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    # Others may see the topics and the country of it while it waits; never who asks, never the text.
    is_public = models.BooleanField(default=False)
    status = models.CharField(max_length=20, choices=NeedStatus.choices, default=NeedStatus.ASKED)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    # Since when the asker waits: from the first day, or from when they answered back.
    waits_since = models.DateTimeField()
    # When the office last did something about it, and after how many days since it was last reminded.
    moved_at = models.DateTimeField()
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for help")
        constraints = [
            one_side("need_of_one"),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="need_in_order",
            ),
        ]
        indexes = [models.Index(fields=["programme", "status", "waits_since"], name="need_waiting")]

    def __str__(self) -> str:
        return str(self.asker)

    def get_absolute_url(self) -> str:
        """Return the address of the asker's own page of it."""
        return reverse("desk:need", args=[self.pk])

    @property
    def asker(self) -> Any:
        """Return the community, or the person, that asks."""
        return self.community or self.person

    @property
    def is_waiting(self) -> bool:
        """Tell whether it is the coordinators' turn."""
        return self.status in WAITING

    def is_late(self, now: datetime, answer_days: int) -> bool:
        """Tell whether it waits for longer than the programme says that an answer takes."""
        return self.is_waiting and now - self.waits_since > timedelta(days=answer_days)


class NeedTopic(models.Model):
    """A capacity that a request is about, and how far the asker is in it, from 1 to 5."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="topics")
    capacity = models.ForeignKey(Capacity, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["need", "capacity"], name="need_topic_once"),
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=5), name="need_level_1_to_5"),
        ]

    def __str__(self) -> str:
        return str(self.capacity)


class NoteKind(models.TextChoices):
    SAID = "said", _("the asker")
    REPLY = "reply", _("the coordinators")
    OFFICE = "office", _("only for the coordinators")


class NeedNote(models.Model):
    """Something that was written about a request, by its asker, to its asker, or among coordinators."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.kind} {self.need_id}"
