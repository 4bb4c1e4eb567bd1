"""A visit exchange from the call to the impact report, as the people in it live through it."""

from datetime import UTC, datetime

import pytest

from tests.journeys import steps

pytestmark = pytest.mark.browser

IN_DECEMBER = datetime(2026, 12, 1, 9, tzinfo=UTC)
WHILE_THE_CALL_IS_OPEN = datetime(2027, 3, 10, 9, tzinfo=UTC)
AFTER_THE_DEADLINE = datetime(2027, 4, 5, 9, tzinfo=UTC)


def test_a_visit_from_the_call_to_the_impact_report(world_with):
    world = world_with(IN_DECEMBER)
    steps.cleo_founds_the_programme(world)
    steps.cleo_opens_a_cycle(world)
    steps.somebody_reads_what_it_is(world)

    world.comes_to(WHILE_THE_CALL_IS_OPEN)
    steps.ada_applies(world)
    steps.eva_and_hugo_apply(world)
    steps.bo_confirms(world)
    steps.bo_and_greta_offer(world)

    world.comes_to(AFTER_THE_DEADLINE)
    steps.the_call_has_closed(world)
    assert world.faults == []
