"""Finds the forms of pages, and what a browser would send with them."""

from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve


class Form(NamedTuple):
    """A form as its page sends it: where to, what with, and by whom."""

    route: str
    address: str
    person: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    # What stands in the fields that people type in, and what is chosen in the others.
    typed: dict[str, str]
    chosen: dict[str, list[str]]
    options: dict[str, list[str]]


class Reading(HTMLParser):
    """Collects the links and the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self.by_id: dict[str, dict[str, Any]] = {}
        self.inside: Any = None
        self.area: Any = None
        self.choosing = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take links, forms and what is filled in."""
        given = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self.inside = {"method": "get", "action": "", **given, "fields": [], "files": []}
            self.inside |= {"typed": {}, "chosen": {}, "options": {}}
            self.forms.append(self.inside)
        if tag in ("input", "textarea", "select", "button") and given.get("name") and self.inside:
            self._field(tag, given)
        if tag == "option" and self.choosing and self.inside:
            self._option(given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        is_choice = kind in ("radio", "checkbox")
        if tag == "select" or (tag == "input" and is_choice):
            self._choice(name, given.get("value", "on"), is_on=is_choice and "checked" in given, tag=tag)
        elif tag == "input" and kind not in ("hidden", "file"):
            self.inside["typed"][name] = given.get("value", "")
        if kind == "file":
            self.inside["files"].append(name)
        elif tag == "textarea":
            self.area = [name, ""]
        elif tag == "select":
            self.choosing = name
            self.inside["fields"].append([name, ""])
        elif is_choice:
            if kind == "checkbox" or "checked" in given or name not in dict(self.inside["fields"]):
                self.inside["fields"].append([name, given.get("value", "on")])
        else:
            self.inside["fields"].append([name, given.get("value", "")])

    def _choice(self, name: str, value: str, *, is_on: bool, tag: str = "option") -> None:
        chosen = self.inside["chosen"].setdefault(name, [])
        options = self.inside["options"].setdefault(name, [])
        if tag != "select":
            options.append(value)
        if is_on:
            chosen.append(value)

    def _option(self, given: dict[str, str]) -> None:
        last = self.inside["fields"][-1]
        self._choice(self.choosing, given.get("value", ""), is_on="selected" in given)
        if last[0] == self.choosing and ("selected" in given or not last[1]):
            last[1] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        """Take what stands in a text area."""
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave what was entered."""
        if tag == "textarea" and self.area:
            if self.inside:
                # HTML leaves out the line break that begins a text area.
                name, text = self.area[0], self.area[1].removeprefix("\n")
                self.inside["fields"].append([name, text])
                self.inside["typed"][name] = text
            self.area = None
        if tag == "select":
            self.choosing = ""
        if tag == "form":
            self.inside = None


def read(page: str) -> Reading:
    """Read the forms and the links of a page."""
    reading = Reading()
    reading.feed(page)
    return reading


def route_at(address: str) -> str:
    """Return the name of the route of an address, or nothing."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def forms_of(page: str, address: str, person: str) -> list[Form]:
    """Return the forms of a page that send something to Talka."""
    found = [form for form in read(page).forms if form["method"].lower() == "post"]
    return [_form(form, address, person) for form in found]


def searched_for(page: str) -> set[str]:
    """Return the names of the fields by which a page searches."""
    found = [form for form in read(page).forms if form["method"].lower() == "get"]
    return {name for form in found for name, _value in form["fields"]}


def _form(form: dict[str, Any], address: str, person: str) -> Form:
    target = urljoin(address, form["action"])
    fields = tuple((name, value) for name, value in form["fields"] if name != "csrfmiddlewaretoken")
    shown = (form["typed"], form["chosen"], form["options"])
    return Form(route_at(target), target, person, fields, tuple(form["files"]), *shown)
