"""Signing a plan, approving it, and sending it back with a question."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.queries import people_of
from talka.exchanges.actions.changing import hold_plan, others_than, reopen, write_to, write_to_office
from talka.exchanges.lifecycle import ExchangeStatus, PlanStatus
from talka.exchanges.models import Exchange, ExchangeKind, Plan, Signature
from talka.exchanges.queries import lacks_of, sides_of, signatures_that_count
from talka.kernel.ledger import move, record
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason
from talka.kernel.windows import zone
from talka.matching.models import Seat


class PlanIncomplete(Exception):
    """The plan lacks something: `reasons` say what."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(", ".join(reason.key for reason in reasons))
        self.reasons = tuple(reasons)


@transaction.atomic
def sign_plan(*, plan: Plan, seat: Seat, by: Any, now: datetime, version: int | None = None) -> Signature:
    """Sign the plan for one side, at the version the signer saw; by default that of the given plan.

    With the second signature the plan is signed: the coordinators are asked to approve that of a visit, and
    a mentorship begins. Signing twice changes nothing. Raises Overtaken when the plan changed since, and
    PlanIncomplete.
    """
    held = hold_plan(plan, "sign")
    _expect(held, plan.version if version is None else version)
    if seat.pk not in {side.pk for side in held.exchange.match.sides}:
        raise NotAllowed("sign", "no side of the exchange")
    signature = held.signatures.filter(seat=seat, plan_version=held.version).first()
    if signature is not None:
        return signature
    _refuse_incomplete(held, now)
    signature = Signature.objects.create(
        plan=held, seat=seat, plan_version=held.version, signed_by=by, signed_at=now
    )
    record(held, "sign for a side", by=by, now=now)
    _after_signature(held, by=by, now=now)
    return signature


def _after_signature(plan: Plan, *, by: Any, now: datetime) -> None:
    signed = set(signatures_that_count(plan))
    if {seat.pk for seat in plan.exchange.match.sides} <= signed:
        move(plan, "sign", by=by, now=now)
        _WHEN_SIGNED[ExchangeKind(plan.exchange.kind)](plan, by, now)
    else:
        write_to(others_than(by, plan.exchange), "plan_awaits_you", plan, values={"by": str(by)}, now=now)


def _ask_the_office(plan: Plan, by: Any, now: datetime) -> None:
    write_to_office("plan_signed", plan, values={}, by=by, now=now)


def _begin_work(plan: Plan, by: Any, now: datetime) -> None:
    """Let a mentorship begin: what the two agree on needs no approval."""
    move(plan, "approve", by=by, now=now)
    if plan.exchange.status == ExchangeStatus.PLANNING:
        move(plan.exchange, "begin", by=by, now=now)
    write_to(people_of(sides_of(plan.exchange)), "plan_agreed", plan, values={}, now=now)


_WHEN_SIGNED: dict[str, Callable[[Plan, Any, datetime], None]] = {
    ExchangeKind.VISIT: _ask_the_office,
    ExchangeKind.MENTORSHIP: _begin_work,
}
"""What follows when both sides have signed, by the kind of the exchange."""


@transaction.atomic
def approve_plan(*, exchange: Exchange, by: Any, now: datetime, version: int | None = None) -> None:
    """Approve a plan that both sides signed: bookings may begin.

    Raises NotAllowed unless it is signed, Overtaken when it is past the version, and
    PlanIncomplete, when its days have come too near, say.
    """
    held = hold_plan(exchange.plan, "approve")
    _expect(held, held.version if version is None else version)
    if held.status == PlanStatus.SIGNED:
        _refuse_incomplete(held, now)
    move(held, "approve", by=by, now=now)
    move(held.exchange, "approve", by=by, now=now)
    write_to(people_of(sides_of(held.exchange)), "plan_approved", held, values={}, now=now)


@transaction.atomic
def reopen_plan(
    *, exchange: Exchange, question: str, by: Any, now: datetime, version: int | None = None
) -> None:
    """Send a signed or approved plan back with a question; both sides sign again.

    Raises NotAllowed when nobody has finished signing, and Overtaken when it is past the version.
    """
    held = hold_plan(exchange.plan, "reopen")
    _expect(held, held.version if version is None else version)
    reopen(held, by=by, now=now, note=question)
    # Signatures were given to the plan without the question: they do not count for the answer.
    held.save_version(held.version, [])
    values = {"by": str(by), "question": question}
    write_to(people_of(sides_of(held.exchange)), "plan_returned", held, values=values, now=now)


def _expect(plan: Plan, version: int) -> None:
    if plan.version != version:
        raise Overtaken(f"plan {plan.pk} is past version {version}")


def _refuse_incomplete(plan: Plan, now: datetime) -> None:
    reasons = lacks_of(plan, today=now.astimezone(zone(plan.zone)).date())
    if reasons:
        raise PlanIncomplete(reasons)
