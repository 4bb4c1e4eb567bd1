"""The agenda is everybody's, the minutes are published in versions, and what is to be done follows people."""

from datetime import date, timedelta

import pytest

from talka.gatherings.actions import (
    AgendaClosed,
    NoNextMeeting,
    add_action_item,
    add_agenda_item,
    add_decision,
    answer_action_item,
    cancel_gathering,
    carry_over,
    edit_agenda_item,
    edit_decision,
    move_agenda_item,
    publish_minutes,
    remove_agenda_item,
    remove_decision,
    reopen_action_item,
    save_minutes,
    take_attendance,
    tick_off,
)
from talka.gatherings.models import ActionItem, Minutes, MinutesVersion
from talka.gatherings.queries import still_open
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from tests.gatherings.meeting_samples import make_meeting, make_series


@pytest.fixture
def series(programme, cleo, now):
    return make_series(programme, cleo, now, count=3)


@pytest.fixture
def meeting(series):
    return series.gatherings.order_by("starts_at")[0]


def point(meeting, by, now, title="Report"):
    return add_agenda_item(
        gathering=meeting, title=title, text="t", link="https://meta.wikimedia.org", minutes=5, by=by, now=now
    )


def titles(meeting):
    found = meeting.agenda.order_by("position", "pk")
    return [(item.title, item.status) for item in found]


def test_anybody_adds_to_the_agenda_until_the_meeting_ends(meeting, dan, now):
    point(meeting, dan, meeting.ends_at - timedelta(seconds=1))
    with pytest.raises(AgendaClosed):
        point(meeting, dan, meeting.ends_at)
    assert titles(meeting) == [("Report", "open")]


def test_a_cancelled_meeting_takes_no_points(meeting, cleo, dan, now):
    cancel_gathering(gathering=meeting, version=1, by=cleo, now=now)
    with pytest.raises(AgendaClosed):
        point(meeting, dan, now)


def test_points_move_up_and_down_and_stay_at_the_ends(meeting, cleo, now):
    a, _b, c = (point(meeting, cleo, now, title) for title in "ABC")
    for item, step in ((c, -1), (c, -1), (c, -1), (a, 1), (a, 1)):
        move_agenda_item(item=item, step=step, by=cleo, now=now)
    assert [title for title, _status in titles(meeting)] == ["C", "B", "A"]


def test_the_slower_of_two_who_change_a_point_is_told(meeting, cleo, now):
    item = point(meeting, cleo, now)
    values = {"text": "", "link": "", "minutes": None, "by": cleo, "now": now, "version": 1}
    edit_agenda_item(item=item, title="One", **values)
    with pytest.raises(Overtaken):
        edit_agenda_item(item=item, title="Two", **values)
    assert titles(meeting) == [("One", "open")]


def test_what_was_not_talked_about_moves_to_the_next_meeting_once(series, meeting, cleo, dan, now):
    done, left = point(meeting, cleo, now, "Done"), point(meeting, dan, now, "Left")
    tick_off(item=done, by=cleo, now=now)
    after = meeting.ends_at + timedelta(hours=1)
    coming, count = carry_over(gathering=meeting, by=cleo, now=after)
    assert (coming, count) == (series.gatherings.order_by("starts_at")[1], 1)
    assert carry_over(gathering=meeting, by=cleo, now=after) == (coming, 0)
    assert titles(meeting) == [("Done", "done"), ("Left", "carried")]
    moved = coming.agenda.get()
    assert (moved.title, moved.added_by, moved.carried_from, moved.minutes) == ("Left", dan, left, 5)


def test_without_a_next_meeting_nothing_is_moved(programme, cleo, now):
    alone = make_meeting(programme, cleo, now)
    point(alone, cleo, now)
    with pytest.raises(NoNextMeeting):
        carry_over(gathering=alone, by=cleo, now=now)
    assert titles(alone) == [("Report", "open")]


def test_a_point_that_was_talked_about_can_be_opened_again_and_a_moved_one_cannot(meeting, cleo, now):
    item = point(meeting, cleo, now)
    tick_off(item=item, by=cleo, now=now)
    tick_off(item=item, by=cleo, now=now)
    assert titles(meeting) == [("Report", "open")]
    carry_over(gathering=meeting, by=cleo, now=now)
    item.refresh_from_db()
    with pytest.raises(NotAllowed):
        tick_off(item=item, by=cleo, now=now)


def test_a_removed_point_leaves_a_line_and_no_words(meeting, cleo, now):
    remove_agenda_item(item=point(meeting, cleo, now), by=cleo, now=now)
    assert titles(meeting) == []
    assert Entry.objects.about(meeting).latest("pk").verb == "remove agenda item"


def written(meeting, by, now, text="We met."):
    return save_minutes(gathering=meeting, text={"en": text}, version=0, by=by, now=now)


def published(minutes, by, now, tell=False):
    return publish_minutes(minutes=minutes, version=minutes.version, tell=tell, by=by, now=now)


