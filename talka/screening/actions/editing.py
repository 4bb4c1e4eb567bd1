"""What an applicant still changes after handing in: the criteria are asked again in the same transaction."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F

from talka.applications.actions import save_application, storing_files
from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import mark_of
from talka.forms.merging import Merged
from talka.kernel.ledger import record
from talka.kernel.models import Entry
from talka.screening.actions.fairness import hold_undecided
from talka.screening.actions.judging import judge_held
from talka.screening.models import Decision, Verdict

Result = TypeVar("Result")


@transaction.atomic
def edit_application(*, application: Application, change: Callable[[], Result], now: datetime) -> Result:
    """Let an applicant change an application; about one that is handed in, ask the criteria again.

    What a person decided meanwhile stays, and is marked as given for the earlier text. A change that leaves
    everything as it was asks nobody. Raises what the change raises.
    """
    status = Application.objects.select_for_update().values_list("status", flat=True).get(pk=application.pk)
    if status != ApplicationStatus.SUBMITTED:
        return change()
    before = mark_of(hold_undecided(application, "edit"))
    result = change()
    held = hold_undecided(application, "edit")
    if mark_of(held) != before:
        _ask_again(held, now=now)
    return result


def edit_answers(
    *,
    application: Application,
    answers: Mapping[str, Any],
    seen: Mapping[str, str],
    by: Any,
    now: datetime,
    files: Mapping[str, tuple[str, bytes]] | None = None,
    dropped_files: Collection[int] = (),
) -> Merged:
    """Keep answers of an applicant as `edit_application` does; `files` holds a name and bytes for a question.

    Raises what `save_application` raises, and what storing a file raises.
    """
    with storing_files(application, files or {}, by=by, now=now) as uploads:
        return edit_application(
            application=application,
            change=lambda: save_application(
                application=application,
                answers=answers,
                seen=seen,
                uploads=uploads,
                dropped_files=dropped_files,
                by=by,
                now=now,
            ),
            now=now,
        )


def _ask_again(application: Application, *, now: datetime) -> None:
    is_new = judge_held(application, now=now)
    # Whoever is deciding over one of them is told that the text is another one now.
    Verdict.objects.filter(application=application).update(version=F("version") + 1)
    Verdict.objects.filter(application=application).exclude(override="").update(is_outdated=True)
    Decision.objects.filter(application=application, released_at__isnull=True).update(is_outdated=True)
    last = Entry.objects.about(application).last()
    # A sitting, in which the page saves by itself, is one line; what the criteria say differently is another.
    if is_new or last is None or last.verb != "judge":
        record(application, "judge", by=None, now=now)
