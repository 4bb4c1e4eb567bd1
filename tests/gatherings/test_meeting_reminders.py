"""Reminders come once, at nine where somebody lives, over both changes of the clock and after an outage."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from talka.gatherings.actions import (
    add_action_item,
    answer_action_item,
    cancel_gathering,
    edit_action_item,
    edit_gathering,
    register,
)
from talka.gatherings.actions.reminding import remind_of_action_items, remind_of_meetings
from talka.kernel.registry import clockwork
from talka.letters.models import Letter
from talka.letters.sending import send_due
from tests.gatherings.meeting_samples import make_meeting, make_series, sign_up, utc

REMINDERS = Letter.objects.filter(key="gathering_reminder")
DUE = Letter.objects.filter(key="action_item_due")


@pytest.fixture
def vilnius(ada):
    ada.time_zone = "Europe/Vilnius"
    ada.save()
    return ada


def task(meeting, owner, by, now, due_on):
    values = {"text": "Write", "owner": owner, "owner_name": "", "due_on": due_on}
    return add_action_item(gathering=meeting, **values, by=by, now=now)


def tick(now):
    """Do what the clock does for gatherings, then send; return how much each did."""
    jobs = [*(name for name in clockwork if name.startswith("gatherings.")), "letters.send_due"]
    return {name: clockwork.get(name)(now=now) for name in jobs}


def every_ten_minutes(begins, ends):
    """Let the clock tick; return when reminders were written."""
    found, now = [], begins
    while now <= ends:
        before = REMINDERS.count() + DUE.count()
        tick(now=now)
        if REMINDERS.count() + DUE.count() > before:
            found.append(now)
        now += timedelta(minutes=10)
    return found


@pytest.mark.parametrize(
    ("starts_at", "reminded_at"),
    [
        # On the evening of the day on which the clocks go forward: the day before is winter time.
        (utc(2027, 3, 28, 15, 0), utc(2027, 3, 27, 7, 0)),
        # The day after that: the day before is summer time already.
        (utc(2027, 3, 29, 15, 0), utc(2027, 3, 28, 6, 0)),
        (utc(2027, 10, 31, 16, 0), utc(2027, 10, 30, 6, 0)),
        (utc(2027, 11, 1, 16, 0), utc(2027, 10, 31, 7, 0)),
    ],
)
def test_one_is_reminded_at_nine_on_the_day_before_over_both_changes(
    starts_at, reminded_at, programme, cleo, vilnius, now
):
    sign_up(make_meeting(programme, cleo, now, starts_at=starts_at), vilnius, now)
    begins = reminded_at - timedelta(hours=3)
    assert every_ten_minutes(begins, begins + timedelta(hours=5)) == [reminded_at]
    assert REMINDERS.get().due_at == reminded_at


def test_everybody_is_reminded_on_their_own_clock_and_guests_on_the_organisers(programme, cleo, ada, bo, now):
    ada.time_zone, bo.time_zone = "Asia/Kolkata", "America/Sao_Paulo"
    ada.save()
    bo.save()
    meeting = make_meeting(programme, cleo, now, starts_at=utc(2027, 4, 8, 15, 0))
    for person in (ada, bo):
        sign_up(meeting, person, now)
    guest = {"name": "Eve", "email": "eve@demo.invalid", "question": "", "account": None, "language": "en"}
    register(gathering=meeting, **guest, now=now)
    every_ten_minutes(utc(2027, 4, 7, 0, 0), utc(2027, 4, 7, 23, 50))
    assert dict(REMINDERS.values_list("email", "due_at")) == {
        "ada@demo.invalid": utc(2027, 4, 7, 3, 30),
        "bo@demo.invalid": utc(2027, 4, 7, 12, 0),
        "eve@demo.invalid": utc(2027, 4, 7, 6, 0),
    }
    said = REMINDERS.get(email="ada@demo.invalid").body
    assert "8 April 2027, 18:00 to 19:00 (Europe/Vilnius time)" in said
    assert "8 April 2027, 20:30 to 21:30 (Asia/Kolkata time)" in said


def test_who_signs_up_after_that_hour_is_not_reminded_of_what_they_just_read(programme, cleo, vilnius, now):
    meeting = make_meeting(programme, cleo, now, starts_at=utc(2027, 4, 8, 15, 0))
    sign_up(meeting, vilnius, utc(2027, 4, 7, 6, 1))
    tick(now=utc(2027, 4, 7, 20, 0))
    assert REMINDERS.count() == 0


def test_after_three_days_of_outage_each_due_letter_comes_once_and_none_is_stale(
    programme, cleo, vilnius, now
):
    series = make_series(programme, cleo, now, count=2)
    over, coming = series.gatherings.order_by("starts_at")
    close = make_meeting(programme, cleo, now, starts_at=utc(2027, 3, 17, 20, 0), title={"en": "Close"})
    for meeting in (over, coming, close):
        sign_up(meeting, vilnius, now)
    task(over, vilnius, cleo, now, date(2027, 3, 18))
    # Nothing ran from the 14th to the 17th: the meeting of the 16th is over.
    back = utc(2027, 3, 17, 8, 0)
    for _time in range(3):
        tick(now=back)
    assert sorted((letter.key, letter.subject) for letter in REMINDERS | DUE) == [
        ("action_item_due", "By 18 March 2027: Write"),
        ("gathering_reminder", "Coming soon: Close"),
    ]
    assert set((REMINDERS | DUE).values_list("status", flat=True)) == {"sent"}


def test_a_reminder_that_could_not_leave_in_time_never_leaves(programme, cleo, vilnius, now):
    meeting = make_meeting(programme, cleo, now, starts_at=utc(2027, 4, 8, 15, 0))
    other = make_meeting(programme, cleo, now, starts_at=utc(2027, 4, 8, 15, 0))
    for one in (meeting, other):
        sign_up(one, vilnius, now)
    send_due(now=now)
    tick_without_mail(utc(2027, 4, 7, 6, 0))
    cancel_gathering(gathering=other, version=1, by=cleo, now=utc(2027, 4, 7, 7, 0))
    mail.outbox.clear()
    send_due(now=utc(2027, 4, 10, 6, 0))
    assert [message.subject for message in mail.outbox] == ["Cancelled: Ask us"]
    assert set(REMINDERS.values_list("status", flat=True)) == {"dropped"}


def tick_without_mail(moment):
    """Write reminders as the clock would, without anything leaving."""
    remind_of_meetings(now=moment)
    remind_of_action_items(now=moment)


def test_who_was_moved_is_reminded_of_the_new_time_and_not_of_the_old(programme, cleo, vilnius, now):
    meeting = make_meeting(programme, cleo, now, starts_at=utc(2027, 4, 8, 15, 0))
    sign_up(meeting, vilnius, now)
    tick_without_mail(utc(2027, 4, 7, 6, 0))
    fields = ("title", "description", "zone", "link", "places")
    later = meeting.starts_at + timedelta(days=7)
    edit_gathering(
        gathering=meeting,
        **{name: getattr(meeting, name) for name in fields},
        starts_at=later,
        ends_at=later + timedelta(hours=1),
        version=1,
        by=cleo,
        now=utc(2027, 4, 7, 6, 30),
    )
    tick(now=utc(2027, 4, 7, 7, 0))
    send_due(now=utc(2027, 4, 7, 7, 0))
    tick(now=utc(2027, 4, 14, 6, 0))
    assert REMINDERS.earliest("pk").status == "dropped"
    assert (REMINDERS.count(), "15 April 2027" in REMINDERS.latest("pk").body) == (2, True)


def test_an_action_item_is_reminded_of_three_days_before_and_once_a_week_four_times_in_all(
    programme, cleo, vilnius, now
):
    meeting = make_meeting(programme, cleo, now)
    item = add_action_item(
        gathering=meeting,
        text="Write",
        owner=vilnius,
        owner_name="",
        due_on=date(2027, 3, 29),
        by=cleo,
        now=now,
    )
    mornings = [utc(2027, 3, 20, hour) + timedelta(days=day) for day in range(60) for hour in (5, 6, 7, 8)]
    written = [moment for moment in mornings if remind_of_action_items(now=moment)]
    assert written == [utc(2027, 3, 26, 7), utc(2027, 4, 2, 6), utc(2027, 4, 9, 6), utc(2027, 4, 16, 6)]
    assert item.get_absolute_url() in DUE.first().body


def test_another_day_begins_the_reminders_anew_and_what_is_done_is_not_reminded_of(
    programme, cleo, vilnius, now
):
    meeting = make_meeting(programme, cleo, now)
    values = {"text": "Write", "owner": vilnius, "owner_name": "", "by": cleo, "now": now}
    item = add_action_item(gathering=meeting, due_on=date(2027, 3, 29), **values)
    tick(now=utc(2027, 3, 28, 10, 0))
    edit_action_item(item=item, due_on=date(2027, 4, 12), version=item.version, **values)
    tick(now=utc(2027, 4, 8, 10, 0))
    assert DUE.count() == 1
    tick_without_mail(utc(2027, 4, 9, 10, 0))
    answer_action_item(item=item, status="done", note="", by=vilnius, now=utc(2027, 4, 9, 10, 5))
    send_due(now=utc(2027, 4, 9, 11, 0))
    tick(now=utc(2027, 4, 20, 10, 0))
    assert list(DUE.order_by("pk").values_list("status", flat=True)) == ["sent", "dropped"]


def test_who_has_no_account_gets_no_letter(programme, cleo, now):
    add_action_item(
        gathering=make_meeting(programme, cleo, now),
        text="Write",
        owner=None,
        owner_name="Eve",
        due_on=date(2027, 3, 12),
        by=cleo,
        now=now,
    )
    tick(now=datetime(2027, 3, 12, 12, tzinfo=UTC))
    assert DUE.count() == 0
