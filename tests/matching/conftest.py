"""A small cycle: Ada's community and Eva's want to learn; Bo's and Fay's can teach."""

import pytest

from tests.matching.matching_world import make_world


@pytest.fixture
def world(ada, bo, cleo, now):
    """Return the cycle, its four accepted applications, and everybody who acts in them."""
    return make_world(ada, bo, cleo, now)
