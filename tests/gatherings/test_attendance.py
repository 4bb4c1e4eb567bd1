"""Who was there: ticked, added by name, said of oneself; counted once it is confirmed."""

from datetime import timedelta

import pytest

from talka.gatherings.actions import NotFresh, cancel_gathering, say_was_there, take_attendance, take_back
from talka.gatherings.models import Attendance, Gathering
from talka.gatherings.queries import led_check_ins_of, needing
from talka.kernel.models import Entry
from talka.programmes.actions import join_roll, leave_roll
from tests.conftest import make_account, make_representative
from tests.gatherings.meeting_samples import accept, make_cycle, make_meeting, sign_up


@pytest.fixture
def meeting(programme, cleo, now):
    return make_meeting(programme, cleo, now)


def taken(meeting, by, now, **given):
    return take_attendance(gathering=meeting, by=by, now=now, **given)


def names(meeting):
    return sorted(str(one) for one in meeting.attendances.all())


def test_people_are_ticked_and_added_by_name_a_line_each(meeting, cleo, ada, now):
    result = taken(meeting, cleo, now, accounts={ada.pk}, names=["  Eve  B. ", "", "Finn"])
    assert (result.added, names(meeting)) == (3, ["Ada", "Eve B.", "Finn"])


def test_nobody_stands_there_twice_however_the_name_is_written(meeting, cleo, ada, now):
    taken(meeting, cleo, now, names=["Straße", "Eve"])
    again = taken(meeting, cleo, now, names=["STRASSE", " eve", "EVE", "Finn"])
    assert (again.added, sorted(again.known)) == (1, ["STRASSE", "eve"])
    assert names(meeting) == ["Eve", "Finn", "Straße"]


def test_the_name_of_somebody_who_signed_up_is_theirs_and_one_that_two_bear_is_nobodys(
    meeting, cleo, ada, now
):
    sign_up(meeting, ada, now)
    for number in (1, 2):
        person = make_account("eve") if number == 1 else make_account("eve2")
        person.name = "Eve"
        person.save()
        sign_up(meeting, person, now)
    taken(meeting, cleo, now, names=["ada", "Eve"])
    found = meeting.attendances.order_by("pk").values_list("account", "guest")
    assert sorted(found, key=str) == sorted([(ada.pk, ""), (None, "Eve")], key=str)


def join(programme, account, now, name="", user_name=""):
    said = {"name": name or account.name, "user_name": user_name, "contributions": []}
    return join_roll(programme=programme, account=account, now=now, **said)


def accounts_and_guests(meeting):
    return set(meeting.attendances.values_list("account", "guest"))


def test_the_name_of_a_member_of_the_roll_is_theirs_though_they_did_not_sign_up(
    meeting, programme, cleo, ada, bo, dan, now
):
    join(programme, ada, now, name="Ada of the Roll")
    join(programme, bo, now, user_name="Bo_writes")
    leave_roll(membership=join(programme, dan, now), by=dan, now=now)
    taken(meeting, cleo, now, names=["ada of the roll", "bo writes", "Dan"])
    assert accounts_and_guests(meeting) == {(ada.pk, ""), (bo.pk, ""), (None, "Dan")}


def test_a_name_that_one_has_here_and_another_on_the_roll_is_nobodys(meeting, programme, cleo, ada, bo, now):
    sign_up(meeting, bo, now)
    join(programme, ada, now, name="Bo")
    taken(meeting, cleo, now, names=["Bo", "Ada"])
    assert accounts_and_guests(meeting) == {(None, "Bo"), (ada.pk, "")}


def test_who_stood_there_as_a_name_and_joined_since_stands_there_once(meeting, programme, cleo, ada, now):
    taken(meeting, cleo, now, names=["Ada"])
    join(programme, ada, now)
    taken(meeting, cleo, now, names=["ADA"])
    assert accounts_and_guests(meeting) == {(ada.pk, "")}


def test_a_check_in_is_no_matter_of_the_roll(programme, cleo, ada, now):
    cycle = make_cycle(programme, cleo, now)
    check_in = make_meeting(programme, cleo, now, cycle=cycle, kind="check_in")
    join(programme, ada, now)
    taken(check_in, cleo, now, names=["Ada"])
    assert accounts_and_guests(check_in) == {(None, "Ada")}


