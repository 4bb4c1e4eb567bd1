"""A letter of the clock that waits for the morning does not leave once its reason is gone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from talka.exchanges.actions import (
    add_check_in,
    complete_mentorship,
    confirm_hours,
    give_mood,
    pause_mentorship,
    resume_mentorship,
    stop_mentorship,
)
from talka.exchanges.actions.circles import remind_quiet_circles
from talka.exchanges.actions.quiet import take_quiet_steps
from talka.exchanges.actions.reminding import remind_of_check_ins, remind_to_confirm, tell_of_overdue
from talka.letters.models import Letter
from talka.letters.sending import send_due
from tests.exchanges.circle_samples import write
from tests.exchanges.mentorship_samples import log, make_underway, seat_of, write_goal

pytestmark = pytest.mark.django_db

# The pair begins at night: whatever the clock writes days later at that hour waits for nine.
NIGHT = datetime(2027, 3, 1, 0, 5, tzinfo=ZoneInfo("Europe/Warsaw"))
MINUTE, MORNING = timedelta(minutes=1), timedelta(days=1)


def night(count):
    return NIGHT + timedelta(days=count)


@pytest.fixture
def underway(ada, bo, cleo):
    """Return a mentorship of Ada and Bo that began at night, with all that was written of it gone out."""
    for person in (ada, bo, cleo):
        person.time_zone = "Europe/Warsaw"
        person.save()
    found = make_underway(ada, bo, cleo, NIGHT)
    send_due(now=NIGHT + MORNING)
    return found


def left(key, count):
    """Let the morning after a night come, and return how many letters with a key left and how many stayed."""
    mail.outbox.clear()
    send_due(now=night(count) + MORNING)
    found = Letter.objects.filter(key=key)
    return found.filter(status="sent").count(), found.filter(status="dropped").count()


def writes_hours(exchange, ada, bo, moment):
    log(exchange, "learns", moment, day=moment.date() - timedelta(days=1))


def checks_in(exchange, ada, bo, moment):
    add_check_in(exchange=exchange, held_on=moment.date(), words="", by=ada, now=moment)


def changes_the_plan(exchange, ada, bo, moment):
    write_goal(exchange, bo, moment)


def pauses(exchange, ada, bo, moment):
    pause_mentorship(exchange=exchange, by=bo, now=moment)


def ends_it(exchange, ada, bo, moment):
    stop_mentorship(exchange=exchange, seat=seat_of(exchange, "learns"), reason="time", by=ada, now=moment)


@pytest.mark.parametrize("acts", [writes_hours, checks_in, changes_the_plan, pauses, ends_it])
def test_a_pair_that_acts_before_nine_gets_no_quiet_letter(underway, ada, bo, acts):
    assert take_quiet_steps(now=night(21)) == 1
    acts(underway, ada, bo, night(21) + MINUTE)
    assert left("quiet_reminder", 21) == (0, 2)


def test_a_pair_that_does_nothing_gets_it_and_so_does_one_that_says_how_it_goes(underway, ada):
    take_quiet_steps(now=night(21))
    give_mood(exchange=underway, feeling="good", by=ada, now=night(21) + MINUTE)
    assert left("quiet_reminder", 21) == (2, 0)


def test_each_silence_has_letters_of_its_own(underway, ada, bo):
    take_quiet_steps(now=night(21))
    writes_hours(underway, ada, bo, night(21) + MINUTE)
    send_due(now=night(22))
    assert take_quiet_steps(now=night(42)) == 1
    assert left("quiet_reminder", 42) == (2, 2)


def test_who_goes_on_at_night_does_not_read_that_it_is_paused(underway, ada):
    for day in (21, 35):
        take_quiet_steps(now=night(day))
        send_due(now=night(day + 1))
    take_quiet_steps(now=night(49))
    resume_mentorship(exchange=underway, by=ada, now=night(49) + MINUTE)
    assert left("quiet_paused", 49) == (0, 2)


def test_the_office_is_not_told_of_a_silence_that_is_over(underway, ada, bo):
    for day in (21, 35, 49):
        take_quiet_steps(now=night(day))
        send_due(now=night(day + 1))
    assert Letter.objects.filter(key="quiet_paused", status="sent").count() == 2
    take_quiet_steps(now=night(63))
    writes_hours(underway, ada, bo, night(63) + MINUTE)
    assert [left(key, 63) for key in ("quiet_offer_office", "quiet_offer")] == [(0, 1), (0, 2)]


@pytest.mark.parametrize(("confirmed", "there"), [(1, (1, 0)), (2, (0, 1))])
def test_the_other_side_is_asked_in_the_morning_as_long_as_hours_wait(underway, bo, confirmed, there):
    hours = [log(underway, "learns", night(day), day=night(day - 1).date()) for day in (1, 2)]
    assert remind_to_confirm(now=night(15)) == 1
    for one in hours[:confirmed]:
        confirm_hours(hours=one, version=1, by=bo, now=night(15) + MINUTE)
    assert left("hours_waiting", 15) == there


def test_who_talked_is_not_reminded_to_talk(underway, ada, bo):
    writes_hours(underway, ada, bo, night(20))
    assert remind_of_check_ins(now=night(30)) == 1
    checks_in(underway, ada, bo, night(30) + MINUTE)
    assert left("check_in_due", 30) == (0, 2)


def test_the_office_is_not_told_that_something_is_open_which_is_completed(underway, cleo):
    late = (underway.ends_on - NIGHT.date()).days + 31
    assert tell_of_overdue(now=night(late)) == 1
    complete_mentorship(exchange=underway, by=cleo, now=night(late) + MINUTE, for_office=True)
    assert left("mentorship_overdue", late) == (0, 1)


def test_a_circle_in_which_somebody_writes_at_night_is_not_asked_why_it_is_silent(circle, ada, now):
    send_due(now=now)
    asked = remind_quiet_circles(now=now + timedelta(days=30))
    assert asked == Letter.objects.filter(key="circle_quiet", status="queued").count() > 0
    write(circle, ada, now + timedelta(days=30, seconds=1))
    send_due(now=now + timedelta(days=31))
    assert set(Letter.objects.filter(key="circle_quiet").values_list("status", flat=True)) == {"dropped"}
