"""The judgements on mentorships, without a database."""

from datetime import date, timedelta

import pytest

from talka.blueprints.exchanges import Quiet
from talka.exchanges.rules.goals import (
    Ending,
    GoalText,
    before_completing,
    before_the_office_completes,
    goals_lacking,
    outcome_of,
)
from talka.exchanges.rules.hours import HoursFacts, refused_hours, sum_of
from talka.exchanges.rules.quiet import (
    Silence,
    back_on,
    check_in_due,
    check_in_reminder,
    check_ins_expected,
    is_ending,
    is_overdue,
    paused_days,
    step_due,
)

FIRST, LAST = date(2027, 3, 1), date(2027, 8, 31)


def keys(reasons):
    return [reason.key.removeprefix("exchanges.") for reason in reasons]


@pytest.mark.parametrize(
    ("goals", "lacking"),
    [
        ((), ["no_goal_yet"]),
        ((GoalText("Teach"),), []),
        ((GoalText("Teach", LAST),), []),
        ((GoalText("Teach", LAST + timedelta(days=1)),), ["goal_too_late"]),
        ((GoalText("Teach", FIRST - timedelta(days=1)),), ["goal_too_early"]),
        ((GoalText("Teach"), GoalText("  ")), ["goal_is_empty"]),
    ],
)
def test_a_plan_needs_a_goal_and_days_within_the_mentorship(goals, lacking):
    assert keys(goals_lacking(goals, first_day=FIRST, last_day=LAST)) == lacking


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ([], ""),
        (["yes"], ""),
        (["yes", "yes"], "yes"),
        (["yes", "partly"], "partly"),
        (["partly", "partly"], "partly"),
        (["yes", "no"], "no"),
        (["no", "no"], "no"),
    ],
)
def test_a_goal_is_reached_when_both_say_so(said, outcome):
    assert outcome_of(said) == outcome


ENDING = Ending(
    goal_count=2, judged_by_both=2, is_signed=True, confirmed_minutes=18 * 60, hours_min=18, last_day=LAST
)


@pytest.mark.parametrize(
    ("changes", "today", "lacking"),
    [
        ({}, FIRST, []),
        ({"confirmed_minutes": 18 * 60 - 5}, FIRST, ["too_early"]),
        ({"confirmed_minutes": 18 * 60 - 5}, LAST, []),
        ({"judged_by_both": 1}, LAST, ["goals_not_judged"]),
        ({"goal_count": 0, "judged_by_both": 0}, LAST, ["goals_not_judged"]),
        ({"is_signed": False}, LAST, ["plan_not_signed"]),
    ],
)
def test_who_has_the_hours_and_the_goals_may_graduate_early(changes, today, lacking):
    facts = Ending(**{**vars(ENDING), **changes})
    assert keys(before_completing(facts, today=today)) == lacking


def test_coordinators_complete_what_is_over_in_any_case():
    facts = Ending(**{**vars(ENDING), "judged_by_both": 0})
    found = [keys(before_the_office_completes(facts, today=day)) for day in (LAST - timedelta(days=1), LAST)]
    assert found == [["goals_not_judged"], []]


TODAY = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        (HoursFacts(TODAY, 60), None),
        (HoursFacts(FIRST, 60), None),
        (HoursFacts(TODAY + timedelta(days=1), 60), "day_ahead"),
        (HoursFacts(FIRST - timedelta(days=1), 60), "day_before_start"),
        (HoursFacts(TODAY, 0), "minutes_in_fives"),
        (HoursFacts(TODAY, 62), "minutes_in_fives"),
        (HoursFacts(TODAY, -5), "minutes_in_fives"),
        (HoursFacts(TODAY, 24 * 60), None),
        (HoursFacts(TODAY, 24 * 60 + 5), "more_than_a_day"),
        (HoursFacts(TODAY, 60, own_that_day=23 * 60), None),
        (HoursFacts(TODAY, 65, own_that_day=23 * 60), "more_than_a_day"),
        (HoursFacts(TODAY, 60, partner_that_day=60), "partner_has_that_day"),
    ],
)
def test_hours_are_of_a_day_that_was_and_not_twice_the_same(facts, key):
    reason = refused_hours(facts, first_day=FIRST, today=TODAY)
    assert (reason and reason.key.removeprefix("exchanges.")) == key


def test_two_meetings_on_one_day_are_both_kept_when_somebody_says_so():
    facts = HoursFacts(TODAY, 60, partner_that_day=60)
    assert refused_hours(facts, first_day=FIRST, today=TODAY, is_another=True) is None


