"""What the applicant writes: answers, goals, format, commitments. Two people may write at once."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from talka.applications.actions.refusals import ApplicationRefused, changing
from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Acceptance, Application, Goal
from talka.applications.queries import commitments_of, goal_values, topics_to_choose
from talka.files.actions import delete_upload, store_file
from talka.files.models import Upload
from talka.forms.actions import merge_answers
from talka.forms.merging import Merged, merge
from talka.kernel.models import Overtaken

MOST_GOALS = 5
MOST_FILES = 10
GOAL_TEXTS = ("problem", "change", "evidence")
GOAL_FIELDS = ("capacity", *GOAL_TEXTS, "by_when")


@contextmanager
def storing_files(
    application: Application, files: Mapping[str, tuple[str, bytes]], *, by: Any, now: datetime
) -> Iterator[dict[str, Upload]]:
    """Store the file, by its name and bytes, of each question; unless they are kept, take them away again.

    Outside any transaction: redrawing takes seconds, and nobody else's writing should wait for it.
    Raises what storing a file raises.
    """
    stored: dict[str, Upload] = {}
    try:
        if application.takes_changes(now):
            for key, (name, data) in files.items():
                stored[key] = store_file(data=data, name=name, by=by, now=now)
        yield stored
    except BaseException:
        for upload in stored.values():
            delete_upload(pk=upload.pk)
        raise


def save_application(
    *,
    application: Application,
    answers: Mapping[str, Any],
    seen: Mapping[str, str],
    by: Any,
    now: datetime,
    uploads: Mapping[str, Upload] | None = None,
    dropped_files: Collection[int] = (),
) -> Merged:
    """Keep the answers that changed since they were read; name those that somebody else changed as well.

    `uploads` holds a stored file for a question; `dropped_files` the uploads to remove.
    Raises ApplicationRefused and Incomplete; then nothing is kept.
    """
    with changing(application, by=by, now=now) as locked:
        merged = merge_answers(sheet=locked.sheet, answers=answers, seen=seen)
        if uploads or dropped_files:
            _change_files(locked, uploads or {}, dropped_files)
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
            # Merged already; the version is that of what the office opens.
            locked.save(update_fields=["format"])
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

    `values` holds plain data by the names of GOAL_FIELDS; what is not named stays. A capacity is one that the
    application names; any other counts as none. A new goal without anything in it is not made.
    Raises ApplicationRefused, Incomplete, and Overtaken when somebody else took the goal away.
    """
    if goal is None and not any(values.values()):
        return None, Merged(dict(values), ())
    with changing(application, by=by, now=now) as locked:
        kept = _standing(goal) if goal else _same_goal(locked, values) or _new_goal(locked)
        mine = {name: _plain(values[name]) for name in GOAL_FIELDS if name in values}
        merged = merge(kept=goal_values(kept), mine=mine, seen=seen)
        for name in GOAL_TEXTS:
            setattr(kept, name, merged.values[name] or "")
        kept.by_when = date.fromisoformat(merged.values["by_when"]) if merged.values["by_when"] else None
        topics = {topic.key: topic for topic in topics_to_choose(locked)}
        kept.capacity = topics.get(merged.values["capacity"])
        kept.save()
    return kept, merged


def _standing(goal: Goal) -> Goal:
    """Return a goal as it is now."""
    found = Goal.objects.filter(pk=goal.pk).first()
    if found is None:
        raise Overtaken(f"goal {goal.pk} was taken away")
    return found


def _same_goal(application: Application, values: Mapping[str, Any]) -> Goal | None:
    """Find a goal with exactly these words: two clicks make one goal."""
    words = {name: values.get(name) or "" for name in GOAL_TEXTS}
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
