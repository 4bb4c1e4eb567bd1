"""An application with everything in it that not everybody may see."""

import pytest

from talka.screening.actions import (
    judge_application,
    prepare_decision,
    save_review,
    submit_review,
)
from tests.conftest import NOW
from tests.screening.screening_world import (
    FULL,
    SECRET,
    make_cycle,
    make_mentee,
    make_reviewer,
)


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
    """Rob reviews too, and declared a conflict about Ada's application."""
    return make_reviewer("rob", cycle, cleo)


@pytest.fixture
def application(cycle, ada, cleo, rita):
    """Ada's application: judged, reviewed by Rita, with a prepared decision that nobody else may see."""
    made = make_mentee(cycle, ada)
    judge_application(application=made, by=None, now=NOW)
    review = save_review(application=made, scores=FULL, comment="CNRY-review", version=0, by=rita, now=NOW)
    submit_review(review=review, by=rita, now=NOW)
    prepare_decision(application=made, outcome="decline", note=SECRET, by=cleo, now=NOW)
    return made
