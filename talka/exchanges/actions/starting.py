"""From an agreed match to an exchange."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from talka.applications.models import Application, Format, Goal
from talka.exchanges.models import Exchange, Plan
from talka.exchanges.queries import representatives_of
from talka.kernel.ledger import record
from talka.kernel.lifecycle import NotAllowed
from talka.letters.outbox import write_letter
from talka.matching.actions.answers import record_answer
from talka.matching.lifecycle import MatchStatus
from talka.matching.models import Match, Seat


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
    learner, teacher = held.seat_of("learns").application, held.seat_of("teaches").application
    exchange = Exchange.objects.create(match=held, format=_format_of(learner, teacher), started_at=now)
    Plan.objects.create(exchange=exchange, goals=_goals_of(learner), zone=held.cycle.programme.zone)
    record(exchange, "start", by=by, now=now)
    for side, other in ((learner, teacher), (teacher, learner)):
        _introduce(exchange, side, other, now=now)
    return exchange


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
    contacts = [f"{person.name} <{person.email}>" for person in representatives_of([other.community_id])]
    for person in representatives_of([side.community_id]):
        write_letter(
            "exchange_started",
            to=person,
            values={"partner": other.community, "contacts": contacts, "path": exchange.get_absolute_url()},
            about=exchange,
            now=now,
        )
