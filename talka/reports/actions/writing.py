"""Writing a report: answers, next steps, and handing it in."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from talka.exchanges.queries import coordinators_of
from talka.forms.actions import merge_answers
from talka.forms.merging import Merged
from talka.kernel.ledger import move, record
from talka.kernel.reasons import Reason
from talka.letters.outbox import write_letter
from talka.reports.actions.refusals import Incomplete, NotWritable, StepRefused
from talka.reports.models import ON_A_VISIT, NextStep, Report
from talka.reports.queries import letter_values, missing_in
from talka.reports.rules import is_after_visit


def check_writable(report: Report) -> None:
    """Refuse, with NotWritable, to change a report that was handed in; by the row, not by what was read."""
    fresh = Report.objects.select_for_update().get(pk=report.pk)
    if not fresh.is_writable:
        key = "reports.not_writable" if fresh.key == ON_A_VISIT else "reports.evaluation_over"
        raise NotWritable(Reason(key))


@transaction.atomic
def save_report(
    *, report: Report, answers: Mapping[str, Any], seen: Mapping[str, str], by: Any, now: datetime
) -> Merged:
    """Keep the answers given, finished or not. Raises NotWritable.

    `seen` holds the mark of each answer as the page was drawn: what somebody
    else wrote meanwhile is kept and named among the conflicts.
    """
    check_writable(report)
    before = report.sheet.version
    merged = merge_answers(sheet=report.sheet, answers=answers, seen=seen)
    if report.sheet.version != before:
        record(report, "write", by=by, now=now)
    return merged


def _check_step_day(report: Report, due_on: date) -> None:
    last_day = report.exchange.plan.ends_on
    if not is_after_visit(due_on, last_day):
        raise StepRefused(Reason("reports.step_too_early"))


@transaction.atomic
def add_next_step(*, report: Report, text: str, owner: str, due_on: date, by: Any, now: datetime) -> NextStep:
    """Promise something for after the visit. Raises StepRefused for a day before its end, and NotWritable."""
    check_writable(report)
    _check_step_day(report, due_on)
    step = NextStep.objects.create(report=report, text=text, owner=owner, due_on=due_on)
    record(report, "add next step", by=by, now=now)
    return step


@transaction.atomic
def edit_next_step(
    *, step: NextStep, text: str, owner: str, due_on: date, version: int, by: Any, now: datetime
) -> None:
    """Change a promise while the report is being written. Raises StepRefused, NotWritable and Overtaken."""
    check_writable(step.report)
    _check_step_day(step.report, due_on)
    step.text, step.owner, step.due_on = text, owner, due_on
    step.save_version(version, ["text", "owner", "due_on"])
    record(step.report, "edit next step", by=by, now=now)


@transaction.atomic
def remove_next_step(*, step: NextStep, by: Any, now: datetime) -> None:
    """Take a promise back while the report is being written. Raises NotWritable."""
    check_writable(step.report)
    step.delete()
    record(step.report, "remove next step", by=by, now=now)


@transaction.atomic
def submit_report(*, report: Report, by: Any, now: datetime) -> None:
    """Hand the report in. Raises Incomplete with everything that is missing, and NotAllowed."""
    # Held while it is looked through: nobody takes a photo or a next step away in between.
    Report.objects.select_for_update().get(pk=report.pk)
    lacking = missing_in(report)
    if lacking:
        raise Incomplete(*(gap.reason for gap in lacking))
    move(report, "submit", by=by, now=now)
    report.submitted_at = now
    report.save(update_fields=["submitted_at"])
    for person in coordinators_of(report.exchange.match.cycle):
        write_letter(
            "report_handed_in",
            to=person,
            values=letter_values(report, office=True),
            about=report,
            now=now,
            once=now.isoformat(),
        )
