"""Evaluations of mentorships: opened by the clock, and answered by each side for itself."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange
from talka.forms.actions import start_sheet
from talka.forms.models import Form
from talka.kernel.ledger import move, record
from talka.kernel.models import Overtaken
from talka.kernel.windows import decent_moment, zone
from talka.letters.sayings import said
from talka.programmes.models import Cycle
from talka.reports.actions.letters import tell_side
from talka.reports.actions.refusals import Incomplete
from talka.reports.actions.reminding import WITH_CYCLE
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import Report
from talka.reports.queries import evaluation_of, last_evaluation, missing_in
from talka.reports.rules import (
    evaluation_day,
    evaluation_to_ask,
    reminder_of_today,
    reminders,
)

ENDED = (ExchangeStatus.COMPLETED, ExchangeStatus.STOPPED)
OVER = (ExchangeStatus.CLOSED, ExchangeStatus.CANCELLED)
# While it is paused nothing is asked; who ended it early is asked to look back, and not asked again.
ASKED = (ExchangeStatus.PLANNING, ExchangeStatus.UNDERWAY, *ENDED)
STILL_OF_USE = timedelta(days=7)
"""A reminder that an outage kept for longer is not sent any more."""
REMINDED = (ExchangeStatus.PLANNING, ExchangeStatus.UNDERWAY, ExchangeStatus.COMPLETED)


def ask_evaluations(*, now: datetime) -> int:
    """Open each side's evaluations whose time has come, and drop those that time has overtaken.

    Returns how many were opened. Running twice opens nothing twice.
    """
    _drop_overtaken(now)
    mentored = Exchange.objects.mentorships().filter(status__in=ASKED)
    cycles = Cycle.objects.filter(pk__in=mentored.values("match__cycle")).select_related("programme")
    return sum(ask_in_cycle(cycle, now) for cycle in cycles.prefetch_related("stages").order_by("pk"))


def ask_in_cycle(cycle: Cycle, now: datetime) -> int:
    """Open the evaluations of one cycle whose time has come; return how many."""
    asked = cycle.plan.evaluations
    if not asked:
        return 0
    today = now.astimezone(zone(cycle.programme.zone)).date()
    found = Exchange.objects.mentorships().filter(match__cycle=cycle, status__in=ASKED).with_sides()
    opened = 0
    for exchange in found.prefetch_related("pauses", "match__seats__reports").order_by("pk"):
        first, paused = _first_day(exchange, cycle), _paused_days(exchange)
        planned = [(one.key, evaluation_day(first, one.after_months, paused)) for one in asked]
        ripe = evaluation_to_ask(planned, today=today, has_ended=exchange.status in ENDED)
        if ripe is not None:
            opened += _open(exchange, *ripe, now=now)
    return opened


def _first_day(exchange: Exchange, cycle: Cycle) -> date:
    """Return the day from which months count: when it began, or the first of its stage if that is later."""
    began = exchange.started_at.astimezone(zone(cycle.programme.zone)).date()
    asked = cycle.plan.mentorship
    stage = next((one for one in cycle.stages.all() if asked and one.key == asked.stage), None)
    return max(began, stage.starts_on) if stage else began


def _paused_days(exchange: Exchange) -> int:
    return sum((one.ends_on - one.starts_on).days + 1 for one in exchange.pauses.all() if one.ends_on)


def _open(exchange: Exchange, key: str, due_on: date, *, now: datetime) -> int:
    """Open the evaluation for those sides that do not have it, and tell them; return how many."""
    lacking = [seat for seat in exchange.match.sides if key not in {one.key for one in seat.reports.all()}]
    if not lacking:
        return 0
    with transaction.atomic():
        # Held: of two clocks that run at once, the second finds what the first has made.
        Exchange.objects.select_for_update().get(pk=exchange.pk)
        made = set(Report.objects.filter(exchange=exchange, key=key).values_list("seat", flat=True))
        opened = [_make(exchange, seat, key, due_on, now=now) for seat in lacking if seat.pk not in made]
    return len(opened)


def _make(exchange: Exchange, seat: Any, key: str, due_on: date, *, now: datetime) -> Report:
    cycle = exchange.match.cycle
    evaluation = next(one for one in cycle.plan.evaluations if one.key == key)
    report = Report.objects.create(
        exchange=exchange,
        seat=seat,
        key=key,
        sheet=start_sheet(form=Form.objects.get(cycle=cycle, key=evaluation.form), now=now),
        due_on=due_on,
    )
    record(report, "open", by=None, now=now)
    # After the end nobody is written to again: the letter that told of it asked to look back.
    if exchange.status not in ENDED:
        values, due_at = {"evaluation": said(evaluation.name)}, decent_moment(now, cycle.programme.zone)
        tell_side("evaluation_due", report, now=now, values=values, due_at=due_at)
    return report


def _drop_overtaken(now: datetime) -> None:
    """Ask no longer for what nobody needs: from who left, and the middle of what has ended."""
    drafts = Report.objects.evaluations().filter(status=ReportStatus.DRAFT)
    left = Q(seat__left_at__isnull=False) | Q(exchange__status__in=OVER)
    for report in _with_cycle(drafts.filter(left | Q(exchange__status__in=ENDED))):
        exchange = report.exchange
        is_last = report.key == last_evaluation(exchange.match.cycle)
        if exchange.status in ENDED and report.seat.left_at is None and is_last:
            continue
        _drop(report, now)


def _drop(report: Report, now: datetime) -> None:
    try:
        move(report, "drop", by=None, now=now)
    except Overtaken:
        # Answered in this very moment: so much the better.
        return


def remind_of_evaluations(*, now: datetime) -> int:
    """Remind those who have not answered, once a reminder of the blueprint; return the letters.

    Letters leave by day in the programme's zone. Running twice writes nothing twice.
    """
    waiting = Report.objects.evaluations().filter(
        status=ReportStatus.DRAFT,
        exchange__status__in=REMINDED,
        seat__left_at__isnull=True,
    )
    return sum(_remind(report, now) for report in _with_cycle(waiting))


def _with_cycle(reports: QuerySet[Report]) -> Iterator[Report]:
    yield from reports.select_related(*WITH_CYCLE).order_by("pk")


def _remind(report: Report, now: datetime) -> int:
    evaluation, place = evaluation_of(report), report.exchange.match.cycle.programme.zone
    if evaluation is None:
        return 0
    planned = reminders(
        report.due_on, before=evaluation.reminders_before_days, after=evaluation.reminders_after_days
    )
    today = now.astimezone(zone(place)).date()
    reminder = reminder_of_today(planned, today=today)
    if reminder is None or today - reminder.on > STILL_OF_USE:
        return 0
    values = {"evaluation": said(evaluation.name), "is_late": reminder.is_late}
    due_at = decent_moment(now, place)
    return tell_side("evaluation_reminder", report, now=now, values=values, once=reminder.mark, due_at=due_at)


@transaction.atomic
def answer_evaluation(*, report: Report, by: Any, now: datetime) -> None:
    """Hand an evaluation in, which is its end. Raises Incomplete with everything missing, and NotAllowed."""
    # Held while it is looked through: nobody empties an answer in between.
    Report.objects.select_for_update().get(pk=report.pk)
    lacking = missing_in(report)
    if lacking:
        raise Incomplete(*(gap.reason for gap in lacking))
    move(report, "hand in", by=by, now=now)
    report.submitted_at = now
    report.save(update_fields=["submitted_at"])
