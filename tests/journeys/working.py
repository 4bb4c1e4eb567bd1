"""How the many of a cohort work: plans, hours, check-ins and evaluations, through the same actions."""

from collections import defaultdict
from datetime import datetime, time
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.utils import timezone

from talka.applications.queries import people_of
from talka.demo.certifying import ANSWERS
from talka.exchanges.actions import (
    add_check_in,
    complete_mentorship,
    confirm_hours,
    judge_goals,
    log_hours,
    sign_plan,
)
from talka.exchanges.lifecycle import HoursStatus, PlanStatus
from talka.exchanges.models import Exchange, Hours, Met
from talka.gatherings.actions import create_gathering, register, take_attendance
from talka.gatherings.models import Gathering, GatheringKind
from talka.people.models import Account
from talka.reports.actions import answer_evaluation, save_report
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import Report
from tests.journeys.crowd import letters, the_cohort

PLACE = ZoneInfo("Europe/Warsaw")
TWO_HOURS, ONE_HOUR = 120, 60


def everybody_else_signs():
    """Both sides of every plan that is not signed sign it as it stands."""
    for exchange in Exchange.objects.working().with_work():
        for seat in exchange.match.sides:
            exchange.plan.refresh_from_db()
            if exchange.plan.status == PlanStatus.DRAFT:
                person = person_of(seat)
                sign_plan(plan=exchange.plan, seat=seat, by=person, now=timezone.now())


def everybody_meets(day, *, but=(), longer=MappingProxyType({})):
    """Every pair works for two hours on a day; the mentee writes it down, and the mentor confirms it.

    Those in `but` do not meet; `longer` says by name who works for how many minutes instead.
    """
    now = datetime.combine(day, time(18), PLACE)
    for exchange in Exchange.objects.working().with_sides().order_by("pk"):
        name = str(exchange.mentee)
        if name not in but:
            writes_down(exchange, day, longer.get(name, TWO_HOURS), now=now, is_confirmed=True)


def writes_down(exchange, day, minutes, *, now, is_confirmed):
    """Let a mentee write down hours, and the mentor confirm them or leave them waiting."""
    mentee, mentor = (person_of(seat) for seat in exchange.match.sides)
    seat = exchange.match.sides[0]
    what = "We prepared the next lessons"
    hours = log_hours(exchange=exchange, seat=seat, day=day, minutes=minutes, what=what, by=mentee, now=now)
    if is_confirmed:
        confirm_hours(hours=hours, version=hours.version, by=mentor, now=now)


def everybody_talks(day):
    """Every pair writes down that the two talked about how the mentorship goes."""
    now = datetime.combine(day, time(19), PLACE)
    for exchange in Exchange.objects.working().with_sides().order_by("pk"):
        by = person_of(exchange.match.sides[1])
        add_check_in(exchange=exchange, held_on=day, words="On the way.", by=by, now=now)


def oskar_meets_once_more(day):
    """Of Oskar's last two hours his mentor confirms one; the other waits, and nobody looks at it."""
    oskar, now = the_mentorship_of("Oskar"), datetime.combine(day, time(18), PLACE)
    writes_down(oskar, day, ONE_HOUR, now=now, is_confirmed=True)
    writes_down(oskar, day, ONE_HOUR, now=now, is_confirmed=False)


def all_mentees_sign_up():
    """All other mentees sign up for the check-in that the organisers lead."""
    gathering = Gathering.objects.get()
    for person in _mentees():
        _sign_up(gathering, person)


def a_second_check_in_is_held(day):
    """The organisers lead another check-in, and all mentees were there."""
    starts_at, scene = datetime.combine(day, time(16), PLACE), the_cohort()
    gathering = create_gathering(
        programme=scene.cycle.programme,
        cycle=scene.cycle,
        kind=GatheringKind.CHECK_IN,
        title={"en": "Second check-in"},
        description={},
        starts_at=starts_at,
        ends_at=starts_at.replace(hour=17),
        zone="Europe/Warsaw",
        link="https://meet.example.org/second",
        places=None,
        by=scene.cleo,
        now=timezone.now(),
    )
    there = [person.pk for person in _mentees()]
    take_attendance(gathering=gathering, accounts=there, by=scene.cleo, now=starts_at)


def _mentees():
    mentees = Account.objects.filter(applications__call__role="mentee")
    return mentees.distinct().order_by("pk")


def _sign_up(gathering, person):
    register(
        gathering=gathering,
        name=person.name,
        email=person.email,
        question="",
        account=person,
        language="en",
        now=timezone.now(),
    )


def everybody_else_answers(key):
    """All who are still asked for an evaluation answer it."""
    waiting = Report.objects.evaluations().filter(key=key, status=ReportStatus.DRAFT)
    for report in waiting.select_related("seat__application__person", "sheet__form_version").order_by("pk"):
        by, now = person_of(report.seat), timezone.now()
        save_report(report=report, answers=ANSWERS[key][0], seen={}, by=by, now=now)
        answer_evaluation(report=report, by=by, now=now)


def everybody_else_finishes():
    """Both sides of all others say that the goals were reached, and the mentee finishes the mentorship."""
    for exchange in Exchange.objects.working().with_work().order_by("pk"):
        reached = {goal.pk: (Met.YES, "It is there.") for goal in exchange.plan.agreed_goals.all()}
        for seat in exchange.match.sides:
            judge_goals(
                exchange=exchange,
                seat=seat,
                said=reached,
                version=exchange.plan.version,
                by=person_of(seat),
                now=timezone.now(),
            )
        complete_mentorship(exchange=exchange, by=person_of(exchange.match.sides[0]), now=timezone.now())
    assert len(letters("mentorship_completed")) == 2 * 36


def the_mentorship_of(name):
    """Return the mentorship in which somebody learns now."""
    found = Exchange.objects.working().with_sides()
    return next(exchange for exchange in found if str(exchange.mentee) == name)


def the_hours_add_up():
    """Of all hours written down 647 are confirmed, 18 of each mentee but Oskar, and one waits."""
    found: dict[str, int] = defaultdict(int)
    of = {one.pk: str(one.mentee) for one in Exchange.objects.with_sides()}
    for exchange, minutes in Hours.objects.filter(status=HoursStatus.CONFIRMED).values_list(
        "exchange", "minutes"
    ):
        found[of[exchange]] += minutes
    assert {name for name, minutes in found.items() if minutes != 18 * ONE_HOUR} == {"Oskar"}
    assert (len(found), sum(found.values())) == (36, 647 * ONE_HOUR)
    assert [one.minutes for one in Hours.objects.exclude(status=HoursStatus.CONFIRMED)] == [ONE_HOUR]


def person_of(seat):
    """Return the person who sits there."""
    return people_of([seat.application])[0]
