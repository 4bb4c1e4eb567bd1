"""Letters to invented people are written and can be read, and never reach a mail server."""

import socket

import pytest
from aiosmtpd.controller import Controller

from talka.demo.cohort import communities_of
from talka.demo.rehearsal import rehearse
from talka.demo.scene import found_programme
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.letters.outbox import write_letter
from talka.letters.sending import send_due
from talka.people.actions.representations import invite_representative
from talka.people.actions.sign_in import find_or_make_account
from talka.programmes.actions import appoint

VALUES = {"community": "Wikimedia Graustark", "inviter": "Bo", "path": "/desk/"}


class Postbox:
    """Takes mail, and keeps the addresses it was for."""

    def __init__(self):
        self.addresses = []

    async def handle_DATA(self, server, session, envelope):
        self.addresses += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def postbox(settings):
    """Return a mail server that Talka sends to."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    handler = Postbox()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    yield handler
    controller.stop()


@pytest.mark.django_db
def test_the_letters_of_a_rehearsal_are_dropped_and_those_of_others_leave(postbox, now):
    programme, everybody = found_programme(now=now)
    cleo = everybody["cleo"]
    send_due(now=now)
    postbox.addresses.clear()
    rehearse(programme=programme, size=3, by=cleo, now=now)
    invented = Letter.objects.filter(email__endswith="@rehearsal.invalid")
    assert set(invented.values_list("status", flat=True)) == {"queued"}
    write_letter("representation_invited", to=everybody["ada"], values=VALUES, about=cleo, now=now)
    assert send_due(now=now) == 1
    assert postbox.addresses == ["ada@demo.invalid"]
    assert set(invented.values_list("status", "sent_at", "tries")) == {("dropped", None, 0)}
    assert Entry.objects.about(invented.first()).get().verb == "drop"
    assert send_due(now=now) == 0


@pytest.mark.django_db
def test_no_letter_of_a_rehearsal_leaves_whomever_it_is_for(postbox, dan, now):
    programme, everybody = found_programme(now=now)
    cleo, real = everybody["cleo"], everybody["Wikimedia Graustark"]
    copy = rehearse(programme=programme, size=3, by=cleo, now=now)
    send_due(now=now)
    postbox.addresses.clear()
    for each, community in ((copy, communities_of(copy)[0]), (programme, real)):
        appoint(programme=each, account=dan, post="reviewer", by=cleo, now=now)
        invite_representative(community=community, email=dan.email, name="Dan", by=cleo, now=now)
    assert send_due(now=now) == 2
    assert postbox.addresses == [dan.email, dan.email]
    written = Letter.objects.filter(email=dan.email).order_by("pk")
    assert list(written.values_list("key", "status")) == [
        ("programme_appointed", "dropped"),
        ("representation_invited", "dropped"),
        ("programme_appointed", "sent"),
        ("representation_invited", "sent"),
    ]


@pytest.mark.django_db
def test_a_letter_about_what_is_gone_does_not_leave(postbox, dan, now):
    programme, everybody = found_programme(now=now)
    send_due(now=now)
    postbox.addresses.clear()
    appoint(programme=programme, account=dan, post="reviewer", by=everybody["cleo"], now=now).delete()
    assert (send_due(now=now), postbox.addresses) == (0, [])


@pytest.mark.django_db
def test_no_spelling_of_the_address_leaves(postbox, ada, now):
    account = find_or_make_account(email="someone@rehearsal.invalid", language="en", now=now)
    account.email = "Someone@Rehearsal.INVALID"
    letter = write_letter("representation_invited", to=account, values=VALUES, about=ada, now=now)
    assert send_due(now=now) == 0
    letter.refresh_from_db()
    assert (letter.status, postbox.addresses) == ("dropped", [])


@pytest.mark.django_db
def test_an_address_that_only_looks_like_it_leaves(postbox, ada, now):
    ada.email = "ada@not-rehearsal.invalid"
    write_letter("representation_invited", to=ada, values=VALUES, about=ada, now=now)
    assert send_due(now=now) == 1
    assert postbox.addresses == ["ada@not-rehearsal.invalid"]
