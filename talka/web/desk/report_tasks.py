"""What reports, evaluations and follow-ups ask of a person."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talka.blueprints.exchanges import Evaluation
from talka.exchanges.queries import SIDE
from talka.kernel.speech import noted
from talka.kernel.windows import end_of
from talka.kernel.wording import say
from talka.matching.models import Seat
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import FollowUp, Report
from talka.reports.queries import evaluation_of
from talka.web.shared.tasks import Task

ASKED = (ReportStatus.DRAFT, ReportStatus.RETURNED, ReportStatus.SUBMITTED)


def report_tasks(account: Any, now: datetime) -> list[Task]:
    """List the reports to write, those the coordinators read, and the follow-ups that are due."""
    own = Seat.objects.held_by(account).values("pk")
    related = (
        "exchange__match__cycle__programme",
        *SIDE,
    )
    reports = Report.objects.filter(seat__in=own, status__in=ASKED).select_related(*related)
    # Wherever the reader is, the day is at most one ahead of the day in UTC.
    due = FollowUp.objects.filter(
        report__seat__in=own,
        report__status=ReportStatus.ACCEPTED,
        answered_at__isnull=True,
        due_on__lte=now.date() + timedelta(days=1),
    )
    follow_ups = due.select_related(*(f"report__{path}" for path in related)).order_by("due_on", "pk")
    return [
        *(_of_report(report) for report in reports.order_by("due_on", "pk")),
        *(_of_follow_up(follow_up) for follow_up in follow_ups),
    ]


def _of_evaluation(report: Report, evaluation: Evaluation) -> Task:
    programme = report.exchange.match.cycle.programme
    # Translators: the first is a programme, the second the name of an evaluation.
    words = _("%(programme)s: %(evaluation)s, for %(side)s.")
    named = noted(say(evaluation.name, get_language() or "en"))
    return Task(
        words=words % {"programme": programme, "evaluation": named, "side": report.seat.application},
        address=report.get_absolute_url(),
        button=_("Answer"),
        due_at=end_of(report.due_on, programme.zone),
        zone=programme.zone,
    )


def _of_report(report: Report) -> Task:
    evaluation = evaluation_of(report)
    if evaluation is not None:
        return _of_evaluation(report, evaluation)
    programme, page = report.exchange.match.cycle.programme, report.get_absolute_url()
    names = {"programme": programme, "community": report.seat.application}
    if report.status == ReportStatus.SUBMITTED:
        words = _("%(programme)s: the coordinators read the report of %(community)s.") % names
        return Task(words=words, address=page, button=_("See the report"), waits=True)
    if report.status == ReportStatus.RETURNED:
        words = (
            _("%(programme)s: the coordinators have a question about the report of %(community)s.") % names
        )
        return Task(words=words, address=page, button=_("Answer it"))
    words = _("%(programme)s: write the report of %(community)s on the visit.") % names
    due_at = end_of(report.due_on, programme.zone)
    return Task(words=words, address=page, button=_("Write the report"), due_at=due_at, zone=programme.zone)


def _of_follow_up(follow_up: FollowUp) -> Task:
    programme = follow_up.report.exchange.match.cycle.programme
    words = _("%(programme)s: tell what became of the next steps of %(community)s.")
    return Task(
        words=words % {"programme": programme, "community": follow_up.report.seat.application},
        address=reverse("desk:follow_up", args=[follow_up.pk]),
        button=_("Answer"),
    )
