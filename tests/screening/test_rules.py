"""The criteria as truth tables, at their boundaries."""

from dataclasses import replace
from datetime import date

import pytest

from talka.screening.rules import (
    Facts,
    Meeting,
    Period,
    Statement,
    Topic,
    developing_or_new_topic,
    established_with_expertise,
    in_region,
    is_a_community,
    says_yes_to,
    took_part_recently,
    without_general_support,
)

TODAY = date(2027, 3, 10)
BUDGETS = Topic("event_budgets", {"en": "Event budgets", "ar": "الميزانيات"}, frozenset({"finances"}))
YOUTH = Topic("youth", {"en": "Youth"}, frozenset({"community"}))
RURITANIA = Facts(
    applicant="Ruritania",
    today=TODAY,
    applied_on=TODAY,
    kind="user_group",
    is_affiliate=True,
    region="cee_ca",
    maturity="developing",
    topics=(BUDGETS,),
)


def asked(rule, params=None, **changes):
    """Ask a rule about Ruritania with some facts changed."""
    ruled = rule(replace(RURITANIA, **changes), **(params or {}))
    return ruled.ruling, ruled.reason.key.removeprefix("screening.")


@pytest.mark.parametrize(
    ("is_community", "expected"),
    [(True, ("pass", "is_a_community")), (False, ("fail", "individual_alone"))],
)
def test_only_a_group_may_apply(is_community, expected):
    assert asked(is_a_community, is_community=is_community) == expected


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("cee_ca", ("pass", "in_region")),
        ("nwe", ("fail", "other_region")),
        ("", ("person", "region_unknown")),
    ],
)
def test_the_region_has_to_be_known_and_one_of_the_programme(region, expected):
    assert asked(in_region, {"regions": ("cee_ca",)}, region=region) == expected


@pytest.mark.parametrize(
    ("grants", "expected"),
    [
        ((), ("person", "general_support_unknown")),
        ((Period(date(2026, 1, 1), date(2027, 3, 9)),), ("pass", "no_general_support")),
        ((Period(date(2026, 1, 1), date(2027, 3, 10)),), ("fail", "general_support")),
        ((Period(date(2027, 3, 10), date(2028, 3, 9)),), ("fail", "general_support")),
        ((Period(date(2027, 3, 11), date(2028, 3, 9)),), ("pass", "no_general_support")),
        ((Period(date(2026, 1, 1)),), ("fail", "general_support")),
        ((Period(date(2020, 1, 1), date(2021, 1, 1)), Period(date(2027, 1, 1))), ("fail", "general_support")),
    ],
)
def test_general_support_counts_on_its_first_and_its_last_day(grants, expected):
    assert asked(without_general_support, grants=grants) == expected


def test_no_record_of_a_grant_means_no_grant_only_where_the_organisers_vouch_for_it():
    assert asked(without_general_support, {"records_complete": True}) == ("pass", "no_general_support")


@pytest.mark.parametrize(
    ("ended_on", "applied_on", "ruling"),
    [
        (date(2024, 3, 10), date(2027, 3, 10), "pass"),
        (date(2024, 3, 9), date(2027, 3, 10), "fail"),
        (date(2024, 2, 29), date(2027, 2, 28), "pass"),
        (date(2024, 2, 29), date(2027, 3, 1), "fail"),
        (date(2025, 2, 28), date(2028, 2, 28), "pass"),
        (date(2025, 2, 28), date(2028, 2, 29), "fail"),
        (date(2025, 3, 1), date(2028, 2, 29), "pass"),
        (date(2027, 3, 10), date(2027, 3, 10), "pass"),
        (date(2027, 3, 11), date(2027, 3, 10), "person"),
    ],
)
def test_a_meeting_counts_for_three_years_to_the_day(ended_on, applied_on, ruling):
    meetings = (Meeting("CEE Meeting", ended_on),)
    params = {"years": 3, "meeting": "CEE Meeting"}
    assert asked(took_part_recently, params, meetings=meetings, applied_on=applied_on)[0] == ruling


def test_the_day_of_applying_counts_not_the_day_of_judging():
    meetings = (Meeting("CEE Meeting 2024", date(2024, 3, 10)),)
    params = {"years": 3, "meeting": "CEE Meeting"}
    found = asked(took_part_recently, params, meetings=meetings, today=date(2027, 6, 1))
    assert found == ("pass", "took_part")


def test_a_meeting_of_another_kind_is_not_asked_about():
    meetings = (Meeting("Wikimania 2026", date(2026, 8, 1)),)
    params = {"years": 3, "meeting": "CEE Meeting"}
    assert asked(took_part_recently, params, meetings=meetings) == ("person", "meetings_unknown")


