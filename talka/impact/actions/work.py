"""Reports about the work of a period: begun, written, published, and corrected by another."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from talka.impact.figures import seal
from talka.impact.lifecycle import WorkReportStatus
from talka.impact.models import WorkReport
from talka.impact.queries.work import figures_between
from talka.kernel.ledger import move, record
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.programmes.models import Programme

FIELDS = ("title", "starts_on", "ends_on", "words")


class NothingToSay(Exception):
    """A report without a single figure and without words is not published."""


@transaction.atomic
def start_work_report(
    *,
    programme: Programme,
    title: str,
    starts_on: date,
    ends_on: date,
    language: str,
    by: Any,
    now: datetime,
    replaces: WorkReport | None = None,
) -> WorkReport:
    """Begin a report about a period; one that corrects another starts from its words."""
    report = WorkReport.objects.create(
        programme=programme,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        language=language,
        words=dict(replaces.words) if replaces else {},
        replaces=replaces,
        started_by=by,
        started_at=now,
    )
    record(report, "start", by=by, now=now)
    return report


@transaction.atomic
def edit_work_report(
    *, report: WorkReport, values: Mapping[str, Any], version: int, by: Any, now: datetime
) -> None:
    """Write the title, period and words of a draft. Raises Overtaken, and NotAllowed once published."""
    held = WorkReport.objects.select_for_update().get(pk=report.pk)
    if held.status != WorkReportStatus.DRAFT:
        raise NotAllowed("edit", held.status)
    fields = [name for name in FIELDS if name in values]
    for name in fields:
        setattr(report, name, values[name])
    report.save_version(version, fields)
    record(report, "edit", by=by, now=now)


@transaction.atomic
def publish_work_report(*, report: WorkReport, version: int, by: Any, now: datetime) -> None:
    """Publish a draft with the figures of this moment, which never change afterwards.

    Raises Overtaken when somebody else wrote in it meanwhile, NothingToSay, and NotAllowed for what is
    published already.
    """
    held = WorkReport.objects.select_for_update().select_related("programme").get(pk=report.pk)
    if held.version != version:
        raise Overtaken(f"report {held.pk} is past version {version}")
    held.figures = figures_between(held.programme, held.starts_on, held.ends_on, now=now)
    if not any(text.strip() for text in held.words.values()) and not any(
        fact["count"] for part in held.figures for fact in part["facts"]
    ):
        raise NothingToSay
    held.seal = seal(
        [held.title, held.starts_on.isoformat(), held.ends_on.isoformat(), held.words, held.figures]
    )
    held.published_by, held.published_at = by, now
    held.save(update_fields=["figures", "seal", "published_by", "published_at"])
    move(held, "publish", by=by, now=now)
    report.refresh_from_db()


@transaction.atomic
def discard_work_report(*, report: WorkReport, by: Any, now: datetime) -> None:
    """Throw a draft away. Raises NotAllowed for a published one."""
    move(report, "discard", by=by, now=now)
