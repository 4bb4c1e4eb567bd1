"""Photos of the visit: kept with their author, their licence, and the consent of those shown."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.files.actions import delete_upload, store_photo
from talka.kernel.ledger import record
from talka.kernel.models import Overtaken
from talka.reports.actions.writing import check_writable
from talka.reports.models import Evidence, Report


def add_evidence(
    *,
    report: Report,
    data: bytes,
    name: str,
    caption: str,
    author: str,
    licence: str,
    has_consent: bool,
    by: Any,
    now: datetime,
) -> Evidence:
    """Keep a photo with a report. Raises FileRefused and NotWritable.

    Not one transaction: redrawing takes seconds, and nobody else's writing should wait for it.
    """
    with transaction.atomic():
        check_writable(report)
    upload = store_photo(data=data, name=name, by=by, now=now)
    try:
        with transaction.atomic():
            check_writable(report)
            photo = Evidence.objects.create(
                report=report,
                upload=upload,
                caption=caption,
                author=author,
                licence=licence,
                has_consent=has_consent,
            )
            record(report, "add photo", by=by, now=now)
    except BaseException:
        delete_upload(pk=upload.pk)
        raise
    return photo


@transaction.atomic
def edit_evidence(
    *,
    photo: Evidence,
    caption: str,
    author: str,
    licence: str,
    has_consent: bool,
    by: Any,
    now: datetime,
) -> None:
    """Change what is said of a photo while the report is being written. Raises NotWritable and Overtaken."""
    check_writable(photo.report)
    _change(photo, caption=caption, author=author, licence=licence, has_consent=has_consent)
    record(photo.report, "edit photo", by=by, now=now)


@transaction.atomic
def withdraw_consent(*, photo: Evidence, by: Any, now: datetime) -> None:
    """Take back the consent of those shown, at any time: the photo is public no longer."""
    _change(photo, has_consent=False)
    record(photo.report, "withdraw consent", by=by, now=now)


def _change(photo: Evidence, **words: Any) -> None:
    """Write facts about a photo. Raises Overtaken when somebody else took it out."""
    for name, value in words.items():
        setattr(photo, name, value)
    if not Evidence.objects.filter(pk=photo.pk).update(**words):
        raise Overtaken(f"photo {photo.pk} was taken out")


@transaction.atomic
def remove_evidence(*, photo: Evidence, by: Any, now: datetime) -> None:
    """Take a photo out of a report that is being written, and delete its file. Raises NotWritable."""
    check_writable(photo.report)
    report, upload = photo.report, photo.upload_id
    photo.delete()
    delete_upload(pk=upload)
    record(report, "remove photo", by=by, now=now)
