"""A form whose words are not all in the reader's language."""

import pytest
from django.utils import translation

from talka.blueprints.questions import check_form
from talka.forms.fields import build_form
from talka.forms.reading import draft_answers_for
from talka.kernel.speech import marked

FALLEN_BACK = '<span lang="en" dir="ltr">{}</span> <span class="talka-fallback">(الإنجليزية)</span>'
WAY = {
    "key": "way",
    "kind": "one_of",
    "label": "Which way <there>?",
    "help": {"en": "Either will do.", "ar": "كلاهما مناسب."},
    "purpose": "To book.",
    "options": [
        {"key": "left", "label": "Left"},
        {"key": "right", "label": {"en": "Right", "ar": "يمين"}},
    ],
}
DRAFT = check_form({"sections": [{"title": "The road", "help": "In short.", "questions": [WAY]}]})


@pytest.fixture
def drawn():
    """Return a function that draws the form in a language."""

    def draw(language):
        with translation.override(language):
            form = build_form(DRAFT, language=language, answers={})
            ((title, help, (field,)),) = form.sections()
            return marked(title), marked(help), field.as_field_group()

    return draw


def test_what_falls_back_is_marked_with_its_language_and_direction(drawn):
    title, help, field = drawn("ar")
    assert (title, help) == (FALLEN_BACK.format("The road"), FALLEN_BACK.format("In short."))
    shown = ("Which way &lt;there&gt;?", "To book.", "Left")
    assert [field.count(FALLEN_BACK.format(text)) for text in shown] == [1, 1, 1]
    assert (field.count("talka-fallback"), field.count(">يمين<"), field.count("كلاهما مناسب.")) == (3, 1, 1)


def test_in_its_own_language_nothing_is_marked(drawn):
    title, help, field = drawn("en")
    assert (title, help) == ("The road", "In short.")
    assert (field.count("talka-fallback"), field.count("lang=")) == (0, 0)


def test_a_chosen_option_that_falls_back_is_marked_where_it_is_read():
    read = {}
    for choice in ("left", "right"):
        with translation.override("ar"):
            (section,) = draft_answers_for(DRAFT, {"way": choice}, audience="applicant", language="ar")
            read[choice] = [marked(line) for line in section.answers[0].lines]
    assert read == {"left": [FALLEN_BACK.format("Left")], "right": ["يمين"]}


def test_in_a_message_a_label_is_only_its_words():
    with translation.override("ar"):
        form = build_form(DRAFT, language="ar", answers={}, is_draft=False, data={"way": "up"})
    assert f"{form['way'].label}" == "Which way <there>?"
