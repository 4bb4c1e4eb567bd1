"""Talka served as in production, a Chromium, and pages opened as somebody.

Tests in this folder share one database and one browser a module, and do not ask for `db`: what they
write is committed, as the server has to see it, and swept away after the module.
"""

import os
import shutil
import socket
from contextlib import contextmanager

# Playwright runs a loop in the thread of the tests, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection, connections
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread
from django.test.utils import setup_databases, teardown_databases

from tests.browser.inspection import watch

# The one without windows is the same engine, and takes a third less time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHT = 800


def pytest_collection_modifyitems(items):
    """Mark what is in this folder."""
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Start Debian's Chromium, which speaks to nobody by itself."""
    if not CHROMIUM:
        pytest.skip("Chromium is missing")
    return {"executable_path": CHROMIUM, "args": SWITCHES}


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """Collect the static files as they are served in production: with hashes, and compressed."""
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    changed = {
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
        "STORAGES": {**settings.STORAGES, "staticfiles": {"BACKEND": backend}},
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_USE_FINDERS": False,
    }
    with override_settings(**changed):
        call_command("collectstatic", interactive=False, verbosity=0)
    return changed


@pytest.fixture(scope="session")
def database(django_db_setup, django_db_blocker):
    """Make the test database even when nobody else asks for it: pytest-django counts only `db`."""
    if connection.settings_dict["NAME"] == connection.settings_dict["TEST"]["NAME"]:
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


class PromptServer(ThreadedWSGIServer):
    """Django's server, which would send an answer in two parts and wait 40 ms between them."""

    def get_request(self):
        """Take a connection on which nothing is held back (Nagle's algorithm)."""
        taken, address = super().get_request()
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return taken, address


class PromptThread(LiveServerThread):
    """A thread in which the prompt server serves."""

    server_class = PromptServer


@contextmanager
def serving():
    """Serve Talka in a thread, static files by its own middleware, and yield the address."""
    thread = PromptThread("127.0.0.1", lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()


@pytest.fixture(scope="module")
def served(collected, database, django_db_blocker, tmp_path_factory):
    """Serve an empty Talka, with a folder of its own for files, to one module; yield its address."""
    own = {**collected, "MEDIA_ROOT": tmp_path_factory.mktemp("files")}
    with django_db_blocker.unblock(), override_settings(**own):
        try:
            with serving() as address:
                yield address
        finally:
            call_command("flush", interactive=False, verbosity=0)
            connections.close_all()


@pytest.fixture(scope="module")
def page_as(browser, served):
    """Return a function that gives somebody, or nobody, their page: page_as(ada).goto("/desk/")

    Each reader keeps one page, with its cache and cookies: for every new one Chromium starts a process.
    """
    pages = {}

    def give(account=None, *, scheme="light", language="en", width=1280):
        key = (account and account.pk, language)
        if key not in pages:
            context = browser.new_context(base_url=served, locale=language)
            context.add_cookies(cookies(served, account, language))
            pages[key] = context.new_page()
        pages[key].emulate_media(color_scheme=scheme)
        pages[key].set_viewport_size({"width": width, "height": HEIGHT})
        return pages[key]

    yield give
    for page in pages.values():
        page.context.close()


def cookies(address, account, language):
    """Return the cookies of somebody who signed in, or of a stranger, and who chose a language."""
    values = {settings.LANGUAGE_COOKIE_NAME: language}
    if account:
        client = Client()
        client.force_login(account)
        values[settings.SESSION_COOKIE_NAME] = client.session.session_key
    return [{"name": name, "value": value, "url": address} for name, value in values.items()]


@pytest.fixture(scope="module")
def seen_on():
    """Return a function that tells what a page asks for and says from now on."""
    watched = {}

    def begin(page):
        if page not in watched:
            watched[page] = watch(page)
        watched[page].forget()
        return watched[page]

    return begin
