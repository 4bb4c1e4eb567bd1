"""The matching engine: no database, no clock, no Django. `match` is the door, `check` the audit."""

from talka.matching.engine.run import ENGINE_VERSION, match, replay
from talka.matching.engine.sealing import ask, canonical, pack, seal_of, unpack
from talka.matching.engine.solve.check import check
from talka.matching.engine.values import (
    Contradiction,
    Outcome,
    Pair,
    Part,
    Party,
    Policy,
    Proof,
    Reason,
    Request,
    Ruling,
    Side,
    Slot,
    Speaks,
    Step,
    Topic,
    Trip,
    Unmatched,
)
from talka.matching.engine.watch import Stopped, Watch

__all__ = [
    "ENGINE_VERSION",
    "Contradiction",
    "Outcome",
    "Pair",
    "Part",
    "Party",
    "Policy",
    "Proof",
    "Reason",
    "Request",
    "Ruling",
    "Side",
    "Slot",
    "Speaks",
    "Step",
    "Stopped",
    "Topic",
    "Trip",
    "Unmatched",
    "Watch",
    "ask",
    "canonical",
    "check",
    "match",
    "pack",
    "replay",
    "seal_of",
    "unpack",
]
