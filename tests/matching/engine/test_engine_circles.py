"""Circles of people: everybody has a language in common, nobody is forgotten, and a lie is found."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine import Party, Policy, Slot, Speaks, Topic, pack, unpack
from talka.matching.engine.circles import (
    Circle,
    CircleOutcome,
    CircleRequest,
    ask_circles,
    best_circle_for,
    check_circles,
    common_languages,
    draw_circles,
    warnings_of,
    why,
)
from tests.thoroughness import examples

KINDLY = settings(max_examples=examples(60), deadline=None, derandomize=True, database=None)
POLICY = Policy(
    hard=(), weights={}, period=(date(2026, 11, 15), date(2027, 5, 14)), parents={"budgets": "money"}
)
EVENINGS = tuple(Slot(day, 18 * 60, 21 * 60) for day in range(5))
GENEROUS = 20.0


def somebody(key, languages=(("en", 5),), **more):
    """Return a party that speaks languages."""
    return Party(key, languages=tuple(Speaks(code, level) for code, level in languages), **more)


def ask(parties, **more):
    """Return a request for circles of four to six."""
    return ask_circles(parties, POLICY, **{"smallest": 4, "largest": 6, **more})


def random_request(seed):
    """Return up to a dozen people of any kind: some speak nothing well, some have said nothing."""
    random = np.random.default_rng(seed)
    zones = ("Europe/Warsaw", "Asia/Kolkata", "America/Bogota")
    parties = [
        somebody(
            f"p{number:02}",
            [
                (str(code), int(random.integers(1, 7)))
                for code in random.choice(["ar", "en", "es"], 2, replace=False)
            ],
            zone=str(random.choice(zones)),
            hours=EVENINGS if random.random() < 0.6 else None,
            needs=tuple(Topic(str(key), int(random.integers(1, 6))) for key in random.choice(list("abc"), 1)),
            region=str(random.choice(["", "ssa", "nwe"])),
            newcomer=bool(random.random() < 0.5),
        )
        for number in range(int(random.integers(0, 12)))
    ]
    return ask(parties)


@KINDLY
@given(st.integers(0, 1 << 30))
def test_everybody_is_in_one_circle_with_a_language_for_all_or_told_why_not(seed):
    request = random_request(seed)
    outcome = draw_circles(request, seconds=GENEROUS)
    assert check_circles(request, outcome) == ()
    assert all(common_languages(circle.members, request) for circle in outcome.circles)
    assert [warnings_of(circle.members, request) for circle in outcome.circles] == [()] * len(outcome.circles)
    assert unpack(CircleOutcome, pack(outcome)) == outcome
    assert unpack(CircleRequest, pack(request)) == request


@KINDLY
@given(st.integers(0, 1 << 30), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(seed, chance):
    request = random_request(seed)
    rows = list(request.parties)
    chance.shuffle(rows)
    assert draw_circles(ask(rows), seconds=GENEROUS) == draw_circles(request, seconds=GENEROUS)


def test_nobody_is_left_out_to_make_a_circle_a_little_better():
    near = [somebody(f"a{number}", zone="UTC", region="ssa") for number in range(5)]
    far = somebody("z", zone="Pacific/Auckland")
    assert draw_circles(ask([*near, far]), seconds=GENEROUS).alone == ()


@pytest.mark.parametrize(
    ("others", "one", "key"),
    [
        (2, somebody("z"), "circles.alone.too_few"),
        (4, somebody("z", [("en", 2)]), "circles.alone.no_language"),
        (4, somebody("z", [("pl", 6)]), "circles.alone.few_speak"),
        (6, somebody("z"), "circles.alone.left_over"),
    ],
)
def test_who_has_no_circle_is_told_the_binding_reason(others, one, key):
    request = ask([*(somebody(f"a{number}") for number in range(others)), one])
    outcome = draw_circles(request, seconds=GENEROUS)
    reasons = {without.reason.key for without in outcome.alone}
    assert reasons == {key}


def test_who_shares_a_language_only_with_some_of_every_circle_is_told_so():
    # Each of four speaks one language with the other, and there is none for four.
    groups = ("ar", "en"), ("en", "es"), ("es", "ar")
    parties = [
        somebody(f"p{place}{twin}", [(code, 5) for code in codes])
        for place, codes in enumerate(groups)
        for twin in range(1)
    ]
    outcome = draw_circles(ask(parties, smallest=3), seconds=GENEROUS)
    assert (outcome.circles, {one.reason.key for one in outcome.alone}) == (
        (),
        {"circles.alone.others_are_placed"},
    )


def test_circles_that_are_kept_stay_and_the_others_are_drawn_around_them():
    parties = [somebody(f"a{number}") for number in range(9)]
    kept = ("a0", "a2", "a4", "a6")
    outcome = draw_circles(ask(parties, kept=[kept]), seconds=GENEROUS)
    assert outcome.circles == (Circle(kept, kept=True), Circle(("a1", "a3", "a5", "a7", "a8")))


def test_why_says_languages_clocks_hours_topics_and_experience():
    parties = [
        somebody(
            "a", [("en", 5), ("fr", 3)], zone="Europe/Warsaw", hours=EVENINGS, needs=(Topic("budgets", 1),)
        ),
        somebody("b", [("en", 4), ("fr", 4)], zone="Africa/Lagos", hours=EVENINGS, newcomer=True),
        somebody("c", [("fr", 6), ("en", 3)], zone="UTC", needs=(Topic("budgets", 4),), newcomer=True),
    ]
    said = [(one.key, dict(one.values)) for one in why(["a", "b", "c"], ask(parties))]
    assert said == [
        ("circles.why.languages", {"codes": ("en", "fr")}),
        ("circles.why.clocks", {"clock_hours": 1}),
        ("circles.why.hours_unknown", {"count": 1, "of": 3}),
        ("circles.why.hours", {"days": 130}),
        ("circles.why.topics", {"topics": ("budgets",)}),
        ("circles.why.returned", {"count": 1, "of": 3}),
        ("circles.why.experience", {}),
    ]


def test_a_circle_made_by_hand_says_what_it_breaks():
    parties = [somebody("a"), somebody("b", [("pl", 6)]), *(somebody(f"c{number}") for number in range(6))]
    request = ask(parties)
    keys = [[one.key for one in warnings_of(members, request)] for members in (["a", "b"], ["a"])]
    assert keys == [
        ["circles.warning.small", "circles.warning.no_language"],
        ["circles.warning.small"],
    ]
    crowd = ["a", *(f"c{number}" for number in range(6))]
    assert [one.key for one in warnings_of(crowd, request)] == ["circles.warning.large"]
    assert best_circle_for("b", request, [crowd]) is None
    assert best_circle_for("a", request, [["b"], ["c0", "c1"]]) == 1


REQUEST = ask([somebody(f"a{number}") for number in range(7)])
OUTCOME = draw_circles(REQUEST, seconds=GENEROUS)


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({}, ()),
        ({"seal": "0" * 64}, ("seal",)),
        ({"alone": ()}, ("forgotten",)),
        ({"score": OUTCOME.score - 1}, ("total",)),
        ({"bound": OUTCOME.score - 1}, ("bound",)),
        ({"circles": (replace(OUTCOME.circles[0], kept=True),)}, ("kept", "total")),
    ],
)
def test_a_lie_about_circles_is_found(change, faults):
    assert check_circles(REQUEST, replace(OUTCOME, **change)) == faults
