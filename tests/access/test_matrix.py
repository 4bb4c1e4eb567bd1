"""Every address × every kind of person × every method. A route without a row fails."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access import examples, matrix, world
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def lived_in(django_db_setup, django_db_blocker):
    """Build the world once for the whole module, and take it back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        people, records = world.build(NOW)
        records["people"] = people
        clients = {name: Client() for name in matrix.PEOPLE}
        for name, client in clients.items():
            if name in people:
                client.force_login(people[name])
        yield clients, records
        transaction.set_rollback(True)


def ask(client, method, address):
    """Ask as the client does, and take back whatever was done."""
    sid, cookies = transaction.savepoint(), client.cookies.copy()
    try:
        response = client.generic(method, address)
        if response.streaming:
            b"".join(response.streaming_content)  # Read to its end, a file is closed.
        return response
    finally:
        transaction.savepoint_rollback(sid)
        client.cookies = cookies


def outcomes(clients, records, methods):
    """Return (route, method) to the word each person gets."""
    found = {}
    for route, where in examples.addresses(records):
        for method in methods:
            found[route, method] = {
                name: matrix.word_for(ask(client, method, where), reverse("public:sign_in"))
                for name, client in clients.items()
            }
    return found


def test_every_route_has_a_row_and_every_row_a_route():
    rows = set(matrix.read_table())
    routes = {(route, method) for route in examples.patterns() for method in matrix.METHODS}
    assert rows == routes


def test_everybody_gets_what_the_table_says(lived_in):
    expected = matrix.read_table()
    found = outcomes(*lived_in, matrix.METHODS)
    wrong = {
        f"{method} {route} as {name}": f"{word}, not {expected.get((route, method), {}).get(name)}"
        for (route, method), words in found.items()
        for name, word in words.items()
        if word != expected.get((route, method), {}).get(name)
    }
    assert wrong == {}


def test_no_address_answers_another_method(lived_in):
    clients, records = lived_in
    methods = [method for method in matrix.OTHER_METHODS if method != "HEAD"]
    found = outcomes({"cleo": clients["cleo"]}, records, methods)
    assert {key: words for key, words in found.items() if words != {"cleo": "closed"}} == {}
