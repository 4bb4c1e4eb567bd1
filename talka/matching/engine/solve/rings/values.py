"""What is asked and answered of rings."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

PAIRS, RINGS = 2, 3
"""The longest rings that may be asked for."""
BY_PRICES, BY_HIGHS = "prices", "HiGHS"


@dataclass(frozen=True)
class Arcs:
    """Who could teach whom, in whole units of `unit`, each arc once; ids in the order of their characters.

    The giver of an arc teaches, its taker learns; the arcs are in the order of givers, then of takers.
    """

    people: tuple[str, ...]
    givers: np.ndarray
    takers: np.ndarray
    scores: np.ndarray
    unit: Decimal


@dataclass(frozen=True)
class RingQuestion:
    """What is asked: rings of how many at most, and who is in a pair already.

    Who is in one ends in a ring in which they learn for a score at least as great, or stays.
    """

    arcs: Arcs
    longest: int = RINGS
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ring:
    """People of whom each teaches the next, and the last the first; the score is the sum over its arcs."""

    people: tuple[str, ...]
    score: int


@dataclass(frozen=True)
class RingProof:
    """Prices in millionths of a unit: of everybody, and of odd sets of people for each two in a ring."""

    prices: Mapping[str, int]
    odd_sets: tuple[tuple[tuple[str, ...], int], ...] = ()


@dataclass(frozen=True)
class RingAnswer:
    """The rings, what no rings are worth more than, and why.

    `bound_by`: the prices, or HiGHS alone, which nobody can add up. `unbounded`: what rings of any length
    could be worth.
    """

    rings: tuple[Ring, ...]
    score: int
    bound: int
    bound_by: str
    unbounded: int
    proof: RingProof


class TooManyRings(ValueError):
    """There are more rings to choose from than can be weighed."""
