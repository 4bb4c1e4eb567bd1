"""What mentors offer, when they are away, and to whom they were introduced."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.capacities.lifecycle import INTRODUCTION, OFFER, STANDING, IntroductionStatus, OfferStatus
from talka.capacities.models.needs import Need, one_side, own
from talka.capacities.models.tree import Capacity
from talka.kernel.models import Versioned
from talka.people.models import Community
from talka.programmes.models import Post, Programme


class OfferQuerySet(models.QuerySet["Offer"]):
    """Words for finding offers."""

    def own_of(self, account: Any) -> "OfferQuerySet":
        """Keep those of the person, and of communities that they represent."""
        return self.filter(own(account))

    def run_by(self, account: Any) -> "OfferQuerySet":
        """Keep those to programmes that the person coordinates."""
        return self.filter(programme__in=Programme.objects.run_by(account, Post.COORDINATOR).values("pk"))

    def with_places(self) -> "OfferQuerySet":
        """Count in `taken` the introductions that take a place of each."""
        standing = models.Q(introductions__status__in=STANDING)
        return self.annotate(taken=models.Count("introductions", filter=standing))


class Offer(Versioned):
    """What a mentor, or a community, can give to those who ask for help, and to how many at a time."""

    LIFECYCLE = OFFER
    # How many places are given away, as `with_places` counts them.
    taken: int

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="offers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("what you can give"), blank=True)
    # Keys of the blueprint's models; none means any.
    for_models = models.JSONField(default=list, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    places = models.PositiveSmallIntegerField(_("to how many at a time"), default=1)
    status = models.CharField(max_length=20, choices=OfferStatus.choices, default=OfferStatus.OPEN)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    # When the mentor was asked whether it still holds; empty once that is answered.
    asked_again_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        constraints = [
            one_side("offer_of_one"),
            # One offer a side and programme, however many click at once: it is changed, not made again.
            models.UniqueConstraint(fields=["programme", "person"], name="offer_once_a_person"),
            models.UniqueConstraint(fields=["programme", "community"], name="offer_once_a_community"),
        ]

    def __str__(self) -> str:
        return str(self.mentor)

    def get_absolute_url(self) -> str:
        """Return the address of the mentor's own page of it."""
        return reverse("desk:offer", args=[self.pk])

    @property
    def mentor(self) -> Any:
        """Return the community, or the person, that offers."""
        return self.community or self.person

    @property
    def is_standing(self) -> bool:
        """Tell whether it was not ended."""
        return self.status != OfferStatus.ENDED

    def away_until(self, today: date) -> date | None:
        """Return the last day of the absence that the day lies in, or None; absences may be prefetched."""
        last = [one.ends_on for one in self.absences.all() if one.starts_on <= today <= one.ends_on]
        return max(last, default=None)


class OfferTopic(models.Model):
    """A capacity that an offer is about, and how far the mentor is in it, from 1 to 5."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="topics")
    capacity = models.ForeignKey(Capacity, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(default=4)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["offer", "capacity"], name="offer_topic_once"),
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=5), name="offer_level_1_to_5"),
        ]

    def __str__(self) -> str:
        return str(self.capacity)


class Absence(models.Model):
    """A mentor is away from a day to a day, both included: the offer is not proposed then."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="absences")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="absence_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class Introduction(models.Model):
    """A mentor is asked whether they help with one request; on a yes the two learn of each other."""

    LIFECYCLE = INTRODUCTION

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="introductions")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="introductions")
    status = models.CharField(
        max_length=20, choices=IntroductionStatus.choices, default=IntroductionStatus.ASKED
    )
    # What the coordinators tell the mentor of the request.
    note = models.TextField(_("what you tell the mentor"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    answer_note = models.TextField(_("why"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["need"],
                condition=models.Q(status__in=["asked", "accepted"]),
                name="introduction_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.offer)

    def get_absolute_url(self) -> str:
        """Return the address where the mentor answers."""
        return reverse("desk:introduction", args=[self.pk])
