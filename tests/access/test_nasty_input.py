"""Whatever is sent to a form or put into an address: an answer with a sentence, never a fault."""

import os
import random
import re
from urllib.parse import parse_qsl, quote_plus, urlsplit

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from talka.demo.exchanging import exchange_of
from talka.recognition.models import Certificate
from tests.access import examples, forms_found, matrix

pytestmark = pytest.mark.django_db

WHOLE = bool(os.environ.get("TALKA_PROVE"))
# How often each form is sent with nasty words in all its fields.
ROUNDS = 40 if WHOLE else 1
PEOPLE = {"office": ("cleo",), "desk": ("ada", "eva"), "public": ("anonymous",)}
# Where other forms are open than at the beginning and at the end of a cycle.
SCENES = ("visited",)

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
OF_A_CYCLE = ("cycle", "applications", "decisions", "matching", "letters", "reports")
OF_AN_EXCHANGE = ("exchange", "bookings")
# Where whatever is typed is kept, or answered with a sentence on the next page.
TAKE_ANYTHING = {
    "desk:application_commitments",
    "desk:report_answers",
    "office:attendance",
    "office:circle_draft_move",
    "office:certificates_issue",
    "office:contact",
    "office:draft_run",
    "office:form_question",
    "office:meeting_decision",
    "office:minutes_publish",
    "office:mood_seen",
    "office:prepare_decisions",
    "office:roll_import",
    "office:rule_on_pair",
    "office:set_aside_pair",
}
BY_LOT = ("message_id", "stored_name", "session_key_seed", "code_hash", "token_hash", "body")
# A certificate says its code, which is drawn by lot, and is sealed with it.
SAYS_ITS_CODE = {Certificate: ("code", "content", "seal")}


@pytest.fixture(scope="module")
def met(on_the_day):
    """Look at every address as everybody; return who looked, the forms that were met, and the addresses."""
    clients, records = on_the_day
    forms, shown = {}, {}
    for person, address in looked_at(records):
        page = page_at(clients[person], address)
        if page is None:
            continue
        shown.setdefault(forms_found.route_at(address), (person, address, page))
        for form in forms_found.forms_of(page, address, person):
            forms.setdefault((form.route, frozenset(dict(form.fields))), form)
    return clients, list(forms.values()), list(shown.values())


def looked_at(records):
    """Yield who looks where: at every address, and at the pages of other scenes with forms of their own."""
    for route, address in examples.addresses(records):
        for person in PEOPLE[route.partition(":")[0]]:
            yield person, address
    begun, over = (records["scenes"][name] for name in ("open_call", *SCENES))
    for cycle in (begun.cycle, over.cycle):
        yield from (("cleo", reverse(f"office:{name}", args=[cycle.pk])) for name in OF_A_CYCLE)
    yield "eva", reverse("desk:application", args=[begun.applications["eva"].pk])
    for application in (begun.applications["ada"], over.applications["ada"]):
        yield "ada", reverse("desk:application", args=[application.pk])
        yield "cleo", reverse("office:application", args=[application.pk])
    visit = exchange_of(over, "ada")
    yield from (("cleo", reverse(f"office:{name}", args=[visit.pk])) for name in OF_AN_EXCHANGE)
    for one in visit.reports.all():
        yield from ((person, reverse("desk:report", args=[one.pk])) for person in ("ada", "bo"))


def page_at(client, address):
    """Return the page at an address, or None where there is none for this person."""
    response = read_to_its_end(client.get(address))
    is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
    return response.content.decode() if is_page else None


def read_to_its_end(response):
    """Return an answer whose file, if it is one, is closed."""
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def send(client, form, fields, look=lambda: None):
    """Send a form as a browser would, look at what it did, and take that back; return answer and look."""
    body = "&".join(
        f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogatepass'))}" for name, value in fields
    )
    sid, cookies = transaction.savepoint(), client.cookies.copy()
    try:
        response = client.post(form.address, body, content_type="application/x-www-form-urlencoded")
        return read_to_its_end(response), look()
    finally:
        transaction.savepoint_rollback(sid)
        client.cookies = cookies


def variants(form):
    """Yield what is sent to a form: nothing, nasty words in each field, what its page lets through."""
    chance = random.Random(form.route)
    fields = list(form.fields)
    yield []
    if WHOLE:
        yield fields + [(name, "other") for name, _value in fields]
    for _round in range(ROUNDS if fields else 0):
        start = chance.randrange(len(NASTY))
        nasty = [(name, NASTY[(start + 7 * place) % len(NASTY)]) for place, (name, _v) in enumerate(fields)]
        yield nasty + nasty[:1]
        if form.typed or form.options:
            yield [as_typed(form, pair, worse, chance) for pair, worse in zip(fields, nasty, strict=True)]


