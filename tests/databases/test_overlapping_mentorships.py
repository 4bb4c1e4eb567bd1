"""The two of a mentorship, the office and the clock act at once: one comes first, the other is told."""

import pytest

from talka.exchanges.actions import (
    amend_hours,
    confirm_hours,
    judge_goals,
    log_hours,
    pause_mentorship,
    see_mood,
    sign_plan,
    stop_mentorship,
)
from talka.exchanges.actions.quiet import take_quiet_steps
from talka.exchanges.actions.telling import give_mood
from talka.exchanges.models import Hours, Leaving, Mood, Nudge, Pause
from talka.kernel.models import Entry
from talka.letters.models import Letter
from tests.conftest import NOW
from tests.databases.conftest import at_once, while_open
from tests.exchanges.mentorship_samples import log, make_mentorship, make_underway, read, seat_of

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(outcomes):
    return sorted(type(one).__name__ for one in outcomes)


@pytest.fixture
def underway(ada, bo, cleo):
    return make_underway(ada, bo, cleo, NOW)


def test_two_clocks_take_each_step_once(underway):
    later = NOW.replace(month=4, day=5)
    assert sorted(at_once(2, lambda _number: take_quiet_steps(now=later))) == [0, 1]
    assert (Nudge.objects.count(), Letter.objects.filter(key="quiet_reminder").count()) == (1, 2)


def test_both_sides_that_sign_at_once_begin_one_mentorship(ada, bo, cleo):
    begun = make_mentorship(ada, bo, cleo, NOW)
    seats = [seat_of(begun, part) for part in ("learns", "teaches")]
    people = [ada, bo]
    plan = read(begun).plan
    outcomes = at_once(2, lambda n: sign_plan(plan=plan, seat=seats[n], by=people[n], now=NOW))
    assert kinds(outcomes) == ["Signature", "Signature"]
    assert (read(begun).status, Entry.objects.filter(verb="begin").count()) == ("underway", 1)


def test_hours_that_are_corrected_while_they_are_confirmed_are_not_confirmed_unseen(underway, ada, bo):
    hours = log(underway, "learns", NOW)
    values = {"day": hours.day, "minutes": 600, "what": "More"}
    came = while_open(
        lambda: amend_hours(hours=hours, values=values, version=1, by=ada, now=NOW),
        lambda: confirm_hours(hours=hours, version=1, by=bo, now=NOW),
    )
    assert (type(came).__name__, Hours.objects.get().status) == ("Overtaken", "logged")


def test_no_side_gets_more_than_a_day_by_writing_twice_at_once(underway, ada):
    seat = seat_of(underway, "learns")
    outcomes = at_once(
        2,
        lambda _number: log_hours(
            exchange=underway, seat=seat, day=NOW.date(), minutes=800, what="Work", by=ada, now=NOW
        ),
    )
    assert (kinds(outcomes), Hours.objects.count()) == (["Hours", "Refused"], 1)


def test_it_ends_once_and_is_paused_once(underway, ada, bo):
    seats = [seat_of(underway, part) for part in ("learns", "teaches")]
    paused = at_once(2, lambda _number: pause_mentorship(exchange=underway, by=ada, now=NOW))
    assert (kinds(paused), Pause.objects.count()) == (["NotAllowed", "Pause"], 1)
    ended = at_once(
        2,
        lambda n: stop_mentorship(exchange=underway, seat=seats[n], reason="time", by=[ada, bo][n], now=NOW),
    )
    assert (kinds(ended), Leaving.objects.count()) == (["Leaving", "NotAllowed"], 1)


def test_a_mood_is_seen_by_one_of_two_coordinators(underway, ada, cleo):
    give_mood(exchange=underway, feeling="not_good", by=ada, now=NOW)
    mood = Mood.objects.get()
    seen = at_once(2, lambda _number: see_mood(mood=mood, given_at=mood.given_at, by=cleo, now=NOW))
    assert kinds(seen) == ["NoneType", "Overtaken"]


def test_each_side_judges_while_the_other_does(underway, ada, bo):
    goal = underway.plan.agreed_goals.get()
    seats = [seat_of(underway, part) for part in ("learns", "teaches")]
    outcomes = at_once(
        2,
        lambda n: judge_goals(
            exchange=underway, seat=seats[n], said={goal.pk: ("yes", "")}, version=1, by=[ada, bo][n], now=NOW
        ),
    )
    assert (kinds(outcomes), goal.judgements.count()) == (["NoneType", "NoneType"], 2)
