"""What the clock does for pairs: once each, at nine where the reader is, whatever happens to clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from talka.blueprints.exchanges import Quiet
from talka.exchanges.actions import add_check_in, log_hours, pause_mentorship, resume_mentorship
from talka.exchanges.actions.quiet import take_quiet_steps
from talka.exchanges.actions.reminding import remind_of_check_ins, remind_to_confirm, tell_of_overdue
from talka.exchanges.models import Nudge
from talka.exchanges.queries.cohorts import offered_exchanges, pairs_of, quiet_exchanges, unhappy_moods
from talka.jobs.clock import tick
from talka.kernel.windows import next_nine
from talka.letters.models import Letter
from tests.exchanges.mentorship_samples import (
    log,
    make_cohort,
    make_pair,
    make_underway,
    read,
    seat_of,
    sign_as_both,
    write_goal,
)

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def underway(ada, bo, cleo, now):
    """Return a mentorship of Ada and Bo that is under way."""
    return make_underway(ada, bo, cleo, now)


def days(count):
    return timedelta(days=count)


def letters(*keys):
    return sorted(Letter.objects.filter(key__in=keys).values_list("key", "email"))


def quiet_letters():
    found = Letter.objects.filter(key__startswith="quiet_").order_by("pk")
    return list(dict.fromkeys(found.values_list("key", flat=True)))


def test_a_quiet_pair_is_reminded_warned_paused_and_offered_another(underway, now):
    for day in range(90):
        take_quiet_steps(now=now + days(day))
    steps = [(one.step, (one.taken_at - now).days) for one in Nudge.objects.order_by("pk") if one.quiet_since]
    assert steps == [("remind", 21), ("warn", 35), ("pause", 49), ("offer", 63)]
    assert quiet_letters() == [
        "quiet_reminder",
        "quiet_warning",
        "quiet_paused",
        "quiet_offer",
        "quiet_offer_office",
    ]
    assert read(underway).status == "paused"
    assert letters("quiet_offer_office") == [("quiet_offer_office", "cleo@demo.invalid")]
    assert letters("quiet_reminder") == [
        ("quiet_reminder", "ada@demo.invalid"),
        ("quiet_reminder", "bo@demo.invalid"),
    ]


def test_whatever_the_two_do_begins_the_count_anew(underway, ada, bo, now):
    def silence(day):
        take_quiet_steps(now=now + days(day))
        return Nudge.objects.count()

    assert silence(21) == 1
    log(underway, "learns", now + days(22))
    assert silence(42) == 1
    add_check_in(exchange=underway, held_on=now.date() + days(42), words="", by=bo, now=now + days(42))
    assert silence(62) == 1
    write_goal(underway, ada, now + days(62))
    assert silence(82) == 1
    assert silence(83) == 2


def test_after_an_outage_comes_one_letter_and_not_those_that_were_missed(underway, now):
    late = now + days(38)
    assert [take_quiet_steps(now=late), take_quiet_steps(now=late + timedelta(minutes=5))] == [1, 0]
    assert quiet_letters() == ["quiet_warning"]
    assert take_quiet_steps(now=late + days(3)) == 0


def test_three_days_of_outage_move_no_step_and_repeat_none(underway, now):
    for day in (*range(20), *range(23, 34), *range(37, 48)):
        take_quiet_steps(now=now + days(day))
    assert list(Nudge.objects.order_by("pk").values_list("step", flat=True)) == ["remind", "warn"]
    assert Letter.objects.filter(key__startswith="quiet_").count() == 4


def test_a_pair_that_paused_by_itself_is_left_in_peace_and_counted_from_its_return(underway, ada, now):
    pause_mentorship(exchange=underway, by=ada, now=now)
    assert [take_quiet_steps(now=now + days(day)) for day in (21, 49, 70, 200)] == [0, 0, 0, 0]
    resume_mentorship(exchange=underway, by=ada, now=now + days(200))
    assert [take_quiet_steps(now=now + days(day)) for day in (220, 221)] == [0, 1]


def test_a_pair_that_was_paused_for_its_silence_goes_on_with_one_press(underway, ada, now):
    for day in (21, 35, 49):
        take_quiet_steps(now=now + days(day))
    resume_mentorship(exchange=underway, by=ada, now=now + days(55))
    assert read(underway).ends_on == underway.ends_on + days(6)
    assert [take_quiet_steps(now=now + days(day)) for day in (63, 75, 76)] == [0, 0, 1]


def test_letters_leave_at_nine_where_the_reader_is(underway, ada, bo, now):
    ada.time_zone, bo.time_zone = "America/Lima", "Asia/Tokyo"
    ada.save()
    bo.save()
    take_quiet_steps(now=datetime(2027, 4, 1, 0, 5, tzinfo=WARSAW))
    found = {one.recipient_id: one.due_at for one in Letter.objects.filter(key="quiet_reminder")}
    there = {
        pk: due.astimezone(ZoneInfo(zone))
        for (pk, due), zone in zip(sorted(found.items()), ("America/Lima", "Asia/Tokyo"), strict=True)
    }
    assert [(one.day, one.hour, one.minute) for one in there.values()] == [(1, 9, 0), (1, 9, 0)]


@pytest.mark.parametrize(
    ("now", "nine"),
    [
        # The clocks go forward on 28 March 2027 and back on 31 October 2027.
        (datetime(2027, 3, 27, 23, 0, tzinfo=UTC), datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
        (datetime(2027, 3, 27, 7, 0, tzinfo=UTC), datetime(2027, 3, 27, 8, 0, tzinfo=UTC)),
        (datetime(2027, 3, 27, 9, 0, tzinfo=UTC), datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
        (datetime(2027, 10, 30, 22, 30, tzinfo=UTC), datetime(2027, 10, 31, 8, 0, tzinfo=UTC)),
        (datetime(2027, 10, 30, 12, 0, tzinfo=UTC), datetime(2027, 10, 31, 8, 0, tzinfo=UTC)),
        (datetime(2027, 10, 31, 8, 0, tzinfo=UTC), datetime(2027, 10, 31, 8, 0, tzinfo=UTC)),
    ],
)
def test_nine_is_nine_on_both_days_on_which_the_clocks_change(now, nine):
    assert next_nine(now, "Europe/Warsaw") == nine


@pytest.mark.parametrize(
    ("begins", "due"),
    [
        # Over the day of 23 hours, and over that of 25: counted in days, not in hours.
        (datetime(2027, 3, 20, 23, 30, tzinfo=WARSAW), date(2027, 4, 10)),
        (datetime(2027, 10, 20, 0, 10, tzinfo=WARSAW), date(2027, 11, 10)),
    ],
)
def test_days_are_counted_over_changes_of_the_clock(ada, bo, cleo, begins, due):
    make_underway(ada, bo, cleo, begins)
    midnight = datetime.combine(due, datetime.min.time(), tzinfo=WARSAW)
    assert take_quiet_steps(now=midnight - timedelta(minutes=1)) == 0
    assert take_quiet_steps(now=midnight) == 1


def test_hours_that_wait_are_asked_for_once(underway, bo, now):
    first = log(underway, "learns", now)
    log(underway, "learns", now + days(2), day=now.date() + days(2))
    assert [remind_to_confirm(now=now + days(day)) for day in (13, 14, 15, 40)] == [0, 1, 0, 0]
    assert letters("hours_waiting") == [("hours_waiting", "bo@demo.invalid")]
    assert "2 times" in Letter.objects.get(key="hours_waiting").body
    type(first).objects.filter(pk=first.pk).update(status="confirmed")
    assert [remind_to_confirm(now=now + days(day)) for day in (41, 42)] == [1, 0]


def test_each_side_is_asked_for_the_hours_of_the_other(underway, now):
    log(underway, "learns", now)
    log(underway, "teaches", now, is_another=True)
    assert remind_to_confirm(now=now + days(20)) == 2
    assert letters("hours_waiting") == [
        ("hours_waiting", "ada@demo.invalid"),
        ("hours_waiting", "bo@demo.invalid"),
    ]


def keep_busy(exchange, now, count):
    """Write down an hour on each day, so that nothing is quiet."""
    seat = seat_of(exchange, "learns")
    for day in range(0, count, 7):
        moment = now + days(day)
        log_hours(
            exchange=exchange,
            seat=seat,
            day=moment.date(),
            minutes=30,
            what="We wrote",
            by=seat.application.person,
            now=moment,
        )


def test_a_pair_is_reminded_of_its_check_in_each_month_and_after_an_outage_once(underway, ada, now):
    keep_busy(underway, now, 160)
    asked = [day for day in range(0, 70) if remind_of_check_ins(now=now + days(day))]
    assert asked == [30, 60]
    assert [remind_of_check_ins(now=now + days(day)) for day in (140, 141)] == [1, 0]
    add_check_in(exchange=underway, held_on=now.date() + days(141), words="", by=ada, now=now + days(141))
    assert [remind_of_check_ins(now=now + days(day)) for day in (150, 170, 171)] == [0, 0, 1]


def test_a_pair_of_which_nothing_is_heard_gets_no_second_letter_about_check_ins(underway, now):
    take_quiet_steps(now=now + days(21))
    assert remind_of_check_ins(now=now + days(31)) == 0


def test_coordinators_are_told_once_of_a_mentorship_that_nobody_completed(underway, now):
    last = datetime.combine(underway.ends_on, datetime.min.time(), tzinfo=WARSAW)
    assert [tell_of_overdue(now=last + days(day)) for day in (30, 31, 32, 90)] == [0, 1, 0, 0]
    assert letters("mentorship_overdue") == [("mentorship_overdue", "cleo@demo.invalid")]


def test_steps_that_a_programme_switched_off_do_not_come(ada, bo, cleo, now):
    quiet = Quiet(remind_days=7, warn_days=0, pause_days=0, offer_days=0)
    make_underway(ada, bo, cleo, now, quiet=quiet)
    assert [take_quiet_steps(now=now + days(day)) for day in (6, 7, 100)] == [0, 1, 0]


def test_the_board_knows_who_is_quiet_until_something_is_heard(underway, ada, cleo, now):
    cycle = underway.match.cycle
    for day in (21, 35):
        take_quiet_steps(now=now + days(day))
    (pair,) = pairs_of(cycle, today=now.date() + days(36))
    assert (pair.step, pair.quiet_days) == ("warn", 36)
    assert (quiet_exchanges().count(), offered_exchanges().count()) == (1, 0)
    for day in (49, 63):
        take_quiet_steps(now=now + days(day))
    assert (quiet_exchanges().count(), offered_exchanges().count()) == (0, 1)
    resume_mentorship(exchange=underway, by=ada, now=now + days(64))
    assert (quiet_exchanges().count(), offered_exchanges().count(), unhappy_moods(reader=cleo).count()) == (
        0,
        0,
        0,
    )


def test_nothing_is_asked_for_each_pair_when_nothing_is_due(
    cleo, now, django_assert_num_queries, django_assert_max_num_queries
):
    from tests.conftest import make_account

    cycle = make_cohort(cleo, now)

    def more(count, start):
        for number in range(start, start + count):
            pair = [make_account(f"{part}{number}") for part in ("mentee", "mentor")]
            sign_as_both(make_pair(cycle, *pair, now), now)

    more(2, 0)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        take_quiet_steps(now=now + days(5))
        remind_of_check_ins(now=now + days(5))
        remind_to_confirm(now=now + days(5))
        tell_of_overdue(now=now + days(5))
    more(4, 2)
    with django_assert_num_queries(len(few)):
        take_quiet_steps(now=now + days(5))
        remind_of_check_ins(now=now + days(5))
        remind_to_confirm(now=now + days(5))
        tell_of_overdue(now=now + days(5))
    with django_assert_max_num_queries(60):
        pairs_of(cycle, today=now.date())


def test_all_of_it_belongs_to_the_tick(underway, now):
    names = {name for name in tick(now) if name.startswith("exchanges.")}
    assert names == {
        "exchanges.delete_emergency_contacts",
        "exchanges.remind_of_check_ins",
        "exchanges.remind_quiet_circles",
        "exchanges.remind_to_confirm",
        "exchanges.resume_pauses",
        "exchanges.take_quiet_steps",
        "exchanges.tell_of_overdue",
    }
