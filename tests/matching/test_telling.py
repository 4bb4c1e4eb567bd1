"""What applicants are told of the matching on their own page."""

import pytest

from talka.matching.actions import draft_run, lapse_matches, publish_run, remove_pair
from talka.matching.models import Match
from talka.matching.queries.telling import Told, told_of
from tests.matching.matching_world import learn, make_community, teach

pytestmark = pytest.mark.django_db

BULGARIAN = [{"language": "bg", "level": 6}]


@pytest.fixture
def far(world, now):
    """Return a third who learns, with whom nobody shares a language."""
    return learn(world.cycle, make_community("Far", "BG", represented_by="gil"), now, languages=BULGARIAN)


def publish(world, cleo, now, **more):
    return publish_run(run=draft_run(cycle=world.cycle, by=cleo, now=now), by=cleo, now=now, **more)


def test_nobody_is_told_of_a_draft(world, far, cleo, now):
    draft_run(cycle=world.cycle, by=cleo, now=now)
    assert [told_of(one) for one in (world.ada, world.bo, far)] == [Told()] * 3


def test_each_side_is_told_of_its_partner(world, cleo, now):
    publish(world, cleo, now)
    told = [[str(one.application) for one in told_of(side).partners] for side in (world.ada, world.bo)]
    assert told == [["Wikimedia Graustark"], ["Wikimedians of Ruritania"]]


def test_the_left_out_are_told_why_and_what_would_help(world, far, cleo, now):
    teach(world.cycle, make_community("Spare", "HR", represented_by="ivo"), now)
    publish(world, cleo, now, waiting=[far.pk])
    far.refresh_from_db()
    assert (far.status, told_of(far)) == (
        "waiting",
        Told(
            why="Partners with the right topic there are (3), but none speaks a common language well enough.",
            change="Somebody who speaks English at level 3 would be enough.",
        ),
    )


def test_what_would_help_names_no_mentor(world, cleo, now):
    crowd = learn(world.cycle, make_community("Crowd", "HR", represented_by="ivo"), now)
    publish(world, cleo, now)
    left_out = [one for one in map(told_of, (world.ada, world.eva, crowd)) if one.why]
    assert left_out == [
        Told(why="Partners who would suit there are (2), but all their places went to others.")
    ]


def test_who_was_taken_out_by_hand_is_told_so(world, cleo, now):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    remove_pair(pair=run.pairs.get(learner=world.ada), by=cleo, now=now)
    publish_run(run=run, by=cleo, now=now)
    assert told_of(world.ada) == Told(why="The coordinators took the suggested partner out.")


def test_who_was_a_partner_is_told_apart_when_it_came_to_nothing(world, cleo, now):
    publish(world, cleo, now)
    late = Match.objects.first().answer_by
    lapse_matches(now=late)
    told = [told_of(one) for one in (world.ada, world.bo)]
    assert [one.partners for one in told] == [(), ()]
    assert [[(str(one.application), one.match.status) for one in was.earlier] for was in told] == [
        [("Wikimedia Graustark", "lapsed")],
        [("Wikimedians of Ruritania", "lapsed")],
    ]
