"""Names that rooms make known when Talka starts, so that blueprints can name them and be validated."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")


class UnknownName(LookupError):
    """Nobody registered the name."""


class Names(Generic[Thing]):
    """A list of names of one kind. A name is registered once."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._things: dict[str, Thing] = {}
        self._places: dict[str, str] = {}

    def add(self, name: str, thing: Thing) -> None:
        """Make the thing known. Raises ValueError when another thing has the name."""
        if self._things.setdefault(name, thing) is not thing:
            raise ValueError(f"two things are the {self.kind} {name!r}")

    def add_place(self, name: str, place: str) -> None:
        """Make known where the thing is, as "module:thing"; it is imported when it is first asked for.

        For what stands on models, which Django loads after the names are made known.
        """
        if name in self._things or self._places.setdefault(name, place) != place:
            raise ValueError(f"two things are the {self.kind} {name!r}")

    def add_all(self, things: Mapping[str, Thing]) -> None:
        """Make each of the things known."""
        for name, thing in things.items():
            self.add(name, thing)

    def get(self, name: str) -> Thing:
        """Return the thing. Raises UnknownName."""
        if name not in self._things and name in self._places:
            module, _, thing = self._places[name].partition(":")
            self._things[name] = getattr(import_module(module), thing)
        try:
            return self._things[name]
        except KeyError:
            raise UnknownName(f"no {self.kind} is called {name!r}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._things or name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._things, *self._places}))


criteria: Names[Callable[..., Any]] = Names("criterion")
"""Eligibility rules of screening, by the name a blueprint uses."""

reasons: Names[Any] = Names("reason")
"""Message key of a Reason to its translatable words with %(name)s places."""

hard_rules: Names[Any] = Names("hard rule")
"""Rules of matching that no pair may break, by the name a blueprint uses."""

weights: Names[Any] = Names("weight")
"""Parts of a pair's score that a blueprint weighs."""

letters: Names[Any] = Names("letter")
"""Letters that rooms send, by key; see talka.letters.catalogue."""

kept_letters: Names[Callable[..., bool]] = Names("reason to keep a letter")
"""Why letters never leave, by name: each takes a letter and `now` and tells whether it stays."""

long_jobs: Names[Callable[..., bool]] = Names("long job")
"""What `talka work` does, by name: each takes `clock`, does one piece, and tells whether there was any."""

clockwork: Names[Callable[..., Any]] = Names("timed job")
"""What `talka tick` does, by name: each takes `now` and returns how much it did."""

KINDS: dict[str, Names[Any]] = {
    "criteria": criteria,
    "hard_rules": hard_rules,
    "weights": weights,
    "letters": letters,
}
"""What a blueprint may name, by the kind it is called there."""
