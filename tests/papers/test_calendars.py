from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from talka.papers.calendars import Event, write_calendar

STAMP = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
MEETING = Event(
    uid="gathering-7@talka.example",
    title="Introductory meeting",
    stamped_at=STAMP,
    starts_at=datetime(2026, 3, 28, 18, 0, tzinfo=UTC),
    ends_at=datetime(2026, 3, 28, 19, 0, tzinfo=UTC),
    zone="Europe/Warsaw",
    place="Online",
    description="Bring questions.\nAll welcome; really, all.",
    url="https://example.org/meet?a=1&b=é",
    sequence=2,
)
VISIT = Event(
    uid="v-1", title="Visit", stamped_at=STAMP, starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 8)
)
HOSTILE = [
    "x\r\nATTENDEE:mailto:evil@example.org",
    "x\nEND:VEVENT\nBEGIN:VEVENT\nUID:2",
    "x\rATTACH:http://evil",
    "a;b:c,d\\n\\",
    "x\x0bURL:http://evil",
    "x\x1cURL:y",
    "x\x85URL:y",
    "x\u2028URL:y",
    'q"=;TZID=x:',
    "\x00\x07\ud800",
    "é" * 200,
]


def parsed(*events: Event, name: str = "Talka") -> Calendar:
    return Calendar.from_ical(write_calendar(events, name=name))


def only(event: Event):
    [found] = parsed(event).events
    return found


def test_a_meeting_keeps_its_moment_on_the_clock_of_its_zone():
    found = only(MEETING)
    assert found.start == MEETING.starts_at
    assert (found.start.hour, found["dtstart"].params["TZID"]) == (19, "Europe/Warsaw")
    assert found.end == MEETING.ends_at
    assert (found["uid"], found["sequence"], found["status"]) == (MEETING.uid, 2, "CONFIRMED")
    assert (found["summary"], found["location"], found["description"]) == (
        MEETING.title, MEETING.place, MEETING.description,
    )  # fmt: skip
    assert (found["url"], found["dtstamp"].dt) == ("https://example.org/meet?a=1&b=%C3%A9", STAMP)


def test_the_calendar_is_published_with_the_rules_of_each_zone_once():
    calendar = parsed(
        MEETING, replace(MEETING, uid="2"), replace(MEETING, uid="3", zone="Asia/Kolkata"), VISIT
    )
    assert (calendar["method"], calendar["x-wr-calname"]) == ("PUBLISH", "Talka")
    assert [zone.tz_name for zone in calendar.timezones] == ["Asia/Kolkata", "Europe/Warsaw"]


def test_a_calendar_in_utc_or_of_whole_days_needs_no_zones():
    assert parsed(replace(MEETING, zone="UTC"), VISIT).timezones == []


def test_whole_days_end_on_the_day_after_the_last():
    found = only(VISIT)
    assert (found.start, found.end) == (date(2026, 5, 4), date(2026, 5, 9))


def test_a_single_day_ends_on_the_next():
    found = only(replace(VISIT, ends_on=None))
    assert (found.start, found.end) == (date(2026, 5, 4), date(2026, 5, 5))


def test_a_cancelled_event_says_so():
    assert only(replace(MEETING, cancelled=True))["status"] == "CANCELLED"


def test_the_same_events_give_the_same_bytes():
    assert write_calendar([MEETING, VISIT], name="x") == write_calendar([MEETING, VISIT], name="x")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_property(text):
    hostile = replace(
        MEETING, uid="u" + text, title=text, place="p" + text, description=text, url="https://x.org/" + text
    )
    data = write_calendar([hostile], name=text)
    [found] = Calendar.from_ical(data).events
    assert list(found.keys()) == list(only(MEETING).keys())
    assert found.subcomponents == []
    assert [line for line in data.decode().split("\r\n") if line.splitlines() not in ([], [line])] == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x", "//x.org", "x", "https://", "data:text/html,x", " "]
)
def test_what_is_no_web_address_is_left_out(url):
    assert "url" not in only(replace(MEETING, url=url))
    assert "url" in only(MEETING)


@pytest.mark.parametrize(
    "event",
    [
        replace(MEETING, starts_at=None),
        replace(MEETING, ends_at=MEETING.starts_at - timedelta(minutes=1)),
        replace(MEETING, starts_at=datetime(2026, 3, 28, 18, 0)),  # noqa: DTZ001
        replace(VISIT, ends_on=date(2026, 5, 3)),
    ],
)
def test_an_event_without_sense_is_refused(event):
    with pytest.raises(ValueError, match=r"event|zone"):
        write_calendar([event], name="x")


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10 * 365 * 24 * 60),
    st.integers(1, 3000),
    st.sampled_from(
        ["Europe/Warsaw", "America/New_York", "Asia/Kolkata", "Etc/GMT+12", "Africa/Casablanca", "UTC"]
    ),
)
def test_every_moment_comes_back_as_it_was(since, minutes, zone):
    start = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=since)
    end = start + timedelta(minutes=minutes)
    found = only(replace(MEETING, starts_at=start, ends_at=end, zone=zone))
    assert (found.start.astimezone(UTC), found.end.astimezone(UTC)) == (start, end)


def test_an_hour_that_comes_twice_is_written_in_utc():
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert second.astimezone(ZoneInfo("Europe/Warsaw")).fold == 1
    assert only(replace(MEETING, starts_at=second, ends_at=None)).start == second
