"""What a circle writes: lessons and replies, published, taken back, removed, and looked at on request."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from talka.applications.queries import people_of
from talka.exchanges.lifecycle import ExchangeStatus, LessonStatus
from talka.exchanges.models import Concern, Exchange, Lesson, LessonReply
from talka.exchanges.queries import coordinators_of
from talka.exchanges.queries.circles import members_of
from talka.kernel.ledger import move, record
from talka.kernel.lifecycle import NotAllowed
from talka.letters.outbox import write_letter

LESSON_FIELDS = ("kind", "title", "text", "capacity", "language", "country")


@transaction.atomic
def write_lesson(*, circle: Exchange, values: Mapping[str, Any], by: Any, now: datetime) -> Lesson:
    """Write a success, a failure or a question for the circle. Raises NotAllowed once it is dissolved.

    A question is told to the others at once: it waits for their answers.
    """
    held = Exchange.objects.select_for_update().get(pk=circle.pk)
    if held.status != ExchangeStatus.UNDERWAY:
        raise NotAllowed("write", held.status)
    lesson = Lesson.objects.create(exchange=held, author=by, written_at=now, **values)
    record(lesson, "write", by=by, now=now)
    if lesson.kind == "question":
        _tell_the_others(lesson, "circle_question", by=by, now=now)
    return lesson


@transaction.atomic
def edit_lesson(*, lesson: Lesson, values: Mapping[str, Any], version: int, by: Any, now: datetime) -> Lesson:
    """Change a lesson, published or not. Raises NotAllowed when it was removed, and Overtaken."""
    held = _hold(lesson, "edit")
    for name in LESSON_FIELDS:
        setattr(held, name, values[name])
    held.save_version(version, list(LESSON_FIELDS))
    record(held, "edit", by=by, now=now)
    return held


@transaction.atomic
def publish_lesson(*, lesson: Lesson, shows_author: bool, version: int, by: Any, now: datetime) -> Lesson:
    """Let everybody read a lesson as it stands in the version, with the author's name or without it.

    Replies stay in the circle. Published again, it only changes whether the name is shown. Raises
    Overtaken when the text was changed since, and NotAllowed when it was removed.
    """
    held = _hold(lesson, "publish")
    held.shows_author = shows_author
    if held.status == LessonStatus.SHARED:
        held.published_at = now
        held.save_version(version, ["shows_author", "published_at"])
        move(held, "publish", by=by, now=now)
    else:
        held.save_version(version, ["shows_author"])
        record(held, "edit", by=by, now=now)
    return held


@transaction.atomic
def take_back_lesson(*, lesson: Lesson, by: Any, now: datetime, reason: str = "") -> None:
    """Let only the circle read a lesson again. Coordinators give a reason, which its author reads.

    Raises NotAllowed when it is not published.
    """
    held = _hold(lesson, "take back")
    move(held, "take back", by=by, now=now, note=reason)
    held.published_at = None
    held.save(update_fields=["published_at"])
    if reason:
        _tell_author(held, "lesson_taken_back", {"reason": reason}, now=now)


@transaction.atomic
def remove_lesson(*, lesson: Lesson, by: Any, now: datetime, reason: str = "") -> None:
    """Take a lesson away from everybody: its words and the replies are deleted, and only that it was stays.

    Coordinators give a reason, which its author reads. What somebody asked about it is settled with that.
    Raises NotAllowed when it was removed before.
    """
    held = _hold(lesson, "remove")
    move(held, "remove", by=by, now=now, note=reason)
    if reason:
        _tell_author(held, "lesson_removed", {"reason": reason}, now=now)
    held.title = held.text = ""
    held.save_version(held.version, ["title", "text"])
    held.replies.all().delete()
    for concern in held.concerns.filter(settled_at__isnull=True):
        _settle(concern, reason, by=by, now=now)


@transaction.atomic
def reply_to_lesson(*, lesson: Lesson, text: str, by: Any, now: datetime) -> LessonReply:
    """Answer a lesson within the circle; its author is told. Raises NotAllowed when it was removed."""
    held = _hold(lesson, "reply")
    reply = LessonReply.objects.create(lesson=held, text=text, author=by, written_at=now)
    record(held, "reply", by=by, now=now)
    if held.author is not None and held.author != by:
        _tell_author(held, "lesson_replied", {"by": str(by)}, once=str(reply.pk), now=now)
    return reply


@transaction.atomic
def remove_reply(*, reply: LessonReply, by: Any, now: datetime) -> None:
    """Delete an answer; deleting it twice changes nothing."""
    if LessonReply.objects.filter(pk=reply.pk).delete()[0]:
        record(reply.lesson, "remove a reply", by=by, now=now)


@transaction.atomic
def raise_concern(*, lesson: Lesson, words: str, by: Any, now: datetime) -> Concern:
    """Ask the coordinators to look at a lesson, which is shown to them from now on, until they settle it.

    While another member's question about it is open, that one stands. Raises NotAllowed when it was removed.
    """
    held = _hold(lesson, "ask about")
    concern, is_new = Concern.objects.get_or_create(
        lesson=held, settled_at=None, defaults={"words": words, "raised_by": by, "raised_at": now}
    )
    if is_new:
        record(held, "ask the coordinators", by=by, now=now)
        path = reverse("office:lesson", args=[held.pk])
        for person in coordinators_of(held.exchange.match.cycle):
            write_letter("concern_raised", to=person, values={"path": path}, about=concern, now=now)
    return concern


@transaction.atomic
def settle_concern(*, concern: Concern, answer: str, by: Any, now: datetime) -> None:
    """Say what came of it, to who asked; the lesson is no longer shown to coordinators. Twice is once."""
    _hold(concern.lesson, "settle")
    if Concern.objects.filter(pk=concern.pk, settled_at__isnull=True).exists():
        _settle(concern, answer, by=by, now=now)


def _settle(concern: Concern, answer: str, *, by: Any, now: datetime) -> None:
    concern.settled_at, concern.settled_by, concern.answer = now, by, answer
    concern.save(update_fields=["settled_at", "settled_by", "answer"])
    record(concern.lesson, "settle a question", by=by, now=now)
    if concern.raised_by is not None and concern.raised_by != by:
        values = {"answer": answer, "path": concern.lesson.exchange.get_absolute_url()}
        write_letter("concern_settled", to=concern.raised_by, values=values, about=concern, now=now)


def _hold(lesson: Lesson, verb: str) -> Lesson:
    """Lock a lesson until the transaction ends, and return it as it is. Raises NotAllowed once removed."""
    held = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if held.status == LessonStatus.REMOVED:
        raise NotAllowed(verb, held.status)
    return held


def _tell_author(lesson: Lesson, key: str, values: dict[str, Any], *, now: datetime, once: str = "") -> None:
    if lesson.author is None:
        return
    path = reverse("desk:lesson", args=[lesson.pk])
    written = {"lesson": lesson.title, "path": path, **values}
    mark = once or f"v{lesson.version}:{now}"
    write_letter(key, to=lesson.author, values=written, about=lesson, now=now, once=mark)


def _tell_the_others(lesson: Lesson, key: str, *, by: Any, now: datetime) -> None:
    values = {"by": str(by), "lesson": lesson.title, "path": reverse("desk:lesson", args=[lesson.pk])}
    for person in people_of(seat.application for seat in members_of(lesson.exchange)):
        if person != by:
            write_letter(key, to=person, values=values, about=lesson, now=now)
