"""A visit exchange from the call to the impact report, as the people in it live through it."""

from datetime import UTC, datetime

import pytest

from tests.journeys import applying, deciding, ending, visiting

pytestmark = pytest.mark.browser

IN_DECEMBER = datetime(2026, 12, 1, 9, tzinfo=UTC)
WHILE_THE_CALL_IS_OPEN = datetime(2027, 3, 10, 9, tzinfo=UTC)
AFTER_THE_DEADLINE = datetime(2027, 4, 5, 9, tzinfo=UTC)
IN_SPRING = datetime(2027, 5, 10, 9, tzinfo=UTC)
AFTER_THE_VISIT = datetime(2027, 7, 9, 9, tzinfo=UTC)
A_MONTH_LATER = datetime(2027, 8, 5, 9, tzinfo=UTC)
THREE_MONTHS_LATER = datetime(2027, 10, 8, 9, tzinfo=UTC)


def test_a_visit_from_the_call_to_the_impact_report(world_with):
    world = world_with(IN_DECEMBER)
    applying.cleo_founds_the_programme(world)
    applying.cleo_opens_a_cycle(world)
    applying.somebody_reads_what_it_is(world)

    world.comes_to(WHILE_THE_CALL_IS_OPEN)
    applying.ada_applies(world)
    applying.eva_and_hugo_apply(world)
    applying.bo_confirms_and_offers(world)
    applying.greta_offers(world)

    world.comes_to(AFTER_THE_DEADLINE)
    applying.the_call_has_closed(world)
    deciding.cleo_settles_what_needs_a_person(world)
    deciding.rosa_reviews(world)
    deciding.cleo_decides(world)
    deciding.hugo_reads_why(world)
    deciding.cleo_matches(world)
    deciding.ada_and_bo_agree(world)
    deciding.greta_declines(world)

    world.comes_to(IN_SPRING)
    visiting.ada_writes_the_plan(world)
    visiting.both_sign(world)
    visiting.cleo_approves_and_books(world)
    visiting.ada_sees_what_is_booked(world)

    world.comes_to(AFTER_THE_VISIT)
    visiting.both_are_asked_for_a_report(world)

    world.comes_to(A_MONTH_LATER)
    visiting.both_are_reminded(world)
    visiting.both_report(world)
    visiting.cleo_accepts_both_reports(world)
    visiting.bo_answers_the_question(world)
    ending.cleo_closes_the_exchange(world)

    world.comes_to(THREE_MONTHS_LATER)
    ending.ada_tells_what_became_of_her_step(world)
    ending.cleo_publishes_the_impact(world)
    ending.everybody_reads_the_impact(world)
    ending.it_can_be_taken_along(world)
    assert world.faults == []
