"""Forms: what a question may be, and every mistake in a form at once."""

import pytest
from blueprint_samples import small_form
from pydantic import ValidationError

from talka.blueprints.mistakes import Mistakes
from talka.blueprints.questions import check_form


def form(**question):
    data = small_form()
    data["sections"][0]["questions"] = [{"key": "q", "kind": "short", "label": "Why?", **question}]
    return data


def mistakes_in(data):
    with pytest.raises(Mistakes) as caught:
        check_form(data)
    return {
        (mistake.path.removeprefix("sections.0.questions."), mistake.reason.key.removeprefix("blueprint."))
        for mistake in caught.value.all
    }


def options(*keys):
    return [{"key": key, "label": key} for key in keys]


def test_a_question_has_quiet_defaults():
    (question,) = check_form(form()).questions
    assert question.model_dump() == {
        "key": "q",
        "kind": "short",
        "label": {"en": "Why?"},
        "help": {},
        "purpose": {},
        "required": False,
        "required_after": None,
        "freeze_after": None,
        "audience": ("applicant", "reviewer"),
        "delete_after_days": None,
        "options": (),
        "max_length": None,
        "minimum": None,
        "maximum": None,
        "most": None,
    }


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ({"kind": "essay"}, ("0.kind", "literal_error")),
        ({"key": "Not a key"}, ("0.key", "not_a_key")),
        ({"key": "a" * 41}, ("0.key", "not_a_key")),
        ({"kind": "one_of"}, ("0.options", "too_few_options")),
        ({"kind": "several_of", "options": options("a")}, ("0.options", "too_few_options")),
        ({"kind": "several_of", "options": options("a", "a")}, ("0.options.1.key", "twice")),
        ({"kind": "several_of", "options": options("a", "b"), "most": 3}, ("0.most", "more_than_options")),
        ({"options": options("a", "b")}, ("0.options", "no_options_here")),
        ({"minimum": 1}, ("0.minimum", "not_for_this_kind")),
        ({"kind": "date", "max_length": 9}, ("0.max_length", "not_for_this_kind")),
        ({"most": 2}, ("0.most", "not_for_this_kind")),
        ({"kind": "number", "minimum": 3, "maximum": 2}, ("0.maximum", "ends_before_start")),
        ({"audience": ["everyone"]}, ("0.audience.0", "literal_error")),
        ({"audience": ["public", "public"]}, ("0.audience.1", "twice")),
        ({"delete_after_days": -1}, ("0.delete_after_days", "greater_than_equal")),
    ],
)
def test_a_wrong_question_is_told_where_it_is_wrong(question, told):
    assert mistakes_in(form(**question)) == {told}


def test_every_mistake_in_a_form_is_told_at_once():
    data = small_form()
    data["sections"].append({"title": {}, "questions": [{"key": "who", "kind": "several_of", "most": 2}]})
    data["sections"][0]["questions"][0]["help"] = {"ar": ""}
    assert mistakes_in(data) == {
        ("0.help.ar", "empty_text"),
        ("sections.1.title", "empty_words"),
        ("sections.1.questions.0.label", "missing"),
        ("sections.1.questions.0.options", "too_few_options"),
        ("sections.1.questions.0.key", "twice"),
    }


def test_lines_from_a_browser_are_the_same_text():
    (question,) = check_form(form(label="  One\r\nTwo ")).questions
    assert question.label == {"en": "One\nTwo"}


def test_a_form_without_questions_is_a_mistake():
    assert mistakes_in({"sections": []}) == {("sections", "too_short")}


def test_a_checked_form_cannot_be_changed():
    with pytest.raises(ValidationError):
        check_form(form()).questions[0].required = True


def test_a_form_survives_a_round_trip():
    checked = check_form(small_form())
    assert check_form(checked.model_dump(mode="json")) == checked
