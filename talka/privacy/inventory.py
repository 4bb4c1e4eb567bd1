"""The inventory: every field of every table, and the class that says why it is kept and for how long."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.apps import apps


@dataclass(frozen=True)
class FieldClass:
    """Why fields of a class are kept, on what basis, who sees them, and what becomes of them."""

    purpose: str
    basis: str
    seen_by: str
    kept: str
    exported: bool
    erased: str


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
