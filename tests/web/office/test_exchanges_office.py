"""Exchanges and the booking desk in the office."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from talka.exchanges.actions import name_traveller, save_traveller, start_exchange
from talka.people.models import Community
from talka.travel.actions import approve_booking
from talka.travel.models import Booking, InvitationLetter
from tests.conftest import make_account, make_representative
from tests.exchanges.exchange_samples import (
    fill_plan,
    fresh,
    make_approved,
    make_exchange,
    make_match,
    sign_both,
)
from tests.travel.travel_samples import booked, quote


@pytest.fixture
def exchange(ada, bo, cleo, now, time_machine):
    """Return an exchange that has just begun, at the moment of the tests."""
    time_machine.move_to(now, tick=False)
    return make_exchange(ada, bo, cleo, now)


@pytest.fixture
def signed(exchange, ada, bo, now):
    fill_plan(exchange, ada, now)
    sign_both(exchange, ada, bo, now)
    return fresh(exchange)


@pytest.fixture
def approved(exchange, ada, bo, cleo, now):
    return make_approved(exchange, ada, bo, cleo, now)


@pytest.fixture
def fay(db):
    """Fay coordinates another programme."""
    return make_account("fay", can_found=True)


def address(name, *args):
    return reverse(f"office:{name}", args=args)


def text_of(response):
    return response.content.decode()


QUOTE = {"kind": "travel", "description": "Night train", "amount": "100.10", "currency": "EUR"}


@pytest.mark.parametrize(
    ("who", "status"), [("cleo", 200), ("ada", 403), ("bo", 403), ("dan", 404), ("fay", 404), (None, 302)]
)
def test_the_pages_of_an_exchange_are_for_its_coordinators(
    approved, client, request, cleo, fay, who, status, now
):
    booking = quote(approved, cleo, now)
    if who:
        client.force_login(request.getfixturevalue(who))
    pages = [
        address("exchange", approved.pk),
        address("bookings", approved.pk),
        address("booking", booking.pk),
    ]
    assert [client.get(page).status_code for page in pages] == [status] * 3


@pytest.mark.parametrize(
    ("who", "status"), [("cleo", 200), ("ada", 404), ("bo", 404), ("dan", 404), ("fay", 404), (None, 302)]
)
def test_lists_and_the_budget_of_a_cycle_are_for_its_coordinators(
    exchange, client, request, fay, who, status
):
    if who:
        client.force_login(request.getfixturevalue(who))
    names = ["exchanges", "exchanges_export", "budget", "budget_export"]
    cycle = exchange.match.cycle_id
    assert [client.get(address(name, cycle)).status_code for name in names] == [status] * 4


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("bo", 403), ("dan", 404), ("fay", 404)])
def test_nobody_else_decides_books_or_invites(approved, ada, cleo, client, request, fay, who, status, now):
    booking = quote(approved, cleo, now)
    traveller = name_traveller(exchange=approved, account=ada, by=ada, now=now)
    client.force_login(request.getfixturevalue(who))
    for name, args in [
        ("plan_approve", [approved.pk, approved.plan.version]),
        ("plan_send_back", [approved.pk, approved.plan.version]),
        ("exchange_cancel", [approved.pk]),
        ("bookings", [approved.pk]),
        ("booking_approve", [booking.pk]),
        ("booking_book", [booking.pk]),
        ("booking_pay", [booking.pk]),
        ("booking_cancel", [booking.pk]),
        ("invite", [traveller.pk]),
    ]:
        assert (name, client.post(address(name, *args), QUOTE).status_code) == (name, status)
    assert (fresh(approved).status, Booking.objects.get().status) == ("planned", "quoted")
    assert InvitationLetter.objects.count() == 0


def test_a_coordinator_who_acts_for_a_side_does_not_approve_its_plan(signed, ada, cleo, client_of):
    make_representative(cleo, ada.community)
    answer = client_of(cleo).post(address("plan_approve", signed.pk, signed.plan.version))
    assert answer.status_code == 403
    assert fresh(signed).plan.status == "signed"


def test_a_signed_plan_is_approved(signed, cleo, client_of):
    client = client_of(cleo)
    assert "Approve the plan" in text_of(client.get(address("exchange", signed.pk)))
    answer = client.post(address("plan_approve", signed.pk, signed.plan.version), follow=True)
    assert "You can book now" in text_of(answer)
    assert fresh(signed).status == "planned"


def test_approving_what_has_changed_since_is_refused(signed, cleo, client_of):
    answer = client_of(cleo).post(address("plan_approve", signed.pk, signed.plan.version - 1))
    assert (answer.status_code, fresh(signed).status) == (409, "planning")


def test_a_plan_goes_back_with_a_question_and_not_without(signed, cleo, client_of):
    client, page = client_of(cleo), address("plan_send_back", signed.pk, signed.plan.version)
    assert client.post(page, {"question": " "}).status_code == 422
    assert fresh(signed).plan.status == "signed"
    assert client.post(page, {"question": "Why?"}).status_code == 302
    assert fresh(signed).plan.status == "draft"


def test_the_booking_desk_is_shut_before_the_plan_is_approved(signed, cleo, client_of):
    client, page = client_of(cleo), address("bookings", signed.pk)
    shown = text_of(client.get(page))
    assert ["Nothing can be quoted" in shown, "Keep the quote" in shown] == [True, False]
    assert client.post(page, QUOTE).status_code == 422
    assert Booking.objects.count() == 0


def test_a_booking_is_quoted_approved_booked_and_paid_in_the_browser(approved, cleo, client_of):
    client = client_of(cleo)
    assert client.post(address("bookings", approved.pk), QUOTE).status_code == 302
    booking = Booking.objects.get()
    assert booking.amount_in_budget == Decimal("100.10")
    client.post(address("booking_approve", booking.pk))
    assert client.post(address("booking_book", booking.pk), {"reference": ""}).status_code == 422
    client.post(address("booking_book", booking.pk), {"reference": "XYZ"})
    client.post(address("booking_pay", booking.pk))
    booking.refresh_from_db()
    assert (booking.status, booking.reference) == ("paid", "XYZ")
    assert "899.90 EUR of the budget" in text_of(client.get(address("bookings", approved.pk)))


def test_a_quote_is_approved_at_once_where_the_money_is_there(approved, cleo, client_of):
    client, page = client_of(cleo), address("bookings", approved.pk)
    assert client.post(page, QUOTE | {"approve": "yes"}).status_code == 302
    booking = Booking.objects.get()
    assert booking.status == "approved"
    refused = client.post(page, QUOTE | {"approve": "yes", "amount": "2000"})
    assert (refused.status_code, Booking.objects.count()) == (422, 1)
    assert ["899.90 EUR are left" in text_of(refused), 'value="2000"' in text_of(refused)] == [True, True]


def test_each_step_leads_back_to_where_it_was_taken(approved, cleo, client_of):
    client, page = client_of(cleo), address("bookings", approved.pk)
    made = client.post(page, QUOTE)
    booking = Booking.objects.get()
    row, own = f"{page}#booking-{booking.pk}", address("booking", booking.pk)
    approved_there = client.post(address("booking_approve", booking.pk), {"listed": "yes"})
    shown = client.get(page)
    booked_here = client.post(address("booking_book", booking.pk), {"reference": "XYZ"})
    paid_there = client.post(address("booking_pay", booking.pk), {"listed": "yes"})
    assert [answer["Location"] for answer in (made, approved_there, booked_here, paid_there)] == [
        row,
        row,
        own,
        row,
    ]
    assert f'id="booking-{booking.pk}"' in text_of(shown)
    assert "Booking reference" in text_of(shown)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"currency": "XYZ"}, "is no currency"),
        ({"rate": "1.2"}, "its rate is 1"),
        ({"amount": "-1"}, "greater than or equal to 0"),
        ({"amount": "NaN"}, "Enter a number"),
        ({"amount": "1e99"}, "no more than"),
        ({"currency": "PLN", "rate": "99999999", "amount": "9999999"}, "of a size that can be paid"),
        ({"by_car": "on"}, "write down the reason"),
        ({"kind": "yacht"}, "not one of the available choices"),
        ({"traveller": "999999"}, "not one of the available choices"),
        ({"description": "x" * 301}, "at most 300 characters"),
    ],
)
def test_quotes_that_cannot_be_are_said_beside_the_field(approved, cleo, client_of, change, words):
    answer = client_of(cleo).post(address("bookings", approved.pk), QUOTE | change)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert Booking.objects.count() == 0


def test_over_budget_is_refused_with_how_much_is_left(approved, cleo, client_of, now):
    booked(approved, cleo, now, "999.50")
    dear = quote(approved, cleo, now, "1")
    answer = client_of(cleo).post(address("booking_approve", dear.pk), follow=True)
    assert "0.50 EUR are left" in text_of(answer)
    assert Booking.objects.get(pk=dear.pk).status == "quoted"


def test_a_booking_is_cancelled_with_what_it_still_costs(approved, cleo, client_of, now):
    booking = booked(approved, cleo, now)
    client, page = client_of(cleo), address("booking_cancel", booking.pk)
    answer = client.post(page, {"note": "Ill", "still_costs": "100.01"})
    assert (answer.status_code, "between 0 and 100.00" in text_of(answer)) == (422, True)
    assert client.post(page, {"note": "Ill", "still_costs": "12.34"}).status_code == 302
    booking.refresh_from_db()
    assert (booking.status, booking.amount_in_budget) == ("cancelled", Decimal("12.34"))


def test_coordinators_see_who_needs_a_visa_and_issue_a_letter(approved, ada, cleo, client_of, now):
    traveller = name_traveller(exchange=approved, account=ada, by=ada, now=now)
    values = {
        "needs_visa": True,
        "needs_letter": True,
        "wishes": "No stairs",
        "emergency_phone": "+48 123",
    }
    save_traveller(traveller=traveller, values=values, version=1, by=ada, now=now)
    client = client_of(cleo)
    text = text_of(client.get(address("exchange", approved.pk)))
    assert ["Needs a visa" in text, "No stairs" in text, "+48 123" in text] == [True, True, False]
    assert [">asked for<" in text, ">issued<" in text, "Issue again" in text] == [True, False, False]
    client.post(address("invite", traveller.pk))
    text = text_of(client.get(address("exchange", approved.pk)))
    assert reverse("desk:invitation", args=[InvitationLetter.objects.get().pk]) in text
    assert [">asked for<" in text, ">issued<" in text, "Issue again" in text] == [False, True, True]


def test_the_budget_page_shows_its_sums_and_a_picture(approved, cleo, client_of, now):
    booked(approved, cleo, now, "100.10")
    quote(approved, cleo, now, "50", kind="stay")
    text = text_of(client_of(cleo).get(address("budget", approved.match.cycle_id)))
    assert ["899.90 EUR of 1,000.00 EUR are left" in text, "<svg" in text, "50.00" in text] == [True] * 3


def rows_of(response):
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_bookings_leave_as_a_spreadsheet_with_numbers_and_no_formula(approved, cleo, client_of, now):
    booked(approved, cleo, now, "100.10", description="=SUM(A1)")
    rows = rows_of(client_of(cleo).get(address("budget_export", approved.match.cycle_id)))
    pair = "Wikimedians of Ruritania – Wikimedia Graustark"
    expected = [
        pair,
        "Travel in economy class",
        None,
        "=SUM(A1)",
        None,
        100.1,
        "EUR",
        1,
        100.1,
        "ABC",
        "Booked",
    ]
    assert [value or None for value in rows[1]] == expected


def test_the_list_is_filtered_searched_and_exported(exchange, cleo, client_of):
    client, cycle = client_of(cleo), exchange.match.cycle_id
    link = address("exchange", exchange.pk)
    shown = {
        query: link in text_of(client.get(address("exchanges", cycle) + query))
        for query in (
            "",
            "?status=planning",
            "?status=closed",
            "?q=ruri",
            "?q=nobody",
            "?status=odd",
            "?page=x",
        )
    }
    assert shown == {
        "": True,
        "?status=planning": True,
        "?status=closed": False,
        "?q=ruri": True,
        "?q=nobody": False,
        "?status=odd": True,
        "?page=x": True,
    }
    rows = rows_of(client.get(address("exchanges_export", cycle) + "?status=planning"))
    assert [row[0] for row in rows] == ["Mentee", "Wikimedians of Ruritania"]
    assert len(rows_of(client.get(address("exchanges_export", cycle) + "?status=closed"))) == 1


def add_pairs(cycle, count, bo, now):
    for number in range(count):
        learner = Community.objects.create(name=f"Learners {number}", kind="informal")
        teacher = Community.objects.create(name=f"Teachers {number}", kind="chapter")
        start_exchange(match=make_match(cycle, learner, teacher, now), by=bo, now=now)


@pytest.mark.parametrize("name", ["exchanges", "exchanges_export", "budget", "budget_export"])
def test_lists_ask_the_database_as_often_for_one_row_as_for_sixty(
    approved, bo, cleo, client_of, now, name, django_assert_num_queries, django_assert_max_num_queries
):
    client, cycle = client_of(cleo), approved.match.cycle
    approve_booking(booking=quote(approved, cleo, now, "1"), by=cleo, now=now)
    client.get(address(name, cycle.pk))  # The first visit also writes the session down.
    with django_assert_max_num_queries(20) as counted:
        client.get(address(name, cycle.pk))
    add_pairs(cycle, 60, bo, now)
    for _ in range(5):
        quote(approved, cleo, now, "1")
    with django_assert_num_queries(len(counted.captured_queries)):
        client.get(address(name, cycle.pk))
