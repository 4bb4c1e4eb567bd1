"""Reads for certificates: where each applicant of a cycle stands, and what a certificate's paper shows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from talka.applications.models import Application
from talka.applications.queries import acting_in, day_of
from talka.blueprints.exchanges import Certificate as Asked
from talka.exchanges.lifecycle import ExchangeStatus, HoursStatus
from talka.exchanges.models import Exchange, ExchangeKind, GoalJudgement, Hours, Met, PlanGoal
from talka.gatherings.queries import led_check_ins_of
from talka.kernel.windows import zone
from talka.matching.models import Part, Seat
from talka.papers.qr import qr_svg
from talka.people.models import Account
from talka.programmes.models import Cycle
from talka.recognition.models import Certificate
from talka.recognition.rules import Facts, Verdict, judge, seal_of
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import Report

PAIR = (Part.LEARNS, Part.TEACHES)
OVER = (ExchangeStatus.COMPLETED, ExchangeStatus.STOPPED, ExchangeStatus.CLOSED)
WAITING = (HoursStatus.LOGGED, HoursStatus.QUESTIONED)


@dataclass(frozen=True)
class Standing:
    """An applicant who took part: what is asked of it, what is there, and the certificates it has."""

    application: Application
    asked: Asked
    facts: Facts
    verdict: Verdict
    people: tuple[Account, ...]
    certificates: tuple[Certificate, ...]

    @property
    def waits(self) -> bool:
        """Tell whether it meets the rule, and no certificate was ever issued for it."""
        return self.verdict.is_met and not self.certificates

    @property
    def candidates(self) -> list[tuple[Account, bool]]:
        """List who can get one now, and whether the office begins with a tick: for a person, once."""
        has = {one.holder_id for one in self.certificates if one.is_valid}
        had = {one.holder_id for one in self.certificates}
        is_person = self.application.community_id is None
        return [(one, is_person and one.pk not in had) for one in self.people if one.pk not in has]


def asked_of(cycle: Cycle, role: str) -> Asked | None:
    """Return what the cycle asks of a role for a certificate; None where it gives none."""
    return next((one for one in cycle.plan.certificates if one.role == role), None)


def standings(
    cycles: Iterable[Cycle], *, today: date, only: Collection[int] | None = None
) -> dict[int, list[Standing]]:
    """Say by cycle where everybody stands who took part in a role that gets certificates.

    `today` is the day it is for the organisers; `only` narrows it to some applications. The number of
    queries depends on neither cycles nor applicants, but for one a cycle that asks for check-ins.
    """
    known = {cycle.pk: cycle for cycle in cycles if cycle.plan.certificates}
    seats = _seats(known, only)
    applications = {seat.application_id: seat.application for seat in seats}
    facts = _facts(known, seats, today=today)
    acting = acting_in(applications.values())
    issued: dict[int, list[Certificate]] = defaultdict(list)
    for one in Certificate.objects.filter(application__in=applications).order_by("number"):
        issued[one.application_id].append(one)
    found: dict[int, list[Standing]] = {key: [] for key in known}
    for pk, application in applications.items():
        cycle = known[application.call.cycle_id]
        asked = asked_of(cycle, application.call.role)
        if asked is None:
            continue
        names = {one.key: one.name for one in cycle.plan.evaluations}
        verdict = judge(facts[pk], asked, names)
        people, had = tuple(acting[pk]), tuple(issued[pk])
        found[cycle.pk].append(Standing(application, asked, facts[pk], verdict, people, had))
    return found


def deserving_counts(cycles: Iterable[Cycle], *, today: date) -> dict[int, int]:
    """Count by cycle those who meet the rule, and for whom nobody has issued a certificate."""
    found = standings(cycles, today=today)
    return {pk: sum(one.waits for one in listed) for pk, listed in found.items()}


def standing_of(application: Application, *, now: datetime) -> Standing | None:
    """Say where an application stands; None where it took no part, or its role gets no certificate."""
    cycle = application.call.cycle
    found = standings([cycle], today=day_of(cycle, now), only=[application.pk])
    return next(iter(found.get(cycle.pk, [])), None)


def _seats(cycles: Collection[int], only: Collection[int] | None) -> list[Seat]:
    """Find the seats in mentorships, the oldest mentorship first, with what names their applicants."""
    seats = Seat.objects.filter(
        part__in=PAIR,
        is_asked=False,
        application__call__cycle__in=cycles,
        match__exchange__kind=ExchangeKind.MENTORSHIP,
    )
    if only is not None:
        seats = seats.filter(application__in=only)
    seats = seats.exclude(match__exchange__status=ExchangeStatus.CANCELLED).with_applicants()
    return list(seats.select_related("match__exchange").order_by("match__exchange__started_at", "pk"))


def _facts(cycles: dict[int, Cycle], seats: list[Seat], *, today: date) -> dict[int, Facts]:
    """Gather what is known of each application, in as many queries however many there are."""
    mine: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats:
        mine[seat.application_id].append(seat)
    exchanges = {seat.match.exchange.pk for seat in seats}
    hours, handed_over = _hours(exchanges), _handed_over(exchanges)
    goals = _goals({held[-1].match.exchange.pk for held in mine.values()})
    answered = _answered(mine)
    attended = {
        pk: led_check_ins_of(cycle)
        for pk, cycle in cycles.items()
        if any(one.led_check_ins_min for one in cycle.plan.certificates)
    }
    acting = acting_in(held[0].application for held in mine.values()) if any(attended.values()) else {}
    found = {}
    for pk, held in mine.items():
        cycle = cycles[held[0].application.call.cycle_id]
        minutes = [_minutes(seat, hours, handed_over, cycle.programme.zone) for seat in held]
        seen, counted = attended.get(cycle.pk, {}), goals[held[-1].match.exchange.pk]
        running = [seat.match.exchange for seat in held if _runs(seat, today)]
        found[pk] = Facts(
            confirmed_minutes=sum(confirmed for confirmed, _waiting in minutes),
            waiting_minutes=sum(waiting for _confirmed, waiting in minutes),
            goals=counted["goals"],
            goals_judged=counted["goals_judged"],
            goals_reached=counted["goals_reached"],
            led_check_ins=max((seen.get(person.pk, 0) for person in acting.get(pk, ())), default=0),
            evaluations=frozenset(answered.get(pk, ())),
            is_over=not running,
            last_day=max((one.ends_on for one in running if one.ends_on), default=None),
        )
    return found


def _runs(seat: Seat, today: date) -> bool:
    """Tell whether a mentorship is not over for whoever holds the seat."""
    exchange = seat.match.exchange
    if seat.left_at is not None or exchange.status in OVER:
        return False
    return exchange.ends_on is None or today <= exchange.ends_on


def _hours(exchanges: Collection[int]) -> dict[int, list[tuple[date, int, str]]]:
    rows = Hours.objects.filter(exchange__in=exchanges).exclude(status=HoursStatus.WITHDRAWN)
    found: dict[int, list[tuple[date, int, str]]] = defaultdict(list)
    for exchange, day, minutes, status in rows.values_list("exchange", "day", "minutes", "status"):
        found[exchange].append((day, minutes, status))
    return found


def _handed_over(exchanges: Collection[int]) -> dict[tuple[int, str], list[datetime]]:
    """Return when somebody has left which part of an exchange: before that it was theirs."""
    left = Seat.objects.filter(match__exchange__in=exchanges, left_at__isnull=False)
    found: dict[tuple[int, str], list[datetime]] = defaultdict(list)
    for exchange, part, moment in left.values_list("match__exchange", "part", "left_at"):
        if moment is not None:
            found[exchange, part].append(moment)
    return found


def _minutes(
    seat: Seat,
    hours: dict[int, list[tuple[date, int, str]]],
    handed_over: dict[tuple[int, str], list[datetime]],
    zone_name: str,
) -> tuple[int, int]:
    """Add up the confirmed and the waiting minutes of the days on which the seat was theirs."""
    clock, exchange = zone(zone_name), seat.match.exchange.pk
    until = seat.left_at.astimezone(clock).date() if seat.left_at else date.max
    left = [moment.astimezone(clock).date() for moment in handed_over.get((exchange, seat.part), ())]
    since = max((day for day in left if day < until), default=date.min)
    sums = {True: 0, False: 0}
    for day, minutes, status in hours.get(exchange, ()):
        if since <= day <= until:
            sums[status == HoursStatus.CONFIRMED] += minutes
    return sums[True], sums[False]


def _goals(exchanges: Collection[int]) -> dict[int, dict[str, int]]:
    """Count by exchange the goals of its plan, those that both looked at, and those both call reached."""
    found = {pk: {"goals": 0, "goals_judged": 0, "goals_reached": 0} for pk in exchanges}
    owners = dict(PlanGoal.objects.filter(plan__exchange__in=exchanges).values_list("pk", "plan__exchange"))
    parts: dict[int, dict[str, str]] = defaultdict(dict)
    # Of two who held a part one after the other, the later word counts.
    judged = GoalJudgement.objects.filter(goal__in=owners, seat__part__in=PAIR).order_by("judged_at", "pk")
    for goal, part, met in judged.values_list("goal", "seat__part", "met"):
        parts[goal][part] = met
    for goal, exchange in owners.items():
        said = parts.get(goal, {})
        found[exchange]["goals"] += 1
        found[exchange]["goals_judged"] += len(said) == len(PAIR)
        found[exchange]["goals_reached"] += len(said) == len(PAIR) and set(said.values()) == {Met.YES}
    return found


def reached_goals(exchange: Exchange) -> list[str]:
    """List the goals of a plan that both sides call reached, in its order."""
    goals = PlanGoal.objects.filter(plan__exchange=exchange).prefetch_related("judgements__seat")
    return [goal.text for goal in goals if _both_say_yes(goal)]


def _both_say_yes(goal: PlanGoal) -> bool:
    said = {one.seat.part: one.met for one in sorted(goal.judgements.all(), key=lambda one: one.judged_at)}
    return all(said.get(part) == Met.YES for part in PAIR)


def _answered(applications: Collection[int]) -> dict[int, set[str]]:
    """Return by application which evaluations were handed in."""
    reports = Report.objects.evaluations().filter(
        seat__application__in=applications, status=ReportStatus.ANSWERED
    )
    found: dict[int, set[str]] = defaultdict(set)
    for application, key in reports.values_list("seat__application", "key"):
        found[application].add(key)
    return found


def newest_exchange(application: Application) -> Exchange | None:
    """Return the mentorship that an applicant began last."""
    seats = application.seats.filter(part__in=PAIR, is_asked=False).values("match")
    mentored = Exchange.objects.mentorships().filter(match__in=seats)
    return mentored.exclude(status=ExchangeStatus.CANCELLED).order_by("started_at", "pk").last()


def is_intact(certificate: Certificate) -> bool:
    """Tell whether it still says what was sealed when it was issued."""
    return seal_of(certificate.content) == certificate.seal


def paper_of(certificate: Certificate) -> dict[str, Any]:
    """Return the data of its paper: what was frozen, and its address as a code to scan."""
    return {**certificate.content, "qr": qr_svg(certificate.content["address"])}
