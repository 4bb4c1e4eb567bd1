"""What the invented people of a rehearsal are asked, and how they do it: one step at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from talka.applications.lifecycle import ApplicationStatus, PartnerStatus
from talka.applications.models import Application, Partner
from talka.demo.cohort import accounts_of, communities_of
from talka.demo.cohort_applying import confirm_for, fill_in, finish
from talka.demo.cohort_visiting import follow_up, go, write_and_sign, write_report
from talka.demo.cohort_working import complete, short_of_hours, work_on
from talka.demo.describing import writer_of
from talka.exchanges.actions import answer_match
from talka.exchanges.lifecycle import ExchangeStatus, PlanStatus
from talka.exchanges.models import Exchange
from talka.matching.lifecycle import MatchStatus
from talka.matching.models import Answer, Origin, Seat
from talka.people.models import Community
from talka.programmes.models import Programme
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import FollowUp, Report

# From so many proposed matches on, one side says no: then there is an alternate to rehearse as well.
ENOUGH_FOR_A_NO = 4


@dataclass(frozen=True)
class Step:
    """Something that people are asked: how to find it, how to do it, and how much is done at once."""

    key: str
    find: Callable[[Programme, datetime], QuerySet[Any]]
    act: Callable[[Any, datetime], bool]
    most: int = 20


class NotARehearsal(Exception):
    """The programme is a real one: its people answer for themselves."""


def asked_of_cohort(programme: Programme, *, now: datetime) -> dict[str, int]:
    """Count what the invented people are asked now, by the key of the step; only what there is."""
    counts = {step.key: step.find(programme, now).count() for step in STEPS}
    return {key: count for key, count in counts.items() if count}


def let_cohort_answer(*, programme: Programme, now: datetime) -> tuple[str, int]:
    """Let the invented people do the first kind of thing that they are asked; return which, and how often.

    The key is empty when nothing could be done. Each answer is a transaction of its own, by the person who
    gives it, and not all are given at once where that would take long. Raises NotARehearsal.
    """
    if not programme.is_rehearsal:
        raise NotARehearsal
    for step in STEPS:
        done = sum(step.act(one, now) for one in list(step.find(programme, now)[: step.most]))
        if done:
            return step.key, done
    return "", 0


def _acting(programme: Programme) -> QuerySet[Community]:
    return communities_of(programme).filter(representations__status="accepted")


def _invented(programme: Programme, way: str = "") -> Q:
    """Return what applications of invented communities and people are like, at the end of the way."""
    communities, people = _acting(programme), accounts_of(programme)
    return Q(**{f"{way}community__in": communities}) | Q(**{f"{way}person__in": people})


def _applications(programme: Programme, status: str) -> QuerySet[Application]:
    own = Application.objects.filter(_invented(programme), call__cycle__programme=programme)
    related = ("community", "person", "sheet__form_version", "call__cycle__programme", "call__form")
    return own.filter(status=status).select_related(*related).order_by("pk")


def _returned(programme: Programme, now: datetime) -> QuerySet[Application]:
    return _applications(programme, ApplicationStatus.RETURNED).filter(open_until__gt=now)


def _drafts(programme: Programme, now: datetime) -> QuerySet[Application]:
    drafts = _applications(programme, ApplicationStatus.DRAFT)
    is_open = Q(call__opens_at__lte=now, call__closes_at__gt=now)
    return drafts.filter(is_open | Q(open_until__gt=now))


@transaction.atomic
def _hand_in(application: Application, now: datetime) -> bool:
    by = writer_of(application)
    fill_in(application, by=by, now=now)
    return finish(application, by=by, now=now)


def _partners(programme: Programme, now: datetime) -> QuerySet[Partner]:
    asked = Partner.objects.filter(
        status=PartnerStatus.INVITED,
        community__in=_acting(programme),
        application__call__cycle__programme=programme,
    ).exclude(application__status=ApplicationStatus.WITHDRAWN)
    return asked.select_related("application__call__cycle", "community").order_by("pk")


@transaction.atomic
def _confirm(partner: Partner, now: datetime) -> bool:
    return confirm_for(partner.application.call.cycle, partner.community, now=now) > 0


def _seats(programme: Programme, now: datetime) -> QuerySet[Seat]:
    proposed = Seat.objects.filter(
        _invented(programme, "application__"),
        answer=Answer.PENDING,
        match__status=MatchStatus.PROPOSED,
        match__answer_by__gt=now,
        match__cycle__programme=programme,
    )
    return proposed.select_related("match", "application__community", "application__person").order_by("pk")


@transaction.atomic
def _answer(seat: Seat, now: datetime) -> bool:
    proposed = Seat.objects.get(pk=seat.pk).match
    if proposed.status != MatchStatus.PROPOSED:
        # The other side said no a moment ago.
        return False
    is_no = _says_no(seat)
    answer_match(
        seat=seat,
        answer=Answer.NO if is_no else Answer.YES,
        note="An invented reason: our treasurer is away in these weeks." if is_no else "",
        by=writer_of(seat.application),
        now=now,
    )
    return True


def _says_no(seat: Seat) -> bool:
    """Tell whether this is the teaching side of the newest of many matches, none of which was declined."""
    matches = seat.match.cycle.matches
    if seat.part != "teaches" or seat.match.origin != Origin.SUGGESTED:
        return False
    is_newest = seat.match_id == matches.order_by("pk").values_list("pk", flat=True).last()
    was_declined = matches.filter(status=MatchStatus.DECLINED).exists()
    return is_newest and not was_declined and matches.count() >= ENOUGH_FOR_A_NO


def _exchanges(programme: Programme, status: str) -> QuerySet[Exchange]:
    own = Exchange.objects.filter(match__cycle__programme=programme, status=status)
    # Only those in which both sides are invented: real people speak for themselves.
    real = Seat.objects.exclude(_invented(programme, "application__"))
    return own.exclude(match__seats__in=real).with_sides().order_by("pk")


def _unwritten(programme: Programme, now: datetime) -> QuerySet[Exchange]:
    return _exchanges(programme, ExchangeStatus.PLANNING).filter(plan__status=PlanStatus.DRAFT)


def _planned(programme: Programme, now: datetime) -> QuerySet[Exchange]:
    return _exchanges(programme, ExchangeStatus.PLANNED)


def _working(programme: Programme, now: datetime) -> QuerySet[Exchange]:
    return short_of_hours(_exchanges(programme, ExchangeStatus.UNDERWAY), programme)


def _worked(programme: Programme, now: datetime) -> QuerySet[Exchange]:
    return _exchanges(programme, ExchangeStatus.UNDERWAY).exclude(
        pk__in=_working(programme, now).order_by().values("pk")
    )


def _reports(programme: Programme, now: datetime) -> QuerySet[Report]:
    own = Report.objects.filter(
        _invented(programme, "seat__application__"),
        exchange__match__cycle__programme=programme,
        status__in=[ReportStatus.DRAFT, ReportStatus.RETURNED],
    )
    return own.select_related("exchange__plan", "exchange__match__cycle", "sheet__form_version").order_by(
        "pk"
    )


def _follow_ups(programme: Programme, now: datetime) -> QuerySet[FollowUp]:
    own = FollowUp.objects.filter(report__exchange__match__cycle__programme=programme)
    asked = own.filter(_invented(programme, "report__seat__application__"), answered_at__isnull=True)
    return asked.filter(due_on__lte=(now + timedelta(days=1)).date()).order_by("pk")


STEPS = (
    Step("question", _returned, _hand_in),
    Step("draft", _drafts, _hand_in),
    Step("partner", _partners, _confirm),
    Step("match", _seats, _answer, most=200),
    Step("plan", _unwritten, write_and_sign),
    Step("visit", _planned, go),
    # Each photo is redrawn, which takes its time.
    Step("report", _reports, write_report, most=6),
    # A dozen meetings each, all of them confirmed.
    Step("hours", _working, work_on, most=6),
    Step("goals", _worked, complete),
    Step("follow_up", _follow_ups, follow_up),
)
"""What can be asked of an applicant, in the order of the road."""
