"""Writing letters into the outbox, in the transaction of whatever they tell of."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.template import engines
from django.utils import translation
from django.utils.crypto import get_random_string

from talka.kernel.ledger import move, record
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.registry import letters as known_letters
from talka.letters.lifecycle import LetterStatus
from talka.letters.models import Letter


@dataclass(frozen=True)
class Written:
    """A letter in words, not yet anybody's."""

    subject: str
    body: str


def compose(key: str, values: Mapping[str, Any], *, language: str) -> Written:
    """Put a letter into words in a language. The template's first line is the subject.

    Raises UnknownName when no room made the letter known.
    """
    known_letters.get(key)
    with translation.override(language):
        text = engines["letters"].get_template(f"{key}.txt").render({**values, "site": settings.SITE_ADDRESS})
    subject, _, body = text.strip().partition("\n")
    return Written(_one_line(subject), body.strip() + "\n")


def write_letter(
    key: str,
    *,
    to: Any,
    values: Mapping[str, Any],
    about: models.Model,
    now: datetime,
    once: str = "",
    due_at: datetime | None = None,
    bundle: str = "",
) -> Letter | None:
    """Put a letter to one account into the outbox; nobody without an address gets one.

    A letter with a bundle is held until the bundle is released. The same letter
    about the same record is written to a person once; `once` tells apart those
    that may be repeated, such as a second reminder.
    """
    if not to.email:
        return None
    return write_to_address(
        key,
        email=to.email,
        language=to.language,
        recipient=to,
        values={"name": to.name, **values},
        about=about,
        now=now,
        once=once,
        due_at=due_at,
        bundle=bundle,
    )


def write_to_address(
    key: str,
    *,
    email: str,
    language: str,
    values: Mapping[str, Any],
    about: models.Model,
    now: datetime,
    recipient: Any = None,
    once: str = "",
    due_at: datetime | None = None,
    bundle: str = "",
) -> Letter | None:
    """Put a letter into the outbox for an address that may have no account yet."""
    written = compose(key, values, language=language)
    letter, is_new = Letter.objects.get_or_create(
        once=mark_of(key, about, email, once),
        defaults={
            "key": key,
            "recipient": recipient,
            "email": email,
            "language": language,
            "subject": written.subject,
            "body": written.body,
            "message_id": f"<{get_random_string(24).lower()}@{_mail_domain()}>",
            "status": LetterStatus.HELD if bundle else LetterStatus.QUEUED,
            "bundle": bundle,
            "subject_type": about._meta.label_lower,
            "subject_id": about.pk,
            "written_at": now,
            "due_at": due_at or now,
        },
    )
    return letter if is_new else None


def _one_line(text: str) -> str:
    return " ".join(text.split())[:250]


def mark_of(key: str, about: models.Model, email: str, once: str) -> str:
    """Return the mark by which an event writes a letter once, in the room that its column has."""
    mark = f"{key}:{about._meta.label_lower}:{about.pk}:{email.lower()}:{once}"
    return mark if len(mark) <= 160 else hashlib.sha256(mark.encode()).hexdigest()


def _mail_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"


class NotHeld(Exception):
    """The letter has left: its words can no longer change."""


@transaction.atomic
def edit_letter(*, letter: Letter, subject: str, body: str, version: int, by: Any, now: datetime) -> None:
    """Change the words of a letter that is still held.

    Raises NotHeld when it has left meanwhile, and Overtaken when somebody else changed it.
    """
    if Letter.objects.select_for_update().get(pk=letter.pk).status != LetterStatus.HELD:
        raise NotHeld
    letter.subject, letter.body = _one_line(subject), body.strip() + "\n"
    letter.save_version(version, ["subject", "body"])
    record(letter, "edit", by=by, now=now)


@transaction.atomic
def retry_letter(*, letter: Letter, by: Any, now: datetime) -> None:
    """Queue again what could not be sent, with all its tries. Raises NotAllowed and Overtaken."""
    if letter.status != LetterStatus.FAILED:
        raise NotAllowed("retry", letter.status)
    move(letter, "retry", by=by, now=now)
    letter.tries, letter.due_at = 0, now
    letter.save(update_fields=["tries", "due_at"])


@transaction.atomic
def release_bundle(bundle: str, *, by: Any, now: datetime) -> int:
    """Let every held letter of a bundle go; return how many there were."""
    held = list(Letter.objects.filter(bundle=bundle, status=LetterStatus.HELD))
    for letter in held:
        move(letter, "release", by=by, now=now)
    return len(held)


@transaction.atomic
def drop_bundle(bundle: str, *, by: Any, now: datetime) -> int:
    """Drop every held letter of a bundle, so that it can be prepared anew; return how many there were."""
    held = list(Letter.objects.filter(bundle=bundle, status=LetterStatus.HELD))
    for letter in held:
        move(letter, "drop", by=by, now=now)
        # The mark is freed: the letter may be written again.
        Letter.objects.filter(pk=letter.pk).update(once=f"dropped:{letter.pk}")
    return len(held)
