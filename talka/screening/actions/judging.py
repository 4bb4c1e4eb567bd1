"""Asking the criteria about an application, and a person's word over theirs."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.actions import submit_application
from talka.applications.models import Application
from talka.blueprints.schema import Criterion
from talka.kernel.ledger import record
from talka.kernel.reasons import Reason, pack
from talka.kernel.registry import UnknownName, criteria
from talka.screening.actions.fairness import hold_undecided, refuse_conflict
from talka.screening.models import Ruling, Verdict
from talka.screening.queries import gather_facts
from talka.screening.rules import Facts, Ruled

log = logging.getLogger(__name__)


class NoteMissing(Exception):
    """Who decides otherwise than the rule says why."""


@transaction.atomic
def hand_in_application(*, application: Application, by: Any, now: datetime) -> None:
    """Hand in an application and ask the criteria about it at once.

    Raises what `submit_application` raises: the call is over, something required is missing.
    """
    submit_application(application=application, by=by, now=now)
    judge_application(application=application, by=None, now=now)


@transaction.atomic
def judge_application(*, application: Application, by: Any, now: datetime) -> None:
    """Ask the criteria of the cycle's blueprint anew. What a person decided over them stays.

    Raises NotAllowed for an application that is not handed in, or is decided already.
    """
    held = hold_undecided(application, "judge")
    judge_held(held, now=now)
    record(held, "judge", by=by, now=now)


def judge_held(application: Application, *, now: datetime) -> bool:
    """Keep what the criteria say of an application that is locked; tell whether any of it is new."""
    facts = gather_facts(application, now=now)
    plan = application.call.cycle.plan
    asked = [criterion for criterion in plan.criteria if criterion.role == application.call.role]
    kept = {verdict.criterion: verdict for verdict in application.verdicts.all()}
    is_new = False
    for position, criterion in enumerate(asked):
        ruled = _ask(criterion, facts)
        verdict = kept.get(criterion.rule)
        if verdict is None:
            verdict = Verdict(application=application, criterion=criterion.rule, version=0)
        reason = pack(ruled.reason)
        if (ruled.ruling, reason) != (verdict.ruling, verdict.reason):
            # Whoever is deciding over the rule's answer is told that it is another one now.
            verdict.version += 1
            is_new = True
        verdict.ruling, verdict.reason = ruled.ruling, reason
        verdict.position, verdict.judged_at = position, now
        verdict.save()
    return is_new


def _ask(criterion: Criterion, facts: Facts) -> Ruled:
    """Ask one criterion. One that cannot be asked is left to a person: it must not stop an applicant."""
    try:
        return criteria.get(criterion.rule)(facts, **criterion.params)
    except (UnknownName, TypeError, ValueError):
        log.exception("the criterion %s could not be asked", criterion.rule)
        return Ruled("person", Reason("screening.unanswerable", {"criterion": criterion.rule}))


@transaction.atomic
def override_verdict(
    *, verdict: Verdict, ruling: str, note: str, by: Any, now: datetime, version: int | None = None
) -> None:
    """Decide otherwise than the rule; with an empty ruling the rule counts again.

    `version` is that of the verdict as the person saw it; by default that of the given one.
    Raises NoteMissing without a reason, ValueError for no ruling of ours, what the fairness asks, and
    Overtaken when the rule or somebody else has said something else since, or the application changed.
    """
    refuse_conflict(verdict.application, by)
    hold_undecided(verdict.application, "override")
    if ruling and ruling not in Ruling.values:
        raise ValueError(ruling)
    if ruling and not note.strip():
        raise NoteMissing
    verdict.override = ruling
    verdict.override_note = note.strip() if ruling else ""
    verdict.overridden_by = by if ruling else None
    verdict.is_outdated = False
    fields = ["override", "override_note", "overridden_by", "is_outdated"]
    verdict.save_version(verdict.version if version is None else version, fields)
    record(verdict, "override" if ruling else "lift_override", by=by, now=now)
