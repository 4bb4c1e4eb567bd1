"""A cycle whose calls are open, and what a community writes that answers one of them."""

import pytest

from talka.applications.actions import (
    accept_commitments,
    save_application,
    set_goal,
    start_application,
)
from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.capacities.models import Capacity
from talka.programmes.actions import announce_cycle, create_programme

COMMITMENTS = ("plan_first", "bookings_by_staff", "report_in_a_month")
ANSWERS = {
    "profile": "Twelve people who meet every month.",
    "size": "up_to_20",
    "activity": "regular",
    "maturity": "developing",
    "topics": [{"capacity": "event_budgets", "level": 1}],
    "languages": [{"language": "sk", "level": 6}, {"language": "en", "level": 4}],
}
GOAL = {
    "problem": "Our conference ran over its budget twice, because nobody follows the costs.",
    "change": "We plan the next conference with a budget that two of us keep up to date.",
    "evidence": "The costs stay within 5 % of the budget.",
    "by_when": "2027-12-31",
}


@pytest.fixture
def cycle(cleo, now):
    """Return an announced cycle whose calls are open all March of 2027, in Warsaw."""
    programme = create_programme(
        slug="cee", blueprint=shipped()["visit_exchange"], zone="Europe/Warsaw", by=cleo, now=now
    )
    programme.is_published = True
    programme.save()
    for key in ("event_budgets", "fundraising"):
        Capacity.objects.create(key=key, name={"en": key.replace("_", " ").capitalize()})
    found = prepare_cycle(programme=programme, slug="2027", label={"en": "2027"}, year=2027, by=cleo, now=now)
    announce_cycle(cycle=found, by=cleo, now=now)
    return found


@pytest.fixture
def mentee_call(cycle):
    """Return the call to those who want to learn."""
    return cycle.calls.get(role="mentee")


@pytest.fixture
def mentor_call(cycle):
    """Return the call to those who teach."""
    return cycle.calls.get(role="mentor")


def begin(call, account, now):
    """Begin the application of an account's community."""
    return start_application(call=call, community=account.community, by=account, now=now)


def fill_in(application, account, now):
    """Fill in a mentee's application, so that it can be handed in."""
    save_application(application=application, answers=ANSWERS, seen={}, by=account, now=now)
    set_goal(application=application, goal=None, values=GOAL, seen={}, by=account, now=now)
    accept_commitments(application=application, keys=COMMITMENTS, by=account, now=now)
    return application
