"""A programme with a cycle, for every test of meetings."""

import pytest

from tests.gatherings.meeting_samples import make_cycle, make_programme


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)


@pytest.fixture
def cycle(programme, cleo, now):
    return make_cycle(programme, cleo, now)
