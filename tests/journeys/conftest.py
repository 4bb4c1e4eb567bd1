"""Talka served as for the other tests in a browser, with nobody in it but the cast."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from talka.demo.cast import introduce_everybody
from talka.jobs.clock import tick
from tests.browser.conftest import HEIGHT, browser_type_launch_args, collected, database, served

__all__ = ["browser_type_launch_args", "collected", "database", "served"]

# Nothing on these pages takes longer; a step that hangs is told soon.
PATIENCE = 8_000


@dataclass
class World:
    """Everybody's browser, the clock on the wall, and what went wrong on the way."""

    browser: Any
    address: str
    clock: Any
    scripts: bool = True
    pages: dict[str, Any] = field(default_factory=dict)
    awake: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def comes_to(self, moment):
        """Move the clock, do what happens by the clock, and end everybody's session by that."""
        self.clock.move_to(moment, tick=True)
        self.awake.clear()
        tick()

    def page_of(self, name):
        """Return somebody's page: a browser of their own."""
        if name not in self.pages:
            context = self.browser.new_context(
                base_url=self.address, locale="en", java_script_enabled=self.scripts
            )
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.set_viewport_size({"width": 1280, "height": HEIGHT})
            page.on("response", lambda answer: self._note(name, answer))
            page.on("pageerror", lambda error: self.faults.append(f"{name}: {error}"))
            self.pages[name] = page
        return self.pages[name]

    def _note(self, name, answer):
        if answer.status >= 400:
            self.faults.append(f"{name}: {answer.request.method} {answer.url} was answered {answer.status}")


@pytest.fixture
def world_with(browser, served, time_machine):
    """Return a function that prepares a world at a moment, and gives everybody a browser of their own."""
    made = []

    def begin(moment, *, prepare=introduce_everybody, scripts=True):
        time_machine.move_to(moment, tick=True)
        prepare(now=moment)
        made.append(World(browser, served, time_machine, scripts))
        return made[0]

    yield begin
    for world in made:
        for page in world.pages.values():
            page.context.close()
