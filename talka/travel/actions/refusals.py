"""Why something about travel is not done, in words for a coordinator."""

from typing import Any

from talka.exchanges.models import Exchange, Traveller
from talka.kernel.reasons import Reason
from talka.travel.rules import lock_on


class Refused(Exception):
    """The rules of travel say no; the reason says why."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.reason = Reason(key, values)


def hold_unlocked(exchange_id: int, verb: str) -> Exchange:
    """Lock the row of an exchange until the transaction ends, if its bookings are not locked. Raises Refused.

    A change of the plan takes the same row first: it comes before or after, never in between.
    """
    held = Exchange.objects.select_for_update().get(pk=exchange_id)
    reason = lock_on(verb, exchange_status=held.status, plan_status=held.plan.status)
    if reason is not None:
        raise Refused(reason.key, **reason.values)
    return held


def refuse_stranger(traveller: Traveller, exchange: Exchange) -> None:
    """Refuse somebody who does not travel in a locked exchange, or not any more."""
    if not Traveller.objects.filter(pk=traveller.pk, exchange=exchange).exists():
        raise Refused("travel.not_their_traveller")
