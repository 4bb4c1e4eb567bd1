"""An exchange between Ada's community and Bo's, coordinated by Cleo."""

import pytest

from tests.exchanges.circle_samples import make_circle
from tests.exchanges.exchange_samples import make_approved, make_exchange


@pytest.fixture
def exchange(ada, bo, cleo, now):
    """Return an exchange that has just begun: Ada's community travels."""
    return make_exchange(ada, bo, cleo, now)


@pytest.fixture
def approved(exchange, ada, bo, cleo, now):
    """Return the same exchange with an approved plan."""
    return make_approved(exchange, ada, bo, cleo, now)


@pytest.fixture
def circle(ada, bo, cleo, now):
    """Return a circle that has just begun: Ada, Bo and two others."""
    return make_circle(ada, bo, cleo, now)
