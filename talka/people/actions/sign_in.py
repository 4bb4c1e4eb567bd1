"""Signing in with a one-time code sent by mail."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from talka.kernel.ledger import record
from talka.letters.outbox import write_to_address
from talka.people.models import Account, SignInCode

# Ten minutes, as ASVS 5.0 asks of a code that is sent (6.5.5).
CODE_LIFE = timedelta(minutes=10)
CODES_AN_HOUR = 5
# With five tries a code, nobody can try more than 50 of a million codes a day.
UNUSED_CODES_A_DAY = 10


class TooManyCodes(Exception):
    """The address asked for too many codes within the hour, or left too many unused within the day."""


class WrongCode(Exception):
    """The code is not the one that was sent, or is used up or too old."""


def _hash(email: str, code: str) -> str:
    key = f"{settings.SECRET_KEY}:{email.lower()}".encode()
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def send_sign_in_code(*, email: str, language: str, now: datetime) -> SignInCode:
    """Mail a new six-digit code to the address. Raises TooManyCodes.

    Whether the address has an account is not told: a code is sent either way.
    """
    address = email.strip().lower()
    of_the_day = SignInCode.objects.filter(email=address, sent_at__gt=now - timedelta(days=1))
    of_the_hour = of_the_day.filter(sent_at__gt=now - timedelta(hours=1))
    if of_the_hour.count() >= CODES_AN_HOUR:
        raise TooManyCodes
    if of_the_day.filter(used_at__isnull=True).count() >= UNUSED_CODES_A_DAY:
        raise TooManyCodes
    code = f"{secrets.randbelow(1_000_000):06}"
    sent = SignInCode.objects.create(
        email=address, code_hash=_hash(address, code), sent_at=now, expires_at=now + CODE_LIFE
    )
    write_to_address(
        "sign_in_code",
        email=address,
        language=language,
        values={"code": code, "minutes": int(CODE_LIFE.total_seconds() // 60)},
        about=sent,
        now=now,
    )
    return sent


def use_sign_in_code(*, sent: int, code: str, language: str, now: datetime) -> Account:
    """Exchange a code for the account of its address, made anew where there is none. Raises WrongCode.

    `sent` is the key of what `send_sign_in_code` returned, kept by the browser's session: a code opens the
    door only where it was asked for, and nobody else's asking makes it useless.
    """
    email = _take_code(sent=sent, code=code.strip(), now=now)
    if email is None:
        raise WrongCode
    account = find_or_make_account(email=email, language=language, now=now)
    if not account.is_active:
        raise WrongCode
    return account


@transaction.atomic
def _take_code(*, sent: int, code: str, now: datetime) -> str | None:
    """Use up a code and return its address if it is the right one; count a try down if it is not."""
    kept = SignInCode.objects.filter(pk=sent).first()
    if kept is None or not kept.is_usable(now):
        return None
    mine = SignInCode.objects.filter(pk=sent, used_at__isnull=True, tries_left__gt=0)
    if hmac.compare_digest(kept.code_hash, _hash(kept.email, code)):
        return kept.email if mine.update(used_at=now) else None
    mine.update(tries_left=F("tries_left") - 1)
    return None


@transaction.atomic
def find_or_make_account(*, email: str, language: str, now: datetime, name: str = "") -> Account:
    """Return the account of an address, made anew where there is none."""
    address = email.strip().lower()
    account = Account.objects.by_email(address)
    if account is not None:
        return account
    called = (name or address.split("@")[0])[:120]
    try:
        with transaction.atomic():
            account = Account.objects.create(email=address, name=called, language=language, joined_at=now)
    except IntegrityError:
        # Two codes of one address, used at the same moment.
        return Account.objects.get(email__iexact=address)
    record(account, "join", by=account, now=now)
    return account
