"""The secret address of a person's own calendar is made, replaced and revoked."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.gatherings.models import CalendarFeed
from talka.kernel.ledger import record


@transaction.atomic
def make_feed(*, account: Any, now: datetime) -> str:
    """Make the secret of a new address and return it, this once; the address there was leads nowhere then."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        account=account, defaults={"token_hash": hash_of(token), "made_at": now}
    )
    record(account, "make calendar address", by=account, now=now)
    return token


@transaction.atomic
def revoke_feed(*, account: Any, now: datetime) -> None:
    """Let the address of a person's calendar lead nowhere."""
    if CalendarFeed.objects.filter(account=account).delete()[0]:
        record(account, "revoke calendar address", by=account, now=now)


def hash_of(token: str) -> str:
    """Return what is kept of the secret of an address. It is long and random: a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
