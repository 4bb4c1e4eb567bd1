"""The visit is over: the exchange moves on, and both sides are asked for their report."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange
from talka.forms.actions import start_sheet
from talka.forms.models import Form
from talka.kernel.ledger import move, record
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason
from talka.kernel.windows import zone
from talka.matching.models import Seat
from talka.reports.actions.letters import tell_side
from talka.reports.actions.refusals import VisitNotOver
from talka.reports.models import Report
from talka.reports.rules import due_day


@transaction.atomic
def finish_visit(*, exchange: Exchange, by: Any, now: datetime) -> list[Report]:
    """Say that the visit took place, and open a report for each side.

    Raises VisitNotOver before the last day on site has passed where the visit
    took place, and NotAllowed when the exchange is not planned.
    """
    plan = exchange.plan
    if not plan.has_ended(now.astimezone(zone(plan.zone)).date()):
        last_day = plan.ends_on.isoformat() if plan.ends_on else ""
        raise VisitNotOver(Reason("reports.visit_not_over", {"day": last_day}))
    move(exchange, "visit", by=by, now=now)
    if exchange.match.cycle.plan.report is None:
        return []
    return [_open_report(exchange, seat, by=by, now=now) for seat in exchange.match.seats.order_by("pk")]


def _open_report(exchange: Exchange, seat: Seat, *, by: Any, now: datetime) -> Report:
    cycle = exchange.match.cycle
    asked = cycle.plan.report
    assert asked is not None and exchange.plan.ends_on is not None
    form = Form.objects.get(cycle=cycle, key=asked.form)
    report = Report.objects.create(
        exchange=exchange,
        seat=seat,
        sheet=start_sheet(form=form, now=now),
        due_on=due_day(exchange.plan.ends_on, asked.due_months),
    )
    record(report, "open", by=by, now=now)
    tell_side("report_due", report, now=now)
    return report


def finish_visits(*, now: datetime) -> int:
    """Finish, by the clock, every visit whose last day has passed; return how many there were."""
    # Wherever the place is, its day is at most one ahead of the day in UTC.
    latest = now.date() + timedelta(days=1)
    planned = Exchange.objects.filter(status=ExchangeStatus.PLANNED, plan__ends_on__lt=latest)
    done = 0
    for exchange in planned.select_related("plan", "match__cycle__programme"):
        try:
            finish_visit(exchange=exchange, by=None, now=now)
        except (VisitNotOver, Overtaken):
            continue
        done += 1
    return done
