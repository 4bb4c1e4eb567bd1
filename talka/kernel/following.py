"""Following records to what hangs on them: whole branches of the data, found by its own foreign keys."""

from collections.abc import Collection
from typing import Any

from django.db.models import CASCADE, PROTECT, Model

Found = dict[type[Model], set[int]]
"""The keys of records, by their table."""


def follow(found: Found, model: type[Model], keys: set[int], *, up: Collection[type[Model]] = ()) -> None:
    """Add records to what is found, and everything that could not be without them.

    Records of the tables `up` are added as well where one that is found points to them, and followed in turn.
    """
    new = keys - found.setdefault(model, set())
    if not new:
        return
    found[model] |= new
    relations: list[Any] = list(model._meta.get_fields(include_hidden=True))
    for relation in relations:
        if relation.auto_created and getattr(relation, "on_delete", None) in (CASCADE, PROTECT):
            child = relation.related_model
            held = child._base_manager.filter(**{f"{relation.field.name}__in": new})
            follow(found, child, set(held.values_list("pk", flat=True)), up=up)
        elif relation.concrete and relation.related_model in up:
            parents = model._base_manager.filter(pk__in=new).values_list(relation.attname, flat=True)
            follow(found, relation.related_model, set(parents) - {None}, up=up)
