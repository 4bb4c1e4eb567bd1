"""How somebody follows a long answer, and ends it early."""

from collections.abc import Callable

Watch = Callable[[str, int, int], bool]
"""Told at which stage the engine is ("look", "solve", "explain" or "study") and how much of how much of it is
done; answers whether to go on."""


class Stopped(Exception):
    """Somebody asked for an end before there was an answer."""


def goes_on(watch: Watch | None, stage: str, done: int, of: int) -> bool:
    """Tell the watch how far a stage is, and return whether to go on."""
    return watch is None or watch(stage, done, of)
