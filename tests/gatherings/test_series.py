"""A series makes its meetings ahead, on its own clock; one that was changed by itself stays as it is."""

from datetime import date, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from talka.blueprints.reading import shipped
from talka.gatherings.actions import (
    GatheringOver,
    cancel_gathering,
    edit_gathering,
    edit_series,
    end_series,
    extend_series,
)
from talka.gatherings.models import Gathering
from talka.gatherings.queries import change_of_series, next_meeting
from talka.kernel.models import Entry, Overtaken
from talka.kernel.registry import clockwork
from talka.letters.models import Letter
from talka.programmes.actions import create_programme
from tests.gatherings.meeting_samples import LINK, make_meeting, make_series, plan, sign_up


def days(series):
    """List the days and hours of a series' meetings on its own clock, cancelled ones left out."""
    there = ZoneInfo(series.zone)
    found = series.gatherings.filter(cancelled_at=None).order_by("starts_at")
    return [one.starts_at.astimezone(there).strftime("%m-%d %H:%M") for one in found]


def edited(series, by, now, **given):
    return edit_series(series=series, values=plan(**given), version=series.version, by=by, now=now)


def changed(meeting, by, now, **values):
    fields = ("title", "description", "starts_at", "ends_at", "zone", "link", "places")
    given = {name: getattr(meeting, name) for name in fields} | values
    edit_gathering(gathering=meeting, **given, version=meeting.version, by=by, now=now)


def told(key):
    return Letter.objects.filter(key=key).count()


def test_a_series_meets_at_the_same_local_time_on_both_sides_of_both_changes(programme, cleo, now):
    spring = make_series(programme, cleo, now, count=4)
    assert days(spring) == ["03-16 18:00", "03-23 18:00", "03-30 18:00", "04-06 18:00"]
    assert [one.starts_at.hour for one in spring.gatherings.order_by("starts_at")] == [16, 16, 15, 15]
    autumn = make_series(programme, cleo, now + timedelta(days=200), first_on=date(2027, 10, 26), count=2)
    assert [one.starts_at.hour for one in autumn.gatherings.order_by("starts_at")] == [15, 16]
    assert all(one.ends_at - one.starts_at == timedelta(hours=1) for one in Gathering.objects.all())


def test_the_clock_makes_what_comes_into_sight_and_nothing_twice(programme, cleo, now):
    series = make_series(programme, cleo, now)
    assert (extend_series(now=now), series.gatherings.count()) == (0, 12)
    later = now + timedelta(days=14)
    assert [extend_series(now=later), extend_series(now=later)] == [2, 0]
    # After three days without a clock everything is there once.
    assert clockwork.get("gatherings.extend_series")(now=later + timedelta(days=10)) == 1
    assert series.gatherings.values("original_on").distinct().count() == series.gatherings.count() == 15


def test_one_meeting_is_moved_and_one_is_cancelled_without_touching_the_others(programme, cleo, ada, now):
    series = make_series(programme, cleo, now, count=4)
    first, second, *_rest = series.gatherings.order_by("starts_at")
    sign_up(first, ada, now)
    changed(
        first,
        cleo,
        now,
        starts_at=first.starts_at + timedelta(hours=1),
        ends_at=first.ends_at + timedelta(hours=1),
    )
    cancel_gathering(gathering=second, version=1, by=cleo, now=now)
    assert days(series) == ["03-16 19:00", "03-30 18:00", "04-06 18:00"]
    assert (extend_series(now=now), told("gathering_moved"), told("gathering_cancelled")) == (0, 1, 0)


def test_a_new_time_reaches_the_meetings_ahead_that_nobody_changed_and_tells_who_signed_up(
    programme, cleo, ada, bo, now
):
    series = make_series(programme, cleo, now, count=4)
    first, second, third, fourth = series.gatherings.order_by("starts_at")
    for meeting, person in ((first, ada), (second, ada), (third, bo), (fourth, bo)):
        sign_up(meeting, person, now)
    changed(second, cleo, now, title={"en": "With a guest"})
    later = first.ends_at + timedelta(days=1)
    change = edited(series, cleo, later, count=4, starts_time=time(19))
    assert days(series) == ["03-16 18:00", "03-23 18:00", "03-30 19:00", "04-06 19:00"]
    assert (len(change.kept), len(change.apart), change.told, told("gathering_moved")) == (2, 1, 2, 2)
    second.refresh_from_db()
    assert (str(second), second.is_exception) == ("With a guest", True)


def test_what_a_change_does_is_known_before_it_is_made(programme, cleo, ada, now):
    series = make_series(programme, cleo, now, count=4)
    for meeting in series.gatherings.all():
        sign_up(meeting, ada, now)
    series.until_on, series.count = date(2027, 3, 25), None
    change = change_of_series(series, now=now)
    assert (len(change.kept), len(change.dropped), len(change.added), change.told) == (2, 2, 0, 2)
    assert (series.gatherings.filter(cancelled_at=None).count(), told("gathering_cancelled")) == (4, 0)


