"""From an agreed match to an exchange."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from talka.applications.models import Application, Format, Goal
from talka.applications.queries import people_of
from talka.exchanges.models import Exchange, ExchangeKind, Plan, PlanGoal
from talka.kernel.ledger import record
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.windows import add_months, zone
from talka.letters.outbox import write_letter
from talka.matching.actions.answers import record_answer
from talka.matching.lifecycle import MatchStatus
from talka.matching.models import Match, Part, Seat
from talka.programmes.models import Cycle


@transaction.atomic
def answer_match(*, seat: Seat, answer: str, note: str = "", by: Any, now: datetime) -> Match:
    """Keep what one side says about a match; when both have agreed, their exchange begins.

    Raises what `record_answer` raises.
    """
    match = record_answer(seat=seat, answer=answer, note=note, by=by, now=now)
    if match.status == MatchStatus.AGREED:
        start_exchange(match=match, by=by, now=now)
    return match


@transaction.atomic
def start_exchange(*, match: Match, by: Any, now: datetime) -> Exchange:
    """Begin the exchange of an agreed match, with a plan that already holds the learning goals.

    Both sides get a letter with each other's contacts. Starting twice changes nothing.
    Raises NotAllowed unless both sides agreed.
    """
    held = Match.objects.select_for_update().get(pk=match.pk)
    begun = Exchange.objects.filter(match=held).first()
    if begun is not None:
        return begun
    if held.status != MatchStatus.AGREED:
        raise NotAllowed("start", held.status)
    exchange = _begin(held, now=now)
    record(exchange, "start", by=by, now=now)
    learner, teacher = held.seat_of(Part.LEARNS).application, held.seat_of(Part.TEACHES).application
    for side, other in ((learner, teacher), (teacher, learner)):
        _introduce(exchange, side, other, now=now)
    return exchange


def _begin(match: Match, *, now: datetime) -> Exchange:
    """Make what the blueprint says that a match leads to, with a plan to write."""
    learner, teacher = match.seat_of(Part.LEARNS).application, match.seat_of(Part.TEACHES).application
    zone_name = match.cycle.programme.zone
    if match.cycle.plan.mentorship:
        exchange = Exchange.objects.create(
            match=match,
            kind=ExchangeKind.MENTORSHIP,
            started_at=now,
            ends_on=last_day(match.cycle, now.astimezone(zone(zone_name)).date()),
        )
        plan = Plan.objects.create(exchange=exchange, zone=zone_name)
        _propose_goals(plan, learner)
        return exchange
    exchange = Exchange.objects.create(match=match, format=_format_of(learner, teacher), started_at=now)
    Plan.objects.create(exchange=exchange, goals=_goals_of(learner), zone=zone_name)
    return exchange


def last_day(cycle: Cycle, today: date) -> date:
    """Return the last day of a mentorship that begins now: its months are whole, also of a late pair."""
    asked = cycle.plan.mentorship
    if asked is None:
        raise LookupError(f"the blueprint of cycle {cycle.pk} has no mentorships")
    stage = cycle.stages.filter(key=asked.stage).first()
    first = max(today, stage.starts_on) if stage else today
    whole = add_months(first, asked.months) - timedelta(days=1)
    return max(whole, stage.ends_on) if stage else whole


def _propose_goals(plan: Plan, learner: Application) -> None:
    """Write the learner's goals into a plan, for both to change and agree on."""
    PlanGoal.objects.bulk_create(
        PlanGoal(
            plan=plan,
            position=place,
            text=(goal.change or goal.problem)[:500],
            evidence=goal.evidence[:500],
            by_when=goal.by_when,
        )
        for place, goal in enumerate(learner.goals.order_by("position", "pk"))
    )


def _format_of(learner: Application, teacher: Application) -> str:
    """Choose who travels: what the learning side wished, then what the other did."""
    return learner.format or teacher.format or Format.MENTEE_TRAVELS


def _goals_of(learner: Application) -> str:
    goals = learner.goals.select_related("capacity").order_by("position", "pk")
    return "\n\n".join(filter(None, (_said(goal) for goal in goals)))


def _said(goal: Goal) -> str:
    """Write a goal as a paragraph: its topic, then what changes, for that is what the visit is for."""
    topic = f"{goal.capacity}:" if goal.capacity else ""
    day = date_format(goal.by_when, "j F Y") if goal.by_when else ""
    parts = (topic, goal.change, goal.problem, goal.evidence, day)
    return "\n".join(part.strip() for part in parts if part.strip())


def _introduce(exchange: Exchange, side: Application, other: Application, *, now: datetime) -> None:
    contacts = [f"{person.name} <{person.email}>" for person in people_of([other])]
    for person in people_of([side]):
        write_letter(
            "mentorship_started" if exchange.kind == ExchangeKind.MENTORSHIP else "exchange_started",
            to=person,
            values={"partner": other, "contacts": contacts, "path": exchange.get_absolute_url()},
            about=exchange,
            now=now,
        )
