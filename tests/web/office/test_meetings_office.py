"""Coordinators run meetings in the browser: series, agenda, attendance, minutes, what is to be done."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from talka.gatherings.actions import add_action_item, add_agenda_item, say_was_there, take_attendance
from talka.gatherings.actions.reminding import remind_of_action_items
from talka.gatherings.models import ActionItem, Gathering, MeetingDecision, Minutes, MinutesVersion, Series
from talka.letters.models import Letter
from talka.privacy.retention import forget_sign_ups
from talka.programmes.actions import appoint, join_roll
from tests.conftest import make_account
from tests.gatherings.meeting_samples import (
    make_cycle,
    make_meeting,
    make_programme,
    make_series,
    sign_up,
    sign_up_as_guest,
)


@pytest.fixture(autouse=True)
def clock(time_machine, now):
    time_machine.move_to(now, tick=False)
    return time_machine


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)


@pytest.fixture
def meeting(programme, cleo, now):
    return make_meeting(programme, cleo, now)


@pytest.fixture
def office(client_of, cleo):
    return client_of(cleo)


def at(name, *args):
    return reverse(f"office:{name}", args=args)


def shown(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_who_signed_up_without_an_account_is_a_count_once_a_year_has_passed(office, meeting, ada, now):
    sign_up(meeting, ada, now)
    sign_up_as_guest(meeting, "Eve", now)
    forget_sign_ups(now=meeting.ends_at + timedelta(days=365))
    page = shown(office, at("gathering", meeting.pk))
    assert ("One who signed up without an account is no longer named" in page, ada.email in page) == (
        True,
        True,
    )
    assert "guest-" not in shown(office, at("attendance", meeting.pk))


def test_an_office_without_meetings_says_how_to_begin(programme, office):
    page = shown(office, at("meetings", programme.slug))
    assert ("Set a single one, or begin a series" in page, "No series yet." in page) == (True, True)
    assert at("meetings", programme.slug) in shown(office, at("programme", programme.slug))


def test_reviewers_and_strangers_run_no_meetings(programme, meeting, cleo, ada, dan, now, client_of):
    appoint(programme=programme, account=ada, post="reviewer", by=cleo, now=now)
    series = make_series(programme, cleo, now)
    addresses = [
        at("meetings", programme.slug),
        at("meeting_create", programme.slug),
        at("series_create", programme.slug),
        at("series", series.pk),
        at("meeting_record", meeting.pk),
        at("attendance", meeting.pk),
        at("attendance_export", meeting.pk),
        at("minutes", meeting.pk),
    ]
    for address in addresses:
        assert client_of(ada).get(address).status_code == 403
        assert client_of(dan).get(address).status_code == 404


GIVEN = {
    "title__en": "Hub check-in",
    "kind": "check_in",
    "starts_at": "2027-03-27T14:00",
    "ends_at": "2027-03-27T15:00",
    "zone": "Europe/Vilnius",
    "places": "12",
}


def test_a_check_in_is_set_for_a_cycle_and_refused_without_one(programme, cleo, now, office):
    cycle = make_cycle(programme, cleo, now)
    address = at("meeting_create", programme.slug)
    refused = office.post(address, GIVEN)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["cycle"])
    office.post(address, GIVEN | {"cycle": str(cycle.pk)})
    made = Gathering.objects.get()
    assert (made.kind, made.cycle, made.programme, made.places) == ("check_in", cycle, programme, 12)


def test_a_meeting_of_the_group_belongs_to_no_cycle(programme, office):
    office.post(at("meeting_create", programme.slug), GIVEN | {"kind": "meeting", "places": ""})
    made = Gathering.objects.get()
    assert (made.kind, made.cycle, made.places) == ("meeting", None, None)


SERIES = {
    "title__en": "Weekly talk",
    "kind": "meeting",
    "first_on": "2027-03-16",
    "starts_time": "18:00",
    "length_minutes": "60",
    "zone": "Europe/Vilnius",
    "rhythm": "weekly",
    "every": "1",
}


def test_a_series_is_begun_and_shows_its_meetings(programme, office):
    page = office.post(at("series_create", programme.slug), SERIES, follow=True).content.decode()
    assert "The series is there, with 12 meetings." in page
    assert page.count("Weekly talk") >= 13


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("count", {"until_on": "2027-04-16", "count": "3"}),
        ("until_on", {"until_on": "2027-03-15"}),
        ("every", {"every": "0"}),
        ("rhythm", {"rhythm": "daily"}),
        ("first_on", {"first_on": "1900-01-01"}),
        ("length_minutes", {"length_minutes": "0"}),
        ("cycle", {"kind": "check_in"}),
    ],
)
def test_a_series_with_a_wrong_value_is_not_begun(field, given, programme, office):
    answer = office.post(at("series_create", programme.slug), SERIES | given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Series.objects.count() == 0


def test_before_anybody_is_told_a_change_of_a_series_says_whom_it_reaches(programme, cleo, ada, now, office):
    series = make_series(programme, cleo, now, count=3)
    sign_up(series.gatherings.order_by("starts_at")[0], ada, now)
    address, given = at("series", series.pk), SERIES | {"count": "3", "version": "1", "starts_time": "19:00"}
    asked = office.post(address, given)
    page = asked.content.decode()
    assert "3 meetings ahead follow the series." in page and "One person gets a letter." in page
    assert Letter.objects.filter(key="gathering_moved").count() == 0
    agreed = asked.context["form"].data["agreed"]
    page = office.post(address, given | {"agreed": agreed}, follow=True).content.decode()
    assert "3 meetings ahead follow. One person is told." in page
    assert Letter.objects.filter(key="gathering_moved").count() == 1
    assert office.post(address, given | {"agreed": agreed}).status_code == 409
    # One more has signed up since it was agreed: it is said anew.
    sign_up(series.gatherings.order_by("starts_at")[1], ada, now)
    again = office.post(address, given | {"agreed": agreed, "version": "2", "starts_time": "20:00"})
    assert "2 people get a letter." in again.content.decode()


def test_a_change_that_reaches_nobody_is_saved_at_once(programme, cleo, now, office):
    series = make_series(programme, cleo, now, count=3)
    given = SERIES | {"count": "3", "version": "1", "starts_time": "19:00"}
    page = office.post(at("series", series.pk), given, follow=True).content.decode()
    assert "Saved. 3 meetings ahead follow. 0 people are told." in page


def test_a_series_is_ended_after_saying_what_that_does(programme, cleo, ada, now, office):
    series = make_series(programme, cleo, now, count=3)
    sign_up(series.gatherings.order_by("starts_at")[0], ada, now)
    page = shown(office, at("series", series.pk))
    assert "3 meetings ahead are cancelled." in page and "One person who signed up gets a letter." in page
    page = office.post(at("series_end", series.pk), follow=True).content.decode()
    assert "3 meetings are cancelled. One person is told." in page
    assert "This series has ended" in shown(office, at("series", series.pk))


def test_past_meetings_that_lack_something_are_listed_as_needing_it(programme, cleo, ada, now, office):
    meeting = make_meeting(programme, cleo, now, starts_at=now - timedelta(days=2))
    page = shown(office, at("meetings", programme.slug))
    assert ("Say who was there" in page, "Write the minutes" in page) == (True, True)
    take_attendance(gathering=meeting, accounts={ada.pk}, by=cleo, now=now)
    page = shown(office, at("meetings", programme.slug))
    assert ("Say who was there" in page, "Write the minutes" in page) == (False, True)


def test_the_office_asks_the_same_number_of_questions_for_few_meetings_and_for_many(
    programme, cleo, now, office, django_assert_num_queries, django_assert_max_num_queries
):
    make_series(programme, cleo, now, count=2)
    make_meeting(programme, cleo, now, starts_at=now - timedelta(days=2))
    with django_assert_max_num_queries(20) as few:
        shown(office, at("meetings", programme.slug))
    for number in range(10):
        make_series(programme, cleo, now, count=3)
        make_meeting(programme, cleo, now, starts_at=now - timedelta(days=number + 3))
    with django_assert_num_queries(len(few.captured_queries)):
        shown(office, at("meetings", programme.slug))


def point(meeting, by, now, title):
    return add_agenda_item(gathering=meeting, title=title, text="", link="", minutes=None, by=by, now=now)


def test_the_agenda_is_put_in_order_ticked_off_and_carried_over(programme, cleo, now, office):
    series = make_series(programme, cleo, now, count=2)
    first, second = series.gatherings.order_by("starts_at")
    office.post(at("agenda_add", first.pk), {"title": "One"})
    two = point(first, cleo, now, "Two")
    office.post(at("agenda_move", two.pk), {"to": "up"})
    assert list(first.agenda.order_by("position").values_list("title", flat=True)) == ["Two", "One"]
    office.post(at("agenda_done", two.pk))
    page = office.post(at("agenda_carry", first.pk), follow=True).content.decode()
    assert "One point was moved to “Weekly talk”." in page
    assert list(second.agenda.values_list("title", flat=True)) == ["One"]
    page = office.post(at("agenda_carry", second.pk), follow=True).content.decode()
    assert "The series has no meeting ahead." in page


def test_the_record_keeps_what_was_typed_wrongly(meeting, office):
    for name, words in (
        ("agenda_add", {"title": "", "text": "kept words"}),
        ("meeting_decision_add", {"text": "x" * 1001 + "kept words"}),
        ("action_item_add", {"text": "kept words", "owner": "", "due_on": ""}),
    ):
        answer = office.post(at(name, meeting.pk), words)
        assert (answer.status_code, answer.content.decode().count("kept words")) == (422, 1)


def test_decisions_are_written_changed_and_removed(meeting, office):
    office.post(at("meeting_decision_add", meeting.pk), {"text": "We go on."})
    found = MeetingDecision.objects.get()
    address = at("meeting_decision", found.pk)
    office.post(address, {"text": "We stop.", "version": "1"})
    assert "We stop." in shown(office, at("meeting_record", meeting.pk))
    assert office.post(address, {"text": "Mine", "version": "1"}).content.decode().count("We stop.") == 1
    office.post(at("meeting_decision_remove", found.pk))
    assert MeetingDecision.objects.count() == 0


def test_what_is_to_be_done_finds_its_owner_by_name_or_address(meeting, ada, now, office):
    sign_up(meeting, ada, now)
    eve, twin = make_account("eve"), make_account("eve2")
    for person in (eve, twin):
        person.name = "Eve"
        person.save()
        sign_up(meeting, person, now)
    address, words = at("action_item_add", meeting.pk), {"text": "Write", "due_on": "2027-04-01"}
    office.post(address, words | {"owner": " ada "})
    assert office.post(address, words | {"owner": "Eve"}).context["action_form"].errors["owner"] == [
        "Several people here have this name: write the e-mail address."
    ]
    office.post(address, words | {"owner": "eve2@demo.invalid"})
    page = office.post(address, words | {"owner": "Somebody else"}, follow=True).content.decode()
    assert "nobody will be reminded by letter" in page
    assert office.post(address, words | {"owner": "x@demo.invalid"}).status_code == 422
    found = ActionItem.objects.order_by("pk").values_list("owner", "owner_name")
    assert list(found) == [(ada.pk, ""), (twin.pk, ""), (None, "Somebody else")]


def test_what_a_member_of_the_roll_takes_on_waits_on_their_desk_and_is_told_by_letter(
    meeting, programme, dan, now, office, client_of
):
    join_roll(programme=programme, account=dan, name="Dan the Third", user_name="", contributions=[], now=now)
    Letter.objects.all().delete()
    words = {"text": "Write to the school", "due_on": "2027-03-11", "owner": "dan the third"}
    page = office.post(at("action_item_add", meeting.pk), words, follow=True).content.decode()
    assert "nobody will be reminded by letter" not in page
    assert "Write to the school" in shown(client_of(dan), reverse("desk:home"))
    assert remind_of_action_items(now=now) == 1
    assert Letter.objects.get().recipient == dan


def test_an_action_item_is_changed_answered_and_taken_up_again(meeting, ada, cleo, now, office):
    values = {"owner_name": "", "due_on": date(2027, 4, 1), "by": cleo, "now": now}
    item = add_action_item(gathering=meeting, text="Write", owner=ada, **values)
    address = at("action_item", item.pk)
    # Ada neither signed up nor was there: she keeps what is hers all the same.
    office.post(address, {"text": "Write it", "owner": "Ada", "due_on": "2027-04-05", "version": "1"})
    item.refresh_from_db()
    assert (item.text, item.owner, item.due_on) == ("Write it", ada, date(2027, 4, 5))
    assert (
        office.post(
            address, {"text": "X", "owner": "Ada", "due_on": "2027-04-05", "version": "1"}
        ).status_code
        == 409
    )
    office.post(at("action_item_answer", item.pk), {"status": "dropped", "note": "Nobody has time"})
    assert "Nobody has time" in shown(office, at("meeting_record", meeting.pk))
    office.post(at("action_item_answer", item.pk), {"status": "open"})
    item.refresh_from_db()
    assert item.status == "open"


def test_attendance_is_ticked_and_typed_and_only_changes_are_applied(
    meeting, ada, bo, dan, cleo, now, office
):
    sign_up(meeting, ada, now)
    sign_up(meeting, bo, now)
    say_was_there(gathering=meeting, account=dan, now=meeting.starts_at)
    address = at("attendance", meeting.pk)
    page = shown(office, address)
    assert "said so themselves, not confirmed yet" in page
    office.post(address, {"there": [f"account-{ada.pk}", f"account-{dan.pk}"], "names": "Eve\n\nFinn\n"})
    there = {str(one): one.pk for one in meeting.attendances.exclude(confirmed_at=None)}
    assert sorted(there) == ["Ada", "Dan", "Eve", "Finn"]
    # Somebody else adds Bo meanwhile; this page, drawn before, takes off Eve only.
    take_attendance(gathering=meeting, accounts={bo.pk}, by=cleo, now=now)
    drawn = [f"there-{pk}" for pk in there.values()]
    kept = [key for key in drawn if key != f"there-{there['Eve']}"]
    page = office.post(
        address, {"shown": drawn, "there": kept, "names": "FINN"}, follow=True
    ).content.decode()
    assert "not added twice: Finn" in page or "not added twice: FINN" in page
    assert sorted(str(one) for one in meeting.attendances.all()) == ["Ada", "Bo", "Dan", "Finn"]
    assert "4 were there." in shown(office, address)


@pytest.mark.parametrize("key", ["account-0", "account-x", "there-999", "guest-1", "", "account-None"])
def test_a_tick_that_was_not_offered_does_nothing(key, meeting, office):
    office.post(at("attendance", meeting.pk), {"there": [key], "shown": [key]})
    assert meeting.attendances.count() == 0


def test_attendance_is_taken_along_as_a_spreadsheet(meeting, ada, cleo, now, office):
    take_attendance(gathering=meeting, accounts={ada.pk}, names=["=Eve"], by=cleo, now=now)
    book = load_workbook(BytesIO(office.get(at("attendance_export", meeting.pk)).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[:3] for row in rows] == [
        ("Name", "Account", "Confirmed"),
        ("Ada", "yes", "yes"),
        ("=Eve", "no", "yes"),
    ]


def test_minutes_are_written_looked_at_and_published(meeting, ada, cleo, now, office):
    take_attendance(gathering=meeting, accounts={ada.pk}, by=cleo, now=now)
    address = at("minutes", meeting.pk)
    assert "Publish the minutes" not in shown(office, address)
    preview = office.post(address, {"text__en": "**Bold** words", "version": "0", "preview": "1"})
    assert "<strong>Bold</strong>" in preview.content.decode() and Minutes.objects.count() == 0
    office.post(address, {"text__en": "We met.", "version": "0"})
    assert office.post(address, {"text__en": "Mine", "version": "0"}).status_code == 409
    office.post(at("minutes_publish", meeting.pk), {"version": "1", "tell": "on"})
    assert MinutesVersion.objects.get().text == {"en": "We met."}
    assert [letter.recipient for letter in Letter.objects.filter(key="minutes_published")] == [ada]
    page = shown(office, address)
    assert ("Everybody reads version 1 of 10 March 2027." in page, "Publish the minutes" in page) == (
        True,
        False,
    )
    assert office.post(at("minutes_publish", meeting.pk), {"version": "1"}).status_code == 409


def test_publishing_nothing_says_so(meeting, office):
    page = office.post(at("minutes_publish", meeting.pk), {"version": "1"}, follow=True).content.decode()
    assert "There is nothing to publish yet." in page
