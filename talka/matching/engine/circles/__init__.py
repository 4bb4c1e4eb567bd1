"""Circles of peers: `draw_circles` is the door, `check_circles` the audit, `why` says what speaks for one."""

from talka.matching.engine.circles.drawing import draw_circles
from talka.matching.engine.circles.proving import check_circles, gap_of
from talka.matching.engine.circles.values import (
    Alone,
    Circle,
    CircleOutcome,
    CircleRequest,
    ask_circles,
    seal_of_circles,
)
from talka.matching.engine.circles.why import best_circle_for, common_languages, warnings_of, why

__all__ = [
    "Alone",
    "Circle",
    "CircleOutcome",
    "CircleRequest",
    "ask_circles",
    "best_circle_for",
    "check_circles",
    "common_languages",
    "draw_circles",
    "gap_of",
    "seal_of_circles",
    "warnings_of",
    "why",
]
