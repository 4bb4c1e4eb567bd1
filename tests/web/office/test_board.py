"""The sentence of a cycle with its counts, and what needs a coordinator."""

from datetime import date

import pytest
from django.urls import reverse

from talka.applications.models import Application
from talka.exchanges.models import Exchange
from talka.exchanges.queries import coordinators_of
from talka.forms.models import Sheet
from talka.matching.models import Match
from talka.people.models import Community
from talka.programmes.models import Cycle
from talka.screening.models import Decision
from talka.travel.models import Booking
from talka.web.office.board import cells_of, needs_of, tallies_of
from tests.web.office.office_samples import make_cycle, make_programme

TODAY = date(2027, 3, 10)


@pytest.fixture
def cycle(cleo, now):
    return make_cycle(make_programme(cleo, now), cleo, now)


def applied(cycle, now, status, role="mentee"):
    """Put a row where an application of the status stands: how it came there is not asked here."""
    call = cycle.calls.get(role=role)
    community = Community.objects.create(name=f"{role} {Community.objects.count()}", kind="user_group")
    return Application.objects.create(
        call=call,
        community=community,
        status=status,
        sheet=Sheet.objects.create(form_version=call.form.versions.get()),
        started_at=now,
    )


def matched(cycle, now, status, *applications):
    match = Match.objects.create(
        cycle=cycle, origin="suggested", status=status, proposed_at=now, answer_by=now
    )
    for application in applications:
        match.seats.create(application=application, part="learns")
    return match


def board(cycle):
    tally = tallies_of([cycle], today=TODAY, reader=coordinators_of(cycle)[0])[cycle.pk]
    cells = {cell.key: (cell.count, cell.out_of) for cell in cells_of(cycle, tally)}
    return cells, {need.key: need.count for need in needs_of(cycle, tally)}


def test_an_empty_cycle_counts_nothing_and_needs_nothing(cycle):
    cells, needs = board(cycle)
    assert {count for count, _out_of in cells.values()} == {0}
    assert needs == {}


def test_the_sentence_counts_along_the_road(cycle, cleo, now):
    applied(cycle, now, "draft")
    applied(cycle, now, "withdrawn")
    waiting, learner = applied(cycle, now, "waiting"), applied(cycle, now, "accepted")
    teacher, alone = applied(cycle, now, "accepted", "mentor"), applied(cycle, now, "accepted", "mentor")
    undecided = [applied(cycle, now, "submitted") for _count in range(3)]
    Decision.objects.create(application=undecided[0], outcome="accept", prepared_by=cleo, prepared_at=now)
    matched(cycle, now, "agreed", learner, teacher)
    matched(cycle, now, "lapsed", alone)
    cells, needs = board(cycle)
    assert cells["drafts"] == (1, None)
    assert cells["applied"] == (7, None)
    assert cells["decided"] == (4, 7)
    assert cells["matched"] == (1, 1)
    # On the waiting list, and accepted with a match that lapsed.
    assert cells["left_out"] == (2, None)
    # Who would teach waits for nobody.
    assert needs == {"undecided": 2, "prepared": 1}
    assert waiting.status == "waiting"


def test_whoever_is_to_learn_needs_a_partner_until_every_visit_is_over(cycle, now):
    match = matched(cycle, now, "agreed", applied(cycle, now, "accepted"))
    exchange = Exchange.objects.create(match=match, format="mentee_travels", started_at=now)
    assert "partnerless" not in board(cycle)[1]
    applied(cycle, now, "accepted")
    needs = []
    for status in ("planning", "planned", "visited", "closed"):
        Exchange.objects.update(status=status)
        needs.append(board(cycle)[1].get("partnerless"))
    assert (exchange.status, needs) == ("planning", [1, 1, None, None])


def test_bookings_need_a_coordinator_until_they_are_paid(cycle, now):
    match = matched(cycle, now, "agreed", applied(cycle, now, "accepted"))
    exchange = Exchange.objects.create(match=match, format="mentee_travels", started_at=now, status="planned")
    assert board(cycle)[1] == {"unbooked": 1}
    seen = []
    words = {"kind": "travel", "description": "Train", "currency": "EUR", "quoted_at": now}
    Booking.objects.create(exchange=exchange, amount=1, amount_in_budget=1, **words)
    for status in ("quoted", "approved", "booked", "paid", "cancelled"):
        Booking.objects.update(status=status)
        seen.append(board(cycle)[1])
    assert seen == [{"quotes": 1}, {"to_book": 1}, {"to_pay": 1}, {}, {}]


def test_a_closed_cycle_asks_nothing_more(cycle, now):
    applied(cycle, now, "submitted")
    cycle.status = "closed"
    assert board(cycle)[1] == {}


def test_what_can_be_closed_leads_to_where_it_is_closed(cycle, now, cleo, client_of):
    match = matched(cycle, now, "agreed", applied(cycle, now, "accepted"))
    Exchange.objects.create(match=match, format="mentee_travels", started_at=now, status="visited")
    tally = tallies_of([cycle], today=TODAY, reader=cleo)[cycle.pk]
    address = next(need.address for need in needs_of(cycle, tally) if need.key == "ripe")
    assert address == f"{reverse('office:reports', args=[cycle.pk])}#closings"


def test_a_cycle_in_preparation_wants_to_be_announced_and_its_programme_published(cleo, now):
    cycle = make_cycle(make_programme(cleo, now, is_published=False), cleo, now, is_announced=False)
    assert board(cycle)[1] == {"announce": 1, "publish": 1}


def test_one_cycle_does_not_count_what_belongs_to_another(cycle, cleo, now):
    other = make_cycle(cycle.programme, cleo, now, year=2028)
    applied(other, now, "submitted")
    assert board(cycle)[0]["applied"] == (0, None)
    assert board(other)[0]["applied"] == (1, None)


def test_the_board_asks_the_same_number_of_questions_whatever_it_counts(
    cycle, cleo, now, client_of, django_assert_num_queries, django_assert_max_num_queries
):
    client, address = client_of(cleo), reverse("office:cycle", args=[cycle.pk])
    with django_assert_max_num_queries(35) as few:
        assert client.get(address).status_code == 200
    for status in ("draft", "submitted", "accepted", "waiting"):
        for _count in range(5):
            applied(cycle, now, status)
    with django_assert_num_queries(len(few.captured_queries)):
        assert client.get(address).status_code == 200


def test_the_office_asks_the_same_number_of_questions_for_one_cycle_and_for_ten(
    cycle, cleo, now, client_of, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(cleo)
    with django_assert_max_num_queries(32) as few:
        client.get("/office/")
    for year in range(2028, 2037):
        make_cycle(cycle.programme, cleo, now, year=year)
    assert Cycle.objects.count() == 10
    with django_assert_num_queries(len(few.captured_queries)):
        answer = client.get("/office/")
    assert answer.content.decode().count("Cycle 20") == 10
