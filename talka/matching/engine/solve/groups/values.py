"""What is asked and answered of groups."""

from dataclasses import dataclass
from math import lcm

import numpy as np


@dataclass(frozen=True)
class Peer:
    """Somebody who would learn with others: languages, minutes ahead of UTC, and experience in any unit."""

    key: str
    languages: frozenset[str]
    minutes_ahead: int
    experience: int


@dataclass(frozen=True)
class Likeness:
    """How much each hour nearer than `far` counts, and each unit of difference in experience up to `most`."""

    hour: int = 10
    far: int = 6
    difference: int = 10
    most: int = 5


@dataclass(frozen=True)
class GroupQuestion:
    """Who would get along how well, and how many a group has.

    `points` are for two people, the same both ways and none below 0; `together` says who may be in one group.
    Where `shared` is given, all of a group have one of its bits in common, such as a language.
    A group is worth, for each of its members, the mean of their points with the others, in units of
    1 / `shares`: so it is no better for being large.
    """

    people: tuple[str, ...]
    points: np.ndarray
    together: np.ndarray
    smallest: int = 4
    largest: int = 6
    shared: np.ndarray | None = None

    @property
    def shares(self) -> int:
        """What a mean over any size of a group can be told in, as whole numbers."""
        return lcm(*range(self.smallest - 1, self.largest))


@dataclass(frozen=True)
class GroupAnswer:
    """The groups, and what no groups are worth more than.

    `bound_by`: prices of having others, and of being had, or HiGHS alone.
    """

    groups: tuple[tuple[str, ...], ...]
    score: int
    bound: int
    bound_by: str
    prices: tuple[tuple[int, int], ...]
