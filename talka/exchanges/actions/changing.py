"""What every change of a plan has in common: the lock, the new version, and signing again."""

from datetime import datetime
from typing import Any

from talka.applications.queries import people_of
from talka.exchanges.lifecycle import ExchangeStatus, PlanStatus
from talka.exchanges.models import Exchange, ExchangeKind, Plan
from talka.exchanges.queries import coordinators_of, office_address, seats_held_by, sides_of
from talka.kernel.ledger import move, record
from talka.kernel.lifecycle import NotAllowed
from talka.letters.outbox import write_letter
from talka.people.models import Account

STILL_OPEN = (ExchangeStatus.PLANNING, ExchangeStatus.PLANNED, ExchangeStatus.UNDERWAY)
# Whose plans the coordinators approve: they are told of what was signed, and of what was changed then.
APPROVED_BY_OFFICE = (ExchangeKind.VISIT,)


def hold_exchange(exchange: Exchange, verb: str) -> Exchange:
    """Lock an exchange until the transaction ends and return it as it is now.

    Raises NotAllowed when it is over, paused or will not be.
    """
    held = Exchange.objects.select_for_update().get(pk=exchange.pk)
    if held.status not in STILL_OPEN:
        raise NotAllowed(verb, held.status)
    return held


def hold_plan(plan: Plan, verb: str) -> Plan:
    """Lock a plan with its exchange until the transaction ends and return it as it is now."""
    exchange = hold_exchange(Exchange(pk=plan.exchange_id), verb)
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    held.exchange = exchange
    return held


def settle_change(plan: Plan, verb: str, *, by: Any, now: datetime) -> None:
    """Give a locked plan that was changed its next version, and open it again for both signatures.

    Signatures of the version before stay in the history and count no more. Where the plan was
    approved, a visit goes back to being planned, which locks its bookings; a mentorship goes on meanwhile.
    """
    before = plan.version
    plan.save_version(before, [])
    record(plan, verb, by=by, now=now)
    was_signed = plan.signatures.filter(plan_version=before).exists()
    was_approved = plan.status == PlanStatus.APPROVED
    was_whole = plan.status != PlanStatus.DRAFT
    reads = plan.exchange.kind in APPROVED_BY_OFFICE
    if was_whole:
        reopen(plan, by=by, now=now)
    if was_signed:
        values = {"by": str(by or "Talka"), "was_approved": was_approved and reads}
        write_to(others_than(by, plan.exchange), "plan_changed", plan, values=values, now=now)
        if was_whole and reads:
            write_to_office("plan_changed", plan, values=values, by=by, now=now)


def reopen(plan: Plan, *, by: Any, now: datetime, note: str = "") -> None:
    """Move a signed or approved plan back to being written, and its exchange with it."""
    move(plan, "reopen", by=by, now=now, note=note)
    if plan.exchange.status == ExchangeStatus.PLANNED:
        move(plan.exchange, "replan", by=by, now=now, note=note)


def others_than(by: Any, exchange: Exchange) -> list[Account]:
    """List the people of the other side; of both, when the person acts for neither or both."""
    sides = sides_of(exchange)
    own = {seat.application_id for seat in seats_held_by(exchange, by)} if by is not None else set()
    other = [side for side in sides if side.pk not in own] or sides
    return [account for account in people_of(other) if account != by]


def write_to(accounts: list[Account], key: str, plan: Plan, *, values: dict[str, Any], now: datetime) -> None:
    """Write participants a letter about a plan; once for each of its versions."""
    path = plan.exchange.get_absolute_url()
    for account in accounts:
        write_letter(
            key,
            to=account,
            values={"exchange": plan.exchange, "path": path, **values},
            about=plan,
            now=now,
            once=f"v{plan.version}",
        )


def write_to_office(key: str, plan: Plan, *, values: dict[str, Any], by: Any, now: datetime) -> None:
    """Write the coordinators a letter about a plan, with the address of the office's page."""
    path = office_address(plan.exchange)
    for account in coordinators_of(plan.exchange.match.cycle):
        if account != by:
            write_letter(
                key,
                to=account,
                values={"exchange": plan.exchange, "path": path, **values},
                about=plan,
                now=now,
                once=f"office:v{plan.version}",
            )
