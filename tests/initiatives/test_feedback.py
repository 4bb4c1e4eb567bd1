"""Feedback is dated, corrected beside itself, answered, and public by its people's word alone."""

from datetime import date, timedelta

import pytest

from talka.initiatives.actions import (
    Refused,
    answer_feedback,
    correct_feedback,
    give_feedback,
    publish_feedback,
    unpublish_feedback,
)
from talka.initiatives.models import Feedback
from talka.initiatives.queries import feedback_on
from talka.kernel.models import Overtaken
from talka.letters.models import Letter
from tests.databases.conftest import at_once
from tests.initiatives.initiative_samples import join

TEXT = "The goals are clear; who measures them is not."


@pytest.fixture
def feedback(initiative, bo, cleo, now):
    join(initiative, bo, cleo, now, part="helper")
    return give_feedback(initiative=initiative, text=TEXT, on=now.date(), by=bo, now=now)


@pytest.mark.django_db
def test_its_people_get_a_letter_without_the_words(feedback, ada):
    letter = Letter.objects.get(key="feedback_given")
    assert (letter.recipient, letter.subject, TEXT in letter.body) == (
        ada,
        "Feedback on Wikipedia in three schools",
        False,
    )


@pytest.mark.django_db
def test_nothing_is_said_of_a_day_to_come(initiative, bo, now):
    with pytest.raises(Refused):
        give_feedback(initiative=initiative, text=TEXT, on=date(2027, 3, 11), by=bo, now=now)
    assert Feedback.objects.count() == 0


@pytest.mark.django_db
def test_a_correction_stands_beside_what_it_corrects(feedback, initiative, ada, bo, now):
    newer = correct_feedback(feedback=feedback, text="Who measures is clear.", on=now.date(), by=bo, now=now)
    said = feedback_on(initiative, reader=ada, reads_all=True)
    assert [(one.feedback, one.earlier) for one in said] == [(newer, (feedback,))]
    subjects = list(Letter.objects.filter(recipient=ada).order_by("pk").values_list("subject", flat=True))
    assert subjects[-1] == "Corrected feedback on Wikipedia in three schools"


@pytest.mark.django_db
def test_what_was_corrected_is_public_no_longer_and_the_new_text_not_yet(feedback, bo, ada, now):
    publish_feedback(feedback=feedback, by=ada, now=now)
    assert list(Feedback.objects.public()) == [feedback]
    correct_feedback(feedback=feedback, text="New", on=now.date(), by=bo, now=now)
    assert list(Feedback.objects.filter(is_public=True)) == []
    with pytest.raises(Overtaken):
        publish_feedback(feedback=feedback, by=ada, now=now)


@pytest.mark.django_db
def test_its_people_open_it_and_take_it_back(feedback, ada, now):
    publish_feedback(feedback=feedback, by=ada, now=now)
    unpublish_feedback(feedback=feedback, by=ada, now=now)
    assert list(Feedback.objects.public()) == []


@pytest.mark.django_db
def test_others_who_help_read_their_own_words_and_what_is_public(feedback, initiative, bo, dan, now):
    join(initiative, dan, bo, now, part="helper")
    mine = give_feedback(initiative=initiative, text="Mine", on=now.date(), by=dan, now=now)

    def read_by(person):
        return {one.feedback for one in feedback_on(initiative, reader=person, reads_all=False)}

    before = (read_by(bo), read_by(dan))
    publish_feedback(feedback=feedback, by=bo, now=now)
    assert (before, read_by(dan)) == (({feedback}, {mine}), {feedback, mine})


@pytest.mark.django_db
def test_an_answer_reaches_who_wrote_and_the_slower_answer_is_told(feedback, ada, bo, now):
    answer_feedback(feedback=feedback, answer="Eve measures.", version=1, by=ada, now=now)
    letter = Letter.objects.get(key="feedback_answered")
    assert (letter.recipient, "Eve measures." in letter.body) == (bo, True)
    with pytest.raises(Overtaken):
        answer_feedback(feedback=feedback, answer="Finn does.", version=1, by=ada, now=now)
    later = now + timedelta(days=1)
    answer_feedback(feedback=feedback, answer="Finn does.", version=2, by=ada, now=later)
    assert (Feedback.objects.get().answer, Letter.objects.filter(key="feedback_answered").count()) == (
        "Finn does.",
        2,
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_once_one_stands(feedback, bo, now):
    def correct(number):
        return correct_feedback(feedback=feedback, text=f"No {number}", on=now.date(), by=bo, now=now)

    kinds = sorted(type(one).__name__ for one in at_once(2, correct))
    assert (kinds, Feedback.objects.filter(corrects=feedback).count()) == (["Feedback", "Overtaken"], 1)
