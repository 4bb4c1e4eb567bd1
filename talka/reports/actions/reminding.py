"""What the clock does for reports: reminders before and after they are due, and follow-ups."""

from datetime import datetime, timedelta
from typing import Any

from talka.exchanges.queries import representatives_of
from talka.kernel.windows import zone
from talka.letters.outbox import write_letter
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import FollowUp, Report
from talka.reports.queries import follow_up_values, letter_values
from talka.reports.rules import decent_moment, reminder_of_today, reminders

WITH_CYCLE = ("exchange__match__cycle__programme", "exchange__plan", "seat__application__community")


def remind(*, now: datetime) -> int:
    """Remind those whose report is not handed in, once a reminder of the blueprint; return the letters.

    Letters leave by day in the programme's zone. Running twice writes nothing twice.
    """
    waiting = Report.objects.filter(status=ReportStatus.DRAFT).select_related(*WITH_CYCLE)
    return sum(_remind(report, now) for report in waiting.order_by("pk"))


def _remind(report: Report, now: datetime) -> int:
    cycle = report.exchange.match.cycle
    asked, place = cycle.plan.report, cycle.programme.zone
    if asked is None:
        return 0
    planned = reminders(report.due_on, before=asked.reminders_before_days, after=asked.reminders_after_days)
    reminder = reminder_of_today(planned, today=now.astimezone(zone(place)).date())
    if reminder is None:
        return 0
    values = letter_values(report) | {"is_late": reminder.is_late}
    return _write("report_reminder", report, report, values, now, once=reminder.mark)


def ask_follow_ups(*, now: datetime) -> int:
    """Ask, on its day, what became of the next steps; return the letters written."""
    due = FollowUp.objects.filter(
        answered_at__isnull=True,
        due_on__lte=now.date() + timedelta(days=1),
        report__status=ReportStatus.ACCEPTED,
    )
    sent = 0
    for follow_up in due.select_related(*(f"report__{path}" for path in WITH_CYCLE)).order_by("pk"):
        report = follow_up.report
        place = report.exchange.match.cycle.programme.zone
        if follow_up.due_on <= now.astimezone(zone(place)).date():
            sent += _write("follow_up_due", report, follow_up, follow_up_values(follow_up), now)
    return sent


def _write(
    key: str, report: Report, about: Any, values: dict[str, Any], now: datetime, *, once: str = ""
) -> int:
    due_at = decent_moment(now, report.exchange.match.cycle.programme.zone)
    people = representatives_of([report.seat.application.community_id])
    written = [
        write_letter(key, to=person, values=values, about=about, now=now, once=once, due_at=due_at)
        for person in people
    ]
    return sum(letter is not None for letter in written)
