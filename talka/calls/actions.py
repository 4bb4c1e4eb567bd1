"""Cycles made ready for applicants, and the windows of their calls."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from talka.calls.models import Call
from talka.forms.actions import create_form
from talka.forms.models import Form, FormVersion
from talka.kernel.ledger import record
from talka.kernel.reasons import Reason
from talka.kernel.windows import end_of, start_of
from talka.kernel.wording import Wording
from talka.programmes.actions import copy_cycle, open_cycle
from talka.programmes.models import Cycle, Programme


class WindowRefused(Exception):
    """A call cannot have this window; carries the reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.key)
        self.reason = reason


@transaction.atomic
def prepare_cycle(
    *,
    programme: Programme,
    slug: str,
    label: Wording,
    year: int,
    by: Any,
    now: datetime,
    budget: Decimal | int = 0,
    currency: str | None = None,
) -> Cycle:
    """Open a cycle with the forms and the calls of its blueprint, all in preparation. Raises AddressTaken."""
    cycle = open_cycle(
        programme=programme,
        slug=slug,
        label=label,
        year=year,
        by=by,
        now=now,
        budget=budget,
        currency=currency,
    )
    plan = cycle.plan
    forms = {
        key: create_form(cycle=cycle, key=key, draft=draft, by=by, now=now)
        for key, draft in plan.forms.items()
    }
    for planned in plan.calls:
        _make_call(cycle, planned.role, forms[planned.form], planned.stage, programme.zone)
    return cycle


@transaction.atomic
def clone_cycle(*, cycle: Cycle, slug: str, label: Wording, year: int, by: Any, now: datetime) -> Cycle:
    """Open a cycle like another one, with its forms as they stand now and its dates moved to the year.

    Raises AddressTaken.
    """
    copy = copy_cycle(cycle=cycle, slug=slug, label=label, year=year, by=by, now=now)
    forms = {}
    for form in cycle.forms.order_by("pk"):
        newest = FormVersion.objects.filter(form=form, published_at__isnull=False).latest("number")
        forms[form.key] = create_form(cycle=copy, key=form.key, draft=newest.draft, by=by, now=now)
    stages = {planned.role: planned.stage for planned in copy.plan.calls}
    for call in cycle.calls.select_related("form").order_by("pk"):
        _make_call(copy, call.role, forms[call.form.key], stages[call.role], call.zone)
    return copy


def _make_call(cycle: Cycle, role: str, form: Form, stage_key: str, zone: str) -> Call:
    """Make a call that is open from the first moment of a stage to the end of its last day."""
    stage = cycle.stages.get(key=stage_key)
    return Call.objects.create(
        cycle=cycle,
        role=role,
        form=form,
        zone=zone,
        opens_at=start_of(stage.starts_on, zone),
        closes_at=end_of(stage.ends_on, zone),
    )


@transaction.atomic
def edit_call(
    *,
    call: Call,
    opens_at: datetime,
    closes_at: datetime | None,
    zone: str,
    form: Form,
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Change the window of a call, and the form it asks with. Raises Overtaken, and WindowRefused.

    Applications that were begun keep the version of the form they answer.
    """
    if closes_at is not None and closes_at <= opens_at:
        raise WindowRefused(Reason("call.closes_before_it_opens"))
    call.opens_at, call.closes_at, call.zone, call.form = opens_at, closes_at, zone, form
    call.save_version(version, ["opens_at", "closes_at", "zone", "form"])
    record(call, "edit", by=by, now=now)


@transaction.atomic
def extend_call(*, call: Call, closes_at: datetime, by: Any, now: datetime, note: str) -> None:
    """Move the end of a call to a later moment, also when it has closed already, and say why in the ledger.

    Raises WindowRefused when the moment is past or no later than the end it has.
    """
    if closes_at <= now:
        raise WindowRefused(Reason("call.closes_in_the_past"))
    if call.closes_at is None or closes_at <= call.closes_at:
        raise WindowRefused(Reason("call.not_later"))
    call.closes_at = closes_at
    call.save_version(call.version, ["closes_at"])
    record(call, "extend", by=by, now=now, note=note)
