"""What the room refuses, and the door every change goes through."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import checklist
from talka.kernel.ledger import record
from talka.kernel.models import Entry
from talka.kernel.reasons import Gap, Reason

# Drafts save by themselves every few seconds: one line of the ledger stands for a sitting.
SITTING = timedelta(minutes=10)


class ApplicationRefused(Exception):
    """Something cannot be done with the application; carries the reason."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.reason = Reason(key)


class Incomplete(ApplicationRefused):
    """An application that is handed in is complete; carries what is missing."""

    def __init__(self, key: str, gaps: Sequence[Gap]) -> None:
        super().__init__(key)
        self.gaps = tuple(gaps)


@contextmanager
def changing(application: Application, *, by: Any, now: datetime) -> Iterator[Application]:
    """Lock an application for a change by its applicant, and leave a line in the ledger.

    Raises ApplicationRefused when it takes no changes at the moment, and Incomplete (everything is
    undone then) when it is handed in and the change would leave a gap.
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        locked.call = application.call
        if not locked.takes_changes(now):
            raise ApplicationRefused("application.not_open")
        yield locked
        if locked.status == ApplicationStatus.SUBMITTED:
            gaps = checklist(locked, now)
            if gaps:
                raise Incomplete("application.must_stay_complete", gaps)
        _note_sitting(locked, by=by, now=now)


def _note_sitting(application: Application, *, by: Any, now: datetime) -> None:
    # What Talka does by itself ends no sitting.
    last = Entry.objects.about(application).exclude(actor=None).last()
    same = last is not None and last.verb == "edit" and last.actor == by
    if not (same and last is not None and now - last.moved_at < SITTING):
        record(application, "edit", by=by, now=now)
