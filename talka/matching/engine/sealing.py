"""To plain data and back, the same bytes for the same request whatever the order of its rows."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from talka.matching.engine.values import LATER, Party, Policy, Request, Ruling

T = TypeVar("T")


def tidy(party: Party) -> Party:
    """Return the party with everything in order whose order says nothing; wishes stay as ranked."""
    return replace(
        party,
        needs=tuple(sorted(party.needs, key=lambda topic: (topic.priority, topic.capacity, topic.level))),
        offers=tuple(sorted(party.offers, key=lambda topic: (topic.priority, topic.capacity, topic.level))),
        languages=tuple(sorted(party.languages, key=lambda language: (language.code, language.level))),
        windows=None if party.windows is None else tuple(sorted(party.windows)),
        hours=None
        if party.hours is None
        else tuple(sorted(party.hours, key=lambda slot: (slot.weekday, slot.starts, slot.ends))),
    )


def ask(
    learners: Sequence[Party], teachers: Sequence[Party], policy: Policy, rulings: Sequence[Ruling] = ()
) -> Request:
    """Return the request with its rows in the order of their keys."""
    return Request(
        learners=tuple(sorted(map(tidy, learners), key=lambda party: party.key)),
        teachers=tuple(sorted(map(tidy, teachers), key=lambda party: party.key)),
        policy=policy,
        rulings=tuple(sorted(set(rulings), key=lambda ruling: (ruling.learner, ruling.teacher, ruling.kind))),
    )


def pack(value: Any) -> Any:
    """Return the value as plain dicts, lists, texts and numbers, ready for JSON.

    A field that came later is left out while it says nothing: what was sealed before keeps its seal.
    """
    if is_dataclass(value):
        said = [field.name for field in fields(value) if not _is_silent(value, field)]
        return {name: pack(getattr(value, name)) for name in said}
    if isinstance(value, Mapping):
        return {key: pack(value[key]) for key in sorted(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (tuple, list)):
        return [pack(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def _is_silent(value: Any, field: Field[Any]) -> bool:
    """Tell whether the field came later and has its default."""
    return LATER in field.metadata and getattr(value, field.name) == _default(field)


def _default(field: Field[Any]) -> Any:
    """Return what the field is when nothing is said."""
    return field.default if field.default_factory is MISSING else field.default_factory()


def unpack(kind: type[T], data: Any) -> T:
    """Return the value of that kind from what `pack` gave. Raises KeyError or ValueError if it is not one."""
    value: T = _unpack(kind, data)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Return the kinds of the fields of a value."""
    return get_type_hints(kind)


def _unpack(kind: Any, data: Any) -> Any:
    """Return the data as the annotated kind says, piece by piece."""
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        said = [field for field in fields(kind) if LATER not in field.metadata or field.name in data]
        return kind(**{field.name: _unpack(hints[field.name], data[field.name]) for field in said})
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return _unpack_union(inner, data)
    if origin is tuple and inner[-1] is Ellipsis:
        return tuple(_unpack(inner[0], item) for item in data)
    if origin is tuple:
        return tuple(_unpack(each, item) for each, item in zip(inner, data, strict=True))
    if origin is frozenset:
        return frozenset(data)
    if origin is Mapping:
        return {key: _unpack(inner[1], item) for key, item in data.items()}
    if kind is date:
        return date.fromisoformat(data)
    return kind(data) if issubclass(kind, StrEnum) else data


def _unpack_union(kinds: tuple[Any, ...], data: Any) -> Any:
    """Return None as it is, a list as the tuple the union allows, anything else as the plain kind."""
    if data is None:
        return None
    if isinstance(data, list):
        return _unpack(next(kind for kind in kinds if get_origin(kind) is tuple), data)
    others = [kind for kind in kinds if kind is not NoneType and get_origin(kind) is None]
    return _unpack(others[0], data) if is_dataclass(others[0]) else data


def canonical(value: Any) -> bytes:
    """Return the one JSON form of a value: sorted keys, no spaces, UTF-8."""
    return json.dumps(pack(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal_of(request: Request) -> str:
    """Return the SHA-256 of the request's canonical form; the order of the rows does not matter."""
    ordered = ask(request.learners, request.teachers, request.policy, request.rulings)
    return hashlib.sha256(canonical(ordered)).hexdigest()
