"""No page shows in which order a database keeps the keys of JSON: PostgreSQL's is not that of SQLite."""

import re

import pytest
from django.apps import apps
from django.db import models

from tests.access import examples
from tests.key_order import as_jsonb, backwards, reordered

pytestmark = pytest.mark.django_db

PEOPLE = {"office": "cleo", "desk": "ada", "public": "cleo"}
# What each answer draws by lot.
BY_LOT = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|"X-CSRFToken": *"[^"]*"')


def keep_in_order(order):
    """Keep all JSON of every record in an order of its keys; return how many columns there are."""
    columns = 0
    for model in apps.get_models():
        names = [one.name for one in model._meta.concrete_fields if isinstance(one, models.JSONField)]
        columns += len(names)
        for row in model._default_manager.all() if names else ():
            kept = {name: reordered(getattr(row, name), order) for name in names}
            model._default_manager.filter(pk=row.pk).update(**kept)
    return columns


def look(clients, records):
    """Return what every address answers that is text, by route."""
    seen = {}
    for route, address in examples.addresses(records):
        response = clients[PEOPLE[route.partition(":")[0]]].get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        kind = response.get("Content-Type", "")
        if response.status_code == 200 and re.match(r"text/|application/(json|toml)", kind):
            seen[route] = BY_LOT.sub("", body.decode())
    return seen


def test_the_order_of_keys_shows_nowhere(on_the_day):
    clients, records = on_the_day
    assert keep_in_order(as_jsonb) > 20
    first = look(clients, records)
    keep_in_order(backwards)
    second = look(clients, records)
    assert len(first) > 60
    assert {route for route in first if first[route] != second[route]} == set()
