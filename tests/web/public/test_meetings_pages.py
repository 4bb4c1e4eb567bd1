"""The meetings of a programme as anybody, somebody signed in and somebody accepted sees them; calendars."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from talka.gatherings.actions import (
    add_action_item,
    add_agenda_item,
    add_decision,
    cancel_gathering,
    edit_gathering,
    make_feed,
    publish_minutes,
    registration_token,
    save_minutes,
    take_attendance,
    tick_off,
)
from talka.gatherings.models import AgendaItem, Gathering
from talka.programmes.models import Programme
from tests.gatherings.meeting_samples import (
    LINK,
    accept,
    make_cycle,
    make_meeting,
    make_programme,
    make_series,
    sign_up,
)


@pytest.fixture
def clock(time_machine, now):
    time_machine.move_to(now, tick=False)
    return time_machine


@pytest.fixture
def programme(cleo, now, clock):
    return make_programme(cleo, now)


@pytest.fixture
def meeting(programme, cleo, now):
    return make_meeting(programme, cleo, now)


def shown(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def listed(programme):
    return reverse("public:meetings", args=[programme.slug])


def test_a_programme_without_meetings_says_what_to_expect(programme, client):
    page = shown(client, listed(programme))
    assert ("No meeting is set at the moment." in page, "No meeting has taken place yet." in page) == (
        True,
        True,
    )
    assert listed(programme) in shown(client, programme.get_absolute_url())


def test_coming_and_past_meetings_are_listed_with_counts_and_minutes(
    programme, cleo, ada, now, clock, client
):
    meeting = make_meeting(programme, cleo, now, title={"en": "First talk"})
    make_meeting(
        programme, cleo, now, starts_at=now + timedelta(days=30), title={"en": "Second talk"}, places=9
    )
    take_attendance(gathering=meeting, accounts={ada.pk}, names=["Eve"], by=cleo, now=now)
    minutes = save_minutes(gathering=meeting, text={"en": "We met."}, version=0, by=cleo, now=now)
    publish_minutes(minutes=minutes, version=1, tell=False, by=cleo, now=now)
    clock.move_to(now + timedelta(days=5), tick=False)
    page = shown(client, listed(programme))
    assert page.index("Second talk") < page.index("Past") < page.index("First talk")
    assert ("2 were there" in page, "0 of 9 places taken" in page, "#minutes" in page) == (True, True, True)
    assert "Ada" not in page and "Eve" not in page


def test_the_list_asks_the_same_number_of_questions_for_one_meeting_and_for_forty(
    programme, cleo, now, clock, client, django_assert_num_queries, django_assert_max_num_queries
):
    for begins in (now - timedelta(days=1), now + timedelta(days=1)):
        make_meeting(programme, cleo, now, starts_at=begins)
    with django_assert_max_num_queries(10) as few:
        shown(client, listed(programme))
    for number in range(40):
        make_meeting(programme, cleo, now, starts_at=now + timedelta(days=number - 20, hours=1))
    with django_assert_num_queries(len(few.captured_queries)):
        shown(client, listed(programme))


def test_what_is_not_public_is_hidden_with_its_calendars(
    programme, meeting, cleo, now, client, client_of, dan
):
    series = make_series(programme, cleo, now)
    Programme.objects.update(is_published=False)
    # Letters lead to a meeting: whoever is signed out may sign in first.
    addresses = {
        listed(programme): 404,
        reverse("public:meetings_feed", args=[programme.slug]): 404,
        reverse("public:series_feed", args=[series.pk]): 404,
        meeting.get_absolute_url(): 302,
    }
    for address, status in addresses.items():
        shown(client, address, status=status)
        shown(client_of(dan), address, status=404)
        shown(client_of(cleo), address)
        client.logout()


def test_check_ins_are_seen_by_the_accepted_and_by_nobody_else(
    programme, cleo, dan, ada, now, client, client_of
):
    cycle = make_cycle(programme, cleo, now)
    accept(cycle, ada, now)
    series = make_series(None, cleo, now, cycle=cycle, kind="check_in", title={"en": "Hub check-in"}, count=2)
    one = series.gatherings.order_by("starts_at")[0]
    minutes = save_minutes(gathering=one, text={"en": "x"}, version=0, by=cleo, now=now)
    publish_minutes(minutes=minutes, version=1, tell=False, by=cleo, now=now)
    hidden = {
        one.get_absolute_url(): 302,
        reverse("public:gathering_calendar", args=[one.pk]): 302,
        reverse("public:minutes", args=[one.pk, 1]): 404,
        reverse("public:series_feed", args=[series.pk]): 404,
    }
    pages = [listed(programme), reverse("public:meetings_feed", args=[programme.slug])]
    pages += [programme.get_absolute_url(), cycle.get_absolute_url()]
    for address, status in hidden.items():
        shown(client, address, status=status)
        shown(client_of(dan), address, status=404)
        client.logout()
    for address in pages:
        assert "Hub check-in" not in shown(client, address)
        assert "Hub check-in" not in shown(client_of(dan), address)
        client.logout()
    assert client_of(dan).post(one.get_absolute_url(), {"sign_up": "1"}).status_code == 404
    for address in [*hidden, pages[0], pages[2]]:
        assert "check-in" in shown(client_of(ada), address) or "ics" in address


def test_the_last_place_is_taken_and_said(programme, cleo, ada, dan, now, client_of, client):
    meeting = make_meeting(programme, cleo, now, places=1)
    assert "One of 1 is left." in shown(client, meeting.get_absolute_url())
    sign_up(meeting, ada, now)
    page = client_of(dan).post(meeting.get_absolute_url(), {"sign_up": "1"}, follow=True).content.decode()
    assert "The last place has just been taken." in page
    assert ("Every place is taken." in page, "Sign me up" in page) == (True, False)
    assert "I cannot come" in shown(client_of(ada), meeting.get_absolute_url())


def test_the_time_is_on_the_readers_clock_and_on_the_organisers_with_both_names(meeting, client_of, ada):
    ada.time_zone = "Asia/Kolkata"
    ada.save()
    page = shown(client_of(ada), meeting.get_absolute_url())
    assert "Saturday, 13 March 2027, 14:00–15:00" in page and "Europe/Vilnius" in page
    assert "13 March 2027, 17:30–18:30" in page and "Asia/Kolkata" in page


def test_who_is_signed_in_adds_to_the_agenda_and_others_are_asked_to(meeting, client, client_of, dan):
    page = shown(client, meeting.get_absolute_url())
    assert ("Who signs in can add to it." in page, "Add to the agenda" in page) == (True, False)
    address = reverse("public:agenda_add", args=[meeting.pk])
    assert client.post(address, {"title": "Mine"}).status_code == 302
    assert AgendaItem.objects.count() == 0
    client_of(dan).post(address, {"title": "Time zones", "minutes": "5"})
    assert "Time zones" in shown(client, meeting.get_absolute_url())
    assert client.post(address, {"title": "", "text": "kept words"}).content.decode().count("kept words") == 1


def point(meeting, by, now, title="Time zones"):
    return add_agenda_item(gathering=meeting, title=title, text="", link="", minutes=None, by=by, now=now)


def test_one_changes_ones_own_point_and_nobody_elses(meeting, dan, ada, cleo, now, client_of, clock):
    item = point(meeting, dan, now)
    address, remove = (reverse(f"public:{name}", args=[item.pk]) for name in ("agenda_item", "agenda_remove"))
    assert client_of(ada).get(address).status_code == 403
    assert client_of(ada).post(remove).status_code == 403
    client_of(dan).post(address, {"title": "Zones", "version": "1"})
    item.refresh_from_db()
    assert item.title == "Zones"
    assert client_of(cleo).post(address, {"title": "X", "version": "1"}).status_code == 409
    clock.move_to(meeting.ends_at, tick=False)
    assert "can no longer be changed" in shown(client_of(dan), address)
    client_of(dan).post(remove)
    client_of(dan).post(address, {"title": "Late", "version": "2"})
    item.refresh_from_db()
    assert item.title == "Zones"
    client_of(cleo).post(remove)
    assert AgendaItem.objects.count() == 0


def test_a_point_that_was_talked_about_is_marked(meeting, dan, cleo, now, client):
    tick_off(item=point(meeting, dan, now), by=cleo, now=now)
    assert "Talked about" in shown(client, meeting.get_absolute_url())


def test_people_say_that_they_were_there_while_it_is_fresh(meeting, client_of, ada, clock):
    client = client_of(ada)
    address = meeting.get_absolute_url()
    assert "I was there" not in shown(client, address)
    clock.move_to(meeting.ends_at, tick=False)
    client = client_of(ada)
    assert "I was there" in shown(client, address)
    client.post(reverse("public:was_there", args=[meeting.pk]))
    assert "You said so yourself." in shown(client, address)
    client.post(reverse("public:was_not_there", args=[meeting.pk]))
    assert meeting.attendances.count() == 0
    clock.move_to(meeting.ends_at + timedelta(days=7), tick=False)
    page = client_of(ada).post(reverse("public:was_there", args=[meeting.pk]), follow=True).content.decode()
    assert ("too early or too late" in page, meeting.attendances.count()) == (True, 0)


def test_minutes_decisions_and_tasks_are_everybodys_once_they_are_published(
    meeting, cleo, ada, dan, now, client, client_of
):
    add_decision(gathering=meeting, text="We go on.", by=cleo, now=now)
    values = {"owner_name": "", "due_on": date(2027, 4, 1), "by": cleo, "now": now}
    add_action_item(gathering=meeting, text="Write it down", owner=ada, **values)
    minutes = save_minutes(gathering=meeting, text={"en": "**Secret** draft"}, version=0, by=cleo, now=now)
    page = shown(client, meeting.get_absolute_url())
    assert [words in page for words in ("Secret", "We go on.", "Write it down")] == [False, False, False]
    assert "Write it down" in shown(client_of(dan), meeting.get_absolute_url())
    client.logout()
    publish_minutes(minutes=minutes, version=1, tell=False, by=cleo, now=now)
    page = shown(client, meeting.get_absolute_url())
    assert [words in page for words in ("<strong>Secret</strong>", "We go on.", "Write it down")] == [
        True
    ] * 3


def test_old_minutes_stay_readable_with_their_day_and_drafts_do_not_show(meeting, cleo, now, client):
    minutes = save_minutes(gathering=meeting, text={"en": "First"}, version=0, by=cleo, now=now)
    publish_minutes(minutes=minutes, version=1, tell=False, by=cleo, now=now)
    minutes = save_minutes(gathering=meeting, text={"en": "Second"}, version=1, by=cleo, now=now)
    assert "Second" not in shown(client, meeting.get_absolute_url())
    publish_minutes(minutes=minutes, version=2, tell=False, by=cleo, now=now + timedelta(days=1))
    page = shown(client, meeting.get_absolute_url())
    assert "Version 2, published on 11 March 2027." in page and "version 1 of 10 March 2027" in page
    old = shown(client, reverse("public:minutes", args=[meeting.pk, 1]))
    assert "First" in old and "These minutes were corrected later." in old
    shown(client, reverse("public:minutes", args=[meeting.pk, 3]), status=404)


def entries(client, address):
    """Read a calendar back; return its entries by their marks."""
    calendar = Calendar.from_ical(shown(client, address))
    return {str(one["UID"]).partition("@")[0]: one for one in calendar.walk("VEVENT")}, calendar


def test_the_feed_of_a_programme_follows_moves_and_cancellations_and_tells_no_link(
    programme, meeting, cleo, ada, now, client, client_of
):
    address, mark = reverse("public:meetings_feed", args=[programme.slug]), f"gathering-{meeting.pk}"
    first, calendar = entries(client, address)
    assert (first[mark]["SEQUENCE"], str(first[mark]["STATUS"]), "LOCATION" in first[mark]) == (
        1,
        "CONFIRMED",
        False,
    )
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Vilnius"]
    fields = {name: getattr(meeting, name) for name in ("title", "description", "zone", "link")}
    times = {name: getattr(meeting, name) + timedelta(days=20) for name in ("starts_at", "ends_at")}
    edit_gathering(gathering=meeting, **fields, **times, version=1, by=cleo, now=now)
    moved, _calendar = entries(client, address)
    assert list(moved) == [mark]
    start = moved[mark]["DTSTART"].dt
    # In summer time by then: the same moment as kept.
    assert (moved[mark]["SEQUENCE"], start, start.utcoffset()) == (2, times["starts_at"], timedelta(hours=3))
    cancel_gathering(gathering=meeting, version=2, by=cleo, now=now)
    gone, _calendar = entries(client, address)
    assert (gone[mark]["SEQUENCE"], str(gone[mark]["STATUS"])) == (3, "CANCELLED")
    assert LINK not in shown(client, address)
    other = make_meeting(programme, cleo, now)
    sign_up(other, ada, now)
    mine, _calendar = entries(client_of(ada), address)
    assert str(mine[f"gathering-{other.pk}"]["LOCATION"]) == LINK


def test_the_feed_of_a_series_holds_its_meetings_only_over_the_change_of_the_clock(
    programme, meeting, cleo, now, client
):
    series = make_series(programme, cleo, now, count=3)
    found, _calendar = entries(client, reverse("public:series_feed", args=[series.pk]))
    starts = [one["DTSTART"].dt for one in found.values()]
    assert [(start.strftime("%H:%M"), start.utcoffset().seconds // 3600) for start in starts] == [
        ("18:00", 2),
        ("18:00", 2),
        ("18:00", 3),
    ]
    assert {int(mark.partition("-")[2]) for mark in found} == set(
        series.gatherings.values_list("pk", flat=True)
    )


def test_a_persons_own_feed_holds_what_they_signed_up_for_and_took_on(
    programme, meeting, cleo, ada, dan, now, client
):
    other = make_meeting(programme, cleo, now)
    sign_up(meeting, ada, now)
    sign_up(other, dan, now)
    values = {"owner_name": "", "due_on": date(2027, 4, 1), "by": cleo, "now": now}
    item = add_action_item(gathering=meeting, text="Write", owner=ada, **values)
    add_action_item(gathering=meeting, text="Not hers", owner=dan, **values)
    address = reverse("public:my_feed", args=[make_feed(account=ada, now=now)])
    found, _calendar = entries(client, address)
    assert set(found) == {f"gathering-{meeting.pk}", f"action-item-{item.pk}"}
    assert str(found[f"gathering-{meeting.pk}"]["LOCATION"]) == LINK
    assert found[f"action-item-{item.pk}"]["DTSTART"].dt == date(2027, 4, 1)
    cancel_gathering(gathering=meeting, version=1, by=cleo, now=now)
    found, _calendar = entries(client, address)
    assert str(found[f"gathering-{meeting.pk}"]["STATUS"]) == "CANCELLED"


def test_the_address_of_a_feed_that_nobody_has_or_that_was_replaced_is_not_found(
    ada, dan, now, client, client_of
):
    old = make_feed(account=ada, now=now)
    new = make_feed(account=ada, now=now)
    for secret in (old, "nobodys", "x" * 3000):
        shown(client, reverse("public:my_feed", args=[secret]), status=404)
    shown(client, reverse("public:my_feed", args=[new]))
    client_of(ada).post(reverse("desk:calendar_revoke"))
    shown(client, reverse("public:my_feed", args=[new]), status=404)


def test_somebody_whose_account_is_closed_has_no_feed(ada, now, client):
    secret = make_feed(account=ada, now=now)
    ada.is_active = False
    ada.save()
    shown(client, reverse("public:my_feed", args=[secret]), status=404)


def test_who_takes_themselves_off_a_check_in_by_mail_sees_that_it_worked(programme, cleo, ada, now, client):
    cycle = make_cycle(programme, cleo, now)
    one = make_meeting(None, cleo, now, cycle=cycle, kind="check_in")
    address = reverse("public:unregister", args=[registration_token(sign_up(one, ada, now))])
    page = client.post(address, follow=True)
    assert (page.status_code, Gathering.objects.get(pk=one.pk).registrations.count()) == (200, 0)
    assert "You are not on the list any more" in page.content.decode()
