"""Talka served as for the other tests in a browser, with nobody in it but the cast."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.management import call_command

from talka.demo.cast import introduce_everybody
from talka.jobs.clock import tick
from tests.browser.conftest import HEIGHT, browser_type_launch_args, collected, database, served

__all__ = ["browser_type_launch_args", "collected", "database", "served"]

# Nothing on these pages takes longer; a step that hangs is told soon.
PATIENCE = 30_000


@dataclass
class World:
    """One browser at which everybody sits down in turn, the clock on the wall, and what went wrong.

    With a browser for each, Chromium would start some processes whenever the next one moves. The mailbox has
    a window of its own: in a tab behind another, Chromium draws once a second, and each click waits for that.
    """

    window: Any
    beside: Any
    clock: Any
    sitting: str = ""
    left: dict[str, Any] = field(default_factory=dict)
    awake: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.window.set_default_timeout(PATIENCE)
        self.beside.set_default_timeout(PATIENCE)
        self.page, self.mailbox = self.window.new_page(), self.beside.new_page()
        self.page.set_viewport_size({"width": 1280, "height": HEIGHT})
        self.page.on("response", self._note)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.sitting}: {error}"))

    def comes_to(self, moment):
        """Move the clock, do what happens by the clock, and end everybody's session by that."""
        self.clock.move_to(moment, tick=True)
        self.awake.clear()
        tick()

    def page_of(self, name):
        """Let somebody sit down: with their own cookies, at the page that they left."""
        if name != self.sitting:
            self.left[self.sitting] = self.window.cookies(), self.page.url.partition("#")[0]
            # What that page still fetches must not be asked for with the cookies of the next person.
            self.page.goto("about:blank")
            self.sitting = name
            self.window.clear_cookies()
            if name in self.left:
                cookies, address = self.left[name]
                self.window.add_cookies(cookies)
                self.page.goto(address)
        return self.page

    def _note(self, answer):
        if answer.status >= 400:
            said = f"{answer.request.method} {answer.url} was answered {answer.status}"
            self.faults.append(f"{self.sitting}: {said}")


@pytest.fixture
def world_with(browser, served, time_machine):
    """Return a function that prepares a world at a moment, and a browser for everybody in it.

    What it leaves is swept away, so that the next journey of the module finds nobody.
    """
    windows = []

    def begin(moment, *, prepare=introduce_everybody, scripts=True):
        time_machine.move_to(moment, tick=True)
        prepare(now=moment)
        window = {"base_url": served, "locale": "en", "java_script_enabled": scripts}
        windows.extend(browser.new_context(**window) for _ in range(2))
        return World(*windows, time_machine)

    yield begin
    for window in windows:
        window.close()
    call_command("flush", interactive=False, verbosity=0)
