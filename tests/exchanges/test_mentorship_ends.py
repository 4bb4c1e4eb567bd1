"""Pausing, ending early, looking for another partner, judging goals and completing."""

from datetime import timedelta

import pytest

from talka.exchanges.actions import (
    Refused,
    add_check_in,
    complete_mentorship,
    confirm_hours,
    judge_goals,
    leave_mentorship,
    pause_mentorship,
    resume_mentorship,
    seek_partner,
    stop_mentorship,
    take_up_again,
)
from talka.exchanges.actions.pausing import resume_pauses
from talka.exchanges.models import Leaving
from talka.exchanges.queries import goals_of, may_seek, reached_all_goals
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from talka.matching.actions import give_seat
from talka.matching.models import Match
from talka.travel.actions import withdraw_application
from tests.exchanges.mentorship_samples import (
    apply_as,
    log,
    make_mentorship,
    make_underway,
    read,
    seat_of,
    write_goal,
)


@pytest.fixture
def underway(ada, bo, cleo, now):
    """Return a mentorship of Ada and Bo that is under way."""
    return make_underway(ada, bo, cleo, now)


def letters(key):
    return sorted(Letter.objects.filter(key=key).values_list("email", flat=True))


def days(count):
    return timedelta(days=count)


def test_a_pause_moves_the_last_day_when_it_ends(underway, ada, bo, now):
    last = underway.ends_on
    pause_mentorship(exchange=underway, by=ada, now=now)
    assert (read(underway).status, letters("mentorship_paused")) == ("paused", ["bo@demo.invalid"])
    resume_mentorship(exchange=underway, by=bo, now=now + days(10))
    assert (read(underway).status, read(underway).ends_on) == ("underway", last + days(10))
    with pytest.raises(NotAllowed):
        resume_mentorship(exchange=underway, by=bo, now=now + days(10))


def test_a_pause_with_a_last_day_ends_by_the_clock_after_it_even_late(underway, ada, now):
    last = underway.ends_on
    pause_mentorship(exchange=underway, until=now.date() + days(6), by=ada, now=now)
    assert resume_pauses(now=now + days(6)) == 0
    assert resume_pauses(now=now + days(9)) == 1
    assert resume_pauses(now=now + days(9)) == 0
    # Today and six days more: the last day moves by seven, not by the days of the outage.
    assert (read(underway).status, read(underway).ends_on) == ("underway", last + days(7))
    assert letters("mentorship_resumed") == ["ada@demo.invalid", "bo@demo.invalid"]


def test_a_pause_of_a_plan_that_is_being_written_leads_back_there(ada, bo, cleo, now):
    begun = make_mentorship(ada, bo, cleo, now)
    pause_mentorship(exchange=begun, by=cleo, now=now)
    resume_mentorship(exchange=begun, by=cleo, now=now)
    assert (read(begun).status, read(begun).ends_on) == ("planning", begun.ends_on)
    assert letters("mentorship_paused") == ["ada@demo.invalid", "bo@demo.invalid"]


@pytest.mark.parametrize("ahead", [-1, 400])
def test_a_pause_lasts_until_a_day_within_a_year(underway, ada, now, ahead):
    with pytest.raises(Refused):
        pause_mentorship(exchange=underway, until=now.date() + days(ahead), by=ada, now=now)


def test_who_works_within_a_pause_goes_on(underway, ada, now):
    pause_mentorship(exchange=underway, by=ada, now=now)
    log(underway, "learns", now + days(3), day=now.date() + days(2))
    assert (read(underway).status, read(underway).ends_on) == ("underway", underway.ends_on + days(3))
    pause_mentorship(exchange=underway, by=ada, now=now + days(4))
    log(underway, "learns", now + days(5), day=now.date())
    assert read(underway).status == "paused"
    add_check_in(exchange=underway, held_on=now.date() + days(5), words="", by=ada, now=now + days(5))
    assert read(underway).status == "underway"


