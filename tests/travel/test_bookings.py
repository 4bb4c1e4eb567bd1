"""Bookings on their way, within the budget, and locked unless the plan is approved."""

from decimal import Decimal

import pytest

from talka.exchanges.actions import add_question, name_traveller
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry
from talka.travel.actions import (
    Refused,
    approve_booking,
    book_booking,
    cancel_booking,
    pay_booking,
    quote_and_approve,
)
from talka.travel.models import Booking
from talka.travel.queries import budget_of, left_in
from tests.exchanges.exchange_samples import make_exchange
from tests.travel.travel_samples import booked, quote, quoted


def refused(action, **given):
    with pytest.raises(Refused) as caught:
        action(**given)
    return caught.value.reason.key


def status_of(booking):
    return Booking.objects.get(pk=booking.pk).status


def test_a_booking_is_quoted_approved_booked_and_paid(approved, cleo, now):
    booking = booked(approved, cleo, now)
    pay_booking(booking=booking, by=cleo, now=now)
    assert (status_of(booking), Booking.objects.get().reference) == ("paid", "ABC")
    assert [entry.verb for entry in Entry.objects.about(booking)] == ["quote", "approve", "book", "pay"]


def test_a_quote_that_is_approved_at_once_leaves_both_lines(approved, cleo, now):
    booking = quote_and_approve(exchange=approved, **quoted("100"), by=cleo, now=now)
    assert status_of(booking) == "approved"
    assert [entry.verb for entry in Entry.objects.about(booking)] == ["quote", "approve"]


def test_a_quote_over_the_budget_is_not_even_kept_when_it_was_to_be_approved(approved, cleo, now):
    given = {"exchange": approved, **quoted("1000.01"), "by": cleo, "now": now}
    assert refused(quote_and_approve, **given) == "travel.over_budget"
    assert (Booking.objects.count(), Entry.objects.filter(verb="quote").count()) == (0, 0)


@pytest.mark.parametrize("action", [pay_booking, book_booking])
def test_no_step_is_left_out(approved, cleo, now, action):
    booking = quote(approved, cleo, now)
    more = {"reference": "ABC"} if action is book_booking else {}
    with pytest.raises(NotAllowed):
        action(booking=booking, by=cleo, now=now, **more)
    assert status_of(booking) == "quoted"


def test_before_the_plan_is_approved_nothing_is_even_quoted(exchange, cleo, now):
    assert refused(quote, exchange=exchange, cleo=cleo, now=now) == "travel.plan_not_approved"
    assert Booking.objects.count() == 0


def test_a_change_of_the_plan_locks_every_step_again(approved, ada, cleo, now):
    quoted, bought = quote(approved, cleo, now), booked(approved, cleo, now)
    agreed = quote(approved, cleo, now)
    approve_booking(booking=agreed, by=cleo, now=now)
    add_question(plan=approved.plan, text="And this?", by=ada, now=now)
    given = {"by": cleo, "now": now}
    locked = "travel.plan_not_approved"
    assert refused(quote, exchange=approved, cleo=cleo, now=now) == locked
    assert refused(approve_booking, booking=quoted, **given) == locked
    assert refused(book_booking, booking=agreed, reference="ABC", **given) == locked
    assert refused(pay_booking, booking=bought, **given) == locked
    assert [status_of(one) for one in (quoted, agreed, bought)] == ["quoted", "approved", "booked"]


def test_kinds_of_cost_are_those_that_the_blueprint_covers(approved, cleo, now):
    cycle = approved.match.cycle
    cycle.blueprint["costs"].append({"key": "visa_fee", "name": {"en": "Visa fees"}, "covered": False})
    cycle.save(update_fields=["blueprint"])
    assert refused(quote, exchange=approved, cleo=cleo, now=now, kind="visa_fee") == "travel.not_covered"
    assert refused(quote, exchange=approved, cleo=cleo, now=now, kind="yacht") == "travel.unknown_kind"


def test_travel_by_car_needs_a_reason(approved, cleo, now):
    car = {"exchange": approved, "cleo": cleo, "now": now, "by_car": True}
    assert refused(quote, **car, reason="  ") == "travel.car_without_reason"
    assert quote(**car, reason="No train goes there.").reason == "No train goes there."
    assert quote(approved, cleo, now, reason="Only typed.").reason == ""


