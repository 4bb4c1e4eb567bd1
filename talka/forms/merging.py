"""Two people edit the same answers: what each changed is kept, and what both changed is shown to them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Merged:
    """What is kept now, and the keys under which both wrote something different."""

    values: Mapping[str, Any]
    conflicts: tuple[str, ...]


def mark(value: Any) -> str:
    """Return a short mark of a value: equal for equal values, and empty for nothing at all."""
    if value in EMPTY:
        return ""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def marks(values: Mapping[str, Any], keys: Any) -> dict[str, str]:
    """Return the mark of the value under each key."""
    return {key: mark(values.get(key)) for key in keys}


def merge(*, kept: Mapping[str, Any], mine: Mapping[str, Any], seen: Mapping[str, str]) -> Merged:
    """Bring my values in beside those kept meanwhile; nothing that somebody wrote is overwritten unseen.

    A key without a mark in `seen` counts as seen just now.
    """
    values, conflicts = dict(kept), []
    for key, value in mine.items():
        before = seen.get(key, mark(kept.get(key)))
        theirs, ours = mark(kept.get(key)), mark(value)
        if ours in (before, theirs):
            continue
        if theirs != before:
            conflicts.append(key)
        else:
            values[key] = value
    return Merged(values, tuple(conflicts))


def seen_after(
    *, seen: Mapping[str, str], mine: Mapping[str, Any], kept: Mapping[str, Any], merged: Merged
) -> dict[str, str]:
    """Return the marks with which my next change is merged.

    What is kept counts as seen where it is also mine, and where I am shown both. Where only the other changed
    something my page still has the old text, and goes on counting as the old text.
    """
    now = {
        key: mark(kept.get(key))
        for key, value in mine.items()
        if key in merged.conflicts or mark(value) == mark(kept.get(key))
    }
    return {**seen, **now}
