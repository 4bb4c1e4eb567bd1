"""Every named world can be made, and stands where its name says."""

import pytest

from talka.demo.worlds import WORLDS, build_world


@pytest.mark.django_db
@pytest.mark.parametrize("name", WORLDS)
def test_the_world_can_be_made(name, now):
    scene = build_world(name, now=now)
    assert scene.cycle.status in ("announced", "closed")
