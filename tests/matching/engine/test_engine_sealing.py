"""Seals: what was sealed before people could say more keeps its seal, and what they say more is sealed."""

from dataclasses import fields, replace

import pytest
from engine_parties import ADA, BO, POLICY

from talka.matching.engine import (
    Party,
    Policy,
    Request,
    Ruling,
    Slot,
    Topic,
    Trip,
    ask,
    pack,
    seal_of,
    unpack,
)
from talka.matching.engine.values import LATER

EARLIER = {
    "learners": [
        {
            "key": "ada",
            "needs": [{"capacity": "edit-a-thons", "level": 1, "priority": 1}],
            "offers": [],
            "languages": [{"code": "en", "level": 3}, {"code": "pl", "level": 6}],
            "windows": [["2027-03-01", "2027-03-10"]],
            "formats": ["mentee_travels"],
            "country": "PL",
            "region": "CEE",
            "places": 1,
            "priority": 2,
            "avoids": [],
            "wishes": [],
            "newcomer": False,
        }
    ],
    "teachers": [
        {
            "key": "bo",
            "needs": [],
            "offers": [{"capacity": "events", "level": 5, "priority": 1}],
            "languages": [{"code": "en", "level": 4}, {"code": "lt", "level": 6}],
            "windows": [["2027-03-06", "2027-03-21"]],
            "formats": [],
            "country": "LT",
            "region": "CEE",
            "places": 1,
            "priority": 2,
            "avoids": [],
            "wishes": [],
            "newcomer": False,
        }
    ],
    "policy": {
        "hard": ["shares_a_topic", "dates_overlap"],
        "weights": {"dates": 1, "topic": 5},
        "unknown": {"dates_overlap": "pass"},
        "minimum_language_level": 3,
        "fewest_days": 1,
        "days_wanted": 5,
        "tie_break_seed": "spring",
        "parents": {"budgets": "finances"},
    },
    "rulings": [{"kind": "ban", "learner": "ada", "teacher": "bo"}],
}
"""A request as it was sealed before hours, near languages, trips and earlier partners."""
SEAL = "9a12e8c024e4159ab030981fb84d44da0edbde9fb5e8dfd2e14d4f12fe16b19f"


def test_a_request_sealed_earlier_is_read_and_keeps_its_seal():
    request = unpack(Request, EARLIER)
    assert request.learners == (ask([ADA], [BO], POLICY).learners[0],)
    assert pack(request) == EARLIER
    assert seal_of(request) == SEAL


MORE = {
    "fewest": 1,
    "hours": (Slot(6, 1320, 60),),
    "zone": "Europe/Warsaw",
    "kind": "chapter",
    "earlier": frozenset({"bo"}),
    "understands": {"cs>sk": 3},
    "period": POLICY.period,
    "meeting_minutes": 90,
    "fewest_meetings": 2,
    "meetings_wanted": 9,
    "travels": {"visit": "learner"},
    "trips": {"PL>LT": Trip(200, visa=True)},
    "highest_cost": 500,
    "capacities": frozenset({"events"}),
    "languages": frozenset({"en", "pl", "lt"}),
}


@pytest.mark.parametrize(
    "name",
    sorted({field.name for kind in (Party, Policy) for field in fields(kind) if LATER in field.metadata}),
)
def test_what_is_said_more_is_sealed_and_read_again(name):
    request = unpack(Request, EARLIER)
    learner, policy = request.learners[0], request.policy
    if name in Party.__dataclass_fields__ and name != "languages":
        learner = replace(learner, **{name: MORE[name]})
    else:
        policy = replace(policy, **{name: MORE[name]})
    changed = ask([learner], request.teachers, policy, request.rulings)
    assert unpack(Request, pack(changed)) == changed
    assert seal_of(changed) != SEAL


def test_the_order_of_hours_says_nothing():
    slots = (Slot(1, 60, 120), Slot(0, 60, 120))
    learner = replace(ADA, needs=(Topic("events", 1),), hours=slots, zone="UTC")
    request = ask([learner], [BO], POLICY, [Ruling("ban", "ada", "bo")])
    turned = replace(learner, hours=tuple(reversed(slots)))
    assert seal_of(request) == seal_of(ask([turned], [BO], POLICY, request.rulings))
