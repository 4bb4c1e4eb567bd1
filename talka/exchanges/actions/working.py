"""What the verbs of mentorships have in common: the lock, refusals, and letters at nine in the morning."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models

from talka.applications.queries import people_of
from talka.exchanges.lifecycle import WORKING, ExchangeStatus
from talka.exchanges.models import Exchange, ExchangeKind
from talka.exchanges.queries import coordinators_of, office_address, sides_of
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.reasons import Reason
from talka.kernel.windows import next_nine, zone
from talka.letters.outbox import write_letter
from talka.matching.models import Seat
from talka.people.models import Account

# Hours may be looked at again as long as nothing rests on them for good.
NOT_CLOSED = (*WORKING, ExchangeStatus.COMPLETED, ExchangeStatus.STOPPED)


class Refused(Exception):
    """The rules of mentorships say no; the reasons say why."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.key for reason in reasons))
        self.reasons = reasons


def hold_mentorship(pk: int, verb: str, among: Iterable[str] = WORKING) -> Exchange:
    """Lock a mentorship until the transaction ends and return it as it is now.

    Raises NotAllowed when its status is not among those given, or it is no mentorship.
    """
    held = Exchange.objects.select_for_update().get(pk=pk)
    if held.kind != ExchangeKind.MENTORSHIP or held.status not in set(among):
        raise NotAllowed(verb, held.status)
    return held


def refuse_stranger(exchange: Exchange, seat: Seat, verb: str) -> None:
    """Refuse, with NotAllowed, a seat that is no side of the exchange now."""
    if seat.pk not in {side.pk for side in exchange.match.sides}:
        raise NotAllowed(verb, "no side of the exchange")


def day_in(exchange: Exchange, now: datetime) -> date:
    """Return the day it is for the organisers of a mentorship."""
    return now.astimezone(zone(exchange.match.cycle.programme.zone)).date()


def tell(
    accounts: Iterable[Account],
    key: str,
    exchange: Exchange,
    *,
    now: datetime,
    about: models.Model | None = None,
    values: Mapping[str, Any] | None = None,
    once: str = "",
    in_the_morning: bool = False,
) -> int:
    """Write a letter about a mentorship to each of the people; count those that are new.

    In the morning means nine on the reader's own clock, where nothing has just happened that made it.
    """
    said = {"exchange": exchange, "path": exchange.get_absolute_url(), **(values or {})}
    written = [
        write_letter(
            key,
            to=account,
            values=said,
            about=about or exchange,
            now=now,
            once=once,
            due_at=next_nine(now, account.time_zone) if in_the_morning else None,
        )
        for account in accounts
    ]
    return sum(letter is not None for letter in written)


def both_of(exchange: Exchange) -> list[Account]:
    """List the people of both sides."""
    return people_of(sides_of(exchange))


def tell_office(
    accounts: Iterable[Account] | None, key: str, exchange: Exchange, *, now: datetime, **options: Any
) -> int:
    """Write coordinators a letter with the address of the office's page; by default all of the cycle."""
    values = {"path": office_address(exchange), **options.pop("values", {})}
    readers = coordinators_of(exchange.match.cycle) if accounts is None else accounts
    return tell(readers, key, exchange, now=now, values=values, **options)
