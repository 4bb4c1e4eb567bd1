"""Forms as their pages carry them, token and all, sent as a browser would that presses the button."""

from typing import NamedTuple
from urllib.parse import urljoin

from django.test import Client

from tests.access import forms_found

GUARD = "talka.web.shared.answered_once.answered_once"


class Rendered(NamedTuple):
    """A form of a page that was opened, filled in, and not yet sent."""

    client: Client
    page: str
    address: str
    fields: dict

    def send(self, **more):
        """Send it, whether it was sent before or not; files are made anew for each sending."""
        made = {name: value() if callable(value) else value for name, value in self.fields.items()}
        return self.client.post(
            self.address, made | more, headers={"Referer": f"http://testserver{self.page}"}
        )


def browser_of(account=None):
    """Return a client for which tokens count, signed in as somebody or as nobody."""
    client = Client(enforce_csrf_checks=True)
    if account:
        client.force_login(account)
    return client


def open_form(client, page, route, **words):
    """Open a page and fill in its form to a route. A field without a value is left out."""
    forms = [
        form
        for form in forms_found.read(client.get(page).text).forms
        if form["method"].lower() == "post" and forms_found.route_at(urljoin(page, form["action"])) == route
    ]
    assert forms, f"{page} has no form to {route}"
    filled = dict(forms[0]["fields"]) | words
    fields = {name: value for name, value in filled.items() if value is not None}
    return Rendered(client, page, urljoin(page, forms[0]["action"]), fields)


def without_guard(settings):
    """Take the guard away, as a control: what it prevents has to happen without it."""
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != GUARD]
