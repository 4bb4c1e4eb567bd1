"""What somebody who asks for help does: ask, change, answer back, withdraw, call it settled."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.capacities.actions.letters import tell_asker, tell_mentor, tell_office
from talka.capacities.actions.refusals import NeedRefused, refuse_invented
from talka.capacities.lifecycle import STANDING, IntroductionStatus
from talka.capacities.models import Capacity, Need, NeedNote, NoteKind, Offer
from talka.kernel.ledger import move, record
from talka.people.models import Account, Community
from talka.programmes.models import Programme

WORDS = ("text", "model", "country", "languages", "when", "starts_on", "ends_on", "is_public")
MOST_TOPICS = 5


@transaction.atomic
def ask_for_help(
    *,
    programme: Programme,
    words: Mapping[str, Any],
    topics: Iterable[Mapping[str, Any]],
    by: Any,
    now: datetime,
    person: Account | None = None,
    community: Community | None = None,
) -> Need:
    """Ask for help, as exactly one person or for one community; the asker and the coordinators get a letter.

    `words` holds the fields of a Need by name, `topics` lines of {"capacity": key, "level": 1 to 5}.
    Raises NeedRefused.
    """
    refuse_invented(programme, person=person, community=community)
    need = Need.objects.create(
        programme=programme,
        person=person,
        community=community,
        asked_by=by,
        asked_at=now,
        waits_since=now,
        moved_at=now,
        **known(words, WORDS),
    )
    set_topics(need, topics)
    record(need, "ask", by=by, now=now)
    tell_asker("need_received", need, now=now, days=days_to_answer(programme))
    tell_office("need_asked", need, now=now)
    return need


def days_to_answer(programme: Programme) -> int:
    """Return within how many days the programme means to answer."""
    asked = programme.plan.requests
    return asked.answer_days if asked else 0


def known(words: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Keep those of the words that have one of the names."""
    return {name: words[name] for name in names if name in words}


def set_topics(subject: Need | Offer, topics: Iterable[Mapping[str, Any]]) -> None:
    """Keep the topics of a request or an offer as they are given; one that is named twice counts once.

    Raises NeedRefused for more than five.
    """
    levels = {line["capacity"]: line["level"] for line in topics}
    if len(levels) > MOST_TOPICS:
        raise NeedRefused("needs.too_many_topics")
    capacities = Capacity.objects.in_bulk(levels, field_name="key")
    subject.topics.all().delete()
    for key, level in levels.items():
        if key in capacities:
            subject.topics.create(capacity=capacities[key], level=level)


@transaction.atomic
def edit_need(
    *,
    need: Need,
    words: Mapping[str, Any],
    topics: Iterable[Mapping[str, Any]],
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Change what is asked for, while it waits. Raises Overtaken, and NeedRefused once it is settled."""
    locked = hold_need(need)
    if not locked.is_waiting:
        raise NeedRefused("needs.settled")
    given = known(words, WORDS)
    for name, value in given.items():
        setattr(need, name, value)
    need.save_version(version, list(given))
    set_topics(need, topics)
    record(need, "edit", by=by, now=now)


def hold_need(need: Need) -> Need:
    """Lock the row of a request and return it as it is now: what happens to it happens in turn."""
    locked = Need.objects.select_for_update().get(pk=need.pk)
    need.status, need.owner_id, need.moved_at = locked.status, locked.owner_id, locked.moved_at
    return locked


def touch(need: Need, *, now: datetime, **more: Any) -> None:
    """Keep that the office did something: its reminders begin anew."""
    Need.objects.filter(pk=need.pk).update(moved_at=now, reminded_days=None, **more)
    need.moved_at, need.reminded_days = now, None
    for name, value in more.items():
        setattr(need, name, value)


def add_note(need: Need, kind: str, text: str, *, by: Any, now: datetime) -> NeedNote:
    """Keep something that was written about a request."""
    return NeedNote.objects.create(need=need, kind=kind, text=text, by=by, written_at=now)


@transaction.atomic
def write_back(*, need: Need, text: str, by: Any, now: datetime) -> NeedNote:
    """Write to the coordinators about one's request; one that was settled waits for them again."""
    hold_need(need)
    note = add_note(need, NoteKind.SAID, text, by=by, now=now)
    if need.is_waiting:
        # Their clock goes on: whoever asks twice does not wait longer for it.
        record(need, "write", by=by, now=now)
        tell_office("need_message", need, now=now, words=text)
        return note
    end_introductions(need, by=by, now=now)
    move(need, "answer back" if need.owner_id else "ask again", by=by, now=now)
    touch(need, now=now, waits_since=now)
    tell_office("need_came_back", need, now=now, words=text)
    return note


@transaction.atomic
def withdraw_need(*, need: Need, by: Any, now: datetime) -> None:
    """Take a request back; a mentor who was asked about it need not answer any more. Raises NotAllowed."""
    hold_need(need)
    move(need, "withdraw", by=by, now=now)
    end_introductions(need, by=by, now=now)
    touch(need, now=now)
    tell_office("need_withdrawn", need, now=now)


@transaction.atomic
def settle_need(*, need: Need, by: Any, now: datetime) -> None:
    """Say, as the asker, that the answer helped and nothing is left to do. Raises NotAllowed."""
    hold_need(need)
    move(need, "close", by=by, now=now)
    touch(need, now=now)


def end_introductions(need: Need, *, by: Any, now: datetime) -> None:
    """Let go of the mentor who was asked, or with whom the asker was brought together."""
    for one in need.introductions.filter(status__in=STANDING).select_related("offer__programme"):
        was_asked = one.status == IntroductionStatus.ASKED
        move(one, "withdraw" if was_asked else "finish", by=by, now=now)
        if was_asked:
            tell_mentor("introduction_withdrawn", one, now=now)
