"""Whatever is sent to a form or put into an address: an answer with a sentence, never a fault."""

import os
import random
from urllib.parse import parse_qsl, quote_plus, urlsplit

import pytest
from django.apps import apps
from django.db import connection, transaction

from tests.access import examples, forms_found

pytestmark = pytest.mark.django_db

WHOLE = bool(os.environ.get("TALKA_PROVE"))
# How often each form is sent with nasty words in all its fields.
ROUNDS = 40 if WHOLE else 1
PEOPLE = {"office": ("cleo",), "desk": ("ada", "eva"), "public": ("anonymous",)}

NASTY = (
    "\0",
    "a\0b",
    "\ud800",
    "x" * 100_000,
    "\u202eevil",
    "\x1b[31m",
    "\u2028",
    "9223372036854775808",
    str(2**70),
    "-1",
    "0",
    "1",
    "999999",
    "1.5",
    "1e999",
    "NaN",
    "Infinity",
    "1_000",
    "²",
    "١٢",
    "31.02.2027",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "{{7*7}}{% raw %}",
    "{0.__class__} %(name)s",
    "<script>alert(1)</script>",
    "'",
    '"',
    "%",
    "=1+1",
    "[",
    "[]",
    "{}",
    "null",
    "[" * 20_000,
    "javascript:alert(1)",
    "http://[",
    "//evil.example",
    "a@b\nBcc: c@d.example",
    "../../etc/passwd",
    "zz",
    "",
    "  ",
)
BY_LOT = ("message_id", "stored_name", "session_key_seed", "code_hash", "body")
GUARDS = ("version", "seen", "plan", "token")


@pytest.fixture(scope="module")
def met(on_the_day):
    """Look at every address as everybody; return who looked, the forms that were met, and the addresses."""
    clients, records = on_the_day
    forms, shown = {}, {}
    for route, address in examples.addresses(records):
        for person in PEOPLE[route.partition(":")[0]]:
            page = page_at(clients[person], address)
            if page is None:
                continue
            shown.setdefault(forms_found.route_at(address), (person, address, page))
            for form in forms_found.forms_of(page, address, person):
                forms.setdefault((form.route, frozenset(dict(form.fields))), form)
    return clients, list(forms.values()), list(shown.values())


def page_at(client, address):
    """Return the page at an address, or None where there is none for this person."""
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)  # Read to its end, a file is closed.
    is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
    return response.content.decode() if is_page else None


def send(client, form, fields, look=lambda: None):
    """Send a form as a browser would, look at what it did, and take that back; return answer and look."""
    body = "&".join(
        f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogatepass'))}" for name, value in fields
    )
    sid, cookies = transaction.savepoint(), client.cookies.copy()
    try:
        return client.post(form.address, body, content_type="application/x-www-form-urlencoded"), look()
    finally:
        transaction.savepoint_rollback(sid)
        client.cookies = cookies


def variants(form):
    """Yield what is sent to a form: nothing, everything twice, strange keys, nasty words in each field."""
    chance = random.Random(form.route)
    fields = list(form.fields)
    yield []
    yield fields + [(name, "other") for name, _value in fields]
    for _round in range(ROUNDS):
        start = chance.randrange(len(NASTY))
        nasty = [(name, NASTY[(start + 7 * place) % len(NASTY)]) for place, (name, _v) in enumerate(fields)]
        # What guards the form is sent as it was half of the time, so that the rest is read as well.
        kept = [
            pair if pair[0].startswith(GUARDS) else worse for pair, worse in zip(fields, nasty, strict=True)
        ]
        yield nasty
        yield kept


def test_no_form_breaks_whatever_is_sent(met):
    clients, forms, _shown = met
    answers = {}
    for form in forms:
        for fields in variants(form):
            response, _looked = send(clients[form.person], form, fields)
            answers.setdefault(response.status_code, set()).add(form.route)
    assert set(answers) <= {200, 302, 400, 403, 404, 409, 422}, answers
    # Most are read and refused with a sentence at the field: not all at the door.
    assert len(answers[422]) >= 40


def test_every_second_page_has_a_form_that_is_met(met):
    assert len({form.route for form in met[1]}) >= 60


def test_a_page_answers_whatever_stands_in_its_address(met):
    clients, _forms, shown = met
    chance, statuses = random.Random(1), set()
    for person, address, page in shown:
        links = [address, *forms_found.read(page).links]
        names = {name for link in links for name, _value in parse_qsl(urlsplit(link).query)}
        names |= forms_found.searched_for(page) | {"page", "q", "next"}
        for _round in range(5 if WHOLE else 1):
            query = "&".join(f"{name}={_quoted(chance.choice(NASTY))}" for name in sorted(names))
            statuses.add(clients[person].get(f"{address}?{query}").status_code)
    assert statuses <= {200, 302, 400, 404, 422}


def _quoted(value):
    return quote_plus(value[:3000].encode("utf-8", "surrogatepass"))


def rows():
    """Return every row of every table of Talka's own, without what is drawn by lot."""
    return {
        (model.__name__, str(row))
        for model in apps.get_models()
        if model.__module__.startswith("talka.")
        for row in model._default_manager.values_list(
            *[field.attname for field in model._meta.concrete_fields if field.name not in BY_LOT]
        ).iterator()
    }


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite takes numbers of rows back as well.")
def test_keys_that_no_form_has_change_nothing(met):
    """The same form with and without more keys leaves the same rows behind (ASVS 15.3.3)."""
    clients, forms, _shown = met
    extra = [
        ("status", "accepted"),
        ("community", "1"),
        ("account", "1"),
        ("by", "1"),
        ("is_rehearsal", "on"),
        ("is_published", "on"),
        ("can_found", "on"),
        ("is_active", ""),
        ("decided_at", "2020-01-01"),
        ("budget", "99999999"),
        ("amount_in_budget", "0"),
        ("number", "77"),
    ]
    different = set()
    for form in forms:
        own = set(dict(form.fields))
        more = [(name, value) for name, value in extra if name not in own]
        plain, padded = (
            send(clients[form.person], form, [*form.fields, *added], look=rows)[1] for added in ([], more)
        )
        if plain != padded:
            different.add(form.route)
    assert different == set()
