"""Reports about the work of a period: counted, written, published once, and corrected by another."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talka.exchanges.models import Exchange, Hours
from talka.gatherings.actions import create_gathering
from talka.impact.actions import (
    NothingToSay,
    edit_work_report,
    publish_work_report,
    start_work_report,
)
from talka.impact.models import WorkReport
from talka.impact.queries.record import lines_between
from talka.impact.queries.work import figures_between
from talka.kernel.ledger import record
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.matching.actions import propose
from talka.matching.models import Match
from tests.matching.people_world import make_people_world

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2027, 3, 1), date(2027, 3, 31)
AFTERWARDS = datetime(2028, 1, 1, tzinfo=UTC)


@pytest.fixture
def world(cleo, now):
    """Return a cohort in which Anna and Bruno agreed to work together."""
    world = make_people_world(cleo, now)
    world.match = propose(
        cycle=world.cycle, learner=world.anna, teacher=world.bruno, origin="suggested", by=cleo, now=now
    )
    record(world.match, "agree", by=None, now=now)
    world.programme = world.cycle.programme
    return world


def begin(world, cleo, now, **more):
    """Begin a report about March."""
    given = {"title": "March", "starts_on": FIRST, "ends_on": LAST, "language": "en", "by": cleo, "now": now}
    return start_work_report(programme=world.programme, **(given | more))


def counted(world, first=FIRST, last=LAST, *, now=AFTERWARDS):
    """Return the figures of a period that are not zero, counted long after it or at a moment."""
    parts = figures_between(world.programme, first, last, now=now)
    return {fact["key"]: fact["count"] for part in parts for fact in part["facts"] if fact["count"]}


def test_what_the_ledger_knows_of_the_days_is_counted(world):
    assert counted(world) == {"agreed": 1}
    assert counted(world, date(2027, 3, 11), LAST) == {}
    assert counted(world, date(2027, 3, 10), date(2027, 3, 10)) == {"agreed": 1}


def test_days_are_those_of_the_programmes_zone(world, now):
    # 23:30 in UTC is half past midnight in Warsaw.
    late = now.replace(month=1, day=31, hour=23, minute=30)
    record(world.match, "agree", by=None, now=late)
    assert counted(world, date(2027, 2, 1), date(2027, 2, 1)) == {"agreed": 1}


def test_the_same_match_twice_counts_once(world, now):
    record(world.match, "agree", by=None, now=now + timedelta(days=1))
    assert counted(world) == {"agreed": 1}


def test_only_confirmed_hours_are_counted_in_whole_hours(world, exchange_of_two):
    exchange = exchange_of_two(world.match)
    given = {"exchange": exchange, "seat": exchange.match.seats.first(), "day": FIRST, "what": "w"}
    for minutes, status in ((90, "confirmed"), (45, "confirmed"), (600, "logged")):
        Hours.objects.create(**given, minutes=minutes, status=status, logged_at=exchange.started_at)
    assert counted(world)["hours"] == 2


def test_a_meeting_that_is_still_ahead_is_not_told_as_held(world, cleo, now):
    for days in (3, 10):
        starts_at = now + timedelta(days=days)
        create_gathering(
            programme=world.programme,
            title={"en": "Talk"},
            description={},
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            zone="UTC",
            link="",
            by=cleo,
            now=now,
        )
    a_week_later = now + timedelta(days=7)
    assert counted(world, now=now) == {"agreed": 1}
    assert counted(world, now=a_week_later) == {"agreed": 1, "meetings_held": 1}
    assert counted(world) == {"agreed": 1, "meetings_held": 2}
    lines = lines_between(world.programme, FIRST, LAST, now=a_week_later)
    assert [(line.on, line.kind) for line in lines] == [
        ((now + timedelta(days=3)).date(), "meeting"),
        (date(2027, 3, 10), "agreed"),
    ]


@pytest.fixture
def exchange_of_two(now):
    """Return a function that makes the mentorship of a match."""

    def make(match):
        return Exchange.objects.create(match=match, kind="mentorship", started_at=now)

    return make


def test_the_record_tells_of_pairs_day_by_day(world):
    lines = lines_between(world.programme, FIRST, LAST, now=AFTERWARDS)
    assert [(line.on, line.kind, line.name, line.count) for line in lines] == [
        (date(2027, 3, 10), "agreed", "2026", 1)
    ]


def test_what_is_published_never_changes(world, cleo, now):
    report = begin(world, cleo, now)
    edit_work_report(report=report, values={"words": {"pairs": "One pair."}}, version=1, by=cleo, now=now)
    publish_work_report(report=report, version=2, by=cleo, now=now)
    figures, seal = report.figures, report.seal
    Match.objects.all().delete()
    report = WorkReport.objects.get(pk=report.pk)
    assert (report.figures, report.seal) == (figures, seal)
    with pytest.raises(NotAllowed):
        edit_work_report(report=report, values={"title": "Other"}, version=report.version, by=cleo, now=now)
    with pytest.raises(NotAllowed):
        publish_work_report(report=report, version=report.version, by=cleo, now=now)
    assert WorkReport.objects.get(pk=report.pk).title == "March"


def test_a_correction_is_a_report_of_its_own_that_starts_from_the_words(world, cleo, now):
    report = begin(world, cleo, now)
    edit_work_report(report=report, values={"words": {"pairs": "One pair."}}, version=1, by=cleo, now=now)
    publish_work_report(report=report, version=2, by=cleo, now=now)
    second = begin(world, cleo, now, replaces=report)
    assert (second.words, second.status, second.replaces) == ({"pairs": "One pair."}, "draft", report)


def test_the_slower_of_two_writers_is_told(world, cleo, now):
    report = begin(world, cleo, now)
    edit_work_report(report=report, values={"title": "A"}, version=1, by=cleo, now=now)
    stale = WorkReport.objects.get(pk=report.pk)
    with pytest.raises(Overtaken):
        edit_work_report(report=stale, values={"title": "B"}, version=1, by=cleo, now=now)
    with pytest.raises(Overtaken):
        publish_work_report(report=stale, version=1, by=cleo, now=now)


def test_an_empty_report_is_not_published(world, cleo, now):
    report = begin(world, cleo, now, starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 31))
    with pytest.raises(NothingToSay):
        publish_work_report(report=report, version=1, by=cleo, now=now)


def test_counting_takes_as_many_queries_however_much_there_was(world, cleo, now, django_assert_num_queries):
    with CaptureQueriesContext(connection) as before:
        figures_between(world.programme, FIRST, LAST, now=AFTERWARDS)
    propose(cycle=world.cycle, learner=world.kofi, teacher=world.ruth, origin="suggested", by=cleo, now=now)
    with django_assert_num_queries(len(before)):
        figures_between(world.programme, FIRST, LAST, now=AFTERWARDS)