def test_both_are_told_of_an_early_end_and_neither_why(underway, ada, bo, now):
    stop_mentorship(
        exchange=underway,
        seat=seat_of(underway, "learns"),
        reason="fit",
        words="CNRYleavingX",
        by=ada,
        now=now,
    )
    leaving = Leaving.objects.get()
    assert (read(underway).status, read(underway).match.status) == ("stopped", "cancelled")
    assert (leaving.reason, leaving.words, leaving.left_by) == ("fit", "CNRYleavingX", ada)
    assert letters("mentorship_stopped") == ["ada@demo.invalid", "bo@demo.invalid"]
    assert letters("mentorship_stopped_office") == ["cleo@demo.invalid"]
    assert letters("match_cancelled") == []
    said = " ".join(Letter.objects.values_list("body", flat=True))
    notes = " ".join(Entry.objects.values_list("note", flat=True))
    assert [word in said + notes for word in ("CNRYleavingX", "right partners")] == [False, False]


def body(key, person):
    return Letter.objects.get(key=key, recipient=person).body


def test_the_letter_about_the_end_says_what_was_reached_and_what_is_still_asked(underway, ada, bo, cleo, now):
    hours = log(underway, "learns", now, minutes=90)
    confirm_hours(hours=hours, version=1, by=bo, now=now)
    judge(underway, "learns", "yes", now)
    judge(underway, "teaches", "yes", now)
    later = now + (underway.ends_on - now.date())
    complete_mentorship(exchange=underway, by=cleo, now=later, for_office=True)
    for person, side in ((ada, underway.mentee), (bo, underway.mentor)):
        told = body("mentorship_completed", person)
        assert "Confirmed hours: 1:30\n" in told
        assert "Goals that both of you call reached: 1 of 1\n" in told
        assert [line.partition("/desk/")[2] for line in told.splitlines() if line.startswith("http")] == [
            "",
            f"applications/{side.pk}/certificate/",
            f"mentorships/{underway.pk}/",
        ]
    assert "\n\n\n" not in told


def test_nothing_is_counted_out_to_whom_it_came_to_nothing(underway, ada, bo, now):
    stop_mentorship(exchange=underway, seat=seat_of(underway, "learns"), reason="fit", by=ada, now=now)
    for person in (ada, bo):
        told = body("mentorship_stopped", person)
        assert ("reached" in told, "Look back on it with us" in told) == (False, True)
    assert ("you ended" in body("mentorship_stopped", ada), "you ended" in told) == (True, False)


def test_helpers_hear_of_the_end_and_who_left_before_does_not(underway, ada, bo, cleo, dan, now):
    cycle = underway.match.cycle
    give_seat(
        match=underway.match,
        application=apply_as(cycle, "designer", dan, now),
        part="supports",
        by=cleo,
        now=now,
    )
    leave_mentorship(exchange=underway, reason="life", by=bo, now=now)
    stop_mentorship(exchange=underway, seat=seat_of(underway, "learns"), reason="fit", by=ada, now=now)
    assert letters("mentorship_help_over") == ["dan@demo.invalid"]
    assert letters("mentorship_stopped") == ["ada@demo.invalid"]


def test_it_ends_once_and_for_a_reason_that_the_programme_knows(underway, ada, now):
    seat = seat_of(underway, "learns")
    with pytest.raises(NotAllowed):
        stop_mentorship(exchange=underway, seat=seat, reason="bored", by=ada, now=now)
    assert read(underway).status == "underway"
    stop_mentorship(exchange=underway, seat=seat, reason="time", by=ada, now=now)
    with pytest.raises(NotAllowed):
        stop_mentorship(exchange=underway, seat=seat, reason="time", by=ada, now=now)


def test_an_end_within_a_pause_ends_the_pause(underway, ada, now):
    pause_mentorship(exchange=underway, by=ada, now=now)
    seat = seat_of(underway, "learns")
    stop_mentorship(exchange=underway, seat=seat, reason="life", by=ada, now=now + days(5))
    assert (underway.pauses.get().ends_on, read(underway).status) == (now.date() + days(4), "stopped")


