"""From a draft to an application that is handed in, withdrawn or opened once more."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.actions.letters import tell_applicants
from talka.applications.actions.partners import invite_partner
from talka.applications.actions.refusals import ApplicationRefused, Incomplete
from talka.applications.lifecycle import ApplicationStatus, PartnerStatus
from talka.applications.models import Application, Partner
from talka.applications.queries import checklist
from talka.calls.actions import extend_call
from talka.calls.models import Call
from talka.kernel.ledger import move, record


@transaction.atomic
def submit_application(*, application: Application, by: Any, now: datetime) -> None:
    """Hand in an application, with a receipt by mail, and ask the partner it names.

    Raises ApplicationRefused once the call is over, Incomplete with what is missing, and NotAllowed when
    it is handed in already.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    Application.LIFECYCLE.target("submit", locked.status)
    if not locked.takes_changes(now):
        raise ApplicationRefused("application.call_closed")
    gaps = checklist(locked, now)
    if gaps:
        raise Incomplete("application.incomplete", gaps)
    move(locked, "submit", by=by, now=now)
    locked.submitted_at, locked.open_until = now, None
    locked.save(update_fields=["submitted_at", "open_until"])
    application.status, application.submitted_at, application.open_until = locked.status, now, None
    tell_applicants("application_received", locked, now=now, once=now.isoformat())
    partner = Partner.objects.filter(application=locked).first()
    if partner is not None and partner.status == PartnerStatus.NAMED:
        invite_partner(partner=partner, by=by, now=now)


def withdraw_application(*, application: Application, by: Any, now: datetime, note: str = "") -> None:
    """Take an application back, at any time before it is matched."""
    move(application, "withdraw", by=by, now=now, note=note)


@transaction.atomic
def reopen_application(
    *,
    application: Application,
    until: datetime,
    by: Any,
    now: datetime,
    note: str,
    version: int | None = None,
) -> None:
    """Let one applicant change the application until a moment, past the call's own end.

    `version` is that of the application as the person saw it; by default that of the given one.
    Raises ApplicationRefused when the moment is past or the application is decided, and Overtaken when
    somebody else gave it another end in between.
    """
    if until <= now:
        raise ApplicationRefused("application.until_is_past")
    status = Application.objects.select_for_update().values_list("status", flat=True).get(pk=application.pk)
    if status not in (ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED, ApplicationStatus.RETURNED):
        raise ApplicationRefused("application.not_open")
    application.open_until = until
    application.save_version(application.version if version is None else version, ["open_until"])
    record(application, "reopen", by=by, now=now, note=note)
    values = {"until": until, "zone": application.call.zone, "note": note}
    tell_applicants("application_reopened", application, now=now, values=values, once=now.isoformat())


@transaction.atomic
def extend_and_tell(*, call: Call, closes_at: datetime, by: Any, now: datetime, note: str) -> int:
    """Extend a call and write to everybody with a draft; return how many drafts there are.

    Raises WindowRefused.
    """
    extend_call(call=call, closes_at=closes_at, by=by, now=now, note=note)
    drafts = list(
        Application.objects.filter(call=call, status=ApplicationStatus.DRAFT).select_related(
            "community", "person", "call__cycle__programme"
        )
    )
    for draft in drafts:
        values = {"until": closes_at, "zone": call.zone, "note": note}
        tell_applicants("call_extended", draft, now=now, values=values, once=closes_at.isoformat())
    return len(drafts)