def test_other_currencies_are_counted_by_their_rate(approved, cleo, now):
    booking = quote(approved, cleo, now, "1000.01", currency="PLN", rate=Decimal("0.234567"))
    assert booking.amount_in_budget == Decimal("234.57")
    assert Booking.objects.get().amount_in_budget == Decimal("234.57")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"currency": "XYZ"}, "travel.unknown_currency"),
        ({"currency": "pln"}, "travel.unknown_currency"),
        ({"rate": Decimal("1.1")}, "travel.rate_of_same_currency"),
        ({"amount": "-1"}, "travel.amount_out_of_range"),
        ({"amount": "10000000000"}, "travel.amount_out_of_range"),
        ({"currency": "PLN", "rate": Decimal(0)}, "travel.amount_out_of_range"),
        ({"currency": "PLN", "rate": Decimal(9999999), "amount": "99999"}, "travel.amount_out_of_range"),
    ],
)
def test_amounts_that_cannot_be_are_refused(approved, cleo, now, fields, why):
    assert refused(quote, exchange=approved, cleo=cleo, now=now, **fields) == why
    assert Booking.objects.count() == 0


def test_a_booking_is_for_a_traveller_of_its_own_exchange(approved, ada, bo, cleo, now):
    other = make_exchange(ada, bo, cleo, now, slug="other")
    stranger = name_traveller(exchange=other, account=ada, by=ada, now=now)
    given = {"exchange": approved, "cleo": cleo, "now": now}
    assert refused(quote, **given, traveller=stranger) == "travel.not_their_traveller"


def test_the_last_euro_can_be_spent_and_not_one_cent_more(approved, cleo, now):
    approve_booking(booking=quote(approved, cleo, now, "999.99"), by=cleo, now=now)
    cent, two = quote(approved, cleo, now, "0.01"), quote(approved, cleo, now, "0.02")
    with pytest.raises(Refused) as caught:
        approve_booking(booking=two, by=cleo, now=now)
    assert caught.value.reason.values == {"left": "0.01", "currency": "EUR"}
    approve_booking(booking=cent, by=cleo, now=now)
    assert left_in(approved.match.cycle) == 0
    assert (status_of(cent), status_of(two)) == ("approved", "quoted")


def test_a_cancelled_booking_keeps_in_the_budget_what_it_still_costs(approved, cleo, now):
    booking = booked(approved, cleo, now, "300")
    cancel_booking(booking=booking, note="Ill", still_costs=Decimal("120.50"), by=cleo, now=now)
    assert left_in(approved.match.cycle) == Decimal("879.50")
    kept = Booking.objects.get()
    assert (kept.status, kept.amount, kept.amount_in_budget) == ("cancelled", 300, Decimal("120.50"))
    assert Entry.objects.about(booking).last().note == "Ill"


@pytest.mark.parametrize("still_costs", ["-0.01", "100.01"])
def test_a_cancelled_booking_costs_no_less_than_nothing_and_no_more_than_before(
    approved, cleo, now, still_costs
):
    booking = booked(approved, cleo, now)
    given = {"booking": booking, "note": "Ill", "still_costs": Decimal(still_costs), "by": cleo, "now": now}
    assert refused(cancel_booking, **given) == "travel.cannot_still_cost"
    assert status_of(booking) == "booked"


def test_a_cancelled_quote_costs_nothing(approved, cleo, now):
    booking = quote(approved, cleo, now)
    assert (
        refused(cancel_booking, booking=booking, note="", still_costs=Decimal(1), by=cleo, now=now)
        == "travel.cannot_still_cost"
    )
    cancel_booking(booking=booking, note="Too dear", by=cleo, now=now)
    assert left_in(approved.match.cycle) == 1000


def test_the_budget_adds_up_by_kind_and_by_exchange(approved, cleo, now):
    quote(approved, cleo, now, "10.10")
    booked(approved, cleo, now, "0.10")
    booked(approved, cleo, now, "0.20", kind="stay")
    pay_booking(booking=booked(approved, cleo, now, "0.30", kind="stay"), by=cleo, now=now)
    cancelled = booked(approved, cleo, now, "5", kind="insurance")
    cancel_booking(booking=cancelled, note="", still_costs=Decimal("0.07"), by=cleo, now=now)
    budget = budget_of(approved.match.cycle)
    columns = [
        (row.key, row.quoted, row.booked, row.paid, row.cancelled, row.total) for row in budget.by_kind
    ]
    money = [Decimal(0), *map(Decimal, ("10.10", "0.10", "0.20", "0.30", "0.07", "0.50"))]
    none, quoted, dime, two, three, fee, stay = money
    assert columns == [
        ("travel", quoted, dime, none, none, dime),
        ("stay", none, two, three, none, stay),
        ("insurance", none, none, none, fee, fee),
        ("hosting", none, none, none, none, none),
    ]
    assert [(row.key, row.total) for row in budget.by_exchange] == [(approved.pk, Decimal("0.67"))]
    assert (budget.whole.total, budget.left) == (Decimal("0.67"), Decimal("999.33"))
