"""Sending what is due: claimed by one worker, sent at least once, always with the same Message-ID."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from talka.kernel.ledger import move
from talka.kernel.models import Overtaken
from talka.kernel.registry import kept_letters
from talka.letters.lifecycle import LetterStatus
from talka.letters.models import Letter

log = logging.getLogger(__name__)

STUCK_AFTER = timedelta(minutes=15)
# Put off for 10, 20, 40 … minutes: the last try comes 21 hours after the first.
MOST_TRIES = 8
# Where the invented people of rehearsals have their addresses. No letter to them ever leaves.
NOWHERE = "@rehearsal.invalid"


class Unreachable(Exception):
    """There is no mail server to talk to: no letter can leave at the moment."""


def send_due(*, now: datetime, most: int = 100) -> int:
    """Send the letters that are due; return how many left.

    A letter is marked as sent after the mail server took it. A worker that dies
    in between leaves it to be sent again, with the same Message-ID, which mail
    programs show once. Without a mail server the rest waits for the next time.
    Letters to invented people, and those that a room keeps, are dropped here, the only door.
    """
    recover_stuck(now=now)
    sent = 0
    connection = get_connection()
    try:
        for letter in Letter.objects.due(now)[:most]:
            if _stays(letter, now=now):
                _drop(letter, now=now)
            elif _claim(letter, now=now):
                sent += _send(letter, connection, now=now)
    except Unreachable:
        pass
    finally:
        connection.close()
    return sent


def recover_stuck(*, now: datetime) -> int:
    """Queue again what a worker claimed and never finished; give up on what never gets through."""
    stuck = Letter.objects.filter(status=LetterStatus.SENDING, claimed_at__lt=now - STUCK_AFTER)
    recovered = 0
    for letter in stuck:
        try:
            move(letter, "give_up" if letter.tries >= MOST_TRIES else "retry", by=None, now=now)
            recovered += 1
        except Overtaken:
            continue
    return recovered


def _claim(letter: Letter, *, now: datetime) -> bool:
    """Take a letter for this worker alone; False when another one was faster."""
    try:
        # Together: a letter that is being sent always says since when, or nobody would find it stuck.
        with transaction.atomic():
            move(letter, "claim", by=None, now=now)
            letter.claimed_at, letter.tries = now, letter.tries + 1
            letter.save(update_fields=["claimed_at", "tries"])
    except Overtaken:
        return False
    return True


def leads_nowhere(email: str) -> bool:
    """Tell whether an address is that of somebody invented."""
    return email.strip().lower().endswith(NOWHERE)


def _stays(letter: Letter, *, now: datetime) -> bool:
    if leads_nowhere(letter.email):
        return True
    return any(kept_letters.get(name)(letter, now=now) for name in kept_letters)


def _drop(letter: Letter, *, now: datetime) -> None:
    """Put aside a letter that a room keeps: it stays to be read, and never leaves."""
    try:
        move(letter, "drop", by=None, now=now)
    except Overtaken:
        return


def _send(letter: Letter, connection: Any, *, now: datetime) -> bool:
    """Hand a letter to the mail server. Raises Unreachable when there is none."""
    try:
        connection.open()
    except Exception as error:
        _put_off(letter, error, now=now)
        raise Unreachable from error
    try:
        connection.send_messages([_message(letter)])
    except Exception as error:  # one letter that cannot be sent must not keep back the others
        _put_off(letter, error, now=now)
        if isinstance(error, SMTPServerDisconnected | TimeoutError):
            raise Unreachable from error
        connection.close()
        return False
    return _mark_sent(letter, now=now)


def _message(letter: Letter) -> EmailMessage:
    return EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.email],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )


@transaction.atomic
def _mark_sent(letter: Letter, *, now: datetime) -> bool:
    try:
        move(letter, "deliver", by=None, now=now)
    except Overtaken:
        # Another worker took this one for dead; it went out twice, with one Message-ID.
        log.warning("letter %s was sent by two workers", letter.pk)
        return False
    letter.sent_at, letter.last_error = now, ""
    letter.save(update_fields=["sent_at", "last_error"])
    return True


@transaction.atomic
def _put_off(letter: Letter, error: Exception, *, now: datetime) -> None:
    """Try again later, each time after twice as long; give up in the end, visibly."""
    log.warning("letter %s was not sent: %s", letter.pk, type(error).__name__)
    give_up = letter.tries >= MOST_TRIES
    try:
        move(letter, "give_up" if give_up else "retry", by=None, now=now)
    except Overtaken:
        return
    letter.last_error = str(error)[:300]
    letter.due_at = now + timedelta(minutes=5 * 2**letter.tries)
    letter.save(update_fields=["last_error", "due_at"])
