"""Action items: what somebody will do, which follows them until they say what became of it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from talka.gatherings.lifecycle import ActionStatus
from talka.gatherings.models import ActionItem, Gathering
from talka.kernel.ledger import move, record

VERBS = {ActionStatus.DONE: "finish", ActionStatus.DROPPED: "drop"}


@transaction.atomic
def add_action_item(
    *,
    gathering: Gathering,
    text: str,
    owner: Any,
    owner_name: str,
    due_on: date,
    by: Any,
    now: datetime,
) -> ActionItem:
    """Write down what somebody will do: an account, which is reminded, or a name.

    Raises ValueError where it is nobody's.
    """
    if owner is None and not owner_name:
        raise ValueError("An action item has an owner.")
    item = ActionItem.objects.create(
        gathering=gathering,
        text=text,
        owner=owner,
        owner_name="" if owner else owner_name,
        due_on=due_on,
    )
    record(item, "create", by=by, now=now)
    return item


@transaction.atomic
def edit_action_item(
    *,
    item: ActionItem,
    text: str,
    owner: Any,
    owner_name: str,
    due_on: date,
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Change an action item; with another day its reminders begin anew. Raises Overtaken and ValueError."""
    if owner is None and not owner_name:
        raise ValueError("An action item has an owner.")
    item.text, item.due_on = text, due_on
    item.owner, item.owner_name = owner, "" if owner else owner_name
    item.save_version(version, ["text", "owner", "owner_name", "due_on"])
    record(item, "edit", by=by, now=now)


@transaction.atomic
def answer_action_item(*, item: ActionItem, status: str, note: str, by: Any, now: datetime) -> None:
    """Say that an action item is done, or given up, and what there is to say of it.

    Raises NotAllowed, and Overtaken when somebody was faster.
    """
    move(item, VERBS[ActionStatus(status)], by=by, now=now)
    item.note = note
    item.save_version(item.version, ["note"])


@transaction.atomic
def reopen_action_item(*, item: ActionItem, by: Any, now: datetime) -> None:
    """Take an action item up again. Raises NotAllowed and Overtaken."""
    move(item, "reopen", by=by, now=now)
