"""Answers are invented for every kind of question, within the limits that the question sets."""

from datetime import date
from typing import get_args

import pytest

from talka.blueprints.questions import Kind, check_form
from talka.demo.inventing import INVENTORS, Invented, answers_to, draw
from talka.forms.reading import missing_answers

OPTIONS = [{"key": key, "label": key} for key in ("first", "second", "third")]
WHO = Invented(
    seed="Invented community 07 (mentee)",
    community=7,
    topics=(("event_budgets", 1), ("finances", 1)),
    languages=("en", "sk"),
    maturity="developing",
    first_day=date(2027, 5, 1),
    last_day=date(2027, 7, 31),
)


def question(kind, **more):
    """Write a required question of a kind."""
    options = OPTIONS if kind in ("one_of", "several_of") else []
    return {"key": f"q_{kind}", "kind": kind, "label": "What?", "required": True, "options": options} | more


def form_of(*questions):
    """Make a form of questions."""
    return check_form({"sections": [{"title": "All", "questions": list(questions)}]})


def test_every_kind_of_question_is_answered():
    kinds = set(get_args(Kind)) - {"file"}
    assert set(INVENTORS) == kinds
    draft = form_of(*(question(kind) for kind in sorted(kinds)))
    answers = answers_to(draft, WHO)
    assert missing_answers(draft, answers) == []
    assert answers == answers_to(draft, WHO)


@pytest.mark.parametrize(
    ("limits", "allowed"),
    [
        ({}, {1, 2}),
        ({"minimum": 5}, {5, 6}),
        ({"maximum": -3}, {-3}),
        ({"minimum": 4, "maximum": 4}, {4}),
        ({"minimum": 0, "maximum": 9}, {0, 1}),
    ],
)
def test_a_number_lies_within_its_limits(limits, allowed):
    draft = form_of(question("number", **limits))
    found = {answers_to(draft, Invented(**{**WHO.__dict__, "seed": str(n)}))["q_number"] for n in range(20)}
    assert found == allowed


def test_texts_and_rows_are_as_short_as_they_have_to_be():
    draft = form_of(
        question("short", max_length=5),
        question("long", max_length=9),
        question("several_of", most=2),
        question("capacity", most=1),
        question("language", most=1),
    )
    answers = answers_to(draft, WHO)
    assert (len(answers["q_short"]), len(answers["q_long"])) == (5, 9)
    assert answers["q_several_of"] == ["first", "second"]
    assert answers["q_capacity"] == [{"capacity": "event_budgets", "level": 1}]
    assert answers["q_language"] == [{"language": "en", "level": 4}]


def test_a_period_lies_within_the_time_of_visits():
    for n in range(50):
        who = Invented(**{**WHO.__dict__, "seed": str(n)})
        (period,) = answers_to(form_of(question("travel_dates")), who)["q_travel_dates"]
        assert "2027-05-01" <= period["starts_on"] <= period["ends_on"] <= "2027-07-31"


def test_the_maturity_on_record_is_the_one_that_is_stated():
    options = [{"key": key, "label": key} for key in ("established", "developing")]
    draft = form_of(question("one_of", options=options))
    assert answers_to(draft, WHO) == {"q_one_of": "developing"}


def test_a_draw_is_the_same_for_the_same_words_and_differs_for_others():
    assert draw("a", 1, below=1000) == draw("a", 1, below=1000)
    assert len({draw("a", n, below=10**9) for n in range(100)}) == 100
