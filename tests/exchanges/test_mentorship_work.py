"""Goals, signatures, hours, check-ins and moods of a mentorship."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from talka.exchanges.actions import (
    Refused,
    add_check_in,
    amend_hours,
    confirm_all,
    confirm_hours,
    edit_goal,
    give_mood,
    question_hours,
    raise_goal,
    remove_goal,
    see_mood,
    sign_plan,
    withdraw_hours,
)
from talka.exchanges.models import Exchange, GoalJudgement, Hours, Mood, Signature
from talka.exchanges.queries import sum_of_hours
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from talka.matching.models import Seat
from talka.programmes.actions import appoint
from tests.exchanges.mentorship_samples import (
    log,
    make_mentorship,
    make_underway,
    read,
    seat_of,
    sign_as_both,
    write_goal,
)


@pytest.fixture
def begun(ada, bo, cleo, now):
    """Return a mentorship of Ada and Bo whose plan is not signed."""
    return make_mentorship(ada, bo, cleo, now)


@pytest.fixture
def underway(begun, now):
    """Return the same mentorship with its plan signed by both."""
    return sign_as_both(begun, now)


def letters(key):
    return sorted(Letter.objects.filter(key=key).values_list("email", flat=True))


def test_a_mentorship_begins_when_both_have_signed_and_nobody_else_approves(begun, ada, bo, now):
    learns, teaches = seat_of(begun, "learns"), seat_of(begun, "teaches")
    sign_plan(plan=begun.plan, seat=learns, by=ada, now=now)
    assert (read(begun).status, letters("plan_awaits_you")) == ("planning", ["bo@demo.invalid"])
    sign_plan(plan=begun.plan, seat=teaches, by=bo, now=now)
    assert (read(begun).status, read(begun).plan.status) == ("underway", "approved")
    assert letters("plan_agreed") == ["ada@demo.invalid", "bo@demo.invalid"]
    assert letters("plan_signed") == []


def test_a_changed_goal_asks_for_both_signatures_again_while_the_work_goes_on(underway, ada, now):
    goal = underway.plan.agreed_goals.get()
    values = {"text": "Three schools teach", "evidence": "", "by_when": None}
    edit_goal(goal=goal, **values, version=underway.plan.version, by=ada, now=now)
    found = read(underway)
    assert (found.status, found.plan.status, found.plan.version) == ("underway", "draft", 2)
    assert letters("plan_changed") == ["bo@demo.invalid"]
    assert "booked" not in Letter.objects.get(key="plan_changed").body
    assert (sign_as_both(found, now).status, read(found).plan.status) == ("underway", "approved")


def test_what_was_said_of_a_goal_goes_when_the_goal_changes(underway, ada, now):
    goal = underway.plan.agreed_goals.get()
    GoalJudgement.objects.create(goal=goal, seat=seat_of(underway, "learns"), met="yes", judged_at=now)
    edit_goal(goal=goal, text=goal.text, evidence=goal.evidence, by_when=None, version=9, by=ada, now=now)
    assert GoalJudgement.objects.count() == 1
    edit_goal(goal=goal, text="Another", evidence="", by_when=None, version=1, by=ada, now=now)
    assert GoalJudgement.objects.count() == 0


def test_the_slower_of_two_who_change_goals_is_told(begun, ada, bo, now):
    goal, version = begun.plan.agreed_goals.get(), begun.plan.version
    edit_goal(goal=goal, text="Ada's", evidence="", by_when=None, version=version, by=ada, now=now)
    with pytest.raises(Overtaken):
        edit_goal(goal=goal, text="Bo's", evidence="", by_when=None, version=version, by=bo, now=now)
    remove_goal(goal=goal, by=ada, now=now)
    with pytest.raises(Overtaken):
        edit_goal(goal=goal, text="Bo's", evidence="", by_when=None, version=version, by=bo, now=now)
    assert list(begun.plan.agreed_goals.all()) == []


def test_goals_are_put_in_order_and_taken_out(begun, ada, now):
    second = write_goal(begun, ada, now, "Second")
    third = write_goal(begun, ada, now, "Third")
    raise_goal(goal=third, by=ada, now=now)
    order = ["Two schools teach.", "Third", "Second"]
    assert [str(goal) for goal in begun.plan.agreed_goals.all()] == order
    remove_goal(goal=second, by=ada, now=now)
    remove_goal(goal=second, by=ada, now=now)
    assert (read(begun).plan.agreed_goals.count(), read(begun).plan.version) == (2, 5)


def test_who_only_helps_or_has_left_cannot_sign(begun, ada, now):
    seat = seat_of(begun, "learns")
    Seat.objects.filter(pk=seat_of(begun, "teaches").pk).update(part="supports")
    with pytest.raises(NotAllowed):
        sign_plan(plan=begun.plan, seat=Seat.objects.get(match=begun.match, part="supports"), by=ada, now=now)
    Seat.objects.filter(pk=seat.pk).update(left_at=now)
    with pytest.raises(NotAllowed):
        sign_plan(plan=Exchange.objects.get(pk=begun.pk).plan, seat=seat, by=ada, now=now)
    assert Signature.objects.count() == 0


def test_the_other_side_confirms_hours_and_only_then_they_count(underway, ada, bo, now):
    hours = log(underway, "learns", now, minutes=90)
    with pytest.raises(NotAllowed):
        confirm_hours(hours=hours, version=1, by=ada, now=now)
    assert sum_of_hours(read(underway)).confirmed == 0
    confirm_hours(hours=hours, version=1, by=bo, now=now)
    confirm_hours(hours=hours, version=1, by=bo, now=now)
    found = sum_of_hours(read(underway))
    assert (found.confirmed, found.waiting, found.needed) == (90, 0, 18 * 60)
    assert Entry.objects.filter(subject_type="exchanges.hours", verb="confirm").count() == 1


def test_who_acts_for_both_sides_never_confirms_what_they_wrote(underway, ada, bo, now):
    hours = log(underway, "learns", now)
    seat_of(underway, "teaches").application.__class__.objects.filter(
        pk=seat_of(underway, "teaches").application_id
    ).update(person=ada)
    with pytest.raises(NotAllowed):
        confirm_hours(hours=hours, version=1, by=ada, now=now)
    assert Hours.objects.get().status == "logged"


def test_a_helper_confirms_nothing(underway, ada, dan, now):
    helper = type(underway.mentee).objects.create(
        call=underway.match.cycle.calls.get(role="designer"),
        person=dan,
        status="accepted",
        sheet=underway.mentor.sheet.__class__.objects.create(form_version=underway.mentor.sheet.form_version),
        started_at=now,
    )
    Seat.objects.create(match=underway.match, application=helper, part="supports", answer="yes")
    with pytest.raises(NotAllowed):
        confirm_hours(hours=log(underway, "learns", now), version=1, by=dan, now=now)


def test_hours_that_were_corrected_are_looked_at_again(underway, ada, bo, now):
    hours = log(underway, "learns", now)
    values = {"day": hours.day, "minutes": 300, "what": "We wrote lessons"}
    amend_hours(hours=hours, values=values, version=1, by=ada, now=now)
    with pytest.raises(Overtaken):
        confirm_hours(hours=hours, version=1, by=bo, now=now)
    with pytest.raises(Overtaken):
        amend_hours(hours=hours, values=values, version=1, by=ada, now=now)
    confirm_hours(hours=hours, version=2, by=bo, now=now)
    with pytest.raises(NotAllowed):
        amend_hours(hours=hours, values=values, version=2, by=ada, now=now)
    assert Hours.objects.get().minutes == 300


def test_a_question_about_hours_goes_to_who_wrote_them_and_is_answered_by_a_correction(
    underway, ada, bo, now
):
    hours = log(underway, "learns", now)
    confirm_hours(hours=hours, version=1, by=bo, now=now)
    question_hours(hours=hours, question="Was it not an hour less?", version=1, by=bo, now=now)
    assert (Hours.objects.get().status, letters("hours_questioned")) == ("questioned", ["ada@demo.invalid"])
    values = {"day": hours.day, "minutes": 30, "what": "We read"}
    amend_hours(hours=hours, values=values, version=1, by=ada, now=now)
    assert (Hours.objects.get().status, Hours.objects.get().question) == ("logged", "")


def test_hours_are_taken_back_by_their_own_side_until_they_are_confirmed(underway, ada, bo, now):
    hours = log(underway, "learns", now)
    with pytest.raises(NotAllowed):
        withdraw_hours(hours=hours, by=bo, now=now)
    withdraw_hours(hours=hours, by=ada, now=now)
    assert sum_of_hours(read(underway)).by_status == {}
    other = log(underway, "learns", now)
    confirm_hours(hours=other, version=1, by=bo, now=now)
    with pytest.raises(NotAllowed):
        withdraw_hours(hours=other, by=ada, now=now)


def test_the_same_hour_written_down_by_both_is_asked_about(underway, now):
    log(underway, "learns", now, minutes=60)
    with pytest.raises(Refused) as refused:
        log(underway, "teaches", now, minutes=60)
    assert refused.value.reasons[0].key == "exchanges.partner_has_that_day"
    log(underway, "teaches", now, minutes=60, is_another=True)
    assert Hours.objects.count() == 2


def test_a_side_has_no_more_than_24_hours_a_day(underway, now):
    log(underway, "learns", now, minutes=20 * 60)
    with pytest.raises(Refused):
        log(underway, "learns", now, minutes=4 * 60 + 5)
    log(underway, "learns", now, minutes=4 * 60)


def test_today_is_the_later_of_the_writers_day_and_the_programmes(underway, bo, now):
    late = datetime(2027, 3, 20, 20, 0, tzinfo=ZoneInfo("UTC"))
    bo.time_zone = "Pacific/Auckland"
    bo.save()
    log(underway, "teaches", late, day=date(2027, 3, 21), by=bo)
    with pytest.raises(Refused):
        log(underway, "learns", late, day=date(2027, 3, 21))


def test_everything_that_was_seen_is_confirmed_at_once(underway, ada, bo, now):
    mine = log(underway, "teaches", now, by=bo)
    first = log(underway, "learns", now, is_another=True)
    second = log(underway, "learns", now, is_another=True)
    unseen = log(underway, "learns", now, is_another=True)
    amend_hours(
        hours=second,
        values={"day": second.day, "minutes": 200, "what": "More"},
        version=1,
        by=ada,
        now=now,
        is_another=True,
    )
    seen = {mine.pk: 1, first.pk: 1, second.pk: 1}
    assert confirm_all(exchange=underway, seen=seen, by=bo, now=now) == 1
    found = dict(Hours.objects.values_list("pk", "status"))
    assert found == {mine.pk: "logged", first.pk: "confirmed", second.pk: "logged", unseen.pk: "logged"}


def test_check_ins_are_of_days_that_were_and_one_a_day(underway, ada, bo, now):
    today = now.date()
    add_check_in(exchange=underway, held_on=today, words="Next: a syllabus", by=ada, now=now)
    for day, key in (
        (today, "check_in_there"),
        (today + timedelta(days=1), "day_ahead"),
        (today - timedelta(days=1), "day_before_start"),
    ):
        with pytest.raises(Refused) as refused:
            add_check_in(exchange=underway, held_on=day, words="", by=bo, now=now)
        assert refused.value.reasons[0].key == f"exchanges.{key}"


def test_within_a_week_the_newest_mood_counts(underway, ada, cleo, now):
    give_mood(exchange=underway, feeling="good", words="Fine", by=ada, now=now)
    mood = Mood.objects.get()
    see_mood(mood=mood, given_at=mood.given_at, note="Read", by=cleo, now=now)
    later = now + timedelta(days=6)
    give_mood(exchange=underway, feeling="unsure", words="Hm", by=ada, now=later)
    mood.refresh_from_db()
    assert (Mood.objects.count(), mood.feeling, mood.seen_at) == (1, "unsure", None)
    give_mood(exchange=underway, feeling="good", by=ada, now=later + timedelta(days=7))
    assert Mood.objects.count() == 2


def test_who_is_not_well_is_told_of_to_the_coordinators_alone_and_without_words(underway, ada, bo, cleo, now):
    appoint(programme=underway.match.cycle.programme, account=bo, post="coordinator", by=cleo, now=now)
    give_mood(exchange=underway, feeling="not_good", words="CNRYmoodX", by=ada, now=now)
    # Bo coordinates too, but is the partner.
    assert letters("mood_not_good") == ["cleo@demo.invalid"]
    assert not Letter.objects.filter(body__contains="CNRYmoodX").exists()
    assert not Entry.objects.filter(note__contains="CNRYmoodX").exists()
    lines = Entry.objects.filter(subject_type="exchanges.exchange", subject_id=underway.pk)
    assert set(lines.values_list("verb", flat=True)) == {"start", "begin"}


def test_a_mood_is_seen_once_and_as_it_was_read(underway, ada, cleo, now):
    give_mood(exchange=underway, feeling="not_good", words="A", by=ada, now=now)
    read_at = Mood.objects.get().given_at
    give_mood(exchange=underway, feeling="not_good", words="B", by=ada, now=now + timedelta(hours=1))
    with pytest.raises(Overtaken):
        see_mood(mood=Mood.objects.get(), given_at=read_at, by=cleo, now=now)
    mood = Mood.objects.get()
    see_mood(mood=mood, given_at=mood.given_at, note="I called", by=cleo, now=now)
    with pytest.raises(Overtaken):
        see_mood(mood=mood, given_at=mood.given_at, by=cleo, now=now)


def test_nothing_of_it_is_for_visits(ada, bo, cleo, now):
    from tests.exchanges.exchange_samples import make_exchange

    visit = make_exchange(ada, bo, cleo, now)
    with pytest.raises(NotAllowed):
        give_mood(exchange=visit, feeling="good", by=ada, now=now)


def test_a_mentorship_may_be_made_at_once(ada, bo, cleo, now):
    assert make_underway(ada, bo, cleo, now).status == "underway"
