"""What looks wrong about the dates of a cycle."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from talka.kernel.reasons import Reason


class DatedStage(NamedTuple):
    """A stage as it is judged: where it belongs, what it is called, and its days."""

    key: str
    name: dict[str, str]
    starts_on: date
    ends_on: date


def disorder(stages: Sequence[DatedStage], after: dict[str, str]) -> list[Reason]:
    """Say where stages overlap the wrong way: a stage that begins before the one it builds on is over.

    `stages` are in the order of the programme; `after` names, by key, the stage that each one follows.
    A stage that starts before one listed above it is told of as well. Nothing is forbidden: organisers may
    know better.
    """
    found = []
    known = {stage.key: stage for stage in stages}
    for index, stage in enumerate(stages):
        before = known.get(after.get(stage.key, ""))
        if before and stage.starts_on <= before.ends_on:
            found.append(_reason("stages.overlap", stage, before))
        elif index and stage.starts_on < stages[index - 1].starts_on:
            found.append(_reason("stages.order", stage, stages[index - 1]))
    return found


def _reason(key: str, stage: DatedStage, before: DatedStage) -> Reason:
    return Reason(
        key,
        {
            "stage": stage.name,
            "before": before.name,
            "starts_on": stage.starts_on.isoformat(),
            "ends_on": before.ends_on.isoformat(),
        },
    )
