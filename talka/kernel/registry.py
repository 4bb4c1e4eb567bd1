"""Names that rooms make known when Talka starts, so that blueprints can name them and be validated."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")


class UnknownName(LookupError):
    """Nobody registered the name."""


class Names(Generic[Thing]):
    """A list of names of one kind. A name is registered once."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._things: dict[str, Thing] = {}

    def add(self, name: str, thing: Thing) -> None:
        """Make the thing known. Raises ValueError when another thing has the name."""
        if self._things.setdefault(name, thing) is not thing:
            raise ValueError(f"two things are the {self.kind} {name!r}")

    def add_all(self, things: Mapping[str, Thing]) -> None:
        """Make each of the things known."""
        for name, thing in things.items():
            self.add(name, thing)

    def get(self, name: str) -> Thing:
        """Return the thing. Raises UnknownName."""
        try:
            return self._things[name]
        except KeyError:
            raise UnknownName(f"no {self.kind} is called {name!r}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._things))


criteria: Names[Callable[..., Any]] = Names("criterion")
"""Eligibility rules of screening, by the name a blueprint uses."""

reasons: Names[Any] = Names("reason")
"""Message key of a Reason to its translatable words with %(name)s places."""

letters: Names[Any] = Names("letter")
"""Letters that rooms send, by key; see talka.letters.catalogue."""

clockwork: Names[Callable[..., Any]] = Names("timed job")
"""What `talka tick` does, by name: each takes `now` and returns how much it did."""
