"""Somebody whose browser runs no scripts takes part all the same."""

from datetime import UTC, datetime

import pytest

from talka.demo.scene import open_scene
from talka.demo.worlds import build_world
from tests.journeys import applying, visiting
from tests.journeys.hands import as_person, follow, goes_to

pytestmark = pytest.mark.browser

IN_MARCH = datetime(2027, 3, 10, 9, tzinfo=UTC)
FIRST_DAY = datetime(2027, 3, 1, tzinfo=UTC).date()


def a_visit_is_done_and_a_call_is_open(*, now):
    """Make a world in which Ada owes a report, and can apply once more."""
    scene = build_world("visited", now=now)
    open_scene(scene.cycle.programme, scene.everybody, slug="next", label={"en": "Next"}, first_day=FIRST_DAY)


def test_ada_applies_and_reports_without_scripts(world_with):
    world = world_with(IN_MARCH, prepare=a_visit_is_done_and_a_call_is_open, scripts=False)
    page = as_person(world, "ada")
    page.goto("/programmes/peer-learning-exchange/cycles/next/")
    applying.begins_from(page, "Mentee community")
    applying.writes_a_wish(page, applying.WISHES["ada"])
    applying.names_a_partner(page, applying.GRAUSTARK)
    applying.hands_in(page)

    goes_to(page, "My desk")
    follow(page, "Write the report")
    visiting.writes_a_report(page, "Ada", "Publish our budget on the wiki")
    assert world.faults == []
