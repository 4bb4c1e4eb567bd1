"""Lessons: written for the circle, published by their authors alone, and shown to coordinators when asked."""

from datetime import date, timedelta

import pytest

from talka.exchanges.actions import (
    edit_lesson,
    leave_circle,
    publish_lesson,
    raise_concern,
    remove_lesson,
    remove_reply,
    reply_to_lesson,
    settle_concern,
    take_back_lesson,
)
from talka.exchanges.models import Lesson
from talka.exchanges.queries.circles import lessons_published_between, library_of
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.letters.models import Letter
from talka.privacy.erasure import erase_person
from tests.exchanges.circle_samples import write

pytestmark = pytest.mark.django_db
CHANGED = {
    "kind": "failure",
    "title": "It failed",
    "text": "",
    "capacity": None,
    "language": "pl",
    "country": "PL",
}


def seen_by(*accounts):
    """Count the lessons that each of them may see."""
    return [Lesson.objects.visible_to(account).count() for account in accounts]


@pytest.fixture
def lesson(circle, ada, now):
    """Return a lesson that Ada wrote for her circle."""
    return write(circle, ada, now)


def publish(lesson, ada, now, *, named=True):
    """Let Ada publish it."""
    return publish_lesson(lesson=lesson, shows_author=named, version=lesson.version, by=ada, now=now)


def test_a_lesson_is_the_circle_s_until_its_author_publishes_it(lesson, ada, bo, cleo, dan, now):
    assert seen_by(ada, bo, cleo, dan) == [1, 1, 0, 0]
    lesson = publish(lesson, ada, now)
    assert seen_by(ada, bo, cleo, dan) == [1, 1, 1, 1]
    take_back_lesson(lesson=lesson, by=ada, now=now)
    assert seen_by(ada, bo, cleo, dan) == [1, 1, 0, 0]


def test_who_has_left_reads_only_what_is_their_own(lesson, circle, ada, bo, now):
    theirs = write(circle, bo, now)
    leave_circle(circle=circle, seat=circle.match.seats.get(application__person=bo), by=bo, now=now)
    assert list(Lesson.objects.visible_to(bo)) == [theirs]


def test_a_question_is_told_to_the_others(circle, ada, now):
    write(circle, ada, now, kind="question", title="What do you call it?")
    told = Letter.objects.filter(key="circle_question").values_list("recipient__name", flat=True)
    assert sorted(told) == ["Bo", "Peer-01", "Peer-02"]


def test_an_answer_is_told_to_the_author_and_can_be_taken_away(lesson, ada, bo, now):
    reply = reply_to_lesson(lesson=lesson, text="Thanks", by=bo, now=now)
    reply_to_lesson(lesson=lesson, text="You are welcome", by=ada, now=now)
    assert list(Letter.objects.filter(key="lesson_replied").values_list("recipient__name", flat=True)) == [
        "Ada"
    ]
    for _again in range(2):
        remove_reply(reply=reply, by=bo, now=now)
    assert list(lesson.replies.values_list("text", flat=True)) == ["You are welcome"]


def test_the_slower_of_two_tabs_neither_saves_nor_publishes(lesson, ada, now):
    edit_lesson(lesson=lesson, values=CHANGED, version=1, by=ada, now=now)
    with pytest.raises(Overtaken):
        edit_lesson(lesson=lesson, values={**CHANGED, "title": "Other"}, version=1, by=ada, now=now)
    with pytest.raises(Overtaken):
        publish_lesson(lesson=lesson, shows_author=True, version=1, by=ada, now=now)
    lesson.refresh_from_db()
    assert (lesson.title, lesson.status, lesson.version) == ("It failed", "shared", 2)


def test_the_name_is_shown_only_where_its_author_said_so(lesson, ada, now):
    lesson = publish(lesson, ada, now)
    assert lesson.named_author == "Ada"
    lesson = publish(lesson, ada, now + timedelta(days=1), named=False)
    assert (lesson.named_author, lesson.published_at) == ("", now)


