"""Where an exchange stands, told to its participants and to coordinators alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from talka.exchanges.lifecycle import ExchangeStatus, PlanStatus
from talka.exchanges.models import Exchange, PlanItem, Signature
from talka.exchanges.queries import lacks_of, oddities_of, signatures_that_count
from talka.kernel.models import Entry
from talka.matching.models import Seat
from talka.web.shared.timelines import today_in

E = ExchangeStatus

STILL_OPEN = (E.PLANNING, E.PLANNED)

STEPS = (
    _("Agreed"),
    _("Plan written and signed"),
    _("Plan approved"),
    _("Visit"),
    _("Reports"),
    _("Closed"),
)


@dataclass(frozen=True)
class Step:
    """A part of the way: behind, where we are, or ahead."""

    words: Any
    state: str


@dataclass(frozen=True)
class Side:
    """A side of the exchange, and its signature of the plan as it stands."""

    seat: Seat
    travels: bool
    signature: Signature | None


@dataclass(frozen=True)
class Day:
    """A day on site with what is planned."""

    day: date
    items: Sequence[PlanItem]


def exchange_of(request: HttpRequest, pk: int) -> Exchange:
    """Return a visit that the reader may know of, with its plan. Raises Http404."""
    return get_object_or_404(Exchange.objects.visits().visible_to(request.user).with_plan(), pk=pk)


def steps_of(exchange: Exchange) -> list[Step]:
    """Return the way of an exchange, with where it is now; nothing of one that was cancelled."""
    if exchange.status == E.CANCELLED:
        return []
    writing = 2 if exchange.plan.status == PlanStatus.SIGNED else 1
    here = {E.PLANNING: writing, E.PLANNED: 3, E.VISITED: 4, E.CLOSED: 5}[E(exchange.status)]
    if exchange.status == E.CLOSED:
        return [Step(words, "done") for words in STEPS]
    return [
        Step(words, "done" if place < here else "here" if place == here else "ahead")
        for place, words in enumerate(STEPS)
    ]


def story_of(exchange: Exchange, *, now: datetime) -> dict[str, Any]:
    """Return what every page of an exchange shows."""
    plan = exchange.plan
    signed = signatures_that_count(plan)
    is_planning = exchange.status == E.PLANNING
    return {
        "exchange": exchange,
        "plan": plan,
        "steps": steps_of(exchange),
        "sides": [
            Side(seat, seat.application == exchange.visitor, signed.get(seat.pk))
            for seat in (exchange.match.seat_of("learns"), exchange.match.seat_of("teaches"))
        ],
        "days": [Day(day, list(items)) for day, items in groupby(plan.items.all(), lambda item: item.day)],
        "is_open": exchange.status in STILL_OPEN,
        "is_over": exchange.status == E.PLANNED and plan.has_ended(today_in(plan.zone, now)),
        "lacks": lacks_of(plan, today=today_in(plan.zone, now)) if is_planning else (),
        "oddities": oddities_of(plan) if is_planning else (),
        "entries": [*history_of(exchange), *history_of(plan)],
    }


def history_of(record: Any) -> list[Entry]:
    """Return the ledger of a record, oldest first."""
    return list(Entry.objects.about(record).select_related("actor"))
