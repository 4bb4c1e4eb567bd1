"""What coordinators do with a request: take it up, write, answer, close."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.capacities.actions.letters import tell_asker
from talka.capacities.actions.needs import add_note, end_introductions, hold_need, touch
from talka.capacities.lifecycle import NeedStatus
from talka.capacities.models import Need, NeedNote, NoteKind
from talka.kernel.ledger import move, record
from talka.kernel.models import Overtaken


@transaction.atomic
def take_up_need(*, need: Need, note: str, by: Any, now: datetime) -> None:
    """Be the one who is on a request, and tell the asker so, with a note where there is one.

    Of two coordinators one is; the other gets Overtaken. Raises NotAllowed for what does not wait.
    """
    move(need, "take up", by=by, now=now)
    touch(need, now=now, owner=by)
    if note:
        add_note(need, NoteKind.REPLY, note, by=by, now=now)
    tell_asker("need_taken", need, now=now, coordinator=by.name, words=note)


@transaction.atomic
def lay_back_need(*, need: Need, by: Any, now: datetime) -> None:
    """Let another coordinator be on it. Its reminders go on as they were. Raises NotAllowed and Overtaken."""
    move(need, "lay back", by=by, now=now)
    Need.objects.filter(pk=need.pk).update(owner=None)
    need.owner = None


@transaction.atomic
def write_to_asker(*, need: Need, text: str, by: Any, now: datetime) -> NeedNote:
    """Ask the asker something, or tell them how it goes, without settling the request."""
    hold_need(need)
    note = add_note(need, NoteKind.REPLY, text, by=by, now=now)
    touch(need, now=now)
    record(need, "write", by=by, now=now)
    tell_asker("need_message", need, now=now, words=text)
    return note


@transaction.atomic
def note_need(*, need: Need, text: str, by: Any, now: datetime) -> NeedNote:
    """Write something down that only coordinators read. It is no sign of life to the asker."""
    note = add_note(need, NoteKind.OFFICE, text, by=by, now=now)
    record(need, "note", by=by, now=now)
    return note


@transaction.atomic
def reply_to_need(*, need: Need, text: str, by: Any, now: datetime) -> None:
    """Answer a request, with words. Raises Overtaken and NotAllowed when it was settled meanwhile.

    A mentor who was asked and has not answered is let go of.
    """
    seen = need.status
    hold_need(need)
    if need.status != seen and not need.is_waiting:
        raise Overtaken(f"need {need.pk} is {need.status} now")
    move(need, "reply", by=by, now=now)
    end_introductions(need, by=by, now=now)
    add_note(need, NoteKind.REPLY, text, by=by, now=now)
    touch(need, now=now, owner_id=need.owner_id or by.pk)
    tell_asker("need_answered", need, now=now, words=text)


@transaction.atomic
def close_need(*, need: Need, text: str, by: Any, now: datetime) -> None:
    """Close a request that somebody is on or that was settled, with words to the asker. Raises NotAllowed."""
    hold_need(need)
    was_matched = need.status == NeedStatus.MATCHED
    move(need, "close", by=by, now=now)
    if not was_matched:
        end_introductions(need, by=by, now=now)
    add_note(need, NoteKind.REPLY, text, by=by, now=now)
    touch(need, now=now)
    tell_asker("need_answered", need, now=now, words=text)
