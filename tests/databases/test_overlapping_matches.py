"""One person acts while what another one does is not finished yet: matches, exchanges, plans."""

from types import SimpleNamespace

import pytest

from talka.applications.actions import confirm_partner, invite_partner
from talka.applications.models import Application
from talka.exchanges.actions import answer_match, approve_plan, edit_plan, sign_plan
from talka.exchanges.models import Exchange
from talka.kernel.ledger import move
from talka.letters.models import Letter
from talka.matching.actions import (
    carry_over,
    draft_run,
    publish_run,
    reconsider_application,
    rule_on_pair,
    set_aside_beforehand,
    validate_beforehand,
)
from talka.matching.models import Match, Seat
from talka.people.models import Account
from talka.screening.actions import prepare_decision, release_decisions
from talka.travel.actions import withdraw_application
from tests.conftest import NOW
from tests.databases.conftest import at_once, while_open
from tests.exchanges.exchange_samples import fill_plan, fresh, make_exchange, seat_of, sign_both
from tests.matching.matching_world import agree_beforehand, make_world, next_cycle
from tests.screening.screening_world import make_cycle, make_mentee

pytestmark = pytest.mark.django_db(transaction=True)


def kind(outcome):
    """Name what was returned or raised."""
    return type(outcome).__name__


@pytest.fixture
def world(ada, bo, cleo):
    """Return a cycle with two who learn and two who teach."""
    return make_world(ada, bo, cleo, NOW)


@pytest.fixture
def proposed(world, cleo):
    """Return the match that was proposed to Ada's community, with its seats and who acts for them."""
    publish_run(run=draft_run(cycle=world.cycle, by=cleo, now=NOW), by=cleo, now=NOW)
    match = Match.objects.get(seats__application=world.ada)
    seats = {seat.part: seat for seat in match.seats.select_related("application__community")}
    people = {part: acting_for(seat) for part, seat in seats.items()}
    return SimpleNamespace(match=match, seats=seats, people=people)


def acting_for(seat):
    """Return somebody who acts for a side of a match."""
    return Account.objects.get(representations__community=seat.application.community)


def say_yes(proposed, part):
    """Return what says yes for a side, by a seat that was read before."""
    seat, person = proposed.seats[part], proposed.people[part]
    return lambda: answer_match(seat=seat, answer="yes", by=person, now=NOW)


def test_two_sides_that_agree_at_once_begin_one_exchange(proposed):
    both = [say_yes(proposed, "learns"), say_yes(proposed, "teaches")]
    outcomes = at_once(2, lambda number: both[number]())
    assert [kind(one) for one in outcomes] == ["Match", "Match"]
    assert Exchange.objects.filter(match=proposed.match).count() == 1


def test_who_leaves_while_the_other_side_agrees_leaves_no_exchange_behind(proposed, world, ada):
    say_yes(proposed, "learns")()
    leaving = Application.objects.get(pk=world.ada.pk)
    came = while_open(
        say_yes(proposed, "teaches"), lambda: withdraw_application(application=leaving, by=ada, now=NOW)
    )
    states = (Match.objects.get(pk=proposed.match.pk).status, Exchange.objects.get().status)
    assert (came, *states) == (None, "cancelled", "cancelled")


def test_nobody_is_decided_about_anew_while_a_match_is_being_proposed(world, ada, bo, cleo):
    agree_beforehand(world.ada, bo.community)
    opened = Application.objects.get(pk=world.ada.pk)
    came = while_open(
        lambda: validate_beforehand(learner=world.ada, teacher=world.bo, by=cleo, now=NOW),
        lambda: reconsider_application(application=opened, note="Again.", by=cleo, now=NOW),
    )
    opened.refresh_from_db()
    assert (kind(came), opened.status) == ("Refused", "accepted")


