"""Asking an applicant for more, which reopens the application for them alone and for a time."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.actions.letters import tell_applicants
from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.kernel.ledger import move, record
from talka.kernel.reasons import Reason
from talka.screening.actions.fairness import hold_undecided, refuse_conflict


class NotFuture(Exception):
    """The applicant needs time to answer: the moment has to lie ahead."""

    reason = Reason("screening.not_future")


@transaction.atomic
def ask_for_more(
    *,
    application: Application,
    question: str,
    until: datetime,
    by: Any,
    now: datetime,
    version: int | None = None,
) -> None:
    """Reopen one application until a moment, with a question that goes to its representatives by mail.

    The question is the note of the ledger's line. Asking again while it is open extends the time. `version`
    is that of the application as the person saw it; by default that of the given one.
    Raises NotFuture, InConflict, Overtaken when somebody else asked in between, and NotAllowed when the
    application is not handed in or is decided.
    """
    refuse_conflict(application, by)
    if until <= now:
        raise NotFuture
    held = hold_undecided(application, "return")
    held.open_until = until
    held.save_version(application.version if version is None else version, ["open_until"])
    if held.status == ApplicationStatus.RETURNED:
        record(held, "return", by=by, now=now, note=question)
    else:
        move(held, "return", by=by, now=now, note=question)
    tell_applicants("more_is_asked", held, now=now, values={"question": question}, once=now.isoformat())
    application.status, application.open_until, application.version = held.status, until, held.version


@transaction.atomic
def end_question(*, application: Application, by: Any, now: datetime) -> None:
    """Go on with an application as it stands, without waiting for an answer. Raises NotAllowed."""
    refuse_conflict(application, by)
    held = hold_undecided(application, "submit")
    move(held, "submit", by=by, now=now)
    held.open_until = None
    held.save_version(held.version, ["open_until"])
    application.status, application.open_until, application.version = held.status, None, held.version
