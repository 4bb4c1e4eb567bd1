"""Nobody reads what is not for them, on any page, in any list, export, calendar or PDF."""

import pytest
from django.urls import reverse

from tests.access import canaries, examples
from tests.access.test_matrix import lived_in  # noqa: F401

pytestmark = pytest.mark.django_db

OF_A_DRAFT = ("desk:application", "office:application")
# Pages of the demonstration that show the mail of everybody, and that production does not have.
DEMO_ONLY = {"public:mailbox", "public:cast"}
# For whoever knows the secret in the address: it stands for its owner, and every client here is given it.
BY_SECRET = {"public:my_feed"}


def readings(clients, records, allowed):
    """Return who read which word where, of all that every person can open."""
    found = set()
    draft = [("a draft", reverse(route, args=[records["draft"].pk])) for route in OF_A_DRAFT]
    for route, where in [*examples.addresses(records), *draft]:
        if route in DEMO_ONLY | BY_SECRET:
            continue
        for name, client in clients.items():
            response = client.get(where, follow=False)
            text = canaries.readable(response)
            found |= {(word, name, route) for word in allowed if word in text}
    return found


def test_every_word_reaches_only_those_it_is_for(lived_in):  # noqa: F811
    clients, records = lived_in
    allowed = canaries.plant(records)
    found = readings(clients, records, allowed)
    leaks = {reading for reading in found if reading[1] not in allowed[reading[0]]}
    assert leaks == set()
    # The search would see a leak: those who may read a word do find it somewhere.
    unread = {word for word in allowed if not any(reading[0] == word for reading in found)}
    assert unread == set()
