"""How the invented pairs of a rehearsal work through their months, without waiting, and complete them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from talka.demo.describing import writer_of
from talka.exchanges.actions import (
    Refused,
    add_check_in,
    complete_mentorship,
    confirm_all,
    judge_goals,
    log_hours,
)
from talka.exchanges.lifecycle import HoursStatus
from talka.exchanges.models import Exchange
from talka.exchanges.rules.goals import PARTLY, REACHED
from talka.kernel.windows import zone
from talka.people.models import Account
from talka.programmes.models import Cycle, Programme
from talka.reports.actions import ask_in_cycle

A_MEETING, AN_HOUR = 90, 60
# Where the blueprint asks for no hours, the two still meet.
HOURS_AT_LEAST = 3
A_DAY, HALF_A_YEAR = timedelta(days=1), timedelta(days=182)
# One pair of so many does not reach its goals: then there is somebody without a certificate.
FALLS_SHORT = 3


def short_of_hours(found: QuerySet[Exchange], programme: Programme) -> QuerySet[Exchange]:
    """Keep the mentorships in which fewer hours are confirmed than their cycle asks for."""
    confirmed = Sum("hours__minutes", filter=Q(hours__status=HoursStatus.CONFIRMED))
    short = Q(pk__in=())
    for cycle in programme.cycles.all():
        short |= Q(match__cycle=cycle, worked__lt=_needed(cycle))
    return found.annotate(worked=Coalesce(confirmed, 0)).filter(short)


def _needed(cycle: Cycle) -> int:
    asked = cycle.plan.mentorship
    return max(asked.hours_min if asked else 0, HOURS_AT_LEAST) * AN_HOUR


@transaction.atomic
def work_on(exchange: Exchange, now: datetime) -> bool:
    """Let the two work through the next half of their mentorship, and talk about how it goes.

    They write down their hours in turn, and each confirms those of the other. Half way, the evaluation that
    is due by then is asked for; a rehearsal does not wait for its day.
    """
    people = [writer_of(seat.application) for seat in exchange.match.sides]
    _confirm(exchange, people, now)
    worked, needed = _confirmed(exchange), _needed(exchange.match.cycle)
    is_first_half = worked < needed // 2
    try:
        _meet(exchange, people, worked, needed // 2 if is_first_half else needed, now)
    except Refused:
        return False
    first, last = _months(exchange)
    if is_first_half:
        ask_in_cycle(exchange.match.cycle, _at_noon(exchange, first + (last - first) / 2, now))
    return True


def _confirm(exchange: Exchange, people: Sequence[Account], now: datetime) -> None:
    seen = dict(exchange.hours.filter(status=HoursStatus.LOGGED).values_list("pk", "version"))
    for person in people:
        confirm_all(exchange=exchange, seen=seen, by=person, now=now)


def _confirmed(exchange: Exchange) -> int:
    confirmed = exchange.hours.filter(status=HoursStatus.CONFIRMED)
    return int(confirmed.aggregate(minutes=Sum("minutes"))["minutes"] or 0)


def _meet(exchange: Exchange, people: Sequence[Account], worked: int, until: int, now: datetime) -> None:
    """Let the two meet until so many minutes are confirmed, on days spread over their months."""
    seats, (first, last) = exchange.match.sides, _months(exchange)
    meetings = -(-_needed(exchange.match.cycle) // A_MEETING)
    while worked < until:
        number = worked // A_MEETING
        day, side = first + (last - first) * number / meetings, number % 2
        moment = _at_noon(exchange, day, now)
        log_hours(
            exchange=exchange,
            seat=seats[side],
            day=day,
            minutes=A_MEETING,
            what=f"Invented meeting {number + 1}: we went through what had happened since.",
            by=people[side],
            now=moment,
            is_another=True,
        )
        _confirm(exchange, people, moment)
        worked += A_MEETING
    add_check_in(
        exchange=exchange, held_on=day, words="Invented: we talk openly.", by=people[side], now=moment
    )


def _months(exchange: Exchange) -> tuple[date, date]:
    """Return the days between which the two work: months count from the first day of their stage."""
    cycle = exchange.match.cycle
    began = exchange.started_at.astimezone(zone(cycle.programme.zone)).date()
    asked = cycle.plan.mentorship
    stage = cycle.stages.filter(key=asked.stage).first() if asked else None
    first = max(began, stage.starts_on) if stage else began
    return first, max(first, exchange.ends_on or first + HALF_A_YEAR)


def _at_noon(exchange: Exchange, day: date, now: datetime) -> datetime:
    """Return noon of a day, or now where that has passed."""
    place = zone(exchange.match.cycle.programme.zone)
    return max(now, datetime.combine(day, time(12), tzinfo=place))


@transaction.atomic
def complete(exchange: Exchange, now: datetime) -> bool:
    """Let both say which goals were reached, and complete their mentorship; then they look back."""
    _first, last = _months(exchange)
    moment = _at_noon(exchange, last, now)
    earlier = exchange.match.cycle.matches.filter(exchange__isnull=False, pk__lt=exchange.match_id).count()
    met = PARTLY if earlier % FALLS_SHORT == FALLS_SHORT - 1 else REACHED
    said = {goal.pk: (met, "Invented: so we saw it.") for goal in exchange.plan.agreed_goals.all()}
    for seat in exchange.match.sides:
        by, version = writer_of(seat.application), exchange.plan.version
        judge_goals(exchange=exchange, seat=seat, said=said, version=version, by=by, now=moment)
    try:
        with transaction.atomic():
            complete_mentorship(exchange=exchange, by=writer_of(exchange.mentee), now=moment)
    except Refused:
        return False
    ask_in_cycle(exchange.match.cycle, now)
    return True
