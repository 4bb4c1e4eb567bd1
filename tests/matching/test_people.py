"""People are matched as communities are: by topics, languages and the hours they have."""

from datetime import date

import pytest

from talka.applications.queries import acting_in, people_of, readers_of
from talka.forms.actions import merge_answers
from talka.matching.actions import draft_run, publish_run
from talka.matching.models import Seat
from talka.matching.queries.encoding import encode_cycle
from tests.matching.people_world import make_people_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cleo, now):
    """Return a cohort of five people."""
    return make_people_world(cleo, now)


def party(world, application):
    """Return the engine's party of an application."""
    asked = encode_cycle(world.cycle)
    key = next(key for key, pk in asked.who.items() if pk == application.pk)
    return next(one for one in (*asked.request.learners, *asked.request.teachers) if one.key == key)


def test_hours_are_read_on_the_clock_of_the_person(world):
    found = party(world, world.anna)
    assert found.zone == "Europe/Bratislava"
    assert [(slot.weekday, slot.starts, slot.ends) for slot in found.hours] == [
        (day, 17 * 60, 20 * 60) for day in range(5)
    ]


def test_midnight_ends_the_day_it_follows(world):
    hours = [{"day": "6", "starts": "21:00", "ends": "00:00"}]
    merge_answers(sheet=world.anna.sheet, answers={"hours": hours}, seen={})
    assert [(slot.weekday, slot.starts, slot.ends) for slot in party(world, world.anna).hours] == [
        (6, 21 * 60, 24 * 60)
    ]


def test_who_gave_no_hours_is_unknown_not_free(world):
    merge_answers(sheet=world.anna.sheet, answers={"hours": []}, seen={})
    assert party(world, world.anna).hours is None


def test_the_country_of_a_person_is_their_answer(world):
    assert party(world, world.kofi).country == "GH"


def test_meetings_are_looked_for_between_the_days_of_the_mentorships(world):
    policy = encode_cycle(world.cycle).request.policy
    stage = world.cycle.stages.get(key="mentorship")
    assert policy.period == (stage.starts_on, stage.ends_on) == (date(2026, 11, 15), date(2027, 5, 14))
    assert (policy.meeting_minutes, policy.fewest_meetings, policy.meetings_wanted) == (60, 6, 24)


def test_two_without_common_hours_are_not_brought_together(world, cleo, now):
    mornings = [{"day": "weekdays", "starts": "05:00", "ends": "07:00"}]
    for teacher in (world.bruno, world.ruth):
        merge_answers(sheet=teacher.sheet, answers={"hours": mornings}, seen={})
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    assert run.pairs.count() == 0
    learners = [one for one in run.sealed_outcome["unmatched"] if one["side"] == "learns"]
    assert {one["reason"]["key"] for one in learners} == {"matching.no_common_hours"}


def test_both_who_want_to_learn_get_somebody_and_are_asked_themselves(world, cleo, now):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    publish_run(run=run, by=cleo, now=now)
    assert Seat.objects.filter(match__cycle=world.cycle).count() == 4
    for name in ("anna", "kofi", "bruno", "ruth"):
        assert Seat.objects.held_by(world.people[name]).get().application == getattr(world, name)


def test_a_person_acts_for_themselves(world):
    assert acting_in([world.anna]) == {world.anna.pk: [world.people["anna"]]}
    assert people_of([world.anna, world.kofi, world.anna]) == [world.people["anna"], world.people["kofi"]]


def test_who_has_no_address_acts_but_is_not_written_to(world):
    person = world.people["anna"]
    person.email, person.wikimedia_id = None, 7
    person.save()
    world.anna.refresh_from_db()
    assert acting_in([world.anna]) == {world.anna.pk: [person]}
    assert readers_of([world.anna]) == {world.anna.pk: []}
