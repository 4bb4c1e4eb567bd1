"""The rules and parts one by one: near languages, windows day by day, trips, earlier partners."""

from dataclasses import replace
from datetime import timedelta

import pytest
from engine_parties import ADA, BO, POLICY, SPRING
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine import Party, Policy, Reason, Speaks, Trip
from talka.matching.engine.encode.hard import RULES, broken_rules, days_in_common, keeps
from talka.matching.engine.encode.languages import best_talk
from talka.matching.engine.encode.soft import PARTS, score, weigh
from talka.matching.engine.encode.trips import best_trip
from tests.thoroughness import examples

KINDLY = settings(max_examples=examples(600), deadline=None, derandomize=True, database=None)
NEAR = replace(POLICY, understands={"cs>sk": 3, "sk>cs": 4, "da>nb": 2})
CZECH, SLOVAK = Party("a", languages=(Speaks("cs", 6),)), Party("b", languages=(Speaks("sk", 6),))

languages = st.lists(
    st.builds(Speaks, st.sampled_from(("cs", "sk", "da", "nb", "en")), st.integers(0, 6)), max_size=4
).map(tuple)
understandings = st.dictionaries(
    st.sampled_from(("cs>sk", "sk>cs", "da>nb", "nb>da", "en>da")), st.integers(0, 6), max_size=4
)
spans = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), max_size=4).map(
    lambda found: tuple((SPRING + timedelta(days=a), SPRING + timedelta(days=a + n)) for a, n in found)
)


def heard(party: Party, code: str, policy: Policy) -> int:
    """Return the level at which a party understands a language: spoken, or by a native one near to it."""
    levels = {0, *(one.level for one in party.languages if one.code == code)}
    natives = [one.code for one in party.languages if one.level == 6]
    near = {policy.understands.get(f"{native}>{code}", 0) for native in natives}
    return max(levels | near)


@KINDLY
@given(languages, languages, understandings)
def test_two_talk_as_well_as_in_the_best_of_all_pairs_of_languages(mine, yours, understands):
    policy = replace(POLICY, understands=understands)
    learner, teacher = Party("a", languages=mine), Party("b", languages=yours)
    levels = [
        min(
            said.level,
            heard(teacher, said.code, policy),
            answered.level,
            heard(learner, answered.code, policy),
        )
        for said in mine
        for answered in yours
    ]
    talk = best_talk(learner, teacher, policy)
    assert talk.level == max(levels, default=0)
    if talk.level:
        there, here = (talk.learner_speaks, teacher), (talk.teacher_speaks, learner)
        assert all(heard(party, code, policy) >= talk.level for code, party in (there, here))
        assert (talk.level, talk.learner_speaks) == (
            best_talk(teacher, learner, policy).level,
            best_talk(teacher, learner, policy).teacher_speaks,
        )


def test_each_speaks_their_own_and_understands_the_other():
    assert PARTS["language"](CZECH, SLOVAK, NEAR) == (
        500,
        Reason(
            "matching.part.languages_understood", {"learner_speaks": "cs", "teacher_speaks": "sk", "level": 3}
        ),
    )
    assert RULES["common_language"](CZECH, SLOVAK, NEAR) is True
    assert RULES["common_language"](CZECH, SLOVAK, replace(NEAR, minimum_language_level=4)) is False
    assert RULES["common_language"](CZECH, SLOVAK, POLICY) is False


def test_understanding_has_a_direction_and_takes_a_native_speaker():
    danish, norwegian = Party("a", languages=(Speaks("da", 6),)), Party("b", languages=(Speaks("nb", 6),))
    assert best_talk(danish, norwegian, NEAR).level == 0
    learnt = Party("a", languages=(Speaks("cs", 5),))
    assert best_talk(learnt, SLOVAK, NEAR).level == 0


def test_one_language_is_preferred_to_two_that_are_no_better():
    both = (Speaks("en", 3),)
    learner, teacher = (
        replace(CZECH, languages=CZECH.languages + both),
        replace(SLOVAK, languages=SLOVAK.languages + both),
    )
    assert PARTS["language"](learner, teacher, NEAR)[1] == Reason(
        "matching.part.language", {"code": "en", "level": 3}
    )


