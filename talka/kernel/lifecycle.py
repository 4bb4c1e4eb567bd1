"""Lifecycles as tables: a start, and the moves that are permitted. Everything else is refused."""

from collections.abc import Iterable
from dataclasses import dataclass


class NotAllowed(Exception):
    """The lifecycle has no such move from the status the record is in."""

    def __init__(self, verb: str, status: str) -> None:
        super().__init__(f"cannot {verb} what is {status}")
        self.verb = verb
        self.status = status


@dataclass(frozen=True)
class Move:
    """One row of the table: what is done, to what, and what it is afterwards."""

    verb: str
    sources: frozenset[str]
    target: str


@dataclass(frozen=True)
class Lifecycle:
    """The statuses of a record and the moves between them."""

    start: str
    moves: tuple[Move, ...]

    def target(self, verb: str, status: str) -> str:
        """Return the status that the verb leads to. Raises NotAllowed when there is none."""
        for move in self.moves:
            if move.verb == verb and status in move.sources:
                return move.target
        raise NotAllowed(verb, status)

    def allows(self, verb: str, status: str) -> bool:
        """Tell whether the verb can be done to a record of the status."""
        return any(move.verb == verb and status in move.sources for move in self.moves)

    def verbs(self, status: str) -> tuple[str, ...]:
        """List what can be done to a record of the status, in the order of the table."""
        return tuple(move.verb for move in self.moves if status in move.sources)


def moves(*rows: tuple[str, str | Iterable[str], str]) -> tuple[Move, ...]:
    """Build the rows of a table from (verb, source or sources, target)."""
    return tuple(
        Move(verb, frozenset([sources] if isinstance(sources, str) else sources), target)
        for verb, sources, target in rows
    )
