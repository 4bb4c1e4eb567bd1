"""Why a judgement came out as it did: a message key with values, put into words where it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reason:
    """A message key and the values that its words need."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Gap:
    """Something that is missing before a record can be handed in.

    It names the section of the page where it is put right, and the field in it where there is one.
    """

    section: str
    reason: Reason
    field: str = ""


def pack(reason: Reason) -> dict[str, Any]:
    """Write a reason as plain data, for a JSON column."""
    return {"key": reason.key, "values": dict(reason.values)}


def unpack(data: Mapping[str, Any]) -> Reason:
    """Read back what `pack` wrote."""
    return Reason(data["key"], data.get("values", {}))