@KINDLY
@given(spans, spans)
def test_windows_in_common_are_the_days_in_a_row_that_both_have(mine, yours):
    days = [
        {start + timedelta(days=number) for start, end in each for number in range((end - start).days + 1)}
        for each in (mine, yours)
    ]
    both, longest = days[0] & days[1], 0
    for day in both:
        length = 0
        while day + timedelta(days=length) in both:
            length += 1
        longest = max(longest, length)
    assert days_in_common(Party("a", windows=mine), Party("b", windows=yours)) == longest


TRAVELS = {"visit": "learner", "guest": "teacher", "online": "nobody"}
TRIPS = {"PL>LT": Trip(200), "LT>PL": Trip(150, visa=True), "PL>GE": Trip(700)}
JOURNEY = replace(POLICY, travels=TRAVELS, trips=TRIPS, weights={"cost": 2, "visa": 3}, highest_cost=800)


@pytest.mark.parametrize(
    ("formats", "countries", "trip", "cost", "visa"),
    [
        ({"visit"}, "PL LT", Trip(200), (750, "cost"), (1000, "no_visa")),
        ({"guest"}, "PL LT", Trip(150, visa=True), (813, "cost"), (0, "visa")),
        # Of the two the visit loses less: a quarter of two against a visa that counts three.
        ({"visit", "guest"}, "PL LT", Trip(200), (750, "cost"), (1000, "no_visa")),
        ({"online", "visit"}, "PL LT", Trip(0), (1000, "no_cost"), (1000, "no_visa")),
        ({"visit"}, "PL PL", Trip(0), (1000, "no_cost"), (1000, "no_visa")),
        ({"visit"}, "PL GE", Trip(700), (125, "cost"), (1000, "no_visa")),
        ({"guest"}, "PL GE", None, (0, "cost_unknown"), (0, "visa_unknown")),
        ({"visit", "guest"}, "PL GE", Trip(700), (125, "cost"), (1000, "no_visa")),
        ({"by_post"}, "PL LT", None, (0, "cost_unknown"), (0, "visa_unknown")),
        (set(), "PL LT", Trip(0), (1000, "no_cost"), (1000, "no_visa")),
    ],
)
def test_who_travels_follows_from_the_format(formats, countries, trip, cost, visa):
    here, there = countries.split()
    learner = Party("a", formats=frozenset(formats), country=here)
    teacher = Party("b", country=there)
    assert best_trip(learner, teacher, JOURNEY) == trip
    for part, (fit, key) in (("cost", cost), ("visa", visa)):
        found, reason = PARTS[part](learner, teacher, JOURNEY)
        assert (found, reason.key) == (fit, f"matching.part.{key}")


def test_a_country_that_is_not_known_makes_the_trip_unknown():
    visit = Party("a", formats=frozenset({"visit"}), country="PL")
    assert best_trip(visit, Party("b"), JOURNEY) is None


@pytest.mark.parametrize(("one", "other"), [({"b"}, set()), (set(), {"a"}), ({"b"}, {"a"})])
def test_earlier_partners_are_known_from_either_side(one, other):
    learner, teacher = Party("a", earlier=frozenset(one)), Party("b", earlier=frozenset(other))
    assert RULES["not_repeated"](learner, teacher, POLICY) is False
    assert PARTS["fresh"](learner, teacher, POLICY) == (0, Reason("matching.part.together_before"))
    assert PARTS["fresh"](learner, Party("c"), POLICY) == (1000, Reason("matching.part.fresh"))


def test_every_part_can_be_weighed_and_every_rule_kept():
    policy = replace(POLICY, weights=dict.fromkeys(PARTS, 1))
    parts = weigh(ADA, BO, policy)
    assert [part.name for part in parts] == sorted(PARTS)
    assert score(ADA, BO, policy) == sum(part.points for part in parts)
    assert broken_rules(ADA, BO, replace(policy, unknown={})) == ("hours_overlap",)
    assert keeps("hours_overlap", ADA, BO, policy)
