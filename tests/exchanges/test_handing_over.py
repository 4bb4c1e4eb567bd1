"""A mentor leaves, and nobody is left alone: who stands ready is asked, or the coordinators ask."""

import pytest

from talka.exchanges.actions import answer_takeover, leave_mentorship, log_hours, sign_plan
from talka.exchanges.models import Leaving
from talka.exchanges.queries import signatures_that_count
from talka.kernel.lifecycle import NotAllowed
from talka.letters.models import Letter
from talka.matching.actions import ask_to_take_over, give_seat
from talka.matching.models import Answer, Match, Part
from talka.travel.actions import withdraw_application
from tests.conftest import make_account
from tests.exchanges.mentorship_samples import (
    apply_as,
    make_mentorship,
    read,
    seat_of,
    sign_as_both,
    write_goal,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def underway(ada, bo, cleo, now):
    """Return a mentorship of Ada and Bo that is under way."""
    return sign_as_both(make_mentorship(ada, bo, cleo, now), now)


@pytest.fixture
def ruth(underway, now):
    """Return the application of Ruth, an accepted mentor without a mentee."""
    return apply_as(underway.match.cycle, "mentor", make_account("ruth"), now)


def letters(key):
    """Return who got a letter."""
    return sorted(Letter.objects.filter(key=key).values_list("email", flat=True))


def test_who_stands_ready_is_asked_at_once_and_the_work_goes_on_with_a_yes(underway, ruth, bo, cleo, now):
    give_seat(match=underway.match, application=ruth, part=Part.BACKS_UP, by=cleo, now=now)
    seat = leave_mentorship(exchange=underway, reason="life", words="Moving.", by=bo, now=now)
    assert (read(underway).status, seat.application, seat.is_asked) == ("paused", ruth, True)
    answer_takeover(seat=seat, answer=Answer.YES, by=ruth.person, now=now)
    again = read(underway)
    assert (again.status, again.mentor) == ("underway", ruth)
    log_hours(
        exchange=again,
        seat=seat_of(again, "teaches"),
        day=now.date(),
        minutes=60,
        what="We met.",
        by=ruth.person,
        now=now,
    )
    assert read(again).hours.count() == 1


def hand_over(exchange, application, now):
    """Let the mentor leave, and somebody go on."""
    leave_mentorship(exchange=exchange, reason="time", by=exchange.mentor.person, now=now)
    seat = ask_to_take_over(match=exchange.match, application=application, by=None, now=now)
    answer_takeover(seat=seat, answer=Answer.YES, by=application.person, now=now)
    return read(exchange)


def sign(exchange, part, now):
    seat = seat_of(exchange, part)
    sign_plan(plan=read(exchange).plan, seat=seat, by=seat.application.person, now=now)
    return read(exchange)


def signed(exchange):
    """Return who signed the plan as it stands, of those who sit there now."""
    found = signatures_that_count(exchange.plan)
    return [seat.part for seat in exchange.match.sides if seat.pk in found]


def test_the_plan_waits_for_who_came_later_and_keeps_the_signature_of_the_mentee(underway, ruth, now):
    again = hand_over(underway, ruth, now)
    assert (again.status, again.plan.status, signed(again)) == ("underway", "draft", ["learns"])
    assert letters("takeover_answered") == ["ada@demo.invalid"]
    assert letters("plan_handed_over") == ["ruth@demo.invalid"]
    whole = sign(again, "teaches", now)
    assert (whole.status, whole.plan.status, signed(whole)) == ("underway", "approved", ["learns", "teaches"])
    assert letters("plan_agreed") == ["ada@demo.invalid", "bo@demo.invalid", "ruth@demo.invalid"]


def test_who_came_later_may_change_the_plan_and_then_both_sign(underway, ruth, now):
    again = hand_over(underway, ruth, now)
    write_goal(again, ruth.person, now)
    assert signed(read(again)) == []
    assert letters("plan_changed") == ["ada@demo.invalid"]
    assert sign(again, "teaches", now).plan.status == "draft"
    assert sign(again, "learns", now).plan.status == "approved"


def test_a_yes_said_twice_does_not_take_a_signature_back(underway, ruth, now):
    whole = sign(hand_over(underway, ruth, now), "teaches", now)
    answer_takeover(seat=seat_of(whole, "teaches"), answer=Answer.YES, by=ruth.person, now=now)
    assert read(whole).plan.status == "approved"
    assert letters("plan_handed_over") == ["ruth@demo.invalid"]


def test_a_plan_that_nobody_had_signed_is_read_by_who_came_later_all_the_same(ada, bo, cleo, now):
    begun = make_mentorship(ada, bo, cleo, now)
    again = hand_over(begun, apply_as(begun.match.cycle, "mentor", make_account("ruth"), now), now)
    assert (again.status, again.plan.status, letters("plan_handed_over")) == (
        "planning",
        "draft",
        ["ruth@demo.invalid"],
    )


def test_with_nobody_ready_the_coordinators_ask(underway, ruth, bo, cleo, now):
    assert leave_mentorship(exchange=underway, reason="time", by=bo, now=now) is None
    assert letters("mentor_left_office") == ["cleo@demo.invalid"]
    assert "Nobody stood ready" in Letter.objects.get(key="mentor_left_office").body
    seat = ask_to_take_over(match=underway.match, application=ruth, by=cleo, now=now)
    answer_takeover(seat=seat, answer=Answer.NO, note="No time.", by=ruth.person, now=now)
    assert read(underway).status == "paused"
    assert letters("takeover_answered") == ["cleo@demo.invalid"]


def test_the_mentee_is_told_kindly_and_never_why(underway, bo, now):
    leave_mentorship(exchange=underway, reason="fit", words="CNRY", by=bo, now=now)
    assert letters("mentor_left") == ["ada@demo.invalid"]
    assert all("CNRY" not in letter.body for letter in Letter.objects.all())
    assert (Leaving.objects.get().words, Leaving.objects.get().reason) == ("CNRY", "fit")


def test_who_has_left_sees_the_mentorship_no_more_and_leaves_once(underway, bo, now):
    leave_mentorship(exchange=underway, reason="time", by=bo, now=now)
    assert not type(underway).objects.visible_to(bo).exists()
    with pytest.raises(NotAllowed):
        leave_mentorship(exchange=underway, reason="time", by=bo, now=now)


def test_a_reason_nobody_knows_is_refused_and_nothing_changes(underway, bo, now):
    with pytest.raises(NotAllowed):
        leave_mentorship(exchange=underway, reason="blame", by=bo, now=now)
    assert (read(underway).status, read(underway).mentor.person) == ("underway", bo)


def test_a_mentor_who_withdraws_the_application_leaves_nobody_alone(underway, ruth, bo, cleo, now):
    give_seat(match=underway.match, application=ruth, part=Part.BACKS_UP, by=cleo, now=now)
    withdraw_application(application=underway.mentor, by=bo, now=now)
    assert (read(underway).status, Match.objects.get(pk=underway.match_id).status) == ("paused", "agreed")
    assert letters("takeover_asked") == ["ruth@demo.invalid"]
