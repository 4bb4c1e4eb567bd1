"""Keeping the tree of capacities, and what communities offer and need."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.blueprints.reading import capacity_tree
from talka.capacities.models import Capacity, CommunityCapacity
from talka.kernel.ledger import record
from talka.people.models import Community


@transaction.atomic
def import_capacities(*, by: Any, now: datetime) -> int:
    """Bring the capacities up to those that come with Talka; return how many are new or changed.

    Doing it twice changes nothing. What the office added stays.
    """
    known = {capacity.key: capacity for capacity in Capacity.objects.all()}
    changed = 0
    for shipped in capacity_tree():
        facts = {
            "name": dict(shipped.name),
            "parent": known[shipped.parent] if shipped.parent else None,
            "wikidata_item": shipped.wikidata or "",
        }
        capacity = known.setdefault(shipped.key, Capacity(key=shipped.key))
        if capacity.pk and all(getattr(capacity, name) == value for name, value in facts.items()):
            continue
        for name, value in facts.items():
            setattr(capacity, name, value)
        capacity.save()
        record(capacity, "import", by=by, now=now)
        changed += 1
    return changed


@transaction.atomic
def set_capacity(
    *, community: Community, capacity: Capacity, relation: str, level: int, by: Any, now: datetime
) -> CommunityCapacity:
    """Keep that a community offers or needs a capacity, at a level from 1 to 5; again changes the level."""
    kept, _is_new = CommunityCapacity.objects.update_or_create(
        community=community, capacity=capacity, relation=relation, defaults={"level": level}
    )
    record(community, f"set_{relation}", by=by, now=now)
    return kept


@transaction.atomic
def drop_capacity(*, kept: CommunityCapacity, by: Any, now: datetime) -> None:
    """Forget that a community offers or needs a capacity."""
    if CommunityCapacity.objects.filter(pk=kept.pk).delete()[0]:
        record(kept.community, f"drop_{kept.relation}", by=by, now=now)
