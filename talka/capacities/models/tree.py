"""The tree of capacities, and who offers or needs them."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.kernel.wording import say
from talka.people.models import Community


class Capacity(models.Model):
    """Something one can do or wants to learn; a Wikidata item where there is one."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.JSONField()
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    wikidata_item = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("capacity")

    def __str__(self) -> str:
        return say(self.name, get_language() or "en").text


class Relation(models.TextChoices):
    OFFER = "offer", _("Offers")
    NEED = "need", _("Needs")


class CommunityCapacity(models.Model):
    """A community offers or needs a capacity, at a level from 1 (beginning) to 5 (could teach experts)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="capacities")
    capacity = models.ForeignKey(Capacity, on_delete=models.PROTECT, related_name="communities")
    relation = models.CharField(max_length=10, choices=Relation.choices)
    level = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "capacity", "relation"], name="community_capacity_once"
            ),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=5), name="capacity_level_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.capacity_id}"
