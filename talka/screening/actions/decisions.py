"""Decisions: prepared with their letters, changed or dropped while unseen, and released together."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import applicants
from talka.kernel.ledger import move, record
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.letters.outbox import drop_bundle, release_bundle, write_letter
from talka.programmes.models import Cycle
from talka.screening.actions.fairness import refuse_conflict
from talka.screening.models import Decision, Outcome
from talka.screening.queries import decision_bundle, held_letters, letter_values

LETTERS = {
    Outcome.ACCEPT: "application_accepted",
    Outcome.WAIT: "application_waiting",
    Outcome.DECLINE: "application_declined",
}


class NoteMissing(Exception):
    """Who reconsiders a decision says why."""


@transaction.atomic
def prepare_decision(
    *,
    application: Application,
    outcome: str,
    note: str,
    by: Any,
    now: datetime,
    version: int | None = None,
) -> Decision:
    """Prepare the programme's answer, or change the prepared one, and write its letters anew, held.

    The ledger's line is about the decision, never about the application, whose ledger its applicant reads.
    `version` is that of the decision as the person saw it, 0 for none; whatever there is, when not given.
    Raises InConflict, ValueError for no outcome of ours, NotAllowed unless the application is handed in, and
    Overtaken when somebody else prepared one since.
    """
    refuse_conflict(application, by)
    # By the row: a release, or another coordinator's decision, comes before this one or after it.
    status = Application.objects.select_for_update().get(pk=application.pk).status
    if status != ApplicationStatus.SUBMITTED:
        raise NotAllowed(outcome, status)
    outcome = Outcome(outcome)
    decision = Decision.objects.filter(application=application).first()
    if decision is None:
        decision = Decision(application=application, version=0)
    if version not in (None, decision.version):
        raise Overtaken(f"the decision on application {application.pk} is past version {version}")
    decision.outcome, decision.note = outcome, note.strip()
    decision.prepared_by, decision.prepared_at = by, now
    decision.version, decision.is_outdated = decision.version + 1, False
    decision.save()
    record(decision, "prepare", by=by, now=now)
    drop_bundle(decision_bundle(decision), by=by, now=now)
    _write_letters(decision, now=now)
    return decision


def _write_letters(decision: Decision, *, now: datetime) -> None:
    """Write those held letters that are not there yet, one to each person who acts for the applicant."""
    values = letter_values(decision)
    for account in applicants(decision.application):
        write_letter(
            LETTERS[Outcome(decision.outcome)],
            to=account,
            values=values,
            about=decision.application,
            now=now,
            once=f"{decision.pk}.{decision.version}",
            bundle=decision_bundle(decision),
        )


@transaction.atomic
def drop_decision(*, decision: Decision, by: Any, now: datetime) -> None:
    """Take back a decision that nobody has seen, and its letters. Raises NotAllowed once it is released."""
    refuse_conflict(decision.application, by)
    Application.objects.select_for_update().get(pk=decision.application_id)
    if not Decision.objects.filter(pk=decision.pk, released_at__isnull=True).exists():
        raise NotAllowed("drop", decision.application.status)
    record(decision, "drop", by=by, now=now)
    drop_bundle(decision_bundle(decision), by=by, now=now)
    decision.delete()


@transaction.atomic
def release_decisions(*, cycle: Cycle, by: Any, now: datetime) -> int:
    """Tell the applicants of a cycle every prepared decision at once; return how many there were.

    Decisions on applications that are not handed in at the moment stay prepared. A second release finds
    nothing left to do; of two at the same time one raises Overtaken and changes nothing.
    """
    prepared = Decision.objects.releasable(cycle).select_related("application__call__cycle")
    released = list(prepared.order_by("pk"))
    for decision in released:
        move(decision.application, decision.outcome, by=by, now=now)
        _release_letters(decision, by=by, now=now)
        decision.released_at = now
        decision.save_version(decision.version, ["released_at"])
    return len(released)


def _release_letters(decision: Decision, *, by: Any, now: datetime) -> None:
    """Let the letters go to those who act for the applicant now: representatives come and go."""
    acting = {account.pk for account in applicants(decision.application)}
    for letter in held_letters(decision):
        if letter.recipient_id not in acting:
            move(letter, "drop", by=by, now=now)
    _write_letters(decision, now=now)
    release_bundle(decision_bundle(decision), by=by, now=now)


@transaction.atomic
def reconsider_application(*, application: Application, note: str, by: Any, now: datetime) -> None:
    """Open a decided application again, with a reason for the office; a new decision tells the applicant.

    Raises NoteMissing, InConflict, and NotAllowed unless it is decided.
    """
    refuse_conflict(application, by)
    if not note.strip():
        raise NoteMissing
    move(application, "reconsider", by=by, now=now)
    for decision in Decision.objects.filter(application=application):
        record(decision, "reconsider", by=by, now=now, note=note.strip())
        decision.delete()
