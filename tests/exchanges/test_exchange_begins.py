"""When both sides have agreed, their exchange begins."""

from datetime import timedelta

import pytest

from talka.exchanges.actions import answer_match, start_exchange
from talka.exchanges.models import Exchange
from talka.kernel.lifecycle import NotAllowed
from talka.letters.models import Letter
from talka.matching.models import Match
from tests.exchanges.exchange_samples import make_cycle, make_match, seat_of


@pytest.fixture
def match(ada, bo, cleo, now):
    return make_match(
        make_cycle(cleo, now), ada.community, bo.community, now, answered="pending", status="proposed"
    )


def test_an_exchange_begins_with_the_second_yes_and_not_with_the_first(match, ada, bo, now):
    answer_match(seat=match.seat_of("learns"), answer="yes", note="", by=ada, now=now)
    assert Exchange.objects.count() == 0
    answer_match(seat=match.seat_of("teaches"), answer="yes", note="", by=bo, now=now)
    exchange = Exchange.objects.get()
    assert (exchange.match, exchange.status, exchange.started_at) == (match, "planning", now)


def test_a_no_begins_nothing(match, ada, bo, now):
    answer_match(seat=match.seat_of("learns"), answer="yes", note="", by=ada, now=now)
    answer_match(seat=match.seat_of("teaches"), answer="no", note="No time", by=bo, now=now)
    assert Exchange.objects.count() == 0


def test_the_plan_begins_with_the_learning_goals_and_the_zone_of_the_programme(exchange):
    plan = exchange.plan
    assert plan.goals == "We keep a budget.\nWe have no budget."
    assert (plan.zone, plan.status, plan.version) == ("Europe/Warsaw", "draft", 1)


def test_each_side_gets_the_contacts_of_the_other(exchange):
    letters = {letter.email: letter for letter in Letter.objects.filter(key="exchange_started")}
    assert set(letters) == {"ada@demo.invalid", "bo@demo.invalid"}
    assert "Bo <bo@demo.invalid>" in letters["ada@demo.invalid"].body
    assert "Ada <ada@demo.invalid>" in letters["bo@demo.invalid"].body
    assert "ada@demo.invalid" not in letters["ada@demo.invalid"].body


def test_an_exchange_begins_once(exchange, ada, now):
    assert start_exchange(match=exchange.match, by=ada, now=now + timedelta(days=1)) == exchange
    assert Letter.objects.filter(key="exchange_started").count() == 2


def test_a_match_that_is_not_agreed_begins_nothing(match, ada, now):
    with pytest.raises(NotAllowed):
        start_exchange(match=Match.objects.get(pk=match.pk), by=ada, now=now)
    assert Exchange.objects.count() == 0


@pytest.mark.parametrize(
    ("format", "visitor", "host"),
    [("mentee_travels", "mentee", "mentor"), ("mentor_travels", "mentor", "mentee")],
)
def test_who_travels_follows_from_the_format(ada, bo, cleo, now, format, visitor, host):
    match = make_match(make_cycle(cleo, now), ada.community, bo.community, now, format=format)
    exchange = start_exchange(match=match, by=bo, now=now)
    assert exchange.visitor == getattr(exchange, visitor)
    assert exchange.host == getattr(exchange, host)


def test_seats_tell_the_sides_apart(exchange, ada, bo):
    assert seat_of(exchange, "learns").application.community == ada.community
    assert seat_of(exchange, "teaches").application.community == bo.community
