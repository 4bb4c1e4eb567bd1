"""What is asked and answered of clinics."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Clinic:
    """A clinic that could be held: by whom, and how many must and may come if it is."""

    key: str
    teacher: str
    fewest: int
    most: int


@dataclass(frozen=True)
class ClinicQuestion:
    """Who would come to which clinic, and for what score, each wish once.

    `people` and `clinics` are in the order of their keys, wishes in that of people and, within, of clinics.
    Everybody comes to one clinic at most, every teacher holds one at most.
    """

    people: tuple[str, ...]
    clinics: tuple[Clinic, ...]
    rows: np.ndarray
    columns: np.ndarray
    scores: np.ndarray


@dataclass(frozen=True)
class ClinicAnswer:
    """Who comes to which clinic; what no other answer is worth more than, and why.

    `prices` are of people, in millionths of a point. `bound_by`: those prices, or HiGHS alone.
    """

    seats: tuple[tuple[str, str], ...]
    score: int
    bound: int
    bound_by: str
    prices: Mapping[str, int]