def test_what_is_removed_leaves_no_word_behind(lesson, ada, bo, now):
    lesson = publish(lesson, ada, now)
    reply_to_lesson(lesson=lesson, text="Thanks", by=bo, now=now)
    remove_lesson(lesson=lesson, by=ada, now=now)
    lesson.refresh_from_db()
    assert (lesson.status, lesson.title, lesson.text, lesson.replies.count()) == ("removed", "", "", 0)
    assert seen_by(ada, bo) == [0, 0]
    for act in (
        lambda: publish(lesson, ada, now),
        lambda: reply_to_lesson(lesson=lesson, text="x", by=bo, now=now),
        lambda: remove_lesson(lesson=lesson, by=ada, now=now),
        lambda: raise_concern(lesson=lesson, words="x", by=bo, now=now),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_coordinators_read_what_they_are_asked_to_look_at_until_they_settle_it(lesson, bo, cleo, now):
    shown = Lesson.objects.shown_to_office
    assert shown().count() == 0
    concern = raise_concern(lesson=lesson, words="It names a pupil.", by=bo, now=now)
    assert raise_concern(lesson=lesson, words="Me too.", by=bo, now=now) == concern
    assert list(shown()) == [lesson]
    (letter,) = Letter.objects.filter(key="concern_raised")
    assert (letter.recipient, "pupil" in letter.body, lesson.title in letter.body) == (cleo, False, False)
    for _again in range(2):
        settle_concern(concern=concern, answer="We asked for a change.", by=cleo, now=now)
    assert shown().count() == 0
    (letter,) = Letter.objects.filter(key="concern_settled")
    assert (letter.recipient, "We asked for a change." in letter.body) == (bo, True)


def test_a_coordinator_who_removes_it_tells_both_why(lesson, ada, bo, cleo, now):
    raise_concern(lesson=lesson, words="It names a pupil.", by=bo, now=now)
    remove_lesson(lesson=lesson, reason="No names of pupils.", by=cleo, now=now)
    told = Letter.objects.filter(key__in=["lesson_removed", "concern_settled"]).order_by("key")
    assert [(one.recipient, "No names of pupils." in one.body) for one in told] == [(bo, True), (ada, True)]


def test_a_coordinator_takes_a_lesson_back_with_a_reason(lesson, ada, cleo, now):
    lesson = publish(lesson, ada, now)
    take_back_lesson(lesson=lesson, reason="It names a pupil.", by=cleo, now=now)
    (letter,) = Letter.objects.filter(key="lesson_taken_back")
    assert (letter.recipient, "It names a pupil." in letter.body) == (ada, True)
    lesson.refresh_from_db()
    assert (lesson.status, lesson.published_at) == ("shared", None)
    with pytest.raises(NotAllowed):
        take_back_lesson(lesson=lesson, by=ada, now=now)


def test_what_was_published_within_days_is_found_by_the_programme_s_clock(circle, ada, now):
    programme = circle.match.cycle.programme
    # 23:30 in UTC is the next day in Warsaw.
    late = now.replace(hour=23, minute=30)
    lesson = publish(write(circle, ada, now), ada, late)
    publish(write(circle, ada, now), ada, now + timedelta(days=9))
    write(circle, ada, now)
    day = now.date() + timedelta(days=1)
    assert lessons_published_between(programme, day, day) == [lesson]
    assert lessons_published_between(programme, date(2027, 1, 1), now.date()) == []


def test_the_library_finds_each_word_in_title_or_text(circle, ada, now):
    programme = circle.match.cycle.programme
    one = publish(write(circle, ada, now, title="Teachers first", text="We began small."), ada, now)
    write(circle, ada, now, title="Teachers in private")
    found = {words: list(library_of(programme, words=words)) for words in ("teachers SMALL", "pupils", "")}
    assert found == {"teachers SMALL": [one], "pupils": [], "": [one]}
    assert list(library_of(programme, kind="failure")) == []


def test_who_is_erased_leaves_the_circle_and_what_they_published_stays_without_their_name(
    lesson, circle, ada, bo, now
):
    lesson = publish(lesson, ada, now)
    Lesson.objects.filter(pk=lesson.pk).update(text="I, Ada, began small.")
    reply_to_lesson(lesson=lesson, text="Well done, Ada!", by=bo, now=now)
    erase_person(account=ada, by=ada, now=now)
    lesson.refresh_from_db()
    assert (lesson.status, lesson.text, lesson.named_author) == (
        "published",
        "I, a former representative, began small.",
        "",
    )
    assert circle.match.seats.filter(left_at__isnull=True, application__person=ada).count() == 0
    assert Letter.objects.filter(body__contains="Ada").count() == 0
    assert lesson.replies.get().text == "Well done, a former representative!"
