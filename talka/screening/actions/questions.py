"""Asking an applicant for more, which reopens the application for them alone and for a time."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.actions.letters import tell_applicants
from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.kernel.ledger import move, record
from talka.kernel.reasons import Reason
from talka.screening.actions.fairness import refuse_conflict, refuse_unless_undecided


class NotFuture(Exception):
    """The applicant needs time to answer: the moment has to lie ahead."""

    reason = Reason("screening.not_future")


@transaction.atomic
def ask_for_more(*, application: Application, question: str, until: datetime, by: Any, now: datetime) -> None:
    """Reopen one application until a moment, with a question that goes to its representatives by mail.

    The question is the note of the ledger's line. Asking again while it is open extends the time.
    Raises NotFuture, InConflict, and NotAllowed when the application is not handed in or is decided.
    """
    refuse_conflict(application, by)
    refuse_unless_undecided(application, "return")
    if until <= now:
        raise NotFuture
    if application.status == ApplicationStatus.RETURNED:
        record(application, "return", by=by, now=now, note=question)
    else:
        move(application, "return", by=by, now=now, note=question)
    application.open_until = until
    application.save(update_fields=["open_until"])
    tell_applicants(
        "more_is_asked", application, now=now, values={"question": question}, once=now.isoformat()
    )


@transaction.atomic
def end_question(*, application: Application, by: Any, now: datetime) -> None:
    """Go on with an application as it stands, without waiting for an answer."""
    refuse_conflict(application, by)
    move(application, "submit", by=by, now=now)
    application.open_until = None
    application.save(update_fields=["open_until"])
