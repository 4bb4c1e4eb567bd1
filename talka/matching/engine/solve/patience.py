"""How long a search may go on. The clock decides when to stop, never what is better."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

Watch = Callable[[int, int], bool]
"""Told the score found and the bound proved so far; answers whether to go on."""


@dataclass(frozen=True)
class Patience:
    """Until when to search, in seconds of a clock that never jumps, and whom to ask whether to go on."""

    until: float
    watch: Watch | None = None


def be_patient(seconds: float, watch: Watch | None = None) -> Patience:
    """Begin to wait."""
    return Patience(monotonic() + seconds, watch)


def seconds_left(patience: Patience) -> float:
    """Return how many seconds are left, never less than 0."""
    return max(0.0, patience.until - monotonic())


def a_share(patience: Patience, share: float) -> Patience:
    """Return the patience for a part of the way: a share of what is left."""
    return replace(patience, until=monotonic() + share * seconds_left(patience))


def goes_on(patience: Patience, score: int, bound: int) -> bool:
    """Tell whether there is time left and nobody asks to stop."""
    return seconds_left(patience) > 0 and (patience.watch is None or patience.watch(score, bound))
