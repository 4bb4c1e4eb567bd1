"""Suggestions reach whoever maintains a module, and their authors get an answer."""

import pytest

from talka.access.table import may
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry
from talka.learning.actions import (
    MOST_OPEN,
    TooManySuggestions,
    reopen_suggestion,
    set_suggestion_aside,
    suggest_change,
    take_up_suggestion,
)
from talka.learning.models import Module, Suggestion
from talka.letters.models import Letter
from tests.learning.learning_samples import accept, make_cohort, make_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(cleo, now):
    return make_path(cleo, now)[1]["impact"]


def letters():
    return [
        (letter.recipient.name, letter.key)
        for letter in Letter.objects.filter(key__startswith="suggestion").order_by("pk")
    ]


def suggest(module, by, now, text="Say what an indicator is."):
    return suggest_change(module=module, text=text, by=by, now=now)


def test_who_maintains_the_module_is_told_and_else_the_coordinators(module, ada, bo, cleo, now):
    suggest(module, ada, now)
    Module.objects.filter(pk=module.pk).update(maintainer=bo)
    module.refresh_from_db()
    suggest(module, ada, now, "Say it earlier.")
    assert letters() == [("Cleo", "suggestion_made"), ("Bo", "suggestion_made")]


def test_the_letter_does_not_repeat_the_words(module, ada, now):
    suggest(module, ada, now, "Something half-baked")
    assert "half-baked" not in Letter.objects.get(key="suggestion_made").body


def test_the_author_gets_the_answer_with_its_reason(module, ada, cleo, now):
    suggestion = suggest(module, ada, now)
    set_suggestion_aside(suggestion=suggestion, answer="It is in unit 2.", by=cleo, now=now)
    letter = Letter.objects.get(key="suggestion_answered")
    assert (letter.recipient, letter.subject) == (ada, "Your suggestion is set aside: Evaluating impact")
    assert "It is in unit 2." in letter.body


def test_a_suggestion_is_answered_once_and_can_be_opened_again(module, ada, cleo, now):
    suggestion = suggest(module, ada, now)
    take_up_suggestion(suggestion=suggestion, answer="", by=cleo, now=now)
    with pytest.raises(NotAllowed):
        set_suggestion_aside(suggestion=suggestion, answer="No.", by=cleo, now=now)
    reopen_suggestion(suggestion=suggestion, by=cleo, now=now)
    verbs = [entry.verb for entry in Entry.objects.about(suggestion)]
    assert (suggestion.status, verbs) == ("suggested", ["suggest", "adopt", "reopen"])


def test_so_many_may_wait_and_no_more(module, ada, now):
    for number in range(MOST_OPEN):
        suggest(module, ada, now, f"Change line {number}")
    with pytest.raises(TooManySuggestions):
        suggest(module, ada, now, "And this.")
    assert Suggestion.objects.count() == MOST_OPEN


def test_who_takes_part_or_helps_may_suggest_and_who_maintains_may_answer(module, ada, bo, cleo, dan, now):
    cycle = make_cohort(module.programme, cleo, now)
    accept(cycle, ada, now)
    accept(cycle, bo, now, role="designer")
    suggestion = suggest(module, ada, now)
    people = (ada, bo, cleo, dan)
    assert [may(person, "module.suggest", module) for person in people] == [True, True, True, False]
    assert [may(person, "suggestion.answer", suggestion) for person in people] == [
        False,
        False,
        True,
        False,
    ]
    Module.objects.filter(pk=module.pk).update(maintainer=bo)
    suggestion.refresh_from_db()
    assert may(bo, "suggestion.answer", Suggestion.objects.get(pk=suggestion.pk))


def test_a_suggestion_is_seen_by_its_author_and_those_who_answer(module, ada, bo, cleo, dan, now):
    suggest(module, ada, now)
    Module.objects.filter(pk=module.pk).update(maintainer=bo)
    seen = [Suggestion.objects.visible_to(person).count() for person in (ada, bo, cleo, dan)]
    assert seen == [1, 1, 1, 0]