def test_who_is_taken_off_is_off(meeting, cleo, ada, bo, now):
    taken(meeting, cleo, now, accounts={ada.pk, bo.pk})
    gone = meeting.attendances.get(account=bo)
    assert taken(meeting, cleo, now, gone={gone.pk}).removed == 1
    assert names(meeting) == ["Ada"]


def test_a_person_says_that_they_were_there_and_it_counts_once_it_is_confirmed(meeting, cleo, ada, now):
    soon = meeting.ends_at + timedelta(hours=1)
    say_was_there(gathering=meeting, account=ada, now=soon)
    say_was_there(gathering=meeting, account=ada, now=soon)
    assert meeting.attendances.get().confirmed_at is None
    taken(meeting, cleo, soon, accounts={ada.pk})
    assert meeting.attendances.get().confirmed_at == soon
    assert take_back(gathering=meeting, account=ada, now=soon) is False
    assert [entry.verb for entry in Entry.objects.about(meeting)][-2:] == ["say was there", "take attendance"]


def test_what_a_person_said_can_be_taken_back_while_it_is_not_confirmed(meeting, ada, now):
    say_was_there(gathering=meeting, account=ada, now=meeting.starts_at)
    assert take_back(gathering=meeting, account=ada, now=meeting.ends_at) is True
    assert meeting.attendances.count() == 0


def test_too_early_too_late_and_of_a_cancelled_meeting_nobody_says_so(meeting, cleo, ada, now):
    for moment in (meeting.starts_at - timedelta(seconds=1), meeting.ends_at + timedelta(days=7)):
        with pytest.raises(NotFresh):
            say_was_there(gathering=meeting, account=ada, now=moment)
    cancel_gathering(gathering=meeting, version=1, by=cleo, now=now)
    with pytest.raises(NotFresh):
        say_was_there(gathering=meeting, account=ada, now=meeting.starts_at)


def check_in(cycle, by, now, **given):
    return make_meeting(None, by, now, cycle=cycle, kind="check_in", **given)


def test_only_confirmed_check_ins_of_the_cycle_count_for_a_certificate(
    programme, cycle, cleo, ada, bo, now, django_assert_num_queries
):
    first, second, off = (check_in(cycle, cleo, now) for _number in range(3))
    other = check_in(make_cycle(programme, cleo, now, "2028"), cleo, now)
    for meeting in (first, second, off, other, make_meeting(programme, cleo, now, cycle=cycle)):
        taken(meeting, cleo, now, accounts={ada.pk}, names=["Guest"])
    cancel_gathering(gathering=off, version=1, by=cleo, now=now)
    say_was_there(gathering=first, account=bo, now=first.starts_at)
    with django_assert_num_queries(1):
        assert led_check_ins_of(cycle) == {ada.pk: 2}


def test_a_check_in_is_seen_by_who_was_accepted_in_its_cycle_and_who_coordinates(
    programme, cycle, cleo, ada, bo, dan, now
):
    eve, finn, rosa = make_account("eve"), make_account("finn"), make_account("rosa")
    meeting = check_in(cycle, cleo, now)
    accept(cycle, eve, now)
    accept(cycle, finn, now, status="waiting")
    accept(make_cycle(programme, cleo, now, "2028"), dan, now)
    application = accept(cycle, bo, now, role="mentor")
    application.person, application.community = None, ada.community
    application.save()
    make_representative(rosa, bo.community)
    seen = {
        person.name
        for person in (ada, bo, cleo, dan, eve, finn, rosa)
        if meeting in Gathering.objects.visible_to(person)
    }
    assert seen == {"Ada", "Cleo", "Eve"}


def test_the_name_of_somebody_in_the_cycle_is_recognised(cycle, cleo, now):
    eve = make_account("eve")
    accept(cycle, eve, now)
    taken(check_in(cycle, cleo, now), cleo, now, names=["EVE"])
    assert Attendance.objects.get().account == eve


def test_past_meetings_need_attendance_and_minutes_and_check_ins_attendance(programme, cycle, cleo, ada, now):
    meeting, led = make_meeting(programme, cleo, now), check_in(cycle, cleo, now)
    make_meeting(programme, cleo, now, kind="introductory")
    later = now + timedelta(days=10)
    assert needing(programme, now=now) == []
    assert {one.pk for one in needing(programme, now=later)} == {meeting.pk, led.pk}
    for one in (meeting, led):
        taken(one, cleo, later, accounts={ada.pk})
    assert [one.pk for one in needing(programme, now=later)] == [meeting.pk]
