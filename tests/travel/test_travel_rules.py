"""When bookings are locked, and sums of money that are exact."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talka.kernel.reasons import Reason
from talka.travel.rules import in_budget, known_currency, left_of, lock_on, most_kept, next_step, total_of

NOT_APPROVED, OVER = Reason("travel.plan_not_approved"), Reason("travel.exchange_is_over")


@pytest.mark.parametrize("verb", ["quote", "approve", "book", "invite"])
@pytest.mark.parametrize(
    ("exchange", "plan", "lock"),
    [
        ("planning", "draft", NOT_APPROVED),
        ("planning", "signed", NOT_APPROVED),
        ("planned", "approved", None),
        ("visited", "approved", None),
        ("closed", "approved", OVER),
        ("cancelled", "approved", OVER),
        ("cancelled", "draft", OVER),
    ],
)
def test_bookings_are_locked_until_the_plan_is_approved_and_once_all_is_over(verb, exchange, plan, lock):
    assert lock_on(verb, exchange_status=exchange, plan_status=plan) == lock


@pytest.mark.parametrize(
    ("exchange", "plan", "lock"),
    [
        ("planning", "draft", NOT_APPROVED),
        ("planned", "approved", None),
        ("visited", "approved", None),
        ("closed", "approved", None),
        ("cancelled", "draft", None),
    ],
)
def test_what_was_booked_can_be_paid_after_the_end_and_not_while_a_plan_is_changed(exchange, plan, lock):
    assert lock_on("pay", exchange_status=exchange, plan_status=plan) == lock


@pytest.mark.parametrize(
    ("status", "exchange", "plan", "step"),
    [
        ("quoted", "planned", "approved", "approve"),
        ("approved", "planned", "approved", "book"),
        ("booked", "planned", "approved", "pay"),
        ("paid", "planned", "approved", ""),
        ("cancelled", "planned", "approved", ""),
        ("approved", "planning", "draft", ""),
        ("quoted", "cancelled", "approved", ""),
        ("booked", "cancelled", "draft", "pay"),
    ],
)
def test_a_booking_has_one_next_step_unless_it_is_locked(status, exchange, plan, step):
    assert next_step(status, exchange_status=exchange, plan_status=plan) == step


@pytest.mark.parametrize(
    ("amount", "rate", "cents"),
    [
        ("0.005", "1", "0.01"),
        ("0.015", "1", "0.02"),
        ("0.025", "1", "0.03"),
        ("1.00", "0.004999", "0.00"),
        ("100.00", "0.233333", "23.33"),
        ("9999999999.99", "1", "9999999999.99"),
    ],
)
def test_halves_of_a_cent_are_rounded_up(amount, rate, cents):
    assert in_budget(Decimal(amount), Decimal(rate)) == Decimal(cents)


MONEY = st.decimals(min_value=0, max_value=10**7, places=2)


@given(st.lists(MONEY, max_size=50))
def test_sums_are_exact_to_the_cent(amounts):
    exact = sum((Fraction(amount) for amount in amounts), Fraction(0))
    assert Fraction(total_of(amounts)) == exact
    assert Fraction(left_of(Decimal(10**9), amounts)) == 10**9 - exact


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("EUR", True),
        ("PLN", True),
        ("eur", False),
        ("XYZ", False),
        ("", False),
        ("EURO", False),
        ("€€€", False),
    ],
)
def test_currencies_are_those_of_the_standard(code, known):
    assert known_currency(code) == known


@pytest.mark.parametrize(
    ("status", "most"), [("quoted", 0), ("approved", 0), ("booked", 50), ("paid", 50), ("cancelled", 0)]
)
def test_only_what_was_booked_can_still_cost_something(status, most):
    assert most_kept(status, Decimal(50)) == most