def test_only_confirmed_hours_count():
    lines = [("confirmed", "learns", 600), ("confirmed", "teaches", 300), ("logged", "learns", 60)]
    found = sum_of([*lines, ("questioned", "learns", 30)], hours_min=18, hours_max=24)
    assert (found.confirmed, found.waiting, found.questioned, found.left) == (900, 60, 30, 180)
    assert (found.percent, found.by_part) == (83, {"learns": 600, "teaches": 300})


def test_all_hours_are_there_only_when_the_last_minute_is():
    assert [sum_of([("confirmed", "learns", n)], hours_min=18).percent for n in (1079, 1080, 5000)] == [
        99,
        100,
        100,
    ]


QUIET = Quiet()


def due(days, *taken, is_paused=False, quiet=QUIET):
    silence = Silence(FIRST, frozenset(taken), is_paused)
    return step_due(silence, quiet, today=FIRST + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "taken", "step"),
    [
        (20, (), None),
        (21, (), "remind"),
        (22, ("remind",), None),
        (34, ("remind",), None),
        (35, ("remind",), "warn"),
        (49, ("remind", "warn"), "pause"),
        (63, ("remind", "warn"), "offer"),
        (500, ("remind", "warn", "offer"), None),
    ],
)
def test_each_step_comes_on_its_day_and_once(days, taken, step):
    assert due(days, *taken) == step


def test_after_an_outage_only_the_last_step_comes_and_none_before_it_later():
    assert (due(40), due(41, "warn")) == ("warn", None)


def test_a_pair_that_paused_by_itself_is_left_in_peace():
    assert [due(day, is_paused=True) for day in (21, 49, 63, 400)] == [None] * 4
    assert due(70, "remind", is_paused=True) is None


def test_a_pair_that_was_paused_for_its_silence_is_offered_another_partner():
    taken = ("remind", "warn", "pause")
    assert [due(day, *taken, is_paused=True) for day in (62, 63)] == [None, "offer"]


def test_steps_that_are_switched_off_do_not_come():
    none = Quiet(remind_days=10, warn_days=0, pause_days=0, offer_days=0)
    assert [due(day, quiet=none) for day in (9, 10, 100)] == [None, "remind", "remind"]
    nothing = Quiet(remind_days=0, warn_days=0, pause_days=0, offer_days=0)
    assert due(1000, quiet=nothing) is None
    last = Quiet(remind_days=0, warn_days=0, pause_days=0, offer_days=5)
    assert [due(day, quiet=last) for day in (4, 5)] == [None, "offer"]


@pytest.mark.parametrize("days", [{"warn_days": 5}, {"warn_days": 0, "pause_days": 20}, {"offer_days": 48}])
def test_a_later_step_does_not_come_earlier(days):
    with pytest.raises(ValueError, match="less than the lowest"):
        Quiet(**days)


def test_a_pause_moves_the_last_day_by_its_days():
    start = date(2027, 5, 1)
    # Until the tenth: ten days, also when somebody looks a week later; by hand on the fifth: four.
    assert paused_days(start, back_on(date(2027, 5, 10), date(2027, 5, 17))) == 10
    assert paused_days(start, back_on(date(2027, 5, 10), date(2027, 5, 5))) == 4
    assert paused_days(start, back_on(None, start)) == 0


def test_a_check_in_is_asked_for_once_a_time_and_after_an_outage_once():
    due_on = check_in_due(None, first_day=FIRST, every_days=30)
    assert due_on == date(2027, 3, 31)
    asked = [
        check_in_reminder(due_on, every_days=30, today=due_on + timedelta(days=n)) for n in (-1, 0, 3, 30)
    ]
    assert asked == [None, due_on, due_on, date(2027, 4, 30)]
    assert check_in_reminder(due_on, every_days=30, today=due_on + timedelta(days=95)) == date(2027, 6, 29)


def test_check_ins_are_expected_until_the_last_day():
    expected = [
        check_ins_expected(first_day=FIRST, today=day, every_days=30, last_day=LAST)
        for day in (FIRST, date(2027, 5, 1), date(2028, 5, 1))
    ]
    assert expected == [0, 2, 6]


def test_the_end_comes_near_and_is_long_past():
    assert [is_ending(LAST, LAST - timedelta(days=n)) for n in (15, 14)] == [False, True]
    assert [is_overdue(LAST, LAST + timedelta(days=n)) for n in (30, 31)] == [False, True]
