"""What people change about their own account."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import get_random_string

from talka.kernel.ledger import record
from talka.people.models import Account


@transaction.atomic
def edit_account(
    *, account: Account, name: str, language: str, time_zone: str, by: Account, now: datetime
) -> None:
    """Change how the person is called, and in which language and zone Talka speaks to them."""
    account.name, account.language, account.time_zone = name, language, time_zone
    account.save(update_fields=["name", "language", "time_zone"])
    record(account, "edit", by=by, now=now)


@transaction.atomic
def sign_out_everywhere(*, account: Account, by: Account, now: datetime) -> None:
    """End every session of the person, this one included."""
    account.session_key_seed = get_random_string(32)
    account.save(update_fields=["session_key_seed"])
    record(account, "sign_out_everywhere", by=by, now=now)
