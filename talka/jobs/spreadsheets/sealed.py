"""A run in a file: what was asked, what came of it, and the proof; and the same looked at again later."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy as _

from talka.matching.engine import ENGINE_VERSION, Outcome, Request, canonical, check, pack, replay, unpack

PARTS = ("engine_version", "request", "outcome", "seal", "sha256")
WRONG = {
    "seal": _("The seal does not belong to what was asked: a person, a ruling or the policy was changed."),
    "stranger": _("A pair names somebody who does not take part."),
    "lock": _("The pairs that were decided by hand are not those that were asked for."),
    "rule": _("A pair breaks a hard rule, or was ruled out by hand."),
    "score": _("A score or one of its parts is not what the policy gives."),
    "loss": _("A pair has nothing that speaks for it."),
    "twice": _("A pair is there twice."),
    "learner_fewest": _("Somebody who learns has fewer partners than they must."),
    "teacher_fewest": _("Somebody who teaches has fewer partners than they must."),
    "learner_places": _("Somebody who learns has more partners than places."),
    "teacher_places": _("Somebody who teaches has more partners than places."),
    "prices": _("The certificate lacks prices, or has too many."),
}
AIMS = {
    "pairs": _("as many pairs as possible"),
    "worst": _("the worst pair as good as possible"),
    "total": _("the best total"),
    "kept": _("earlier pairs kept"),
    "ties": _("the last of several that are as good"),
}


def seal_run(request: Request, outcome: Outcome) -> bytes:
    """Return the run as a file, the same bytes for the same run. It names nobody: people are ids or lines."""
    run = {
        "engine_version": outcome.engine_version,
        "request": pack(request),
        "outcome": pack(outcome),
        "seal": outcome.seal,
    }
    run["sha256"] = hashlib.sha256(canonical(run)).hexdigest()
    return (json.dumps(run, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def verify_run(path: Path) -> str:
    """Prove a run again, without the solver and then by matching anew, and say so.

    Raises CommandError, saying what is wrong, unless the pairs are proved the best and come out the same.
    """
    data = path.read_bytes()
    try:
        run = json.loads(data)
        request, outcome = unpack(Request, run["request"]), unpack(Outcome, run["outcome"])
        wrong = check(request, outcome)
        refusals = [sentence_of(one) for one in dict.fromkeys(wrong)] or _other_faults(run, data, request)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError):
        raise CommandError(f"{path}: this is no run that `talka match` wrote, or it was changed.") from None
    if refusals:
        raise CommandError(f"{path}: " + " ".join(refusals))
    seal = f"{len(outcome.pairs)} pairs, seal {outcome.seal}"
    if outcome.engine_version != ENGINE_VERSION:
        return f"Proved the best ({seal}). Another version of Talka wrote it, so it was not matched anew."
    return f"Proved the best, and matched anew to the same bytes ({seal})."


def _other_faults(run: dict[str, Any], data: bytes, request: Request) -> list[str]:
    """Return what is wrong with a run whose pairs are proved: what the proof says nothing about."""
    outcome = unpack(Outcome, run["outcome"])
    if run["seal"] != outcome.seal or run["engine_version"] != outcome.engine_version:
        return [str(WRONG["seal"])]
    if outcome.stopped or any(proof.bound is not None for proof in outcome.certificate):
        return [str(_("The search was stopped before it was proved the best."))]
    if outcome.engine_version == ENGINE_VERSION and canonical(replay(run["request"])) != canonical(outcome):
        return [str(_("The pairs are proved, but something beside them was changed."))]
    if seal_run(request, outcome) != data:
        return [str(_("The SHA-256 does not belong to this file: it was changed after it was written."))]
    return []


def sentence_of(wrong: str) -> str:
    """Say what an audit found wrong; what it has no word for is an aim that is not proved."""
    return str(WRONG.get(wrong) or _("Not proved the best: %(aim)s.") % {"aim": aim_of(wrong)})


def aim_of(name: str) -> str:
    """Say what an aim of the ladder is."""
    if name.startswith("matched_"):
        return str(_("as many learners of priority %(number)s matched as possible")) % {
            "number": name.removeprefix("matched_")
        }
    return str(AIMS.get(name, name))
