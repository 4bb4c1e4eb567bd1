"""What is refused: every fault at once, with whom it is about."""

from dataclasses import replace
from datetime import date

import pytest
from engine_parties import ADA, BO, POLICY
from engine_parties import SPRING as START

from talka.matching.engine import (
    Contradiction,
    Party,
    Reason,
    Request,
    Ruling,
    Slot,
    Speaks,
    Topic,
    Trip,
    ask,
    match,
)
from talka.matching.engine.encode.validation import is_language, refuse_nonsense


def faults(*learners: Party, teachers=(BO,), rulings=(), **policy) -> list[tuple[str, dict]]:
    """Return the faults of a request, keys without their beginning."""
    try:
        refuse_nonsense(Request(learners, teachers, replace(POLICY, **policy), rulings))
    except Contradiction as found:
        return [(one.key.removeprefix("matching.fault."), dict(one.values)) for one in found.reasons]
    return []


LONG = "x" * 10_000_000


@pytest.mark.parametrize(
    ("change", "fault", "values"),
    [
        ({"needs": (Topic("events", 0),)}, "topic_range", {"capacity": "events"}),
        ({"needs": (Topic("juggling", 1),)}, "unknown_capacity", {"capacity": "juggling"}),
        ({"languages": (Speaks("en", 7),)}, "language_range", {"code": "en"}),
        ({"languages": (Speaks("xx", 3),)}, "unknown_language", {"code": "xx"}),
        ({"languages": (Speaks("en_GB", 3),)}, "unknown_language", {"code": "en_GB"}),
        ({"places": -1}, "party_range", {}),
        ({"places": 10**18}, "party_range", {}),
        ({"fewest": 3, "places": 2}, "fewest_above_places", {"fewest": 3, "places": 2}),
        ({"windows": ((START, date(2026, 1, 1)),)}, "window_backwards", {}),
        ({"hours": (Slot(0, 1500, 1560),)}, "slot_range", {}),
        ({"hours": (Slot(0, 1320, 1500),)}, "slot_range", {}),
        ({"hours": (Slot(7, 60, 120),)}, "slot_range", {}),
        ({"hours": (Slot(0, 60, 60),)}, "slot_range", {}),
        ({"zone": "Europe/Atlantis"}, "unknown_zone", {"zone": "Europe/Atlantis"}),
        ({"zone": "../../etc/passwd"}, "unknown_zone", {"zone": "../../etc/passwd"}),
        ({"zone": "", "hours": (Slot(0, 60, 120),)}, "no_zone", {}),
        ({"avoids": frozenset({"ada"})}, "avoids_itself", {}),
        ({"avoids": frozenset({"bo"}), "wishes": ("bo",)}, "wishes_whom_it_avoids", {"other": "bo"}),
        ({"country": LONG}, "text_too_long", {"most": 200}),
        ({"earlier": frozenset({LONG})}, "text_too_long", {"most": 200}),
        ({"languages": (Speaks("en", 3),) * 1001}, "too_many", {}),
        ({"needs": (Topic("events", 3),) * 101}, "too_many", {}),
    ],
)
def test_each_fault_of_a_party_is_named_with_its_key(change, fault, values):
    listed = {"capacities": frozenset({"events", "edit-a-thons"}), "languages": frozenset({"en", "pl", "lt"})}
    hours = {"zone": "Europe/Warsaw", **change}
    assert faults(replace(ADA, **hours), **listed) == [(fault, {"key": "ada", **values})]
    assert faults(ADA, **listed) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"hard": ("likes",)}, "unknown_rule"),
        ({"unknown": {"dates_overlap": "maybe"}}, "unknown_verdict"),
        ({"weights": {"topic": 10**9}}, "weight_too_high"),
        ({"weights": {"topic": -1}}, "negative_weight"),
        ({"parents": {"a": "a"}}, "loop_in_tree"),
        ({"understands": {"cs": 3}}, "understanding"),
        ({"understands": {"cs>sk>pl": 3}}, "understanding"),
        ({"understands": {"cs>sk": 9}}, "understanding"),
        ({"zone": "Mars"}, "unknown_zone_of_policy"),
        ({"meeting_minutes": 0}, "meeting_range"),
        ({"meeting_minutes": 361}, "meeting_range"),
        ({"period": None}, "no_period"),
        ({"period": (date(2027, 3, 2), date(2027, 3, 1))}, "period_backwards"),
        ({"period": (date(1, 1, 1), date(1, 1, 2))}, "period_backwards"),
        ({"period": (date(2027, 1, 1), date(2029, 1, 2))}, "period_too_long"),
        ({"travels": {"visit": "the cat"}}, "unknown_traveller"),
        ({"trips": {"PL": Trip(1)}}, "trip_range"),
        ({"trips": {"PL>LT": Trip(-1)}}, "trip_range"),
        ({"highest_cost": 0}, "highest_cost"),
    ],
)
def test_each_fault_of_a_policy_is_named(change, fault):
    assert [key for key, _ in faults(ADA, **change)] == [fault]


def test_two_rows_of_one_key_a_lock_that_is_a_ban_and_the_rest_are_named_together():
    twice = replace(ADA, zone="Nowhere")
    rulings = (Ruling("lock", "ada", "bo"), Ruling("ban", "ada", "bo"))
    assert [key for key, _ in faults(ADA, twice, rulings=rulings, highest_cost=0)] == [
        "highest_cost",
        "lock_and_ban",
        "key_twice",
        "unknown_zone",
    ]


def test_a_key_of_ten_million_letters_is_told_in_short():
    ((key, values),) = faults(replace(ADA, key=LONG))
    assert (key, len(values["key"])) == ("text_too_long", 201)


def test_avoiding_in_a_circle_is_nothing_to_refuse_and_hangs_nothing():
    circle = ("a", "b", "c")
    parties = [
        replace(ADA, key=key, avoids=frozenset({circle[place - 1], circle[(place + 1) % 3]}))
        for place, key in enumerate(circle)
    ]
    request = ask(parties, parties, POLICY)
    refuse_nonsense(request)
    assert match(parties, parties, POLICY).pairs == ()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", True),
        ("be-tarask", True),
        ("sr-ec", True),
        ("zh-Hant-TW", True),
        ("zh-min-nan", True),
        ("roa-tara", True),
        ("simple", True),
        ("es-419", True),
        ("sl-rozaj-biske-1994", True),
        ("de-DE-u-co-phonebk", True),
        ("x-klingon", True),
        ("", False),
        ("e", False),
        ("en-", False),
        ("en--gb", False),
        ("en gb", False),
        ("12", False),
        ("en-x", False),
        ("ėn", False),
    ],
)
def test_a_language_is_a_well_formed_tag(code, expected):
    assert is_language(code) is expected


def test_the_faults_reach_whoever_asks():
    with pytest.raises(Contradiction) as caught:
        match([replace(ADA, zone="Nowhere")], [BO], POLICY)
    assert caught.value.reasons == (Reason("matching.fault.unknown_zone", {"key": "ada", "zone": "Nowhere"}),)
