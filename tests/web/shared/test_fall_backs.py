"""What is written in other languages than the reader's says so, on every page."""

from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from talka.blueprints.reading import shipped
from talka.people.models import Account
from tests.browser import world as worlds
from tests.browser.pages import PAGES

EXCHANGE = shipped()["visit_exchange"]
LANGUAGES = set(EXCHANGE.languages)
# Beside each picture stands a list of the same; what is typed, and what the ledger kept, is quoted.
SILENT = {"script", "style", "svg", "textarea", "talka-history"}
VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr")
# The name of a programme is a name, and "CapX" in Arabic is "CapX".
NAMES = {EXCHANGE.name["en"]}


def only_english(value):
    """Take every other language out of what was written in several."""
    if isinstance(value, list):
        return [only_english(part) for part in value]
    if not isinstance(value, dict):
        return value
    if value and value.keys() <= LANGUAGES:
        return {"en": value["en"]} if "en" in value else value
    return {key: only_english(part) for key, part in value.items()}


def forget_arabic():
    """Leave only the English of everything in the database."""
    for model in apps.get_models():
        fields = [one.name for one in model._meta.concrete_fields if isinstance(one, models.JSONField)]
        for row in model._default_manager.all() if fields else ():
            changed = {name: only_english(getattr(row, name)) for name in fields}
            model._default_manager.filter(pk=row.pk).update(**changed)


def texts_of(value):
    """Collect every English text of a blueprint as plain data."""
    if isinstance(value, dict) and value and value.keys() <= LANGUAGES:
        return {value["en"]}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return set().union(*map(texts_of, parts))


class Texts(HTMLParser):
    """Gathers the texts of a page with the language and direction that each stands in."""

    def __init__(self):
        super().__init__()
        self.open = [("", False, "", "")]
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            given = dict(attrs)
            _tag, is_silent, language, direction = self.open[-1]
            is_silent = is_silent or bool(SILENT & {tag, given.get("class")})
            self.open.append((tag, is_silent, given.get("lang", language), given.get("dir", direction)))

    def handle_endtag(self, tag):
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        _tag, is_silent, language, direction = self.open[-1]
        if data.strip() and not is_silent:
            self.found.append((" ".join(data.split()), language, direction))


def texts_on(page):
    """Return the texts of a page, each with its language and direction."""
    reader = Texts()
    reader.feed(page)
    return reader.found


@pytest.fixture
def cast(db):
    """Build every world, in English alone, and return the cast."""
    made = worlds.build()
    forget_arabic()
    Account.objects.update(language="ar")
    return made


def opened(name, cast):
    """Open a page of the table in Arabic, as somebody who may."""
    client, row = Client(headers={"accept-language": "ar"}), PAGES[name]
    if row.seen_by:
        client.force_login(cast[row.seen_by])
    answer = client.get(reverse(name, kwargs=row.arguments()), follow=True)
    assert (answer.status_code, answer["Content-Language"]) == (200, "ar"), name
    return texts_on(answer.text)


CONTENT = texts_of(EXCHANGE.model_dump(mode="json")) - NAMES


def unmarked(texts):
    """Return the texts of the programme that look as if they were in the page's language."""
    return [
        text
        for text, language, direction in texts
        if text in CONTENT and (language, direction) != ("en", "ltr")
    ]


def test_no_text_of_the_programme_stands_unmarked_on_any_page_in_arabic(cast):
    pages = {name: opened(name, cast) for name in PAGES}
    found = {name: unmarked(texts) for name, texts in pages.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}
    seen = {text for texts in pages.values() for text, *_rest in texts}
    assert len(seen & CONTENT) > len(CONTENT) / 2


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<html lang="ar" dir="rtl"><p>Outreach</p>', ["Outreach"]),
        ('<html lang="ar" dir="rtl"><p lang="en">Outreach</p>', ["Outreach"]),
        ('<html lang="ar" dir="rtl"><p lang="en" dir="ltr">Travel</p><br><b>Outreach</b>', ["Outreach"]),
        ('<html lang="ar" dir="rtl"><p lang="en" dir="ltr"><b>Outreach</b></p>', []),
    ],
)
def test_an_unmarked_text_would_be_noticed(page, expected):
    assert unmarked(texts_on(page)) == expected