def test_one_place_is_locked_for_one_learner(world, cleo):
    def lock(learner):
        given = {"cycle": world.cycle, "teacher": world.bo, "kind": "lock", "note": "", "by": cleo}
        return lambda: rule_on_pair(learner=learner, now=NOW, **given)

    assert kind(while_open(lock(world.ada), lock(world.eva))) == "Refused"


def test_a_pair_is_not_proposed_while_it_is_set_aside(world, bo, cleo):
    agree_beforehand(world.ada, bo.community)
    pair = {"learner": world.ada, "teacher": world.bo, "by": cleo, "now": NOW}
    came = while_open(
        lambda: set_aside_beforehand(note="Another year.", **pair), lambda: validate_beforehand(**pair)
    )
    assert (kind(came), Seat.objects.count()) == ("Refused", 0)


def test_an_application_is_carried_over_once(world, cleo):
    move(world.ada, "wait", by=None, now=NOW)
    call = next_cycle(world.cycle.programme, cleo, NOW, year=2028).calls.get(role="mentee")

    def carry():
        return carry_over(application=world.ada, call=call, by=cleo, now=NOW)

    assert (kind(while_open(carry, carry)), call.applications.count()) == ("Refused", 1)


def test_a_community_that_two_name_begins_one_application(world, cleo):
    named = []
    for learner in (world.ada, world.eva):
        partner = agree_beforehand(learner, world.fay.community, status="named")
        invite_partner(partner=partner, by=cleo, now=NOW)
        named.append(partner)
    Application.objects.filter(pk=world.fay.pk).update(status="withdrawn")
    fay = Account.objects.get(name="Fay")
    came = while_open(
        lambda: confirm_partner(partner=named[0], by=fay, now=NOW),
        lambda: confirm_partner(partner=named[1], by=fay, now=NOW),
    )
    assert Application.objects.get(community=world.fay.community, status="draft") == came


@pytest.fixture
def whole(ada, bo, cleo):
    """Return an exchange whose plan can be signed."""
    exchange = make_exchange(ada, bo, cleo, NOW)
    fill_plan(exchange, ada, NOW)
    return exchange


def signs(exchange, part, by):
    """Return what signs for a side, by the plan as it was read before."""
    plan, seat = fresh(exchange).plan, seat_of(exchange, part)
    return lambda: sign_plan(plan=plan, seat=seat, by=by, now=NOW)


def test_two_sides_that_sign_at_once_have_signed(whole, ada, bo, cleo):
    came = while_open(signs(whole, "learns", ada), signs(whole, "teaches", bo))
    asked = Letter.objects.filter(key="plan_signed", email=cleo.email).count()
    assert (kind(came), fresh(whole).plan.status, asked) == ("Signature", "signed", 1)


def test_nobody_signs_what_is_being_changed(whole, ada, bo):
    plan = fresh(whole).plan
    came = while_open(
        lambda: edit_plan(plan=plan, values={"city": "Strelsau"}, version=plan.version, by=ada, now=NOW),
        signs(whole, "teaches", bo),
    )
    assert (kind(came), fresh(whole).plan.signatures.count()) == ("Overtaken", 0)


def test_a_plan_is_approved_once(whole, ada, bo, cleo):
    sign_both(whole, ada, bo, NOW)
    exchange = fresh(whole)

    def approve():
        return approve_plan(exchange=exchange, by=cleo, now=NOW)

    assert kind(while_open(approve, approve)) == "NotAllowed"
    assert Letter.objects.filter(key="plan_approved", email=ada.email).count() == 1


def test_decisions_are_released_once(ada, cleo):
    cycle = make_cycle(cleo)
    application = make_mentee(cycle, ada)
    prepare_decision(application=application, outcome="accept", note="", by=cleo, now=NOW)

    def release():
        return release_decisions(cycle=cycle, by=cleo, now=NOW)

    came = while_open(release, release)
    assert kind(came) == "Overtaken" or came == 0
    assert list(Letter.objects.values_list("key", "status")) == [("application_accepted", "queued")]
