"""Helpers, back-ups, and somebody who takes over: further seats of a match that holds."""

import pytest

from talka.letters.models import Letter
from talka.matching.actions import (
    answer_takeover,
    ask_to_take_over,
    give_seat,
    leave_seat,
    propose,
    withdraw_application,
)
from talka.matching.models import Answer, Match, Part, Seat
from talka.matching.queries.cohort import places_left
from talka.matching.queries.reasons import Refused
from tests.matching.people_world import make_people_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cleo, now):
    """Return a cohort in which Anna learns from Bruno."""
    world = make_people_world(cleo, now)
    world.match = hold(world.cycle, world.anna, world.bruno, cleo, now)
    return world


def hold(cycle, learner, teacher, cleo, now):
    """Make a match to which both have said yes."""
    match = propose(cycle=cycle, learner=learner, teacher=teacher, origin="suggested", by=cleo, now=now)
    match.seats.update(answer=Answer.YES)
    Match.objects.filter(pk=match.pk).update(status="agreed")
    return Match.objects.get(pk=match.pk)


def refusal(action, **given):
    """Return why an action was refused."""
    with pytest.raises(Refused) as refused:
        action(**given)
    return [reason.key.removeprefix("matching.refused.") for reason in refused.value.reasons]


def letters(key):
    """Return who got a letter."""
    return sorted(Letter.objects.filter(key=key).values_list("recipient__name", flat=True))


def test_a_helper_sits_beside_the_two_and_all_three_are_told(world, cleo, now):
    give_seat(match=world.match, application=world.vera, part=Part.SUPPORTS, by=cleo, now=now)
    match = Match.objects.get(pk=world.match.pk)
    assert [seat.application for seat in match.sides] == [world.anna, world.bruno]
    assert letters("seat_given") == ["Anna", "Bruno", "Vera"]
    assert places_left([world.vera]) == {world.vera.pk: 0}


def test_a_helper_without_a_place_left_gets_no_second_seat(world, cleo, now):
    given = {"application": world.vera, "part": Part.SUPPORTS, "by": cleo, "now": now}
    give_seat(match=world.match, **given)
    other = hold(world.cycle, world.kofi, world.ruth, cleo, now)
    assert refusal(give_seat, match=other, **given) == ["no_place_left"]


def test_standing_ready_gives_no_place_away(world, cleo, now):
    give_seat(match=world.match, application=world.ruth, part=Part.BACKS_UP, by=cleo, now=now)
    assert places_left([world.ruth]) == {world.ruth.pk: 1}


def test_nobody_sits_in_a_match_twice(world, cleo, now):
    given = {"application": world.bruno, "part": Part.BACKS_UP, "by": cleo, "now": now}
    assert refusal(give_seat, match=world.match, **given) == ["sits_there"]


def test_while_somebody_teaches_nobody_is_asked_to_take_over(world, cleo, now):
    given = {"application": world.ruth, "by": cleo, "now": now}
    assert refusal(ask_to_take_over, match=world.match, **given) == ["somebody_teaches"]


def left_by_bruno(world, now):
    """Let Bruno leave."""
    leave_seat(seat=world.match.seat_of(Part.TEACHES), by=world.people["bruno"], now=now)
    return Match.objects.get(pk=world.match.pk)


def test_who_stands_ready_takes_over_with_a_yes(world, cleo, now):
    give_seat(match=world.match, application=world.ruth, part=Part.BACKS_UP, by=cleo, now=now)
    match = left_by_bruno(world, now)
    assert match.seat_of(Part.TEACHES).application == world.bruno
    seat = ask_to_take_over(match=match, application=world.ruth, by=cleo, now=now)
    assert Match.objects.get(pk=match.pk).seat_of(Part.TEACHES).application == world.bruno
    answer_takeover(seat=seat, answer=Answer.YES, by=world.people["ruth"], now=now)
    match = Match.objects.get(pk=match.pk)
    assert match.seat_of(Part.TEACHES).application == world.ruth
    assert [one.application for one in match.sides] == [world.anna, world.ruth]
    assert letters("takeover_asked") == ["Ruth"]
    assert letters("takeover_answered") == ["Anna"]
    assert not Seat.objects.held_by(world.people["bruno"]).sitting().exists()


def test_a_no_is_told_to_the_coordinators_and_ends_the_question(world, cleo, now):
    match, ruth = left_by_bruno(world, now), world.people["ruth"]
    seat = ask_to_take_over(match=match, application=world.ruth, by=cleo, now=now)
    answer_takeover(seat=seat, answer=Answer.NO, note="No time.", by=ruth, now=now)
    assert letters("takeover_answered") == ["Cleo"]
    assert refusal(answer_takeover, seat=seat, answer=Answer.YES, by=ruth, now=now) == ["not_asked_any_more"]
    given = {"application": world.ruth, "by": cleo, "now": now}
    assert refusal(ask_to_take_over, match=match, **given) == ["sits_there"]


def test_a_helper_who_withdraws_leaves_the_two_together(world, cleo, now):
    give_seat(match=world.match, application=world.vera, part=Part.SUPPORTS, by=cleo, now=now)
    withdraw_application(application=world.vera, by=world.people["vera"], now=now)
    assert Match.objects.get(pk=world.match.pk).status == "agreed"
    assert Seat.objects.get(application=world.vera).left_at == now