@pytest.mark.parametrize(
    ("exempt", "is_affiliate", "attended", "expected"),
    [
        (True, True, False, ("pass", "affiliate_route")),
        (True, True, True, ("pass", "affiliate_route")),
        (True, False, True, ("pass", "took_part")),
        (True, False, False, ("person", "meetings_unknown")),
        (False, True, True, ("pass", "took_part")),
        (False, True, False, ("person", "meetings_unknown")),
        (False, False, True, ("pass", "took_part")),
    ],
)
def test_there_are_two_ways_in_and_the_reason_says_which(exempt, is_affiliate, attended, expected):
    meetings = (Meeting("CEE Meeting 2026", date(2026, 9, 20)),) if attended else ()
    params = {"years": 3, "meeting": "CEE Meeting", "affiliates_exempt": exempt}
    found = asked(took_part_recently, params, is_affiliate=is_affiliate, meetings=meetings)
    assert found == expected


@pytest.mark.parametrize(
    ("recorded", "stated", "offers", "expected"),
    [
        ("developing", "", (), ("pass", "developing")),
        ("developing", "developing", (), ("pass", "developing")),
        ("", "developing", (), ("pass", "calls_itself_developing")),
        ("", "", (), ("person", "maturity_unknown")),
        ("developing", "established", (), ("person", "maturity_disagrees")),
        ("established", "developing", (), ("person", "maturity_disagrees")),
        ("established", "established", (), ("person", "established_new_topic")),
        ("established", "", (("youth", 5),), ("person", "established_new_topic")),
        ("established", "", (("event_budgets", 2),), ("person", "established_new_topic")),
        ("established", "", (("event_budgets", 3),), ("fail", "teaches_it_already")),
        ("established", "", (("finances", 4),), ("fail", "teaches_it_already")),
    ],
)
def test_a_learner_is_developing_or_new_to_the_topic(recorded, stated, offers, expected):
    found = asked(developing_or_new_topic, maturity=recorded, stated_maturity=stated, offers=offers)
    assert found == expected


def test_an_established_learner_that_knows_a_part_of_it_is_left_to_a_person_who_reads_which():
    facts = replace(RURITANIA, maturity="established", topics=(BUDGETS, YOUTH), offers=(("youth", 4),))
    ruled = developing_or_new_topic(facts)
    assert (ruled.ruling, ruled.reason.key) == ("person", "screening.partly_expert")
    assert ruled.reason.values == {"applicant": "Ruritania", "topics": {"en": "Youth"}}


def test_an_established_learner_without_a_topic_is_left_to_a_person():
    found = asked(developing_or_new_topic, maturity="established", topics=())
    assert found == ("person", "topics_unknown")


MENTOR = {"kind": "chapter", "maturity": "established", "offers": (("event_budgets", 3),)}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("pass", "expertise")),
        ({"kind": "user_group"}, ("pass", "expertise")),
        ({"kind": "informal"}, ("fail", "not_such_a_kind")),
        ({"kind": "thematic_organisation"}, ("fail", "not_such_a_kind")),
        ({"is_affiliate": False}, ("person", "recognition_ended")),
        ({"maturity": ""}, ("person", "maturity_unknown")),
        ({"maturity": "", "stated_maturity": "established"}, ("person", "maturity_unknown")),
        ({"maturity": "developing"}, ("fail", "not_established")),
        ({"topics": ()}, ("person", "topics_unknown")),
        ({"offers": ()}, ("person", "expertise_unknown")),
        ({"offers": (("event_budgets", 2),)}, ("fail", "no_expertise")),
        ({"offers": (("finances", 3),)}, ("pass", "expertise")),
        ({"topics": (BUDGETS, YOUTH)}, ("person", "expertise_unknown")),
        (
            {"topics": (BUDGETS, YOUTH), "offers": (("event_budgets", 3), ("youth", 1))},
            ("person", "some_expertise"),
        ),
    ],
)
def test_a_mentor_is_established_and_expert_in_the_topic(changes, expected):
    assert asked(established_with_expertise, **{**MENTOR, **changes}) == expected


def test_topics_are_named_in_every_language_that_one_of_them_has():
    facts = replace(RURITANIA, kind="chapter", maturity="established", topics=(BUDGETS, YOUTH))
    values = established_with_expertise(facts).reason.values
    assert values["topics"] == {"en": "Event budgets, Youth", "ar": "الميزانيات، Youth"}


def test_a_fact_that_nobody_recorded_never_passes():
    nothing = Facts(applicant="Ruritania", today=TODAY, applied_on=TODAY)
    rulings = {
        in_region(nothing, regions=("cee_ca",)).ruling,
        without_general_support(nothing).ruling,
        took_part_recently(nothing, years=3, meeting="CEE Meeting", affiliates_exempt=True).ruling,
        developing_or_new_topic(nothing).ruling,
        established_with_expertise(replace(nothing, kind="chapter", is_affiliate=True)).ruling,
    }
    assert rulings == {"person"}


@pytest.mark.parametrize(
    ("is_yes", "expected"),
    [(True, ("pass", "says_yes")), (False, ("fail", "says_no")), (None, ("person", "not_said"))],
)
def test_an_answer_of_the_form_can_be_a_criterion(is_yes, expected):
    said = Statement("ran_programmes", {"en": "Have you run programmes?"}, is_yes)
    assert asked(says_yes_to, {"question": "ran_programmes"}, statements=(said,)) == expected
    assert asked(says_yes_to, {"question": "another"}, statements=(said,)) == ("person", "not_said")
