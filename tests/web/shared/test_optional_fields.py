"""Which fields of a form the page calls optional."""

import pytest

from talka.blueprints.questions import check_form
from talka.forms.fields import build_form
from talka.web.desk.application_forms import goal_form
from talka.web.office.form_forms import SectionForm
from talka.web.shared.community_search import OfficeSearchForm


def called_optional(form):
    """List the fields of a form that the page marks."""
    return [field.name for field in form if "(optional)" in field.as_field_group()]


def question(key, **more):
    return {"key": key, "kind": "short", "label": {"en": key}, "purpose": {"en": "To test."}, **more}


@pytest.mark.parametrize("is_draft", [True, False])
def test_a_question_that_is_needed_in_the_end_is_not_called_optional(is_draft):
    questions = [question("needed", required=True), question("free")]
    draft = check_form({"sections": [{"title": {"en": "One"}, "questions": questions}]})
    form = build_form(draft, language="en", answers={}, is_draft=is_draft)
    assert called_optional(form) == ["free"]


def test_only_the_first_language_of_a_text_is_asked_for():
    form = SectionForm(languages=["en", "ar"])
    assert called_optional(form) == ["title__ar", "help__en", "help__ar"]


def test_no_part_of_a_goal_is_called_optional():
    assert called_optional(goal_form(None, ())) == []


def test_a_search_does_not_say_at_each_field_that_it_is_optional():
    assert called_optional(OfficeSearchForm()) == []
