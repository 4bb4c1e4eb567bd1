"""Circles begin with letters, go on when somebody leaves or joins, end, and are asked softly when silent."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from talka.exchanges.actions import (
    dissolve_circle,
    join_circle,
    leave_circle,
    publish_circles,
    remind_quiet_circles,
    reply_to_lesson,
)
from talka.exchanges.models import Exchange
from talka.exchanges.queries.circles import members_of, silent_circles
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.letters.models import Letter
from talka.matching.actions import draft_circles, move_to_circle
from talka.matching.models import Match, Seat
from talka.matching.queries.circling import without_a_circle
from talka.matching.queries.reasons import Refused
from talka.travel.actions import withdraw_application
from tests.exchanges.circle_samples import (
    begin_circles,
    make_cohort,
    make_people,
    make_wanting,
    want_circle,
    write,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def letters(key):
    """Return to whom letters of a kind were written, in the order of their names."""
    return sorted(Letter.objects.filter(key=key).values_list("recipient__name", flat=True))


def test_a_draft_becomes_matches_of_peers_whose_members_read_of_each_other(circle, ada):
    seats = circle.match.seats.order_by("pk")
    assert [(seat.part, seat.answer, seat.left_at) for seat in seats] == [("peer", "yes", None)] * 4
    assert (circle.match.origin, circle.match.status, circle.kind, circle.status) == (
        "circle",
        "agreed",
        "circle",
        "underway",
    )
    assert letters("circle_started") == ["Ada", "Bo", "Peer-01", "Peer-02"]
    body = Letter.objects.get(key="circle_started", recipient=ada).body
    assert [name in body for name in ("Bo", "Peer-01", "Peer-02", circle.get_absolute_url())] == [True] * 4
    assert "    Ada" not in body


def test_a_draft_that_somebody_changed_meanwhile_is_not_published(cleo, now):
    cycle = make_cohort(cleo, now)
    people = make_wanting(cycle, make_people(5), now)
    draft = draft_circles(cycle=cycle, by=cleo, now=now)
    move_to_circle(draft=draft, application=people[0], to="out", version=1, by=cleo, now=now)
    with pytest.raises(Overtaken):
        publish_circles(draft=draft, version=1, by=cleo, now=now)
    assert (Match.objects.count(), Letter.objects.filter(key="circle_started").count()) == (0, 0)


def test_a_draft_with_somebody_who_has_a_circle_meanwhile_changes_nothing(cleo, now):
    cycle = make_cohort(cleo, now)
    make_wanting(cycle, make_people(4), now)
    one, other = (draft_circles(cycle=cycle, by=cleo, now=now) for _again in range(2))
    publish_circles(draft=one, version=1, by=cleo, now=now)
    with pytest.raises(Refused) as refused:
        publish_circles(draft=other, version=1, by=cleo, now=now)
    assert [reason.key for reason in refused.value.reasons] == ["matching.refused.has_a_circle"]
    assert Exchange.objects.circles().count() == 1


def test_who_leaves_is_gone_without_a_reason_and_the_others_are_told_once(circle, ada, now):
    seat = circle.match.seats.get(application__person=ada)
    for _again in range(2):
        leave_circle(circle=circle, seat=seat, by=ada, now=now)
    assert letters("circle_left") == ["Bo", "Peer-01", "Peer-02"]
    assert Exchange.objects.circles().held_by(ada).count() == 0
    assert [str(one.application) for one in members_of(circle)] == ["Bo", "Peer-01", "Peer-02"]


def test_who_left_may_come_back_and_a_newcomer_joins(circle, ada, cleo, now):
    seat = circle.match.seats.get(application__person=ada)
    leave_circle(circle=circle, seat=seat, by=ada, now=now)
    later = now + A_DAY
    join_circle(circle=circle, application=seat.application, by=cleo, now=later)
    (nina,) = make_people(1, first=9)
    mine = want_circle(circle.match.cycle, nina, now)
    join_circle(circle=circle, application=mine, by=cleo, now=later)
    assert len(members_of(circle)) == 5
    assert letters("circle_joined") == ["Ada", "Bo", "Bo", "Peer-01", "Peer-01", "Peer-02", "Peer-02"]
    with pytest.raises(Refused):
        join_circle(circle=circle, application=mine, by=cleo, now=later)


@pytest.mark.parametrize(("role", "status"), [("mentor", "accepted"), ("mentee", "waiting")])
def test_who_is_not_accepted_for_a_circle_does_not_join_one(circle, dan, cleo, now, role, status):
    stranger = want_circle(circle.match.cycle, dan, now, role=role, status=status)
    with pytest.raises(Refused):
        join_circle(circle=circle, application=stranger, by=cleo, now=now)


def test_a_circle_that_ends_frees_its_members_and_takes_nobody_more(circle, ada, cleo, now):
    assert without_a_circle(circle.match.cycle) == []
    dissolve_circle(circle=circle, words="Too few of you are left.", by=cleo, now=now)
    circle.refresh_from_db()
    assert (circle.status, Match.objects.get(pk=circle.match_id).status) == ("stopped", "cancelled")
    assert len(without_a_circle(circle.match.cycle)) == 4
    assert letters("circle_dissolved") == ["Ada", "Bo", "Peer-01", "Peer-02"]
    seat = circle.match.seats.get(application__person=ada)
    for act in (
        lambda: leave_circle(circle=circle, seat=seat, by=ada, now=now),
        lambda: dissolve_circle(circle=circle, words="x", by=cleo, now=now),
        lambda: write(circle, ada, now),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_who_withdraws_the_application_leaves_the_circle(circle, ada, now):
    mine = Seat.objects.get(application__person=ada).application
    withdraw_application(application=mine, by=ada, now=now)
    assert (mine.status, len(members_of(circle))) == ("withdrawn", 3)
    assert Match.objects.get(pk=circle.match_id).status == "agreed"
    assert letters("circle_left") == ["Bo", "Peer-01", "Peer-02"]


@pytest.fixture
def endless(circle):
    """Return the circle without a last day."""
    Exchange.objects.filter(pk=circle.pk).update(ends_on=None)
    return circle


def test_a_silent_circle_is_asked_once_a_month_and_three_times_at_most(endless, now):
    asked = []
    for day in range(200):
        asked.append(remind_quiet_circles(now=now + day * A_DAY))
        asked.append(remind_quiet_circles(now=now + day * A_DAY))
    assert [day // 2 for day, count in enumerate(asked) if count] == [30, 60, 90]
    assert sum(asked) == 12


def test_a_word_in_the_circle_begins_the_silence_anew(endless, ada, bo, now):
    lesson = write(endless, ada, now + 20 * A_DAY)
    assert remind_quiet_circles(now=now + 31 * A_DAY) == 0
    reply_to_lesson(lesson=lesson, text="Thanks", by=bo, now=now + 40 * A_DAY)
    assert remind_quiet_circles(now=now + 69 * A_DAY) == 0
    assert remind_quiet_circles(now=now + 70 * A_DAY) == 4


def test_after_an_outage_only_the_newest_question_is_asked(endless, now):
    assert [remind_quiet_circles(now=now + day * A_DAY) for day in (95, 96, 130)] == [4, 0, 0]


@pytest.mark.parametrize(
    ("zone", "ticks_at"),
    [
        ("Europe/Warsaw", datetime(2027, 3, 27, 12, tzinfo=UTC)),
        ("Asia/Manila", datetime(2027, 3, 27, 12, tzinfo=UTC)),
        ("America/Bogota", datetime(2027, 10, 30, 12, tzinfo=UTC)),
        ("Europe/Warsaw", datetime(2027, 10, 30, 12, tzinfo=UTC)),
    ],
)
def test_the_question_comes_at_nine_where_the_reader_is_also_when_clocks_change(circle, ada, zone, ticks_at):
    Exchange.objects.filter(pk=circle.pk).update(started_at=ticks_at - 31 * A_DAY, ends_on=None)
    ada.time_zone = zone
    ada.save()
    remind_quiet_circles(now=ticks_at)
    due_at = Letter.objects.get(key="circle_quiet", recipient=ada).due_at.astimezone(ZoneInfo(zone))
    assert (due_at.hour, due_at.minute) == (9, 0)
    assert ticks_at <= due_at < ticks_at + A_DAY + timedelta(hours=1)


def test_a_circle_that_is_over_is_asked_nothing(circle, cleo, now):
    Exchange.objects.filter(pk=circle.pk).update(ends_on=now.date())
    assert remind_quiet_circles(now=now + 31 * A_DAY) == 0
    Exchange.objects.filter(pk=circle.pk).update(ends_on=None)
    dissolve_circle(circle=circle, words="Over", by=cleo, now=now)
    assert remind_quiet_circles(now=now + 31 * A_DAY) == 0


def test_a_circle_counts_as_silent_after_sixty_days(circle, ada, now):
    days = [(now + days * A_DAY).date() for days in (59, 60, 61)]
    assert [silent_circles(day).count() for day in days] == [0, 1, 1]
    write(circle, ada, now + 10 * A_DAY)
    assert [silent_circles(day).count() for day in days] == [0, 0, 0]


def test_two_circles_know_nothing_of_each_other(cleo, now):
    cycle = make_cohort(cleo, now)
    make_wanting(cycle, make_people(4), now, languages=(("pl", 6),))
    make_wanting(cycle, make_people(4, first=5), now, languages=(("es", 6),))
    names = [[str(seat.application) for seat in members_of(one)] for one in begin_circles(cycle, cleo, now)]
    assert sorted(map(sorted, names)) == [
        ["Peer-01", "Peer-02", "Peer-03", "Peer-04"],
        ["Peer-05", "Peer-06", "Peer-07", "Peer-08"],
    ]
