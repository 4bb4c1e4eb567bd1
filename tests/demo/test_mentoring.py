"""The pairs of a demonstrated cohort: what `lead_pairs` makes of them."""

import pytest

from talka.demo.mentoring import LIVES, lead_pairs
from talka.exchanges.models import Exchange
from talka.exchanges.queries.cohorts import pairs_of
from tests.conftest import make_account
from tests.exchanges.mentorship_samples import make_cohort, make_pair

pytestmark = pytest.mark.django_db


def test_a_cohort_stands_in_the_middle_of_its_way_and_is_led_once(cleo, now):
    cycle = make_cohort(cleo, now)
    for number in range(len(LIVES)):
        mentee, mentor = (make_account(f"{who} {number}") for who in ("mentee", "mentor"))
        make_pair(cycle, mentee, mentor, now)
    lead_pairs(cycle, now)
    pairs = pairs_of(cycle, today=now.date())
    found = [(pair.exchange.status, pair.step, pair.is_unhappy) for pair in pairs]
    assert found == [
        ("underway", "", False),
        ("underway", "", False),
        ("underway", "warn", False),
        ("underway", "", True),
        ("paused", "", False),
        ("underway", "", False),
        ("planning", "", False),
        ("underway", "", False),
    ]
    assert [pair.hours.confirmed > 0 for pair in pairs].count(False) == 1
    lead_pairs(cycle, now)
    again = [pair.hours.by_status for pair in pairs_of(cycle, today=now.date())]
    assert again == [pair.hours.by_status for pair in pairs]
    assert Exchange.objects.count() == len(LIVES)
