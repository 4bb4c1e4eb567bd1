"""The only place where a status changes, and the line that every change leaves."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from talka.kernel.models import Entry, Overtaken


def record(subject: models.Model, verb: str, *, by: Any, now: datetime, note: str = "") -> Entry:
    """Write a line about something that was done to a record without moving its status.

    `by` is the account that did it, or None where Talka acted by itself.
    """
    return Entry.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        verb=verb,
        actor=by,
        moved_at=now,
        note=note,
    )


@transaction.atomic
def move(subject: Any, verb: str, *, by: Any, now: datetime, note: str = "") -> None:
    """Move a record along its lifecycle and write it in the ledger.

    Raises NotAllowed if the table has no such move, and Overtaken if the
    record left its status since it was read.
    """
    source = subject.status
    target = subject.LIFECYCLE.target(verb, source)
    rows = type(subject)._default_manager.filter(pk=subject.pk, status=source)
    if not rows.update(status=target):
        raise Overtaken(f"{subject._meta.label} {subject.pk} is no longer {source}")
    Entry.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        verb=verb,
        source=source,
        target=target,
        actor=by,
        moved_at=now,
        note=note,
    )
    subject.status = target
