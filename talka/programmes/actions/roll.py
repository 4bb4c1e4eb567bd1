"""The members' roll: people sign up, say what they bring, leave, and come back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from talka.kernel.ledger import record
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason
from talka.letters.outbox import write_letter
from talka.letters.sayings import said
from talka.people.models import Account
from talka.programmes.models import Membership, Programme, Source
from talka.programmes.rules import user_key


class RollRefused(Exception):
    """Somebody cannot stand on the roll like this; the reason says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.key)
        self.reason = reason


@transaction.atomic
def join_roll(
    *,
    programme: Programme,
    account: Any,
    name: str,
    user_name: str,
    contributions: Sequence[str],
    now: datetime,
) -> Membership:
    """Put a person on the roll, or back on it, and welcome them by letter.

    Whose user name a list on the wiki brought already becomes that member, with the day of that list: there
    is never a twin. Raises RollRefused where the user name belongs to another account.
    """
    hold_roll(programme)
    member = _joining(programme, account, user_key(user_name), by=account, now=now) or Membership(
        programme=programme, joined_at=now, source=Source.SIGNED_HERE
    )
    if member.pk and member.left_at is None and member.account_id == account.pk:
        return member
    if member.left_at is not None:
        member.left_at, member.joined_at, member.joined_assumed = None, now, False
    verb = "sign up" if member.pk is None or member.account_id else "sign up as"
    member.account = account
    _say(member, name=name, user_name=user_name, contributions=contributions)
    member.version += 0 if member._state.adding else 1
    member.save()
    record(member, verb, by=account, now=now)
    _welcome(member, now=now)
    return member


def hold_roll(programme: Programme) -> None:
    """Let nobody else change who stands on the roll until this transaction ends."""
    Programme.objects.select_for_update().get(pk=programme.pk)


def _joining(
    programme: Programme, account: Account, key: str, *, by: Any, now: datetime
) -> Membership | None:
    """Find the row that is the person's, by account or by user name; two of them become one."""
    rows = Membership.objects.filter(programme=programme)
    own = rows.filter(account=account).first()
    named = rows.filter(user_key=key).first() if key else None
    if named is None or named == own:
        return own
    if named.account_id is not None:
        raise RollRefused(Reason("roll.user_name_taken"))
    if own is not None:
        # The list on the wiki is the older record: its day stays.
        named.account_id, named.contributions, named.name = account.pk, own.contributions, own.name
        if own.left_at is None:
            named.left_at = None
        own.delete()
        named.version += 1
        named.save()
        record(named, "sign up as", by=by, now=now)
    return named


def _say(member: Membership, *, name: str, user_name: str, contributions: Sequence[str]) -> None:
    """Set what a member says of themselves; contributions that the blueprint does not know are left out."""
    roll = member.programme.plan.roll
    known = [one.key for one in roll.contributions] if roll else []
    member.name, member.user_name = name, " ".join(user_name.replace("_", " ").split())
    member.user_key = user_key(user_name)
    member.contributions = [key for key in known if key in contributions]


def _welcome(member: Membership, *, now: datetime) -> None:
    roll, account = member.programme.plan.roll, member.account
    if account is None or roll is None:
        return
    values = {
        "programme": member.programme,
        "roll": said(roll.name),
        "is_public": roll.is_public,
        "path": reverse("desk:membership", args=[member.programme.slug]),
        "roll_path": reverse("public:members", args=[member.programme.slug]),
    }
    write_letter("roll_joined", to=account, values=values, about=member, now=now, once=now.date().isoformat())


@transaction.atomic
def edit_membership(
    *,
    membership: Membership,
    name: str,
    user_name: str,
    contributions: Sequence[str],
    version: int,
    by: Any,
    now: datetime,
) -> Membership:
    """Change what is said of a member; return the row, which is another where a list had it already.

    Raises RollRefused where another member has the user name, and Overtaken.
    """
    hold_roll(membership.programme)
    if Membership.objects.get(pk=membership.pk).version != version:
        raise Overtaken(f"membership {membership.pk} is past version {version}")
    kept = _merged(membership, user_key(user_name), by=by, now=now)
    _say(kept, name=name, user_name=user_name, contributions=contributions)
    kept.save_version(kept.version, ["name", "user_name", "user_key", "contributions"])
    record(kept, "edit", by=by, now=now)
    return kept


def _merged(membership: Membership, key: str, *, by: Any, now: datetime) -> Membership:
    """Return the row to be written: the member's own, or the one of a list that has the same user name."""
    if membership.account is not None:
        return _joining(membership.programme, membership.account, key, by=by, now=now) or membership
    others = Membership.objects.filter(programme=membership.programme, user_key=key)
    if key and others.exclude(pk=membership.pk).exists():
        raise RollRefused(Reason("roll.user_name_taken"))
    return membership


@transaction.atomic
def leave_roll(*, membership: Membership, by: Any, now: datetime) -> None:
    """Take a person off the roll at their own wish; they may come back."""
    if _end(membership, now=now):
        record(membership, "leave", by=by, now=now)


@transaction.atomic
def remove_member(*, membership: Membership, reason: str, by: Any, now: datetime) -> None:
    """Take a member off the roll. The reason stays in the history, and is told to whom it concerns."""
    if not _end(membership, now=now):
        return
    record(membership, "strike off", by=by, now=now, note=reason)
    roll, account = membership.programme.plan.roll, membership.account
    if account is not None and account != by and roll is not None:
        values = {
            "programme": membership.programme,
            "roll": said(roll.name),
            "reason": reason,
            "path": reverse("desk:membership", args=[membership.programme.slug]),
        }
        write_letter(
            "roll_removed", to=account, values=values, about=membership, now=now, once=now.isoformat()
        )


def _end(membership: Membership, *, now: datetime) -> bool:
    """Let a membership end, once."""
    current = Membership.objects.filter(pk=membership.pk, left_at__isnull=True)
    if not current.update(left_at=now):
        return False
    membership.left_at = now
    return True


@transaction.atomic
def restore_member(*, membership: Membership, by: Any, now: datetime) -> None:
    """Put a member back on the roll, as before."""
    gone = Membership.objects.filter(pk=membership.pk, left_at__isnull=False)
    if gone.update(left_at=None):
        membership.left_at = None
        record(membership, "restore", by=by, now=now)


@transaction.atomic
def part_from_account(*, membership: Membership, by: Any, now: datetime) -> None:
    """Take a row of a list on the wiki away from an account that claimed somebody else's user name.

    What that account said goes with it.
    """
    linked = Membership.objects.filter(pk=membership.pk, account__isnull=False, source=Source.WIKI_LIST)
    said_nothing: dict[str, Any] = {"account": None, "name": membership.user_name[:120], "contributions": []}
    if linked.update(version=F("version") + 1, **said_nothing):
        membership.refresh_from_db()
        record(membership, "part from an account", by=by, now=now)
