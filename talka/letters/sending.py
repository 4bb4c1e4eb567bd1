"""Sending what is due: claimed by one worker, sent at least once, always with the same Message-ID."""

import logging
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection

from talka.kernel.ledger import move
from talka.kernel.models import Overtaken
from talka.letters.lifecycle import LetterStatus
from talka.letters.models import Letter

log = logging.getLogger(__name__)

STUCK_AFTER = timedelta(minutes=5)
MOST_TRIES = 5


def send_due(*, now: datetime, most: int = 200) -> int:
    """Send the letters that are due; return how many left.

    A letter is marked as sent after the mail server took it. A worker that dies
    in between leaves it to be sent again, with the same Message-ID, which mail
    programs show once.
    """
    recover_stuck(now=now)
    sent = 0
    for letter in Letter.objects.due(now)[:most]:
        if _claim(letter, now=now) and _send(letter, now=now):
            sent += 1
    return sent


def recover_stuck(*, now: datetime) -> int:
    """Queue again what a worker claimed and never finished."""
    stuck = Letter.objects.filter(status=LetterStatus.SENDING, claimed_at__lt=now - STUCK_AFTER)
    recovered = 0
    for letter in stuck:
        try:
            move(letter, "retry", by=None, now=now)
            recovered += 1
        except Overtaken:
            continue
    return recovered


def _claim(letter: Letter, *, now: datetime) -> bool:
    """Take a letter for this worker alone; False when another one was faster."""
    try:
        move(letter, "claim", by=None, now=now)
    except Overtaken:
        return False
    Letter.objects.filter(pk=letter.pk).update(claimed_at=now, tries=letter.tries + 1)
    letter.tries += 1
    return True


def _send(letter: Letter, *, now: datetime) -> bool:
    message = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.email],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    )
    try:
        message.send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors
        _put_off(letter, error, now=now)
        return False
    move(letter, "deliver", by=None, now=now)
    Letter.objects.filter(pk=letter.pk).update(sent_at=now, last_error="")
    return True


def _put_off(letter: Letter, error: Exception, *, now: datetime) -> None:
    """Try again later, each time after twice as long; give up after five tries, visibly."""
    log.warning("letter %s was not sent: %s", letter.pk, type(error).__name__)
    give_up = letter.tries >= MOST_TRIES
    move(letter, "give_up" if give_up else "retry", by=None, now=now)
    later = now + timedelta(minutes=5 * 2**letter.tries)
    Letter.objects.filter(pk=letter.pk).update(last_error=str(error)[:300], due_at=later)