def test_published_minutes_never_change_and_a_correction_is_the_next_version(meeting, cleo, now):
    add_decision(gathering=meeting, text="We go on.", by=cleo, now=now)
    minutes = written(meeting, cleo, now)
    published(minutes, cleo, now)
    later = now + timedelta(days=1)
    minutes = save_minutes(
        gathering=meeting, text={"en": "We did."}, version=minutes.version, by=cleo, now=later
    )
    assert minutes.status == "corrected"
    assert MinutesVersion.objects.get().text == {"en": "We met."}
    published(minutes, cleo, later)
    versions = MinutesVersion.objects.order_by("number")
    assert [(one.number, one.text["en"], one.decisions, one.published_at) for one in versions] == [
        (1, "We met.", ["We go on."], now),
        (2, "We did.", ["We go on."], later),
    ]
    assert Minutes.objects.get().status == "published"


def test_saving_the_same_text_again_corrects_nothing(meeting, cleo, now):
    minutes = written(meeting, cleo, now)
    published(minutes, cleo, now)
    again = save_minutes(gathering=meeting, text={"en": "We met."}, version=1, by=cleo, now=now)
    assert again.status == "published"
    with pytest.raises(NotAllowed):
        published(again, cleo, now)


def test_a_decision_that_changes_after_publication_waits_for_the_next_version(meeting, cleo, now):
    decision = add_decision(gathering=meeting, text="Yes", by=cleo, now=now)
    minutes = written(meeting, cleo, now)
    for number, change in enumerate(
        (
            lambda: edit_decision(decision=decision, text="No", version=1, by=cleo, now=now),
            lambda: add_decision(gathering=meeting, text="And more", by=cleo, now=now),
            lambda: remove_decision(decision=decision, by=cleo, now=now),
        ),
        start=1,
    ):
        assert published(minutes, cleo, now).number == number
        change()
        assert Minutes.objects.get().status == "corrected"
    published(minutes, cleo, now)
    decisions = MinutesVersion.objects.order_by("number").values_list("decisions", flat=True)
    assert list(decisions) == [["Yes"], ["No"], ["No", "And more"], ["And more"]]


def test_the_slower_of_two_writers_of_minutes_is_told(meeting, cleo, now):
    written(meeting, cleo, now)
    with pytest.raises(Overtaken):
        written(meeting, cleo, now, "Mine")
    save_minutes(gathering=meeting, text={"en": "Hers"}, version=1, by=cleo, now=now)
    minutes = Minutes.objects.get()
    with pytest.raises(Overtaken):
        save_minutes(gathering=meeting, text={"en": "Mine"}, version=1, by=cleo, now=now)
    with pytest.raises(Overtaken):
        publish_minutes(minutes=minutes, version=1, tell=False, by=cleo, now=now)
    assert (minutes.text, MinutesVersion.objects.count()) == ({"en": "Hers"}, 0)


def test_who_was_there_is_told_of_minutes_where_that_is_wished_once_a_version(meeting, cleo, ada, bo, now):
    take_attendance(gathering=meeting, accounts={ada.pk}, names=["A guest"], by=cleo, now=now)
    minutes = written(meeting, cleo, now)
    published(minutes, cleo, now, tell=True)
    assert [letter.recipient for letter in Letter.objects.filter(key="minutes_published")] == [ada]
    minutes = save_minutes(gathering=meeting, text={"en": "x"}, version=minutes.version, by=cleo, now=now)
    published(minutes, cleo, now, tell=False)
    assert Letter.objects.filter(key="minutes_published").count() == 1


def task(meeting, owner, by, now, text="Write it"):
    return add_action_item(
        gathering=meeting, text=text, owner=owner, owner_name="", due_on=date(2027, 4, 1), by=by, now=now
    )


def test_what_is_not_done_is_shown_at_every_later_meeting_of_the_series(series, meeting, cleo, ada, now):
    item, other = task(meeting, ada, cleo, now), task(meeting, ada, cleo, now, "Other")
    first, second, third = series.gatherings.order_by("starts_at")
    answer_action_item(item=other, status="dropped", note="No time", by=ada, now=now)
    assert [list(still_open(one)) for one in (first, second, third)] == [[], [item], [item]]
    answer_action_item(item=item, status="done", note="", by=ada, now=now)
    assert list(still_open(third)) == []
    reopen_action_item(item=item, by=cleo, now=now)
    assert list(still_open(third)) == [item]


def test_what_became_of_an_action_item_is_said_once(meeting, cleo, ada, now):
    item = task(meeting, ada, cleo, now)
    stale = ActionItem.objects.get(pk=item.pk)
    answer_action_item(item=item, status="done", note="See the page", by=ada, now=now)
    with pytest.raises(Overtaken):
        answer_action_item(item=stale, status="dropped", note="", by=cleo, now=now)
    kept = ActionItem.objects.get()
    assert (kept.status, kept.note) == ("done", "See the page")


def test_an_action_item_is_somebodys(meeting, cleo, now):
    with pytest.raises(ValueError, match="owner"):
        task(meeting, None, cleo, now)
