"""What the tests of initiatives share."""

import pytest

from tests.initiatives.initiative_samples import make_initiative, make_programme


@pytest.fixture
def programme(cleo, now):
    """Return the mentorship that Cleo runs."""
    return make_programme(cleo, now)


@pytest.fixture
def initiative(programme, ada, now):
    """Return Ada's own initiative, which is not published."""
    return make_initiative(ada, now, programme=programme)
