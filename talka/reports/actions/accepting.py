"""What coordinators do with a report: return it with a question, accept it, open it again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange
from talka.kernel.ledger import move
from talka.kernel.reasons import Reason
from talka.kernel.windows import add_months
from talka.reports.actions.letters import tell_side
from talka.reports.actions.refusals import ExchangeClosed
from talka.reports.models import FollowUp, Report


@transaction.atomic
def return_report(*, report: Report, question: str, by: Any, now: datetime) -> None:
    """Give a report back with a question; its writers can edit it again. Raises NotAllowed."""
    move(report, "return", by=by, now=now, note=question)
    tell_side("report_returned", report, now=now, values={"question": question}, once=now.isoformat())


@transaction.atomic
def accept_report(*, report: Report, by: Any, now: datetime) -> None:
    """Accept a report, and set the days on which one asks what became of its next steps.

    Raises NotAllowed. Accepting it a second time leaves the days as they are.
    """
    move(report, "accept", by=by, now=now)
    asked, last_day = report.exchange.match.cycle.plan.report, report.exchange.plan.ends_on
    if asked is not None and last_day is not None:
        for months in asked.follow_up_months:
            FollowUp.objects.get_or_create(
                report=report, months=months, defaults={"due_on": add_months(last_day, months)}
            )
    tell_side("report_accepted", report, now=now, once=now.isoformat())


@transaction.atomic
def reopen_report(*, report: Report, question: str, by: Any, now: datetime) -> None:
    """Take an accepted report up again with a question to its writers.

    Raises NotAllowed, and ExchangeClosed: what was closed on it is reopened first.
    """
    # The exchange first, as closing does: one of the two comes first.
    if Exchange.objects.select_for_update().get(pk=report.exchange_id).status == ExchangeStatus.CLOSED:
        raise ExchangeClosed(Reason("reports.exchange_closed"))
    move(report, "reopen", by=by, now=now, note=question)
    tell_side("report_returned", report, now=now, values={"question": question}, once=now.isoformat())
