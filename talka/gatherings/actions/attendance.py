"""Who was there: ticked by coordinators, added by name, or said by people of themselves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.gatherings.actions.refusals import NotFresh
from talka.gatherings.models import Attendance, Gathering
from talka.gatherings.queries import people_by_name
from talka.gatherings.rules import may_say_so
from talka.kernel.ledger import record
from talka.papers.plain import one_line
from talka.people.reading import name_key

LONGEST_NAME = 120


@dataclass(frozen=True)
class Taken:
    """What came of taking attendance: how many were added and taken off, and which names stood there."""

    added: int
    removed: int
    known: tuple[str, ...]


@transaction.atomic
def take_attendance(
    *,
    gathering: Gathering,
    accounts: Collection[int] = (),
    names: Iterable[str] = (),
    gone: Collection[int] = (),
    by: Any,
    now: datetime,
) -> Taken:
    """Confirm who was there: accounts by key, others by name; and take off the attendances in `gone`.

    A name that belongs to one person of the gathering's cycle or of the roll, or to one who signed up, is
    theirs. Nobody stands there twice, however their name is written.
    """
    # By the row, which is held: two who take attendance at once add nobody twice.
    Gathering.objects.select_for_update().get(pk=gathering.pk)
    removed, _tables = gathering.attendances.filter(pk__in=gone).delete()
    found = people_by_name(gathering)
    typed = [one_line(name)[:LONGEST_NAME] for name in names]
    guests = {name_key(name): name for name in reversed(typed) if name and name_key(name) not in found}
    own_keys = {name_key(name) for name in typed} & set(found)
    # Who stood there as a name alone, before they had an account, does not stand there twice.
    gathering.attendances.filter(guest_key__in=own_keys).delete()
    named = {found[key] for key in own_keys}
    added = _confirm_accounts(gathering, {*accounts, *named}, by=by, now=now)
    new_guests, known = _add_guests(gathering, guests, by=by, now=now)
    if removed or added or new_guests:
        record(gathering, "take attendance", by=by, now=now)
    return Taken(added + new_guests, removed, known)


def _confirm_accounts(gathering: Gathering, accounts: Collection[int], *, by: Any, now: datetime) -> int:
    """Let accounts stand as confirmed; return how many did not yet."""
    there = {one.account_id: one for one in gathering.attendances.filter(account__in=accounts)}
    said = [one.pk for one in there.values() if one.confirmed_at is None]
    gathering.attendances.filter(pk__in=said).update(confirmed_at=now, recorded_by=by)
    new = [
        Attendance(gathering=gathering, account_id=pk, recorded_by=by, recorded_at=now, confirmed_at=now)
        for pk in sorted(set(accounts) - set(there))
    ]
    Attendance.objects.bulk_create(new)
    return len(new) + len(said)


def _add_guests(
    gathering: Gathering, guests: dict[str, str], *, by: Any, now: datetime
) -> tuple[int, tuple[str, ...]]:
    """Add guests by name; return how many are new, and the names that stood there already."""
    there = set(gathering.attendances.exclude(guest_key="").values_list("guest_key", flat=True))
    new = [
        Attendance(
            gathering=gathering,
            guest=name,
            guest_key=key,
            recorded_by=by,
            recorded_at=now,
            confirmed_at=now,
        )
        for key, name in sorted(guests.items())
        if key not in there
    ]
    Attendance.objects.bulk_create(new)
    return len(new), tuple(sorted(name for key, name in guests.items() if key in there))


@transaction.atomic
def say_was_there(*, gathering: Gathering, account: Any, now: datetime) -> Attendance:
    """Write down that a person says they were there; it counts once a coordinator confirms it.

    Raises NotFresh before the meeting begins, a week after it ended, and when it was cancelled.
    """
    if gathering.cancelled_at or not may_say_so(gathering.ends_at, gathering.starts_at, now=now):
        raise NotFresh
    # The meeting's row first, as whoever takes attendance does: otherwise the two could wait for each other.
    Gathering.objects.select_for_update().get(pk=gathering.pk)
    attendance, is_new = Attendance.objects.get_or_create(
        gathering=gathering, account=account, defaults={"recorded_by": account, "recorded_at": now}
    )
    if is_new:
        record(gathering, "say was there", by=account, now=now)
    return attendance


@transaction.atomic
def take_back(*, gathering: Gathering, account: Any, now: datetime) -> bool:
    """Take back what a person said of themselves, while nobody confirmed it; tell whether there was any."""
    own = gathering.attendances.filter(account=account, confirmed_at__isnull=True)
    is_gone = bool(own.delete()[0])
    if is_gone:
        record(gathering, "take back was there", by=account, now=now)
    return is_gone
