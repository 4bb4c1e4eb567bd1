"""Twenty people at the same moment: one winner, nothing lost, nothing twice."""

import threading
from collections import Counter

import pytest
from django.core import mail
from django.db import transaction

from talka.kernel.ledger import move
from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from talka.letters.outbox import write_letter
from talka.letters.sending import send_due
from talka.people.models import Account, Community
from tests.conftest import NOW
from tests.databases.conftest import at_once

pytestmark = pytest.mark.django_db(transaction=True)

KEY = "sign_in_code"
VALUES = {"code": "123456", "minutes": 15}


def kinds(outcomes):
    """Count what the threads returned or raised, by type."""
    return Counter(type(outcome).__name__ for outcome in outcomes)


def queue_letters(count, to):
    """Put letters into the outbox, as many as asked for."""
    return [
        write_letter(KEY, to=to, values=VALUES, about=to, now=NOW, once=str(number))
        for number in range(count)
    ]


def test_of_twenty_who_move_a_record_one_wins(ada):
    letter = queue_letters(1, ada)[0]
    together = threading.Barrier(20, timeout=30)

    def drop(number):
        mine = Letter.objects.get(pk=letter.pk)
        together.wait()
        move(mine, "drop", by=None, now=NOW)

    outcomes = kinds(at_once(20, drop))
    lines = [(entry.verb, entry.source, entry.target) for entry in Entry.objects.about(letter)]
    assert (outcomes, lines) == ({"NoneType": 1, "Overtaken": 19}, [("drop", "queued", "dropped")])


def save_together(community, save):
    """Let twenty threads read a record, and only then let each write its own word; return the outcomes."""
    together = threading.Barrier(20, timeout=30)

    def write(number):
        mine = Community.objects.get(pk=community.pk)
        mine.name = f"Community {number}"
        together.wait()
        return save(mine)

    return kinds(at_once(20, write))


def test_of_twenty_who_save_a_version_one_wins(ada):
    outcomes = save_together(ada.community, lambda mine: mine.save_version(mine.version, ["name"]))
    ada.community.refresh_from_db()
    assert (outcomes, ada.community.version) == ({"NoneType": 1, "Overtaken": 19}, 2)


def test_a_plain_save_would_lose_nineteen_texts(ada):
    assert save_together(ada.community, lambda mine: mine.save()) == {"NoneType": 20}


def test_twenty_who_try_again_lose_nothing(ada):
    def add_word(number):
        while True:
            mine = Community.objects.get(pk=ada.community.pk)
            mine.name = f"{mine.name} {number}"
            try:
                return mine.save_version(mine.version, ["name"])
            except Overtaken:
                continue

    outcomes = kinds(at_once(20, add_word))
    community = Community.objects.get(pk=ada.community.pk)
    added = community.name.removeprefix(ada.community.name).split()
    assert (outcomes, sorted(map(int, added)), community.version) == ({"NoneType": 20}, list(range(20)), 21)


def test_eight_workers_send_each_letter_once(ada):
    letters = queue_letters(30, ada)
    sent = at_once(8, lambda number: send_due(now=NOW))
    assert sum(sent) == 30
    assert Counter(message.extra_headers["Message-ID"] for message in mail.outbox) == Counter(
        letter.message_id for letter in letters
    )
    assert set(Letter.objects.values_list("status", "tries")) == {("sent", 1)}


def test_the_same_event_told_by_ten_at_once_writes_one_letter(ada):
    def tell(number):
        with transaction.atomic():
            return write_letter(KEY, to=ada, values=VALUES, about=ada, now=NOW)

    outcomes = kinds(at_once(10, tell))
    assert (outcomes, Letter.objects.count()) == ({"Letter": 1, "NoneType": 9}, 1)


def test_ten_accounts_of_one_address_become_one(transactional_db):
    def join(number):
        return Account.objects.create(name="Eve", email="Eve@demo.invalid", joined_at=NOW)

    outcomes = kinds(at_once(10, join))
    assert (outcomes, Account.objects.count()) == ({"Account": 1, "IntegrityError": 9}, 1)
