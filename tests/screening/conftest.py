"""A programme with a cycle, its reviewers, and an application of Ada's community."""

import pytest

from tests.screening.screening_world import make_cycle, make_mentee, make_reviewer


@pytest.fixture
def cycle(cleo):
    """Return a cycle of Cleo's programme."""
    return make_cycle(cleo)


@pytest.fixture
def rita(cycle, cleo):
    """Rita reviews for the programme."""
    return make_reviewer("rita", cycle, cleo)


@pytest.fixture
def rob(cycle, cleo):
    """Rob reviews for the programme, too."""
    return make_reviewer("rob", cycle, cleo)


@pytest.fixture
def application(cycle, ada):
    """Ada's community has handed in an application as mentee."""
    return make_mentee(cycle, ada)
