"""What is asked and answered of circles: plain data that can be sealed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from talka.matching.engine.sealing import canonical, tidy
from talka.matching.engine.values import Party, Policy, Reason


@dataclass(frozen=True)
class CircleRequest:
    """Everybody who wants a circle, what the blueprint decides, and circles that stay as they are.

    Of a party its needs are what it finds hard, with the level at which it stands; of the policy count the
    least level of a language, the period with its zone, the length of a meeting and the tree of capacities.
    """

    parties: tuple[Party, ...]
    policy: Policy
    smallest: int = 4
    largest: int = 6
    kept: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Circle:
    """Those who would learn together; `kept` is one that nobody was asked about."""

    members: tuple[str, ...]
    kept: bool = False


@dataclass(frozen=True)
class Alone:
    """Somebody without a circle, and why."""

    key: str
    reason: Reason


@dataclass(frozen=True)
class CircleOutcome:
    """The circles, who has none, and the proof: prices by which no circles are worth more than the bound.

    The score counts the circles that were made, not those that were kept.
    """

    circles: tuple[Circle, ...]
    alone: tuple[Alone, ...]
    score: int
    bound: int
    bound_by: str
    prices: tuple[tuple[int, int], ...]
    seal: str
    engine_version: str


def ask_circles(
    parties: Iterable[Party],
    policy: Policy,
    *,
    smallest: int,
    largest: int,
    kept: Iterable[Iterable[str]] = (),
) -> CircleRequest:
    """Return the request with its rows in the order of their keys."""
    ordered = tuple(sorted(map(tidy, parties), key=lambda party: party.key))
    stay = tuple(sorted(tuple(sorted(circle)) for circle in kept))
    return CircleRequest(ordered, policy, smallest, largest, stay)


def seal_of_circles(request: CircleRequest) -> str:
    """Return the SHA-256 of the request's canonical form."""
    return hashlib.sha256(canonical(request)).hexdigest()
