"""How much is tried: a sample while working, the whole in `./dev prove`."""

import os

PROVING = bool(os.environ.get("TALKA_PROVE"))
# What a sample leaves of the examples that a proof takes.
SAMPLE = 8


def examples(count: int) -> int:
    """Return how many examples a property is tried on, of so many that prove it."""
    return count if PROVING else max(20, count // SAMPLE)
