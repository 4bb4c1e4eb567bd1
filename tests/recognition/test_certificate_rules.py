"""What is asked for a certificate, at its edges; each condition says why."""

from datetime import date

import pytest

from talka.blueprints.exchanges import Certificate
from talka.exchanges.rules.hours import in_hours
from talka.kernel.speech import speak
from talka.recognition.rules import Facts, fill, judge, seal_of

NAMES = {"midpoint": {"en": "Mid-point evaluation"}}
ALL = {"confirmed_minutes": 18 * 60, "goals": 3, "goals_judged": 3, "goals_reached": 3, "is_over": True}


def asked(**changed):
    words = {"title": {"en": "Certificate"}, "text": {"en": "has completed it."}}
    return Certificate(**{"role": "mentee", "hours_min": 18, **words, **changed})


def verdict(rule=None, **changed):
    return judge(Facts(**{**ALL, **changed}), rule or asked(), NAMES)


def missing(rule=None, **changed):
    return [one.key for one in verdict(rule, **changed).missing]


def words(rule=None, **changed):
    return [
        (speak(one.reason), speak(one.help) if one.help else "") for one in verdict(rule, **changed).missing
    ]


@pytest.mark.parametrize(
    ("minutes", "lacks"),
    [(17 * 60 + 55, ["hours"]), (17 * 60 + 59, ["hours"]), (18 * 60, []), (18 * 60 + 1, []), (24 * 60, [])],
)
def test_hours_are_there_from_the_last_minute_on(minutes, lacks):
    assert missing(confirmed_minutes=minutes) == lacks


@pytest.mark.parametrize(
    ("goals", "judged", "reached", "lacks"),
    [(3, 3, 3, []), (3, 3, 2, ["goals"]), (3, 2, 2, ["goals"]), (0, 0, 0, ["goals"]), (1, 1, 1, [])],
)
def test_all_goals_have_to_be_reached_and_there_has_to_be_one(goals, judged, reached, lacks):
    assert missing(goals=goals, goals_judged=judged, goals_reached=reached) == lacks


@pytest.mark.parametrize(
    ("needed", "attended", "lacks"),
    [
        (0, 0, []),
        (0, 2, []),
        (2, 0, ["led_check_ins"]),
        (2, 1, ["led_check_ins"]),
        (2, 2, []),
        (2, 3, []),
    ],
)
def test_led_check_ins_are_a_switch(needed, attended, lacks):
    assert missing(asked(led_check_ins_min=needed), led_check_ins=attended) == lacks


@pytest.mark.parametrize(("answered", "lacks"), [((), ["evaluation_midpoint"]), (("midpoint",), [])])
def test_evaluations_are_asked_for_where_they_are_named(answered, lacks):
    assert missing(asked(evaluations=("midpoint",)), evaluations=frozenset(answered)) == lacks
    assert missing(evaluations=frozenset(answered)) == []


def test_a_condition_that_is_switched_off_is_not_shown():
    rule = asked(hours_min=0, goals_met=False)
    assert [one.key for one in verdict(rule, confirmed_minutes=0, goals=0).conditions] == ["end"]


@pytest.mark.parametrize(("last_day", "reason"), [(date(2028, 5, 19), "not_over"), (None, "not_begun")])
def test_a_mentorship_has_to_be_over(last_day, reason):
    found = verdict(is_over=False, last_day=last_day).missing
    assert [one.reason.key for one in found] == [f"recognition.{reason}"]


def test_everything_that_is_missing_is_said_at_once_in_order():
    rule = asked(led_check_ins_min=2, evaluations=("midpoint",))
    lacks = missing(rule, confirmed_minutes=0, goals_reached=0, is_over=False)
    assert lacks == ["hours", "goals", "led_check_ins", "evaluation_midpoint", "end"]


def test_reasons_say_how_much_is_missing_and_what_would_help():
    assert words(confirmed_minutes=17 * 60, waiting_minutes=0) == [
        (
            "17 of 18 hours are confirmed: 1 missing.",
            "Write down what you worked together, and let the other side confirm it.",
        )
    ]
    assert words(confirmed_minutes=17 * 60 + 55, waiting_minutes=5) == [
        (
            "17:55 of 18 hours are confirmed: 0:05 missing.",
            "Hours that still wait for a yes of the other side: 0:05. With them it is enough.",
        )
    ]
    assert words(confirmed_minutes=60, waiting_minutes=90)[0][1] == (
        "Hours that still wait for a yes of the other side: 1:30. Write down the others that you worked."
    )
    assert words(goals_reached=2, goals_judged=2) == [
        (
            "Both sides say that they are reached: 2 of 3 goals.",
            "Not every goal was looked at by both sides yet: say what came of each.",
        )
    ]
    assert words(asked(evaluations=("midpoint",)))[0][0] == "Mid-point evaluation: not handed in."
    assert words(is_over=False, last_day=date(2028, 5, 19))[0][0] == (
        "The mentorship is not over: its last day is 19 May 2028."
    )


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0"), (5, "0:05"), (60, "1"), (1075, "17:55"), (1080, "18")]
)
def test_hours_are_written_short(minutes, said):
    assert in_hours(minutes) == said


def test_a_seal_knows_no_order_and_every_letter():
    assert seal_of({"a": 1, "b": ["é"]}) == seal_of({"b": ["é"], "a": 1})
    assert seal_of({"a": 1}) != seal_of({"a": 2})


def test_values_are_put_into_a_text_once():
    values = {"name": "%(address)s", "programme": "P", "cycle": "C", "hours": "18", "address": "A"}
    assert fill("100% %(name)s %(nobody)s, %(address)s", values) == "100% %(address)s %(nobody)s, A"
