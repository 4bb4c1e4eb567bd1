"""Where a mentorship stands, told to the two and to coordinators alike; what is private is not in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from talka.exchanges.lifecycle import WORKING, ExchangeStatus, PlanStatus
from talka.exchanges.models import Exchange, Hours, Signature
from talka.exchanges.queries import (
    asked_of,
    check_ins_of,
    ending_of,
    goals_of,
    hours_of,
    lacks_of,
    signatures_that_count,
    sum_of_hours,
)
from talka.exchanges.rules.goals import before_completing
from talka.exchanges.rules.quiet import is_ending
from talka.matching.models import Seat
from talka.web.shared.timelines import today_in


@dataclass(frozen=True)
class Side:
    """A side of a mentorship, and its signature of the plan as it stands."""

    seat: Seat
    signature: Signature | None


@dataclass(frozen=True)
class HoursLine:
    """Hours with what had been confirmed by then."""

    hours: Hours
    total: int


def mentorship_of(request: HttpRequest, pk: int) -> Exchange:
    """Return a mentorship that the reader may know of, with all that was done in it. Raises Http404."""
    return get_object_or_404(Exchange.objects.mentorships().visible_to(request.user).with_work(), pk=pk)


def lines_of(exchange: Exchange) -> list[HoursLine]:
    """List the hours, the newest day first, each with the confirmed total up to it."""
    lines, total = [], 0
    for one in hours_of(exchange):
        total += one.minutes if one.status == "confirmed" else 0
        lines.append(HoursLine(one, total))
    return lines[::-1]


def mentorship_story(exchange: Exchange, *, now: datetime) -> dict[str, Any]:
    """Return what every page of a mentorship shows."""
    plan, cycle = exchange.plan, exchange.match.cycle
    today = today_in(cycle.programme.zone, now)
    signed = signatures_that_count(plan)
    is_working, is_draft = exchange.status in WORKING, plan.status == PlanStatus.DRAFT
    ending = ending_of(exchange)
    return {
        "now": now,
        "today": today,
        "exchange": exchange,
        "cycle": cycle,
        "plan": plan,
        "asked": asked_of(exchange),
        "sides": [Side(seat, signed.get(seat.pk)) for seat in exchange.match.sides],
        "goals": goals_of(exchange),
        "goals_reached": sum(goal.outcome == "yes" for goal in goals_of(exchange)),
        "lines": lines_of(exchange),
        "sum": sum_of_hours(exchange),
        "check_ins": check_ins_of(exchange, today=today),
        "days_left": max(0, (exchange.ends_on - today).days) if exchange.ends_on else None,
        "is_working": is_working,
        "is_ending": is_working and is_ending(exchange.ends_on, today),
        "pause": list(exchange.pauses.all())[-1] if exchange.status == ExchangeStatus.PAUSED else None,
        "lacks": lacks_of(plan, today=today) if is_working and is_draft else (),
        "unfinished": before_completing(ending, today=today),
    }
