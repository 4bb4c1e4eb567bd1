"""Signing in with a one-time code sent by mail."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from talka.kernel.ledger import record
from talka.letters.outbox import write_to_address
from talka.people.models import Account, SignInCode

CODE_LIFE = timedelta(minutes=15)
CODES_AN_HOUR = 5


class TooManyCodes(Exception):
    """The address asked for too many codes within the hour."""


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
    recent = SignInCode.objects.filter(email=address, sent_at__gt=now - timedelta(hours=1))
    if recent.count() >= CODES_AN_HOUR:
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


def use_sign_in_code(*, email: str, code: str, language: str, now: datetime) -> Account:
    """Exchange a code for the account of its address, made anew where there is none. Raises WrongCode."""
    if not _take_code(email=email.strip().lower(), code=code.strip(), now=now):
        raise WrongCode
    return find_or_make_account(email=email, language=language, now=now)


@transaction.atomic
def _take_code(*, email: str, code: str, now: datetime) -> bool:
    """Use up the newest code if it is the right one; count a try down if it is not."""
    sent = SignInCode.objects.filter(email=email).order_by("-pk").first()
    if sent is None or not sent.is_usable(now):
        return False
    mine = SignInCode.objects.filter(pk=sent.pk, used_at__isnull=True, tries_left__gt=0)
    if hmac.compare_digest(sent.code_hash, _hash(email, code)):
        return bool(mine.update(used_at=now))
    mine.update(tries_left=F("tries_left") - 1)
    return False


@transaction.atomic
def find_or_make_account(*, email: str, language: str, now: datetime, name: str = "") -> Account:
    """Return the account of an address, made anew where there is none."""
    address = email.strip().lower()
    account = Account.objects.by_email(address)
    if account is None:
        account = Account.objects.create(
            email=address, name=name or address.split("@")[0], language=language, joined_at=now
        )
        record(account, "join", by=account, now=now)
    return account
