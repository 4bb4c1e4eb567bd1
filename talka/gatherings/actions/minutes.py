"""Minutes are written, published, and corrected in a new version; decisions stand with them."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from talka.gatherings.lifecycle import MinutesStatus
from talka.gatherings.models import Gathering, MeetingDecision, Minutes, MinutesVersion
from talka.kernel.ledger import move, record
from talka.kernel.models import Overtaken
from talka.kernel.wording import Wording
from talka.letters.outbox import write_letter


@transaction.atomic
def save_minutes(*, gathering: Gathering, text: Wording, version: int, by: Any, now: datetime) -> Minutes:
    """Keep the text of minutes. What was published of them stays as it is until they are published again.

    Version 0 means that there were none yet. Raises Overtaken.
    """
    if version == 0:
        return _begin(gathering, text, by=by, now=now)
    minutes = Minutes.objects.select_for_update().get(gathering=gathering)
    is_new_text = minutes.text != dict(text)
    minutes.text = dict(text)
    minutes.save_version(version, ["text"])
    record(minutes, "edit", by=by, now=now)
    if is_new_text:
        _mark_corrected(gathering, by=by, now=now)
        minutes.refresh_from_db()
    return minutes


def _begin(gathering: Gathering, text: Wording, *, by: Any, now: datetime) -> Minutes:
    try:
        with transaction.atomic():
            minutes = Minutes.objects.create(gathering=gathering, text=dict(text))
    except IntegrityError:
        raise Overtaken(f"minutes of {gathering.pk} were begun") from None
    record(minutes, "create", by=by, now=now)
    return minutes


def _mark_corrected(gathering: Gathering, *, by: Any, now: datetime) -> None:
    """Say of published minutes that something in them has changed since."""
    minutes = Minutes.objects.filter(gathering=gathering, status=MinutesStatus.PUBLISHED).first()
    if minutes is not None:
        move(minutes, "correct", by=by, now=now)


@transaction.atomic
def publish_minutes(*, minutes: Minutes, version: int, tell: bool, by: Any, now: datetime) -> MinutesVersion:
    """Publish minutes with the decisions as their next version, which never changes; tell who was there.

    Raises Overtaken when somebody changed them since, and NotAllowed when nothing is new in them.
    """
    held = Minutes.objects.select_for_update().get(pk=minutes.pk)
    if held.version != version:
        raise Overtaken(f"minutes {held.pk} are past version {version}")
    move(held, "publish", by=by, now=now)
    decisions = held.gathering.decisions.order_by("pk").values_list("text", flat=True)
    published = MinutesVersion.objects.create(
        minutes=held,
        number=held.versions.count() + 1,
        text=held.text,
        decisions=list(decisions),
        published_by=by,
        published_at=now,
    )
    if tell:
        _tell_who_was_there(held.gathering, published, now=now)
    minutes.refresh_from_db()
    return published


def _tell_who_was_there(gathering: Gathering, published: MinutesVersion, *, now: datetime) -> None:
    there = gathering.attendances.filter(account__is_active=True).select_related("account").order_by("pk")
    for attendance in there:
        write_letter(
            "minutes_published",
            to=attendance.account,
            values={
                "gathering": gathering,
                "programme": gathering.programme,
                "day": gathering.starts_at,
                "number": published.number,
                "path": reverse("public:gathering", args=[gathering.pk]),
            },
            about=gathering,
            now=now,
            once=str(published.number),
        )


@transaction.atomic
def add_decision(*, gathering: Gathering, text: str, by: Any, now: datetime) -> MeetingDecision:
    """Write down what a gathering decided."""
    decision = MeetingDecision.objects.create(gathering=gathering, text=text)
    record(decision, "create", by=by, now=now)
    _mark_corrected(gathering, by=by, now=now)
    return decision


@transaction.atomic
def edit_decision(*, decision: MeetingDecision, text: str, version: int, by: Any, now: datetime) -> None:
    """Change the words of a decision; published minutes keep the old ones. Raises Overtaken."""
    decision.text = text
    decision.save_version(version, ["text"])
    record(decision, "edit", by=by, now=now)
    _mark_corrected(decision.gathering, by=by, now=now)


@transaction.atomic
def remove_decision(*, decision: MeetingDecision, by: Any, now: datetime) -> None:
    """Remove a decision; published minutes keep it."""
    if MeetingDecision.objects.filter(pk=decision.pk).delete()[0]:
        record(decision.gathering, "remove decision", by=by, now=now)
        _mark_corrected(decision.gathering, by=by, now=now)
