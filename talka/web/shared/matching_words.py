"""How matching speaks in the office: how far a worker is, and refusals."""

from typing import Any

from django.utils.translation import ngettext

from talka.matching.engine import Outcome
from talka.matching.models import Run
from talka.matching.queries.fits import STAGES, UNIT
from talka.matching.queries.reasons import Refused
from talka.matching.queries.words import Names, speak_all


def stage_of(run: Run) -> dict[str, Any]:
    """Say how far a worker is, with a share from 0 to 100."""
    progress = run.progress or {"stage": "", "done": 0, "of": 1}
    share = 100 * progress["done"] // max(1, progress["of"])
    return {"words": STAGES.get(progress["stage"], ""), "share": share}


def gap_in_words(outcome: Outcome) -> str:
    """Say how much better an answer that was ended early could be at most, by what was last looked for."""
    last = outcome.certificate[-1] if outcome.certificate else None
    if last is None or last.bound is None:
        return ""
    gap = last.bound - last.value
    if last.level.startswith("matched"):
        more = ngettext(
            "At most %(count)d more could find a partner.",
            "At most %(count)d more could find a partner.",
            gap,
        )
        return more % {"count": gap}
    if last.level == "total":
        points = -(-gap // UNIT)
        more = ngettext(
            "At most %(count)d point more is possible.", "At most %(count)d points more are possible.", points
        )
        return more % {"count": points}
    return ""


def refusal_in_words(refused: Refused, names: Names | None = None) -> str:
    """Say why something was refused, in one text."""
    return " ".join(speak_all(refused.reasons, names or Names()))
