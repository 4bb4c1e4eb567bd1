"""A cohort of the mentorship, and the pair of Ada and Bo in it."""

import pytest

from tests.reports.mentorship_samples import make_cohort, make_pair


@pytest.fixture
def cohort(cleo, now):
    """Return an announced cohort that Cleo coordinates."""
    return make_cohort(cleo, now)


@pytest.fixture
def pair(cohort, ada, bo):
    """Return a mentorship of Ada with Bo that is under way."""
    return make_pair(cohort, ada, bo)
