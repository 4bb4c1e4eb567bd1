"""What exchanges ask of their sides and of those who travel."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from talka.exchanges.lifecycle import PlanStatus
from talka.exchanges.models import Exchange, Traveller
from talka.exchanges.queries import lacks_of, seats_held_by, signatures_that_count
from talka.kernel.windows import start_of
from talka.matching.models import Seat
from talka.web.shared.exchange_story import STILL_OPEN
from talka.web.shared.tasks import Mine, Task
from talka.web.shared.timelines import today_in


def exchange_tasks(account: Any, now: datetime) -> list[Task]:
    """List plans to write and sign, travellers to name, details to fill in, and what waits for others."""
    found = Exchange.objects.visits().held_by(account).filter(status__in=STILL_OPEN)
    return [
        task
        for exchange in found.with_plan()
        for task in asked_of(exchange, account, seats_held_by(exchange, account), now)
    ]


def exchange_records(account: Any, now: datetime) -> list[Mine]:
    """List the exchanges of the person's communities, newest first."""
    found = Exchange.objects.held_by(account)
    return [
        Mine(
            words=str(exchange),
            note=str(exchange.match.cycle),
            address=exchange.get_absolute_url(),
            record=exchange,
        )
        for exchange in found.with_sides().order_by("-pk")
    ]


def asked_of(exchange: Exchange, account: Any, seats: Sequence[Seat], now: datetime) -> list[Task]:
    """List what an exchange asks of a person who acts for the seats, and what they wait for."""
    if exchange.status not in STILL_OPEN or not seats:
        return []
    return [*_about_plan(exchange, seats, now), *_about_travellers(exchange, account, seats)]


def _about_plan(exchange: Exchange, seats: Sequence[Seat], now: datetime) -> Iterator[Task]:
    plan, page = exchange.plan, exchange.get_absolute_url()
    names = {"pair": str(exchange)}
    if plan.status == PlanStatus.SIGNED:
        words = _("%(pair)s: the coordinators read your plan and approve it, or ask.") % names
        yield Task(words=words, address=page, button=_("See the plan"), waits=True)
    if plan.status != PlanStatus.DRAFT:
        return
    signed = signatures_that_count(plan)
    lacks = len(lacks_of(plan, today=today_in(plan.zone, now)))
    if lacks:
        words = _("%(pair)s: write the joint plan together.") % names
        yield Task(words=words, address=reverse("desk:plan", args=[exchange.pk]), button=_("Write the plan"))
    elif any(seat.pk not in signed for seat in seats):
        words = _("%(pair)s: read the joint plan, and sign it for your side.") % names
        yield Task(words=words, address=f"{page}#plan", button=_("Read and sign"))
    else:
        words = _("%(pair)s: you have signed. Your partner has to sign, too.") % names
        yield Task(words=words, address=page, button=_("See the plan"), waits=True)


def _about_travellers(exchange: Exchange, account: Any, seats: Sequence[Seat]) -> Iterator[Task]:
    names, page = {"pair": str(exchange)}, exchange.get_absolute_url()
    travellers = list(exchange.travellers.all())
    is_visitor = any(seat.application_id == exchange.visitor.pk for seat in seats)
    if is_visitor and not travellers:
        words = _("%(pair)s: say who of you travels.") % names
        yield Task(words=words, address=f"{page}#travellers", button=_("Name who travels"))
    for traveller in travellers:
        if traveller.account_id == account.pk and _lacks_details(traveller):
            words = _("%(pair)s: fill in what your bookings need.") % names
            address = reverse("desk:traveller", args=[traveller.pk])
            yield Task(
                words=words,
                address=address,
                button=_("Fill in"),
                due_at=_due(exchange),
                zone=exchange.plan.zone,
            )


def _lacks_details(traveller: Traveller) -> bool:
    return not traveller.travels_from or traveller.has_passport is None or traveller.needs_visa is None


def _due(exchange: Exchange) -> datetime | None:
    first = exchange.plan.starts_on
    return start_of(first, exchange.plan.zone) if first else None
