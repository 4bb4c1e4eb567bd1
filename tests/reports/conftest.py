"""What the tests of reports share."""

import pytest

from tests.reports.report_samples import make_cycle


@pytest.fixture
def cycle(cleo, now):
    """Return an announced cycle that Cleo coordinates."""
    return make_cycle(cleo, now)
