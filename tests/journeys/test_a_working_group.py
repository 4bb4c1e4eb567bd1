"""A working group from its signature list on the wiki to the report of its year."""

from datetime import UTC, datetime

import pytest

from talka.demo.worlds import build_world
from tests.journeys import meeting, signing, yearly
from tests.real_input import signature_list

pytestmark = pytest.mark.browser

IN_AUGUST = datetime(2027, 8, 2, 9, tzinfo=UTC)
AFTER_THE_MEETING = datetime(2027, 9, 6, 9, tzinfo=UTC)
IN_THE_NEW_YEAR = datetime(2028, 1, 10, 9, tzinfo=UTC)
IN_MARCH = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_the_signature_list_on_the_wiki_becomes_the_roll(world_with):
    signature_list()
    world = world_with(IN_MARCH)
    signing.cleo_founds_the_programme(world)
    signing.nobody_is_on_the_roll(world)
    signing.cleo_pastes_the_list(world)
    signing.cleo_uploads_the_list(world)
    signing.everybody_sees_the_roll(world)
    signing.twice_adds_nobody(world)
    signing.cleo_fills_a_vacant_post(world)
    assert world.faults == []


def a_cohort_is_half_way(*, now):
    """Make a group in the middle of its year: with members, requests, meetings, and seven pairs."""
    build_world("half_way", now=now)


def test_a_report_of_the_groups_year_in_wikitext(world_with):
    world = world_with(IN_AUGUST, prepare=a_cohort_is_half_way)
    meeting.dan_joins_and_eva_leaves(world)
    meeting.cleo_answers_a_request(world)
    meeting.bo_confirms_hours(world)
    meeting.cleo_sets_a_meeting(world, meeting.MEETING, "2027-09-03")
    meeting.bo_signs_up(world)

    world.comes_to(AFTER_THE_MEETING)
    meeting.cleo_writes_the_meeting_down(world)
    meeting.everybody_reads_the_minutes(world)
    meeting.bo_does_what_he_took_on(world)
    meeting.ada_looks_back(world)

    world.comes_to(IN_THE_NEW_YEAR)
    yearly.cleo_looks_at_the_year(world)
    yearly.cleo_publishes(world)
    read = yearly.everybody_reads_it(world)
    yearly.it_says_what_happened(read, yearly.facts_of_the_year())

    meeting.a_meeting_is_added_afterwards(world)
    yearly.what_is_published_stays(world, read)
    assert world.faults == []
