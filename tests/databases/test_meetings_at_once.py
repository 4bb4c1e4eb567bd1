"""The last place of a meeting, its minutes and its series, wanted by several at the same moment."""

from collections import Counter
from datetime import timedelta

import pytest

from talka.gatherings.actions import (
    add_agenda_item,
    cancel_gathering,
    carry_over,
    extend_series,
    publish_minutes,
    register,
    save_minutes,
    say_was_there,
    take_attendance,
)
from talka.gatherings.models import Attendance, Gathering, Minutes, MinutesVersion, Registration
from talka.letters.models import Letter
from talka.people.models import Account
from tests.conftest import NOW
from tests.databases.conftest import at_once, while_open
from tests.gatherings.meeting_samples import make_meeting, make_programme, make_series

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def programme(cleo):
    return make_programme(cleo, NOW)


def kinds(outcomes):
    return Counter(type(outcome).__name__ for outcome in outcomes)


def sign_up(meeting, name):
    return register(
        gathering=Gathering.objects.get(pk=meeting.pk),
        name=name,
        email=f"{name}@demo.invalid",
        question="",
        account=None,
        language="en",
        now=NOW,
    )


def test_of_ten_who_want_the_last_place_one_has_it_and_nobody_else_gets_a_letter(programme, cleo):
    meeting = make_meeting(programme, cleo, NOW, places=3)
    for name in ("eve", "finn"):
        sign_up(meeting, name)
    outcomes = kinds(at_once(10, lambda number: sign_up(meeting, f"person{number}")))
    assert outcomes == {"Registration": 1, "NoPlaceLeft": 9}
    assert (Registration.objects.count(), Letter.objects.count()) == (3, 3)


def test_who_wants_the_last_place_while_another_is_taking_it_waits_and_has_none(programme, cleo):
    meeting = make_meeting(programme, cleo, NOW, places=1)
    outcome = while_open(lambda: sign_up(meeting, "eve"), lambda: sign_up(meeting, "finn"))
    assert type(outcome).__name__ == "NoPlaceLeft"
    assert Registration.objects.get().name == "eve"


def test_who_stands_on_the_list_already_is_not_refused_when_it_is_full(programme, cleo):
    meeting = make_meeting(programme, cleo, NOW, places=1)
    first = sign_up(meeting, "eve")
    assert set(at_once(5, lambda number: sign_up(meeting, "eve"))) == {first}


def test_several_clocks_make_each_meeting_of_a_series_once(programme, cleo):
    series = make_series(programme, cleo, NOW)
    made = at_once(6, lambda number: extend_series(now=NOW + timedelta(days=21)))
    assert (sum(made), series.gatherings.count()) == (3, 15)


def test_of_several_who_begin_or_publish_minutes_one_does(programme, cleo):
    meeting = make_meeting(programme, cleo, NOW)

    def begin(number):
        return save_minutes(gathering=meeting, text={"en": str(number)}, version=0, by=None, now=NOW)

    assert kinds(at_once(5, begin)) == {"Minutes": 1, "Overtaken": 4}

    def publish(number):
        minutes = Minutes.objects.get()
        return publish_minutes(minutes=minutes, version=1, tell=False, by=None, now=NOW)

    assert kinds(at_once(5, publish)) == {"MinutesVersion": 1, "NotAllowed": 4}
    assert MinutesVersion.objects.get().text == Minutes.objects.get().text


def test_what_is_carried_over_by_several_is_carried_over_once(programme, cleo):
    series = make_series(programme, cleo, NOW, count=2)
    first, second = series.gatherings.order_by("starts_at")
    for title in "AB":
        add_agenda_item(gathering=first, title=title, text="", link="", minutes=None, by=cleo, now=NOW)
    at_once(5, lambda number: carry_over(gathering=Gathering.objects.get(pk=first.pk), by=None, now=NOW))
    assert sorted(second.agenda.values_list("title", flat=True)) == ["A", "B"]


def test_whoever_writes_down_attendance_at_once_writes_nobody_twice(programme, cleo, ada):
    meeting = make_meeting(programme, cleo, NOW)

    def take(number):
        if number % 2:
            person = Account.objects.get(pk=ada.pk)
            return say_was_there(gathering=meeting, account=person, now=meeting.starts_at)
        return take_attendance(
            gathering=meeting, accounts={ada.pk}, names=["Eve", f"Guest {number}"], by=None, now=NOW
        )

    assert kinds(at_once(6, take)).keys() == {"Attendance", "Taken"}
    assert sorted(Attendance.objects.values_list("guest", flat=True)) == [
        "",
        "Eve",
        "Guest 0",
        "Guest 2",
        "Guest 4",
    ]


def test_who_signs_up_while_a_meeting_is_cancelled_is_told_or_is_not_on_the_list(programme, cleo):
    meeting = make_meeting(programme, cleo, NOW)
    outcome = while_open(
        lambda: cancel_gathering(gathering=meeting, version=1, by=cleo, now=NOW),
        lambda: sign_up(meeting, "eve"),
    )
    assert type(outcome).__name__ == "GatheringOver"
