"""How far a long answer is, on the line of a terminal."""

import sys
from typing import TextIO

from talka.matching.engine import Watch
from talka.matching.queries.fits import STAGES

WIDTH = 60


def told_on(stream: TextIO = sys.stderr) -> Watch | None:
    """Return a watch that writes the stage and its share over one line; None where nobody looks."""
    if not stream.isatty():
        return None

    def watch(stage: str, done: int, of: int) -> bool:
        line = f"{STAGES[stage]} … {100 * done // max(1, of)} %"
        stream.write(f"\r{line:{WIDTH}}")
        stream.flush()
        return True

    return watch


def wipe(stream: TextIO = sys.stderr) -> None:
    """Empty the line again."""
    if stream.isatty():
        stream.write(f"\r{'':{WIDTH}}\r")
