"""What a programme did in a period, counted: from its ledger and from what people wrote, in whole days.

The days are those of the programme's zone, the first and the last included. What a ledger knows is counted by
the moves of that period, so that what was undone later still counts as done then.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet, Sum

from talka.applications.models import Application
from talka.capacities.models import Need, Offer
from talka.exchanges.lifecycle import HoursStatus
from talka.exchanges.models import CheckIn, Exchange, Hours, Lesson
from talka.gatherings.models import ActionItem, Attendance, Gathering, GatheringKind, MeetingDecision
from talka.impact.models import ImpactReport
from talka.initiatives.models import Feedback, Initiative, StageChange
from talka.kernel.models import Entry
from talka.kernel.windows import end_of, start_of
from talka.learning.models import Completion
from talka.matching.models import Match
from talka.programmes.models import ContactNote, Membership, Notice, Programme
from talka.recognition.models import Certificate
from talka.reports.models import Report

MINUTES = 60


@dataclass(frozen=True)
class Period:
    """The first and the last day, the moments between which they lie, and the moment of counting."""

    first: date
    last: date
    since: datetime
    until: datetime
    now: datetime


Counted = Iterator[tuple[str, int]]
"""Names of figures, with how many."""


def period_of(programme: Programme, first: date, last: date, *, now: datetime) -> Period:
    """Return the days of the programme's zone as a period, looked at now."""
    return Period(first, last, start_of(first, programme.zone), end_of(last, programme.zone), now)


def figures_between(programme: Programme, first: date, last: date, *, now: datetime) -> list[dict[str, Any]]:
    """Count the programme's work in a period, part by part, as plain data.

    Each part is {"key": …, "facts": [{"key": …, "count": …}]}. A period may end after today: what is only
    planned is not counted. It takes the same few queries however much there was.
    """
    period = period_of(programme, first, last, now=now)
    return [
        {"key": key, "facts": [{"key": name, "count": count} for name, count in counted(programme, period)]}
        for key, counted in PARTS.items()
    ]


def _moved(period: Period, rows: QuerySet[Any], *verbs: str) -> int:
    """Count the records among the rows to which one of the verbs was done in the period."""
    return _lines(period, rows.model, *verbs).filter(subject_id__in=rows.values("pk")).count()


def _lines(period: Period, model: type[Model], *verbs: str) -> QuerySet[Any]:
    found = Entry.objects.filter(
        subject_type=model._meta.label_lower,
        verb__in=verbs,
        moved_at__gte=period.since,
        moved_at__lt=period.until,
    )
    return found.values("subject_id").distinct()


def _people(programme: Programme, period: Period) -> Counted:
    applications = Application.objects.filter(call__cycle__programme=programme)
    yield "applications", _moved(period, applications, "submit")
    yield "accepted", _moved(period, applications, "accept")


def _pairs(programme: Programme, period: Period) -> Counted:
    exchanges = Exchange.objects.filter(match__cycle__programme=programme)
    yield "agreed", _moved(period, Match.objects.filter(cycle__programme=programme), "agree")
    yield "begun", _moved(period, exchanges, "begin", "approve")
    yield "visits", _moved(period, exchanges, "visit")
    yield "completed", _moved(period, exchanges, "complete")
    yield "ended_early", _moved(period, exchanges, "stop", "cancel")


def _time(programme: Programme, period: Period) -> Counted:
    hours = Hours.objects.filter(
        exchange__match__cycle__programme=programme,
        status=HoursStatus.CONFIRMED,
        day__range=(period.first, period.last),
    )
    minutes = hours.aggregate(sum=Sum("minutes"))["sum"] or 0
    yield "hours", minutes // MINUTES
    check_ins = CheckIn.objects.filter(exchange__match__cycle__programme=programme)
    yield "check_ins", check_ins.filter(held_on__range=(period.first, period.last)).count()


