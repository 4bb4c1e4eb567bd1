"""A signature list becomes a programme's roll: looked at first, then taken over whole or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.kernel.ledger import record
from talka.programmes.actions import hold_roll
from talka.programmes.models import Membership, Programme, Source
from talka.programmes.queries import struck_off
from talka.programmes.rules import user_key
from talka.wiki.signatures import ZONE_ASSUMED, Reading, Signature


@dataclass(frozen=True)
class Struck:
    """A signature of somebody whom coordinators struck off the roll, and the row that tells when."""

    signature: Signature
    member: Membership


@dataclass(frozen=True)
class Compared:
    """The signatures of a list beside the roll: new, members, left since, and struck off since."""

    new: tuple[Signature, ...] = ()
    here: tuple[Signature, ...] = ()
    left: tuple[Signature, ...] = ()
    struck: tuple[Struck, ...] = ()

    @property
    def mark(self) -> str:
        """Return a fingerprint: two comparisons that would add the same have the same."""
        plain = [f"{one.user}\t{one.name}\t{one.signed_at.isoformat()}" for one in self.new]
        return hashlib.sha256("\n".join(plain).encode()).hexdigest()[:32]


def compare_with_roll(*, programme: Programme, reading: Reading) -> Compared:
    """Say which signatures the roll has already, and write nothing."""
    rows = Membership.objects.filter(programme=programme).exclude(user_key="")
    known = dict(rows.values_list("user_key", "left_at"))
    struck = _struck_by_key(programme)
    new: list[Signature] = []
    here: list[Signature] = []
    left: list[Signature] = []
    gone: list[Struck] = []
    for one in reading.signatures:
        key = user_key(one.user)
        member = struck.get(key) or (struck.get(user_key(one.name)) if key not in known else None)
        if member is not None:
            gone.append(Struck(one, member))
        else:
            (new if key not in known else here if known[key] is None else left).append(one)
    return Compared(new=tuple(new), here=tuple(here), left=tuple(left), struck=tuple(gone))


def _struck_by_key(programme: Programme) -> dict[str, Membership]:
    """Return who was struck off by their user name, or by their name where they gave no user name."""
    return {member.user_key or user_key(member.name): member for member in struck_off(programme)}


@transaction.atomic
def import_roll(*, programme: Programme, lines: Sequence[Signature], by: Any, now: datetime) -> int:
    """Put those on the roll who are not there yet, all of them or nobody; return how many these were.

    Twice is the same as once: who is there stays as they are, and who has left or was struck off is not
    brought back. Nobody gets a letter, since a signature has no address.
    """
    hold_roll(programme)
    missing = compare_with_roll(programme=programme, reading=Reading(signatures=tuple(lines))).new
    for one in missing:
        member = Membership.objects.create(
            programme=programme,
            name=one.name,
            user_name=one.user,
            user_key=user_key(one.user),
            joined_at=one.signed_at,
            joined_assumed=ZONE_ASSUMED in one.assumed,
            source=Source.WIKI_LIST,
        )
        record(member, "import", by=by, now=now)
    return len(missing)
