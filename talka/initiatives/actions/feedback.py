"""What people who evaluate say of an initiative: dated, never changed silently, answered by its people."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from talka.initiatives.actions.building import today_of
from talka.initiatives.actions.refusals import Refused
from talka.initiatives.models import Feedback, Initiative
from talka.initiatives.queries import people_of
from talka.kernel.ledger import record
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason
from talka.letters.outbox import write_letter


@transaction.atomic
def give_feedback(*, initiative: Initiative, text: str, on: date, by: Any, now: datetime) -> Feedback:
    """Say how an initiative develops; its people get a letter. Raises Refused for a day to come."""
    _refuse_ahead(initiative, on, now)
    feedback = Feedback.objects.create(
        initiative=initiative, author=by, given_on=on, text=text, written_at=now
    )
    record(initiative, "give feedback", by=by, now=now)
    _tell_people(feedback, by=by, now=now)
    return feedback


@transaction.atomic
def correct_feedback(*, feedback: Feedback, text: str, on: date, by: Any, now: datetime) -> Feedback:
    """Put another text beside one's own; both stay, and its people are told.

    What was open to everybody is not any more, until its people open the new text. Raises Overtaken for a
    text that was corrected already, and Refused for a day to come.
    """
    _refuse_ahead(feedback.initiative, on, now)
    try:
        with transaction.atomic():
            newer = Feedback.objects.create(
                initiative=feedback.initiative,
                author=by,
                given_on=on,
                text=text,
                corrects=feedback,
                written_at=now,
            )
    except IntegrityError:
        raise Overtaken(f"feedback {feedback.pk} was corrected already") from None
    Feedback.objects.filter(pk=feedback.pk).update(is_public=False)
    record(feedback.initiative, "correct feedback", by=by, now=now)
    _tell_people(newer, by=by, now=now)
    return newer


def _refuse_ahead(initiative: Initiative, on: date, now: datetime) -> None:
    if on > today_of(initiative.programme, now):
        raise Refused(Reason("initiatives.day_ahead"))


@transaction.atomic
def answer_feedback(*, feedback: Feedback, answer: str, version: int, by: Any, now: datetime) -> None:
    """Answer for the initiative, or change the answer; who wrote the feedback gets a letter.

    Raises Overtaken.
    """
    feedback.answer, feedback.answered_by, feedback.answered_at = answer, by, now
    feedback.save_version(version, ["answer", "answered_by", "answered_at"])
    record(feedback.initiative, "answer feedback", by=by, now=now)
    if feedback.author is not None and feedback.author != by:
        write_letter(
            "feedback_answered",
            to=feedback.author,
            values=_values(feedback) | {"answer": answer},
            about=feedback,
            now=now,
            once=now.isoformat(),
        )


@transaction.atomic
def publish_feedback(*, feedback: Feedback, by: Any, now: datetime) -> None:
    """Open a feedback to everybody, for the initiative. Raises Overtaken when it was corrected meanwhile."""
    if not Feedback.objects.newest().filter(pk=feedback.pk).exists():
        raise Overtaken(f"feedback {feedback.pk} was corrected")
    if Feedback.objects.filter(pk=feedback.pk, is_public=False).update(is_public=True):
        record(feedback.initiative, "publish feedback", by=by, now=now)


@transaction.atomic
def unpublish_feedback(*, feedback: Feedback, by: Any, now: datetime) -> None:
    """Take a feedback back to the people of the initiative."""
    if Feedback.objects.filter(pk=feedback.pk, is_public=True).update(is_public=False):
        record(feedback.initiative, "unpublish feedback", by=by, now=now)


def _tell_people(feedback: Feedback, *, by: Any, now: datetime) -> None:
    values = _values(feedback) | {"is_correction": feedback.corrects_id is not None}
    for person in people_of(feedback.initiative):
        if person != by:
            write_letter("feedback_given", to=person, values=values, about=feedback, now=now)


def _values(feedback: Feedback) -> dict[str, Any]:
    page = reverse("desk:initiative", args=[feedback.initiative_id])
    return {
        "initiative": feedback.initiative,
        "programme": feedback.initiative.programme,
        "path": f"{page}#feedback",
    }