def _group(programme: Programme, period: Period) -> Counted:
    members = Membership.objects.filter(programme=programme)
    joined_before = members.filter(joined_at__lt=period.until)
    yield "joined", members.filter(joined_at__gte=period.since, joined_at__lt=period.until).count()
    yield "left", members.filter(left_at__gte=period.since, left_at__lt=period.until).count()
    yield "members", joined_before.filter(Q(left_at=None) | Q(left_at__gte=period.until)).count()
    notes = ContactNote.objects.filter(group__programme=programme)
    yield "contacts", notes.filter(met_on__range=(period.first, period.last)).count()
    yield "notices", _moved(period, Notice.objects.filter(programme=programme), "show")


def _requests(programme: Programme, period: Period) -> Counted:
    needs = Need.objects.filter(programme=programme)
    offers = Offer.objects.filter(programme=programme)
    yield "asked", needs.filter(asked_at__gte=period.since, asked_at__lt=period.until).count()
    yield "answered", _moved(period, needs, "reply")
    yield "introduced", _moved(period, needs, "introduce")
    yield "became_applications", _moved(period, needs, "begin application")
    yield "offers", offers.filter(made_at__gte=period.since, made_at__lt=period.until).count()


def held_in(programme: Programme, period: Period) -> QuerySet[Gathering]:
    """Find the gatherings that took place in the period; those that are still ahead did not."""
    return Gathering.objects.held(period.now).filter(
        programme=programme, starts_at__gte=period.since, starts_at__lt=period.until
    )


def _meetings(programme: Programme, period: Period) -> Counted:
    held = held_in(programme, period)
    is_check_in = Q(kind=GatheringKind.CHECK_IN)
    yield "meetings_held", held.exclude(is_check_in).count()
    yield "led_check_ins", held.filter(is_check_in).count()
    confirmed = Attendance.objects.filter(confirmed_at__isnull=False)
    yield "attendances", confirmed.filter(gathering__in=held.values("pk")).count()
    yield "decisions", MeetingDecision.objects.filter(gathering__in=held.values("pk")).count()
    items = ActionItem.objects.filter(gathering__programme=programme)
    yield "actions_done", _moved(period, items, "finish")


def _learning(programme: Programme, period: Period) -> Counted:
    lessons = Lesson.objects.filter(exchange__match__cycle__programme=programme)
    yield "lessons_published", _moved(period, lessons, "publish")
    done = Completion.objects.filter(module__programme=programme)
    yield "modules_done", done.filter(done_at__gte=period.since, done_at__lt=period.until).count()


def _initiatives(programme: Programme, period: Period) -> Counted:
    initiatives = Initiative.objects.filter(programme=programme)
    began = initiatives.filter(created_at__gte=period.since, created_at__lt=period.until)
    yield "initiatives_new", began.count()
    days = (period.first, period.last)
    stages = StageChange.objects.filter(initiative__programme=programme, reached_on__range=days)
    yield "stages_reached", stages.count()
    feedback = Feedback.objects.filter(initiative__programme=programme, given_on__range=days)
    yield "feedback", feedback.count()


def _papers(programme: Programme, period: Period) -> Counted:
    reports = Report.objects.filter(exchange__match__cycle__programme=programme)
    yield "reports", _moved(period, reports, "submit", "hand in")
    issued = Certificate.objects.filter(cycle__programme=programme)
    yield "certificates", issued.filter(issued_at__gte=period.since, issued_at__lt=period.until).count()
    published = ImpactReport.objects.filter(cycle__programme=programme)
    in_time = {"published_at__gte": period.since, "published_at__lt": period.until}
    yield "impact_reports", published.filter(**in_time).count()


PARTS: dict[str, Callable[[Programme, Period], Counted]] = {
    "group": _group,
    "requests": _requests,
    "meetings": _meetings,
    "people": _people,
    "pairs": _pairs,
    "time": _time,
    "evaluations": _papers,
    "lessons": _learning,
    "initiatives": _initiatives,
}
"""The parts of a report about work, in their order."""
