"""Reading and writing blueprints and capacities: as TOML for people, as plain data for a cycle's snapshot."""

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import Field, ValidationError

from talka.blueprints.mistakes import Mistake, Mistakes, mistake, mistakes_of
from talka.blueprints.references import find, repeats
from talka.blueprints.schema import Blueprint, check_blueprint
from talka.blueprints.values import Frozen, Key, Words
from talka.blueprints.writing import to_toml

CAPACITIES = "capacities.toml"
_PLACE = re.compile(r"(.*) \(at line (\d+), column \d+\)", re.DOTALL)


class Capacity(Frozen):
    """Something one can do or wants to learn; a branch of the tree when others have it as their parent."""

    key: Key
    name: Words
    parent: Key | None = None
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9]\d*$")] | None = None


class Tree(Frozen):
    """The file of capacities."""

    capacities: tuple[Capacity, ...]


def read_toml(text: str) -> Blueprint:
    """Read a blueprint from TOML. Raises Mistakes, which lists every mistake at once."""
    return check_blueprint(_data(text))


def write_toml(blueprint: Blueprint) -> str:
    """Write a blueprint as TOML that `read_toml` turns into the same blueprint; leaves out what is usual."""
    return to_toml(blueprint.model_dump(mode="json", exclude_defaults=True, context={"toml": True}))


def pack(blueprint: Blueprint) -> dict[str, Any]:
    """Write a blueprint as plain data, for the JSON column of a cycle's snapshot.

    Writes the defaults too: a later change of a default must not change what a cycle was opened with.
    """
    return blueprint.model_dump(mode="json")


def unpack(data: Mapping[str, Any]) -> Blueprint:
    """Read back what `pack` wrote. Raises Mistakes.

    A page asks for the same blueprint many times, and checking takes milliseconds: the newest are remembered
    by their whole text, so what is remembered is never out of date.
    """
    return _unpack(json.dumps(data))


@lru_cache(maxsize=64)
def _unpack(text: str) -> Blueprint:
    return check_blueprint(json.loads(text))


@cache
def shipped() -> Mapping[str, Blueprint]:
    """Read the blueprints that come with Talka, by their key."""
    texts = [
        entry.read_text(encoding="utf-8")
        for entry in sorted(files("talka.blueprints").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml") and entry.name != CAPACITIES
    ]
    return {blueprint.key: blueprint for blueprint in map(read_toml, texts)}


@cache
def capacity_tree() -> tuple[Capacity, ...]:
    """Read the capacities that come with Talka, parents before their children."""
    return read_capacities(files("talka.blueprints").joinpath(CAPACITIES).read_text(encoding="utf-8"))


def read_capacities(text: str) -> tuple[Capacity, ...]:
    """Read a list of capacities from TOML, parents before children. Raises Mistakes with every mistake."""
    data = _data(text)
    found = [*repeats(data, (("", "capacities.*.key"),)), *_lost_children(data)]
    try:
        tree = Tree.model_validate(data)
    except ValidationError as error:
        raise Mistakes((*mistakes_of(error), *found)) from None
    if found:
        raise Mistakes(tuple(found))
    return tree.capacities


def _lost_children(data: Any) -> list[Mistake]:
    keys = [(path[1], key) for path, key in find(data, "capacities.*.key")]
    return [
        mistake(path, "unknown_parent", name=parent)
        for path, parent in find(data, "capacities.*.parent")
        if parent not in [key for index, key in keys if index < path[1]]
    ]


def _data(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.fullmatch(str(error))
        path, message = (("line", found[2]), found[1]) if found else (("end",), str(error))
        raise Mistakes((mistake(path, "syntax", message=message),)) from None
    except RecursionError:
        raise Mistakes((mistake(("start",), "syntax", message="too deeply nested"),)) from None
