"""What the applicant writes: answers, goals, format, commitments. Two people may write at once."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from talka.applications.actions.refusals import ApplicationRefused, changing
from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Acceptance, Application, Goal
from talka.applications.queries import commitments_of
from talka.files.actions import delete_upload, store_file
from talka.files.models import Upload
from talka.forms.actions import merge_answers
from talka.forms.merging import Merged, merge

MOST_GOALS = 5
MOST_FILES = 10
GOAL_FIELDS = ("problem", "change", "evidence", "by_when")


def save_application(
    *,
    application: Application,
    answers: Mapping[str, Any],
    seen: Mapping[str, str],
    by: Any,
    now: datetime,
    files: Mapping[str, tuple[str, bytes]] | None = None,
    dropped_files: Collection[int] = (),
) -> Merged:
    """Keep the answers that changed since they were read; name those that somebody else changed as well.

    `files` holds the name and the bytes of a file for a question; `dropped_files` the uploads to remove.
    Raises ApplicationRefused, Incomplete, and what storing a file raises; then nothing is kept.
    """
    stored: dict[str, Upload] = {}
    try:
        if application.takes_changes(now):
            # Not in the transaction: redrawing takes seconds, and nobody else's writing should wait for it.
            for key, (name, data) in (files or {}).items():
                stored[key] = store_file(data=data, name=name, by=by, now=now)
        with changing(application, by=by, now=now) as locked:
            merged = merge_answers(sheet=locked.sheet, answers=answers, seen=seen)
            if stored or dropped_files:
                _change_files(locked, stored, dropped_files)
    except BaseException:
        for upload in stored.values():
            delete_upload(pk=upload.pk)
        raise
    application.sheet = locked.sheet
    return merged


def _change_files(application: Application, stored: Mapping[str, Upload], dropped: Collection[int]) -> None:
    sheet = application.sheet
    answers = dict(sheet.answers)
    for question in sheet.form_version.draft.questions:
        if question.kind != "file":
            continue
        kept = list(answers.get(question.key) or [])
        for pk in [pk for pk in kept if pk in dropped]:
            delete_upload(pk=pk)
            kept.remove(pk)
        if question.key in stored:
            if len(kept) >= (question.most or MOST_FILES):
                raise ApplicationRefused("application.too_many_files")
            kept.append(stored[question.key].pk)
        answers[question.key] = kept
    sheet.answers = answers
    sheet.save_version(sheet.version, ["answers"])


def save_format(
    *, application: Application, format: str, seen: Mapping[str, str], by: Any, now: datetime
) -> Merged:
    """Keep who would travel; empty means that either way would do."""
    with changing(application, by=by, now=now) as locked:
        merged = merge(kept={"format": locked.format}, mine={"format": format}, seen=seen)
        if merged.values["format"] != locked.format:
            locked.format = merged.values["format"]
            locked.save_version(locked.version, ["format"])
    application.format = locked.format
    return merged


def set_goal(
    *,
    application: Application,
    goal: Goal | None,
    values: Mapping[str, Any],
    seen: Mapping[str, str],
    by: Any,
    now: datetime,
) -> tuple[Goal | None, Merged]:
    """Write a learning goal, a new one where none is given; return it with what two people wrote differently.

    A new goal without a word in it is not made. Raises ApplicationRefused and Incomplete.
    """
    if goal is None and not any(values.values()):
        return None, Merged(dict(values), ())
    with changing(application, by=by, now=now) as locked:
        kept = goal or _same_goal(locked, values) or _new_goal(locked)
        if kept.pk:
            kept.refresh_from_db()
        before = {name: _plain(getattr(kept, name)) for name in GOAL_FIELDS}
        mine = {name: _plain(values.get(name)) for name in GOAL_FIELDS}
        merged = merge(kept=before, mine=mine, seen=seen)
        for name in GOAL_FIELDS[:3]:
            setattr(kept, name, merged.values[name] or "")
        kept.by_when = date.fromisoformat(merged.values["by_when"]) if merged.values["by_when"] else None
        kept.save()
    return kept, merged


def _same_goal(application: Application, values: Mapping[str, Any]) -> Goal | None:
    """Find a goal with exactly these words: two clicks make one goal."""
    words = {name: values.get(name) or "" for name in GOAL_FIELDS[:3]}
    return application.goals.filter(**words, by_when=values.get("by_when") or None).first()


def _new_goal(application: Application) -> Goal:
    last = application.goals.order_by("position").last()
    if application.goals.count() >= MOST_GOALS:
        raise ApplicationRefused("application.too_many_goals")
    return Goal(application=application, position=last.position + 1 if last else 1)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def remove_goal(*, goal: Goal, by: Any, now: datetime) -> None:
    """Take a learning goal away. Raises ApplicationRefused and Incomplete."""
    with changing(goal.application, by=by, now=now):
        goal.delete()


def accept_commitments(*, application: Application, keys: Collection[str], by: Any, now: datetime) -> None:
    """Keep which commitments are accepted, in the words they have now; only a draft takes one back."""
    with changing(application, by=by, now=now) as locked:
        if locked.status == ApplicationStatus.DRAFT:
            locked.acceptances.exclude(commitment__in=keys).delete()
        for commitment in commitments_of(application.call):
            if commitment.key in keys:
                Acceptance.objects.get_or_create(
                    application=locked,
                    commitment=commitment.key,
                    defaults={"wording": dict(commitment.text), "accepted_by": by, "accepted_at": now},
                )
