"""What is wrong with a table, all of it at once, each by line and column."""

from dataclasses import dataclass

from talka.matching.engine.values import Reason


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell of a file: line 1 holds the headings; a column of "" means the whole line."""

    file: str
    line: int
    column: str
    reason: Reason


class FaultyTable(ValueError):
    """Tables that cannot be used, with every fault."""

    def __init__(self, faults: list[Fault]):
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)