def test_who_wants_another_partner_and_there_is_none_waits_with_the_coordinators(underway, ada, now):
    seat = seat_of(underway, "learns")
    stop_mentorship(exchange=underway, seat=seat, reason="fit", wants_another=True, by=ada, now=now)
    assert letters("partner_wanted") == ["cleo@demo.invalid"]
    assert may_seek(read(underway))


def test_a_mentee_whose_mentor_left_may_look_for_another(underway, ada, bo, now):
    with pytest.raises(NotAllowed):
        seek_partner(exchange=underway, by=ada, now=now)
    stop_mentorship(exchange=underway, seat=seat_of(underway, "teaches"), reason="time", by=bo, now=now)
    to_ada = Letter.objects.get(key="mentorship_stopped", email="ada@demo.invalid")
    assert "another mentor" in to_ada.body
    assert letters("partner_wanted") == []
    assert seek_partner(exchange=underway, by=ada, now=now) is None
    assert letters("partner_wanted") == ["cleo@demo.invalid"]


def test_who_withdraws_an_application_ends_the_mentorship_kindly(underway, ada, now):
    withdraw_application(application=underway.mentee, by=ada, now=now)
    assert (read(underway).status, underway.mentee.seats.get().match.status) == ("stopped", "cancelled")
    assert Leaving.objects.get().reason == "withdrawn"
    assert letters("exchange_cancelled") == []


def judge(exchange, part, met, now, *, version=None):
    seat, plan = seat_of(exchange, part), read(exchange).plan
    said = {goal.pk: (met, "") for goal in plan.agreed_goals.all()}
    judge_goals(
        exchange=exchange,
        seat=seat,
        said=said,
        version=version or plan.version,
        by=seat.application.person,
        now=now,
    )


def test_a_goal_is_reached_when_both_say_so(underway, now):
    judge(underway, "learns", "yes", now)
    assert [one.outcome for one in goals_of(read(underway))] == [""]
    judge(underway, "teaches", "partly", now)
    assert ([one.outcome for one in goals_of(read(underway))], reached_all_goals(read(underway))) == (
        ["partly"],
        False,
    )
    judge(underway, "teaches", "yes", now)
    assert reached_all_goals(read(underway))


def test_goals_are_judged_as_they_were_read_and_signed(underway, ada, now):
    write_goal(underway, ada, now)
    with pytest.raises(Overtaken):
        judge(underway, "learns", "yes", now, version=1)
    with pytest.raises(Refused):
        judge(underway, "learns", "yes", now)


def test_who_has_the_hours_and_the_goals_graduates_early(underway, ada, bo, now):
    for count in range(9):
        hours = log(underway, "learns", now + days(count), minutes=120, day=now.date() + days(count))
        confirm_hours(hours=hours, version=1, by=bo, now=now + days(count))
    judge(underway, "learns", "yes", now)
    with pytest.raises(Refused) as refused:
        complete_mentorship(exchange=underway, by=ada, now=now + days(10))
    assert [reason.key for reason in refused.value.reasons] == ["exchanges.goals_not_judged"]
    judge(underway, "teaches", "no", now)
    complete_mentorship(exchange=underway, by=ada, now=now + days(10))
    assert (read(underway).status, read(underway).match.status) == ("completed", "agreed")
    assert letters("mentorship_completed") == ["ada@demo.invalid", "bo@demo.invalid"]
    with pytest.raises(NotAllowed):
        complete_mentorship(exchange=underway, by=bo, now=now + days(10))


def test_coordinators_complete_what_is_over_and_take_up_again_what_was_not(underway, cleo, now):
    with pytest.raises(Refused):
        complete_mentorship(exchange=underway, by=cleo, now=now, for_office=True)
    later = now + (underway.ends_on - now.date())
    complete_mentorship(exchange=underway, by=cleo, now=later, for_office=True)
    take_up_again(exchange=underway, by=cleo, now=later)
    assert read(underway).status == "underway"


def test_an_early_end_frees_both_for_another_match(underway, ada, now):
    stop_mentorship(exchange=underway, seat=seat_of(underway, "learns"), reason="fit", by=ada, now=now)
    assert not Match.objects.standing().exists()
