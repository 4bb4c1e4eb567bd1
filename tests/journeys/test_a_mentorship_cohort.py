"""A cohort of 36 mentees and their mentors, from the call to the certificates."""

from datetime import UTC, date, datetime

import pytest

from tests.journeys import certifying, crowd, founding, mentoring, pairing, stalling, working

pytestmark = pytest.mark.browser

IN_SEPTEMBER = datetime(2027, 9, 1, 9, tzinfo=UTC)
WHILE_THE_CALL_IS_OPEN = datetime(2027, 10, 11, 9, tzinfo=UTC)
AFTER_THE_DEADLINE = datetime(2027, 11, 2, 9, tzinfo=UTC)
AS_IT_BEGINS = datetime(2027, 11, 16, 9, tzinfo=UTC)
THREE_WEEKS_QUIET = datetime(2027, 12, 8, 10, tzinfo=UTC)
FIVE_WEEKS_QUIET = datetime(2027, 12, 22, 10, tzinfo=UTC)
SEVEN_WEEKS_QUIET = datetime(2028, 1, 5, 10, tzinfo=UTC)
NINE_WEEKS_QUIET = datetime(2028, 1, 19, 10, tzinfo=UTC)
HALF_WAY = datetime(2028, 2, 16, 9, tzinfo=UTC)
IN_MARCH = datetime(2028, 3, 8, 9, tzinfo=UTC)
AFTER_THE_LAST_DAY = datetime(2028, 5, 16, 9, tzinfo=UTC)
A_DAY_LATER = datetime(2028, 5, 17, 9, tzinfo=UTC)

# Nadia's second mentorship has four meetings left in which to do the work of nine.
LONGER = {"Nadia": 270}


def test_a_cohort_of_36_from_the_call_to_the_certificates(world_with):
    world = world_with(IN_SEPTEMBER)
    a_cohort_is_opened_and_people_apply(world)
    everybody_is_accepted_and_matched(world)
    one_pair_falls_silent(world)
    nobody_is_left_alone(world)
    half_a_year_goes_by(world)
    who_has_everything_gets_a_certificate(world)
    assert world.faults == []


def a_cohort_is_opened_and_people_apply(world):
    """Cleo founds the programme and opens a cohort; 36 people apply to learn, and 22 to teach."""
    founding.cleo_founds_the_programme(world)
    founding.cleo_asks_for_check_ins(world)
    founding.cleo_opens_a_cohort(world)
    world.comes_to(WHILE_THE_CALL_IS_OPEN)
    founding.ada_applies(world)
    founding.bo_applies(world)
    crowd.everybody_else_applies()


def everybody_is_accepted_and_matched(world):
    """The call closes, the engine finds a mentor for everybody, all say yes, and all sign their plans."""
    world.comes_to(AFTER_THE_DEADLINE)
    founding.the_call_has_closed(world)
    pairing.cleo_accepts_everybody(world)
    pairing.cleo_lets_the_engine_match(world)
    pairing.ada_and_bo_agree(world)
    crowd.everybody_else_agrees()
    pairing.everybody_has_a_partner(world)
    world.comes_to(AS_IT_BEGINS)
    mentoring.ada_and_bo_sign(world)
    working.everybody_else_signs()
    working.everybody_meets(date(2027, 11, 30), but=["Nadia"])


def one_pair_falls_silent(world):
    """Nothing is heard of Nadia and Tove: the clock reminds, warns, pauses, and offers another partner."""
    world.comes_to(THREE_WEEKS_QUIET)
    stalling.only_nadia_and_tove_are_written_to("quiet_reminder")
    mentoring.ada_writes_down_hours(world, "2027-12-07")
    mentoring.bo_writes_down_a_check_in(world, "2027-12-07")
    working.everybody_meets(date(2027, 12, 7), but=["Nadia", "Ada"])

    world.comes_to(FIVE_WEEKS_QUIET)
    stalling.only_nadia_and_tove_are_written_to("quiet_warning")
    working.everybody_meets(date(2027, 12, 21), but=["Nadia"])

    world.comes_to(SEVEN_WEEKS_QUIET)
    stalling.only_nadia_and_tove_are_written_to("quiet_paused")
    stalling.nadia_sees_that_it_is_paused(world)
    working.everybody_meets(date(2028, 1, 4), but=["Nadia"])

    world.comes_to(NINE_WEEKS_QUIET)
    stalling.only_nadia_and_tove_are_written_to("quiet_offer")
    working.everybody_meets(date(2028, 1, 18), but=["Nadia"])


def nobody_is_left_alone(world):
    """Nadia gets another mentor, and Uma goes on with Leila, whose mentor has to leave."""
    stalling.cleo_finds_nadia_another_mentor(world)
    stalling.samir_leaves(world)
    stalling.uma_goes_on_with_leila(world)
    stalling.nobody_is_orphaned()
    working.everybody_else_signs()
    working.everybody_meets(date(2028, 2, 8), longer=LONGER)


def half_a_year_goes_by(world):
    """All look back half way, meet the organisers twice, and work until all have 18 hours but Oskar."""
    world.comes_to(HALF_WAY)
    mentoring.ada_looks_back_at_half_time(world)
    working.everybody_else_answers("midpoint")
    mentoring.cleo_sets_a_check_in(world, "2028-03-01")
    working.all_mentees_sign_up()
    working.everybody_meets(date(2028, 3, 7), longer=LONGER)

    world.comes_to(IN_MARCH)
    mentoring.cleo_ticks_who_was_there(world)
    working.a_second_check_in_is_held(date(2028, 4, 12))
    working.everybody_meets(date(2028, 4, 4), longer=LONGER)
    working.everybody_talks(date(2028, 4, 4))
    working.everybody_meets(date(2028, 5, 2), longer=LONGER, but=["Oskar"])
    working.oskar_meets_once_more(date(2028, 5, 2))

    world.comes_to(AFTER_THE_LAST_DAY)
    mentoring.ada_and_bo_finish(world)
    working.everybody_else_finishes()


def who_has_everything_gets_a_certificate(world):
    """All look back at the end; 53 get a certificate, and the five who do not read why."""
    world.comes_to(A_DAY_LATER)
    mentoring.ada_looks_back_at_the_end(world)
    working.everybody_else_answers("final")
    working.the_hours_add_up()
    certifying.cleo_issues_the_certificates(world)
    certifying.oskar_reads_why_he_has_none(world)
    certifying.ada_shows_her_certificate(world)
    certifying.anybody_can_verify_it(world)
