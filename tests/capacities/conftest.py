"""The programme that takes requests and offers."""

import pytest

from tests.capacities.asking_world import make_programme


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)
