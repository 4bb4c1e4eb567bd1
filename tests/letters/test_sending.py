"""Sending to a real mail server on this machine, and dying at each point of it."""

import socket
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.core.mail.backends.smtp import EmailBackend

from talka.kernel.ledger import move
from talka.letters.models import Letter
from talka.letters.outbox import write_letter
from talka.letters.sending import MOST_TRIES, STUCK_AFTER, recover_stuck, send_due

VALUES = {"community": "Wikimedia Graustark", "inviter": "Bo", "path": "/desk/"}


class Postbox:
    """Takes mail, refuses the addresses it is told to, and may die after taking."""

    def __init__(self):
        self.taken = []
        self.refused = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def free_port():
    """Find a port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def postbox(settings):
    """Return a mail server that Talka sends to."""
    handler = Postbox()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_TIMEOUT = 5
    yield handler
    controller.stop()


@pytest.fixture
def no_server(settings):
    """Point Talka at a port where nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 2


def write(account, now, **more):
    """Write an invitation."""
    return write_letter("representation_invited", to=account, values=VALUES, about=account, now=now, **more)


def states():
    """Return where each letter is."""
    return list(Letter.objects.order_by("pk").values_list("status", flat=True))


def test_a_due_letter_reaches_the_server_with_its_message_id(postbox, ada, now):
    letter = write(ada, now)
    assert send_due(now=now) == 1
    (mail,) = postbox.taken
    letter.refresh_from_db()
    assert (letter.status, letter.sent_at, letter.tries) == ("sent", now, 1)
    assert mail["Message-ID"] == letter.message_id
    assert mail["To"] == "ada@demo.invalid"
    assert mail["Subject"] == letter.subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().replace("\r\n", "\n") == letter.body


def test_what_is_held_or_due_later_does_not_leave(postbox, ada, now):
    write(ada, now, bundle="held")
    write(ada, now, once="later", due_at=now + timedelta(seconds=1))
    assert send_due(now=now) == 0
    assert send_due(now=now + timedelta(seconds=1)) == 1
    assert states() == ["held", "sent"]


def test_a_letter_in_arabic_arrives_as_it_was_written(postbox, ada, now):
    Letter.objects.filter(pk=write(ada, now).pk).update(subject="مرحبًا بكم", body="أهلًا وسهلًا\n")
    send_due(now=now)
    (mail,) = postbox.taken
    assert (mail["Subject"], mail.get_content().strip()) == ("مرحبًا بكم", "أهلًا وسهلًا")


def test_dying_after_the_claim_the_letter_is_sent_later_once(postbox, ada, now, monkeypatch):
    letter = write(ada, now)

    def die(self, messages):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(EmailBackend, "send_messages", die)
        send_due(now=now)
    letter.refresh_from_db()
    assert (letter.status, letter.claimed_at, postbox.taken) == ("sending", now, [])
    assert send_due(now=now + STUCK_AFTER) == 0
    assert send_due(now=now + STUCK_AFTER + timedelta(seconds=1)) == 1
    assert len(postbox.taken) == 1


def test_dying_after_the_server_took_it_it_is_sent_again_with_the_same_message_id(
    postbox, ada, now, monkeypatch
):
    letter = write(ada, now)
    send = EmailBackend.send_messages

    def send_and_die(self, messages):
        send(self, messages)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(EmailBackend, "send_messages", send_and_die)
        send_due(now=now)
    assert send_due(now=now + 2 * STUCK_AFTER) == 1
    assert [mail["Message-ID"] for mail in postbox.taken] == [letter.message_id] * 2
    assert states() == ["sent"]


def test_a_letter_that_kills_each_worker_is_given_up_visibly(ada, now):
    write(ada, now)
    Letter.objects.update(status="sending", claimed_at=now, tries=MOST_TRIES)
    assert recover_stuck(now=now + 2 * STUCK_AFTER) == 1
    assert states() == ["failed"]


def test_two_workers_do_not_send_the_same_letter(postbox, ada, now):
    mine = write(ada, now)
    theirs = Letter.objects.get(pk=mine.pk)
    move(theirs, "claim", by=None, now=now)
    assert send_due(now=now) == 0
    assert postbox.taken == []


def test_a_slow_worker_that_was_taken_for_dead_disturbs_nobody(postbox, ada, now, monkeypatch):
    write(ada, now)
    send = EmailBackend.send_messages

    def overtaken_meanwhile(self, messages):
        send(self, messages)
        Letter.objects.update(status="sent")

    monkeypatch.setattr(EmailBackend, "send_messages", overtaken_meanwhile)
    assert send_due(now=now) == 0
    assert states() == ["sent"]


def test_one_refused_address_does_not_keep_back_the_others(postbox, ada, bo, now):
    postbox.refused.add("ada@demo.invalid")
    write(ada, now)
    write(bo, now)
    assert send_due(now=now) == 1
    assert states() == ["queued", "sent"]
    assert "no such person" in Letter.objects.order_by("pk").first().last_error


def test_each_try_waits_twice_as_long_and_the_last_one_gives_up(postbox, ada, now):
    postbox.refused.add("ada@demo.invalid")
    write(ada, now)
    waits, at = [], now
    while states() == ["queued"]:
        send_due(now=at)
        letter = Letter.objects.get()
        waits.append(int((letter.due_at - at).total_seconds() // 60))
        at = letter.due_at
    assert (states(), letter.tries) == (["failed"], MOST_TRIES)
    assert waits[:-1] == [10, 20, 40, 80, 160, 320, 640]
    assert "no such person" in letter.last_error
    assert send_due(now=at + timedelta(days=9)) == 0


def test_a_header_that_cannot_be_sent_fails_alone(postbox, ada, bo, now):
    # The outbox lets no such subject in; the sender does not rely on it.
    Letter.objects.filter(pk=write(ada, now).pk).update(subject="Hi\r\nBcc: all@example.org")
    write(bo, now)
    assert send_due(now=now) == 1
    assert states() == ["queued", "sent"]
    assert [(mail["To"], mail["Bcc"]) for mail in postbox.taken] == [("bo@demo.invalid", None)]


def test_without_a_server_one_letter_waits_longer_and_the_others_lose_no_try(no_server, ada, bo, now):
    write(ada, now)
    write(bo, now)
    assert send_due(now=now) == 0
    assert list(Letter.objects.order_by("pk").values_list("status", "tries")) == [
        ("queued", 1),
        ("queued", 0),
    ]
