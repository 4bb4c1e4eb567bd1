"""What the clock does for reports: reminders before and after they are due, and follow-ups."""

from datetime import datetime, timedelta

from talka.exchanges.queries import SIDE
from talka.kernel.windows import decent_moment, zone
from talka.letters.models import Letter
from talka.reports.actions.letters import tell_side
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import FollowUp, Report
from talka.reports.queries import follow_up_values
from talka.reports.rules import reminder_of_today, reminders

WITH_CYCLE = (
    "exchange__match__cycle__programme",
    "exchange__plan",
    *SIDE,
)
# Letters that ask for a report or an evaluation, and may wait for the morning.
ASKING = ("report_due", "report_reminder", "evaluation_due", "evaluation_reminder")


def is_needless(letter: Letter, *, now: datetime) -> bool:
    """Tell whether a letter leaves no more, since what it asks for was handed in, or is no longer asked."""
    if letter.key not in ASKING:
        return False
    return not Report.objects.filter(pk=letter.subject_id or 0, status=ReportStatus.DRAFT).exists()


def remind(*, now: datetime) -> int:
    """Remind those whose report is not handed in, once a reminder of the blueprint; return the letters.

    Letters leave by day in the programme's zone. Running twice writes nothing twice.
    """
    waiting = Report.objects.on_visits().filter(status=ReportStatus.DRAFT).select_related(*WITH_CYCLE)
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
    due_at, values = decent_moment(now, place), {"is_late": reminder.is_late}
    return tell_side("report_reminder", report, now=now, values=values, once=reminder.mark, due_at=due_at)


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
            sent += tell_side(
                "follow_up_due",
                report,
                now=now,
                values=follow_up_values(follow_up),
                about=follow_up,
                due_at=decent_moment(now, place),
            )
    return sent