def as_typed(form, pair, worse, chance):
    """Return a field as it can come from the page: anything is typed, one of the choices is chosen."""
    name, _value = pair
    if name in form.typed:
        return worse
    return (name, chance.choice(form.options[name])) if form.options.get(name) else pair


def with_the_others(clients, records, forms):
    """Add a form for each route that takes one and had none on a page: it is sent what others ask for."""
    known, names = {form.route for form in forms}, sorted({name for form in forms for name in form.typed})
    asked, table = tuple((name, "1") for name in names[:: len(names) // 12]), matrix.read_table()
    for route, address in examples.addresses(records):
        allowed = [name for name in clients if table[route, "POST"][name] == "page"]
        if allowed and route not in known:
            forms = [*forms, forms_found.Form(route, address, allowed[0], asked, (), {}, {}, {})]
    return forms


def test_no_form_breaks_whatever_is_sent_and_none_loses_what_was_typed(met, on_the_day):
    clients, forms, _shown = met
    sent = with_the_others(*on_the_day, forms)
    answers, lost = {}, {}
    for form in sent:
        for fields in variants(form):
            response, _looked = send(clients[form.person], form, fields)
            answers.setdefault(response.status_code, set()).add(form.route)
            if response.status_code == 422 and fields and (form.typed or form.options):
                lost |= missing_from(response.content.decode(), form, dict(fields))
    assert set(answers) <= {200, 302, 400, 403, 404, 409, 422}, answers
    assert lost == {}
    # Every address that takes a form had one; most that are filled in were read and refused at a field.
    assert {form.route for form in sent} == matrix.takers()
    filled_in = {form.route for form in forms if form.typed or form.options}
    assert filled_in - answers[422] <= TAKE_ANYTHING


def test_a_text_that_is_lost_is_noticed():
    inside = '<textarea name="why">\n{}</textarea><input type="radio" name="who" value="a"{}>'
    page = f'<form method="post">{inside}</form>'
    (form,) = forms_found.forms_of(page.format("", ""), "/desk/account/", "ada")
    sent = {"why": "Mine", "who": "a", "token": "x"}
    found = [
        missing_from(page.format(*again), form, sent) for again in (("Mine", " checked"), ("Theirs", ""))
    ]
    assert found == [{}, {("desk:account", "why"): "Mine", ("desk:account", "who"): "a"}]


def missing_from(page, form, sent):
    """Return what was sent with a form and does not stand in it again, by its route and field."""
    found = forms_found.forms_of(page, form.address, form.person)
    # Of a new goal what can be read is kept: its form is that of a goal then, at another address.
    again = [one for one in found if one.route == form.route or one.typed.keys() == form.typed.keys()]
    if not again:
        return {form.route: "the form itself"}
    gone = [[name for name, value in sent.items() if not stands_in(one, name, value)] for one in again]
    return {(form.route, name): sent[name][:40] for name in min(gone, key=len)}


def stands_in(form, name, value):
    """Tell whether a form shows what was sent in a field. What nobody can type or choose need not be shown.

    Rows close up when one between them is empty: a row's field may stand in another row.
    """
    row = re.fullmatch(r"(.+)-\d+-(.+)", name)
    alike = re.compile(rf"{re.escape(row[1])}-\d+-{re.escape(row[2])}" if row else re.escape(name))
    # Half a surrogate pair is no text, and is sent as what stands for it.
    text = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    typed = [theirs for its, theirs in form.typed.items() if alike.fullmatch(its)]
    if typed:
        return text in typed or bool(row and not text.strip())
    offered = [its for its in form.options if alike.fullmatch(its) and value in form.options[its]]
    return not value or not offered or any(value in form.chosen[its] for its in offered)


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
    """Return every row of every table of Talka's own as SQLite holds it, without what is drawn by lot."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model.__module__.startswith("talka."):
                by_lot = (*BY_LOT, *SAYS_ITS_CODE.get(model, ()))
                kept = [field.column for field in model._meta.concrete_fields if field.name not in by_lot]
                columns = ", ".join(f'"{column}"' for column in kept)
                cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
                found.update((model.__name__, *row) for row in cursor.fetchall())
    return found


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
