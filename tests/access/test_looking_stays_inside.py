"""Whoever looks as somebody invented reaches nothing outside the rehearsal, at whatever address they ask."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access import examples, matrix

pytestmark = pytest.mark.django_db

# What an invented person has of their own wherever they are.
OWN = {
    ("desk:home", "GET"),
    ("desk:account", "GET"),
    ("desk:account", "POST"),
    ("desk:look_back", "POST"),
    ("desk:requests", "GET"),
    ("desk:initiatives", "GET"),
}
# What nobody needs an account for, and that changes nothing but the browser.
ANYBODYS = {("public:language", "POST"), ("public:sign_out", "POST")}


@pytest.fixture(scope="module")
def inside(on_the_day):
    """Return a browser of Cleo that looks as somebody invented, and the records of the real world."""
    _clients, records = on_the_day
    client = Client()
    client.force_login(records["people"]["cleo"])
    door = reverse("office:rehearsal_look", args=[records["rehearsal"].slug, records["invented"].pk])
    assert client.post(door).status_code == 302
    return client, records


def ask(client, method, address):
    """Ask as the client does, take back whatever was done, and say in a word what came of it."""
    sid, cookies = transaction.savepoint(), client.cookies.copy()
    try:
        answer = client.generic(method, address)
        if answer.streaming:
            b"".join(answer.streaming_content)
        return matrix.word_for(answer, reverse("public:sign_in"))
    finally:
        transaction.savepoint_rollback(sid)
        client.cookies = cookies


def test_every_address_outside_is_closed_but_what_everybody_may_read(inside):
    client, records = inside
    found = {
        (route, method)
        for route, where in examples.addresses(records)
        for method in ("GET", "POST")
        if ask(client, method, where) == "page"
    }
    stranger = Client()
    for_everybody = {
        (route, "GET")
        for route, where in examples.addresses(records)
        if route.startswith("public:") and ask(stranger, "GET", where) == "page"
    }
    assert found == OWN | ANYBODYS | for_everybody


def test_the_same_addresses_are_open_to_the_coordinator(inside):
    _client, records = inside
    herself = Client()
    herself.force_login(records["people"]["cleo"])
    offices = [where for route, where in examples.addresses(records) if route.startswith("office:")]
    assert sum(ask(herself, "GET", where) == "page" for where in offices) > 30
