"""Finding capacities, and what a community offers and needs."""

from django.db.models import QuerySet
from django.utils.translation import get_language

from talka.capacities.models import Capacity, CommunityCapacity, Relation
from talka.kernel.wording import say
from talka.people.models import Community


def search_capacities(
    words: str, *, among: QuerySet[Capacity] | None = None, most: int = 20
) -> list[Capacity]:
    """Find capacities whose name, in any language, or whose branch contains every word.

    They come in the order of their names in the reader's language.
    """
    wanted = words.casefold().split()[:8]
    capacities = (Capacity.objects.all() if among is None else among).select_related("parent")
    found = [one for one in capacities if all(word in _spoken(one) for word in wanted)]
    language = get_language() or "en"
    return sorted(found, key=lambda one: (say(one.name, language).text.casefold(), one.pk))[:most]


def _spoken(capacity: Capacity) -> str:
    branch = capacity.parent.name.values() if capacity.parent else ()
    return " ".join((*capacity.name.values(), *branch)).casefold()


def offers_and_needs(community: Community) -> tuple[list[CommunityCapacity], list[CommunityCapacity]]:
    """List what a community offers and what it needs, highest level first."""
    kept = list(community.capacities.select_related("capacity__parent").order_by("-level", "capacity__key"))
    return (
        [one for one in kept if one.relation == Relation.OFFER],
        [one for one in kept if one.relation == Relation.NEED],
    )
