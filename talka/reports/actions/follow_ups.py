"""What became of the next steps, asked again some months after the visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from talka.kernel.ledger import move, record
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason
from talka.reports.actions.refusals import StepRefused
from talka.reports.lifecycle import StepStatus
from talka.reports.models import FollowUp, NextStep


@dataclass(frozen=True)
class StepAnswer:
    """What is said of one next step: its status, a new day while it is open, why it was given up."""

    step: NextStep
    status: str
    due_on: date | None = None
    reason: str = ""


@transaction.atomic
def finish_step(*, step: NextStep, by: Any, now: datetime) -> None:
    """Say that a next step is done. Raises NotAllowed."""
    move(step, "finish", by=by, now=now)


@transaction.atomic
def drop_step(*, step: NextStep, reason: str, by: Any, now: datetime) -> None:
    """Give a next step up, with the reason. Raises NotAllowed."""
    move(step, "drop", by=by, now=now, note=reason)


@transaction.atomic
def postpone_step(*, step: NextStep, due_on: date, by: Any, now: datetime) -> None:
    """Give an open next step another day, from today on. Raises StepRefused and Overtaken."""
    if due_on == step.due_on:
        return
    if due_on < now.date():
        raise StepRefused(Reason("reports.new_day_past"))
    step.due_on = due_on
    step.save_version(step.version, ["due_on"])
    record(step, "postpone", by=by, now=now)


@transaction.atomic
def answer_follow_up(
    *, follow_up: FollowUp, steps: Iterable[StepAnswer], note: str, by: Any, now: datetime
) -> None:
    """Write down what became of each next step, and what else has happened since.

    Raises StepRefused, NotAllowed, and Overtaken when it was answered already.
    """
    waiting = FollowUp.objects.filter(pk=follow_up.pk, answered_at__isnull=True)
    if not waiting.update(note=note, answered_by=by, answered_at=now):
        raise Overtaken(f"follow-up {follow_up.pk} was answered")
    for answer in steps:
        _apply(answer, by=by, now=now)
    record(follow_up.report, f"follow up after {follow_up.months} months", by=by, now=now)
    follow_up.refresh_from_db()


def _apply(answer: StepAnswer, *, by: Any, now: datetime) -> None:
    step = answer.step
    if answer.status == StepStatus.OPEN:
        if answer.due_on is not None:
            postpone_step(step=step, due_on=answer.due_on, by=by, now=now)
    elif step.status == answer.status:
        return
    elif answer.status == StepStatus.DONE:
        finish_step(step=step, by=by, now=now)
    else:
        drop_step(step=step, reason=answer.reason, by=by, now=now)