def test_another_weekday_moves_each_meeting_within_its_week_and_one_apart_stands_for_its_week(
    programme, cleo, now
):
    series = make_series(programme, cleo, now, count=4)
    second = series.gatherings.order_by("starts_at")[1]
    changed(second, cleo, now, title={"en": "With a guest"})
    edited(series, cleo, now, count=4, first_on=date(2027, 3, 18))
    assert days(series) == ["03-18 18:00", "03-23 18:00", "04-01 18:00", "04-08 18:00"]
    assert extend_series(now=now) == 0
    assert sorted(series.gatherings.values_list("original_on", flat=True)) == [
        date(2027, 3, 18),
        date(2027, 3, 25),
        date(2027, 4, 1),
        date(2027, 4, 8),
    ]


def test_every_second_week_cancels_every_second_meeting_and_makes_later_ones(programme, cleo, ada, now):
    series = make_series(programme, cleo, now)
    dropped = series.gatherings.order_by("starts_at")[1]
    sign_up(dropped, ada, now)
    change = edited(series, cleo, now, every=2)
    assert (len(change.kept), len(change.dropped), change.told) == (6, 6, 1)
    assert days(series) == [f"{day} 18:00" for day in ("03-16", "03-30", "04-13", "04-27", "05-11", "05-25")]
    assert told("gathering_cancelled") == 1


def test_a_weekly_series_after_a_monthly_one_has_no_holes_where_the_monthly_ones_stood(programme, cleo, now):
    series = make_series(programme, cleo, now, rhythm="monthly_weekday")
    assert series.gatherings.count() == 6
    edited(series, cleo, now)
    for weeks in range(20):
        extend_series(now=now + timedelta(weeks=weeks))
    standing = series.gatherings.filter(cancelled_at=None).order_by("starts_at")
    assert {(later.original_on - one.original_on).days for one, later in pairwise(standing)} == {7}


def test_a_new_title_and_link_reach_the_meetings_and_only_the_link_is_told(programme, cleo, ada, now):
    series = make_series(programme, cleo, now, count=2)
    sign_up(series.gatherings.order_by("starts_at")[0], ada, now)
    edited(series, cleo, now, count=2, title={"en": "Open hour"})
    assert (told("gathering_moved"), {str(one) for one in series.gatherings.all()}) == (0, {"Open hour"})
    edited(series, cleo, now, count=2, title={"en": "Open hour"}, link="https://meet.example.org/new")
    assert told("gathering_moved") == 1
    assert "https://meet.example.org/new" in Letter.objects.get(key="gathering_moved").body


def test_what_does_not_change_keeps_its_version_in_calendars(programme, cleo, now):
    series = make_series(programme, cleo, now, count=2)
    edited(series, cleo, now, count=2)
    assert set(series.gatherings.values_list("version", flat=True)) == {1}
    edited(series, cleo, now, count=2, starts_time=time(19))
    assert set(series.gatherings.values_list("version", flat=True)) == {2}


def test_the_slower_of_two_who_change_a_series_changes_nothing(programme, cleo, now):
    series = make_series(programme, cleo, now, count=2)
    edited(series, cleo, now, count=2)
    with pytest.raises(Overtaken):
        edit_series(series=series, values=plan(starts_time=time(7)), version=1, by=cleo, now=now)
    assert days(series) == ["03-16 18:00", "03-23 18:00"]


def test_who_ends_a_series_cancels_what_is_ahead_and_tells_those_who_signed_up(programme, cleo, ada, now):
    series = make_series(programme, cleo, now)
    first, second, *_rest = series.gatherings.order_by("starts_at")
    sign_up(first, ada, now)
    sign_up(second, ada, now)
    later = first.ends_at + timedelta(days=1)
    assert end_series(series=series, version=1, by=cleo, now=later) == (11, 1)
    assert days(series) == ["03-16 18:00"]
    assert (extend_series(now=later), told("gathering_cancelled")) == (0, 1)
    with pytest.raises(GatheringOver):
        sign_up(second, ada, later)
    assert [entry.verb for entry in Entry.objects.about(series)] == ["create", "end"]


def test_the_next_meeting_is_the_next_of_the_series_that_takes_place(programme, cleo, now):
    series = make_series(programme, cleo, now, count=3)
    first, second, third = series.gatherings.order_by("starts_at")
    cancel_gathering(gathering=second, version=1, by=cleo, now=now)
    assert next_meeting(first, now=now) == third
    assert next_meeting(third, now=now) is None
    assert next_meeting(make_meeting(programme, cleo, now), now=now) is None


def test_a_cycle_of_another_programme_is_refused(programme, cycle, cleo, now):
    other = create_programme(slug="x", blueprint=shipped()["mentorship"], zone="UTC", by=cleo, now=now)
    with pytest.raises(ValueError, match="another programme"):
        make_series(other, cleo, now, cycle=cycle)
    assert make_meeting(None, cleo, now, cycle=cycle).programme == programme
    assert make_series(None, cleo, now, cycle=cycle).link == LINK
