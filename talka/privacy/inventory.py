"""The inventory: every field of every table, and the class that says why it is kept and for how long."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True)
class FieldClass:
    """Why fields of a class are kept, on what basis, who sees them, and what becomes of them."""

    purpose: str
    basis: str
    seen_by: str
    kept: str
    exported: str
    erased: str
    erasing: str


@dataclass(frozen=True)
class Ways:
    """How the records of a table lead to the person whose they are, or who acted in them."""

    own: tuple[str, ...] = ()
    acted: tuple[str, ...] = ()
    deleted: bool = False
    withheld: Mapping[str, Any] = field(default_factory=dict)


@cache
def _read() -> dict:
    return tomllib.loads((files("talka.privacy") / "inventory.toml").read_text())


def classes() -> dict[str, FieldClass]:
    """Return the classes by name, in the order of the file."""
    return {name: FieldClass(**values) for name, values in _read()["classes"].items()}


def classified_fields() -> dict[str, str]:
    """Return "room.Model.field" to the name of its class, as the file says."""
    return {
        f"{model}.{field}": kind
        for model, kinds in _read()["fields"].items()
        for kind, names in kinds.items()
        for field in names
    }


def existing_fields() -> set[str]:
    """Return "room.Model.field" for every column that Talka's own tables have."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("talka.")
        for field in model._meta.concrete_fields
    }


def subjects() -> dict[type[Model], Ways]:
    """Return how each table with something about people leads to them."""
    return {
        apps.get_model(label): Ways(
            own=tuple(entry.get("own", ())),
            acted=tuple(entry.get("acted", ())),
            deleted=entry.get("deleted", False),
            withheld=entry.get("withheld", {}),
        )
        for label, entry in _read()["subjects"].items()
    }


def untouched() -> frozenset[str]:
    """Return the fields, as "room.Model.field", into which nothing is ever written."""
    return frozenset(_read()["untouched"])


def fields_of(model: type[Model]) -> dict[str, FieldClass]:
    """Return the fields of a table with their classes."""
    known, kinds = classes(), classified_fields()
    return {one.name: known[kinds[f"{model._meta.label}.{one.name}"]] for one in model._meta.concrete_fields}
