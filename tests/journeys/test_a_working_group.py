"""A working group from its signature list on the wiki to the report of its year."""

from datetime import UTC, datetime

import pytest

from tests.journeys import signing
from tests.real_input import signature_list

pytestmark = pytest.mark.browser

IN_MARCH = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_the_signature_list_on_the_wiki_becomes_the_roll(world_with):
    signature_list()
    world = world_with(IN_MARCH)
    signing.cleo_founds_the_programme(world)
    signing.nobody_is_on_the_roll(world)
    signing.cleo_pastes_the_list(world)
    signing.cleo_uploads_the_list(world)
    signing.everybody_sees_the_roll(world)
    signing.twice_adds_nobody(world)
    signing.cleo_fills_a_vacant_post(world)
    assert world.faults == []
