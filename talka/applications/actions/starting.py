"""Beginning an application: one an applicant and call, however many begin it at once."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from talka.applications.actions.refusals import ApplicationRefused
from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import takes
from talka.calls.models import Call
from talka.forms.actions import start_sheet
from talka.kernel.ledger import record
from talka.letters.sending import leads_nowhere
from talka.people.models import Account, Community


def start_application(
    *,
    call: Call,
    by: Any,
    now: datetime,
    community: Community | None = None,
    person: Account | None = None,
    open_until: datetime | None = None,
) -> Application:
    """Begin the application of a community or of a person; one that was begun already is returned instead.

    Raises ApplicationRefused unless the call is open and is for such applicants; `open_until` begins one
    past its end, for this applicant alone. Invented applicants stay in their rehearsals.
    """
    _demand_welcome(call, community, person)
    if open_until is None and not call.window.is_open(now):
        over = call.window.is_over(now)
        raise ApplicationRefused("application.call_closed" if over else "application.call_not_open")
    standing = Application.objects.filter(call=call, community=community, person=person).exclude(
        status=ApplicationStatus.WITHDRAWN
    )
    if found := standing.first():
        return found
    try:
        with transaction.atomic():
            application = Application.objects.create(
                call=call,
                community=community,
                person=person,
                sheet=start_sheet(form=call.form, now=now),
                started_by=by,
                started_at=now,
                open_until=open_until,
            )
            record(application, "start", by=by, now=now)
    except IntegrityError:
        # Two representatives, or two clicks, at the same moment.
        return standing.get()
    return application


def _demand_welcome(call: Call, community: Community | None, person: Account | None) -> None:
    is_invented = community.is_synthetic if community else leads_nowhere(person.email or "" if person else "")
    if is_invented and not call.cycle.programme.is_rehearsal:
        raise ApplicationRefused("application.invented")
    if not takes(call.cycle.plan, "people" if community is None else "communities"):
        raise ApplicationRefused("application.other_applicants")
