"""Writing forms, publishing them as versions, and keeping what people answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.blueprints.questions import FormDraft
from talka.forms.merging import Merged, merge
from talka.forms.models import Form, FormVersion, Sheet
from talka.kernel.ledger import record
from talka.kernel.models import Overtaken
from talka.programmes.models import Cycle


@transaction.atomic
def create_form(*, cycle: Cycle, key: str, draft: FormDraft, by: Any, now: datetime) -> Form:
    """Make a form of a cycle, published as its version 1."""
    form = Form.objects.create(cycle=cycle, key=key)
    FormVersion.objects.create(
        form=form, number=1, definition=draft.model_dump(mode="json"), published_at=now
    )
    record(form, "publish", by=by, now=now)
    return form


@transaction.atomic
def open_form_draft(*, form: Form, by: Any, now: datetime) -> FormVersion:
    """Return the version that is being written, made as a copy of the newest one where there is none."""
    # The form's own row: on PostgreSQL, who waits for the newest version does not see one made meanwhile.
    Form.objects.select_for_update().get(pk=form.pk)
    newest = FormVersion.objects.filter(form=form).order_by("-number").first()
    if newest is None:
        return FormVersion.objects.create(form=form, number=1, definition={"sections": []})
    if newest.published_at is None:
        return newest
    record(form, "start a version", by=by, now=now)
    return FormVersion.objects.create(form=form, number=newest.number + 1, definition=newest.definition)


@transaction.atomic
def edit_form_draft(
    *, form: Form, definition: Mapping[str, Any], version: int, by: Any, now: datetime
) -> FormVersion:
    """Write down the questions as they stand, finished or not. Raises Overtaken.

    What is not a form yet may be kept; only publishing demands that it is one.
    """
    draft = open_form_draft(form=form, by=by, now=now)
    draft.definition = dict(definition)
    draft.save_version(version, ["definition"])
    return draft


@transaction.atomic
def publish_form(*, form: Form, by: Any, now: datetime) -> FormVersion:
    """Make the version that is being written the one people answer from now on.

    Answers to earlier versions stay with them. Raises Mistakes, which lists
    everything that keeps it from being a form, and Overtaken when nothing is being written any more.
    """
    Form.objects.select_for_update().get(pk=form.pk)
    draft = form.versions.filter(published_at__isnull=True).first()
    if draft is None:
        raise Overtaken(f"form {form.pk} was published already")
    draft.definition = draft.draft.model_dump(mode="json")
    draft.published_at = now
    draft.save_version(draft.version, ["definition", "published_at"])
    record(form, "publish", by=by, now=now, note=str(draft.number))
    return draft


@transaction.atomic
def drop_form_draft(*, form: Form, by: Any, now: datetime) -> None:
    """Throw away the version that is being written; the published ones stay."""
    if form.versions.filter(published_at__isnull=True).delete()[0]:
        record(form, "drop a version", by=by, now=now)


def start_sheet(*, form: Form, now: datetime) -> Sheet:
    """Begin answers to the version of the form that is published now.

    Raises FormVersion.DoesNotExist when nothing was published.
    """
    newest = form.versions.filter(published_at__isnull=False).latest("number")
    return Sheet.objects.create(form_version=newest)


@transaction.atomic
def merge_answers(*, sheet: Sheet, answers: Mapping[str, Any], seen: Mapping[str, str]) -> Merged:
    """Keep the answers that changed, beside those that somebody else changed meanwhile.

    `seen` holds the mark of each answer as it was read. A question that both
    changed keeps the other's answer, and is named among the conflicts.
    """
    kept = Sheet.objects.select_for_update().get(pk=sheet.pk)
    merged = merge(kept=kept.answers, mine=answers, seen=seen)
    if merged.values != kept.answers:
        kept.answers = dict(merged.values)
        kept.save_version(kept.version, ["answers"])
    sheet.answers, sheet.version = kept.answers, kept.version
    return merged
