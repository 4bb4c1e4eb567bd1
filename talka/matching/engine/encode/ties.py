"""The number that decides between answers as good: a hash of the two keys, cheap enough to ask for any pair.

Each key is hashed once; the two hashes are mixed. So the order of the rows and the names of others never
change it. Nothing here passes 63 bits: the same source runs plain, compiled, and on whole arrays.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np

from talka.matching.engine.compiled import compiled
from talka.matching.engine.values import Side

TIE_BITS = 32
HALF = 31
LOW = (1 << HALF) - 1
WORD = (1 << TIE_BITS) - 1


def marks_of(seed: str, side: Side, keys: Iterable[str]) -> np.ndarray:
    """Return 62 bits of a hash of each key, another on each side and for each seed."""
    texts = ("\0".join((seed, side.value, key)).encode() for key in keys)
    hashes = [int.from_bytes(hashlib.sha256(text).digest()[:8], "big") >> 2 for text in texts]
    return np.array(hashes, dtype=np.int64)


@compiled
def mixed(word: Any) -> Any:
    """Return 32 bits in which every bit of the 32 given ones counts everywhere."""
    word = word ^ word >> 16
    word = word * 0x7FEB352D & WORD
    word = word ^ word >> 15
    word = word * 0x45D9F3B & WORD
    return word ^ word >> 16


@compiled
def tie_of(learner: Any, teacher: Any) -> Any:
    """Return the number of a pair: 32 bits, from the marks of the two."""
    both = learner ^ teacher
    return mixed(mixed(both >> HALF) ^ both & LOW)
