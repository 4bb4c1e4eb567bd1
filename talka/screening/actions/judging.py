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
from talka.screening.actions.fairness import refuse_conflict, refuse_unless_undecided
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
    refuse_unless_undecided(application, "judge")
    facts = gather_facts(application, now=now)
    plan = application.call.cycle.plan
    asked = [criterion for criterion in plan.criteria if criterion.role == application.call.role]
    for position, criterion in enumerate(asked):
        ruled = _ask(criterion, facts)
        Verdict.objects.update_or_create(
            application=application,
            criterion=criterion.rule,
            defaults={
                "position": position,
                "ruling": ruled.ruling,
                "reason": pack(ruled.reason),
                "judged_at": now,
            },
        )
    record(application, "judge", by=by, now=now)


def _ask(criterion: Criterion, facts: Facts) -> Ruled:
    """Ask one criterion. One that cannot be asked is left to a person: it must not stop an applicant."""
    try:
        return criteria.get(criterion.rule)(facts, **criterion.params)
    except (UnknownName, TypeError, ValueError):
        log.exception("the criterion %s could not be asked", criterion.rule)
        return Ruled("person", Reason("screening.unanswerable", {"criterion": criterion.rule}))


@transaction.atomic
def override_verdict(*, verdict: Verdict, ruling: str, note: str, by: Any, now: datetime) -> None:
    """Decide otherwise than the rule; with an empty ruling the rule counts again.

    Raises NoteMissing without a reason, ValueError for no ruling of ours, and what the fairness asks.
    """
    refuse_conflict(verdict.application, by)
    refuse_unless_undecided(verdict.application, "override")
    if ruling and ruling not in Ruling.values:
        raise ValueError(ruling)
    if ruling and not note.strip():
        raise NoteMissing
    verdict.override = ruling
    verdict.override_note = note.strip() if ruling else ""
    verdict.overridden_by = by if ruling else None
    verdict.save(update_fields=["override", "override_note", "overridden_by"])
    record(verdict, "override" if ruling else "lift_override", by=by, now=now)
