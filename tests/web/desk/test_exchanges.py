"""The pages of an exchange for those who take part."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar

from talka.exchanges.actions import name_traveller, save_traveller, sign_plan
from talka.exchanges.models import Material, Traveller
from talka.kernel.models import Entry
from talka.travel.actions import cancel_exchange, issue_invitation
from talka.web.desk.exchange_tasks import exchange_records, exchange_tasks
from tests.conftest import make_account, make_representative
from tests.exchanges.exchange_samples import (
    FIRST,
    LAST,
    VALUES,
    fill_plan,
    fresh,
    make_approved,
    make_exchange,
    seat_of,
    sign_both,
)
from tests.travel.travel_samples import booked, quote


@pytest.fixture
def exchange(ada, bo, cleo, now, time_machine):
    """Return an exchange that has just begun, at the moment of the tests."""
    time_machine.move_to(now, tick=False)
    return make_exchange(ada, bo, cleo, now)


@pytest.fixture
def approved(exchange, ada, bo, cleo, now):
    return make_approved(exchange, ada, bo, cleo, now)


@pytest.fixture
def eve(exchange, dan):
    """Eve represents a community that has nothing to do with the exchange."""
    eve = make_account("eve")
    community = type(exchange.mentee.community).objects.create(
        name="Wikimedians of Elsewhere", kind="informal"
    )
    make_representative(eve, community)
    return eve


def page(exchange, name="exchange"):
    return reverse(f"desk:{name}", args=[exchange.pk])


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("bo", 200), ("cleo", 200), ("dan", 404), ("eve", 404), (None, 302)]
)
@pytest.mark.parametrize("name", ["exchange", "exchange_calendar", "exchange_cancel"])
def test_an_exchange_is_for_its_sides_and_its_coordinators(approved, client, request, eve, who, status, name):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert client.get(page(approved, name)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("bo", 200), ("cleo", 403), ("dan", 404), ("eve", 404), (None, 302)]
)
def test_the_plan_is_written_by_both_sides_alone(exchange, client, request, eve, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert client.get(page(exchange, "plan")).status_code == status
    posted = client.post(page(exchange, "plan"), VALUES | {"version": 1}).status_code
    assert posted == (302 if status == 200 else status)
    assert (fresh(exchange).plan.city == "Warsaw") == (status == 200)


@pytest.mark.parametrize("who", ["cleo", "dan", "eve"])
def test_nobody_else_signs_adds_or_removes(exchange, ada, client, request, eve, who, now):
    plan = fill_plan(exchange, ada, now)
    client.force_login(request.getfixturevalue(who))
    seat = seat_of(exchange, "learns").pk
    refused = 403 if who == "cleo" else 404
    for name, args in [
        ("plan_sign", [exchange.pk, seat, plan.version]),
        ("plan_item_add", [exchange.pk]),
        ("plan_item_remove", [exchange.pk, plan.items.first().pk]),
        ("plan_questions_add", [exchange.pk]),
        ("plan_question_remove", [exchange.pk, plan.questions.first().pk]),
        ("material_add", [exchange.pk]),
        ("traveller_name", [exchange.pk, ada.pk]),
    ]:
        assert (name, client.post(reverse(f"desk:{name}", args=args)).status_code) == (name, refused)
    assert fresh(exchange).plan.version == plan.version


def test_one_side_cannot_sign_for_the_other(exchange, ada, client_of, now):
    plan = fill_plan(exchange, ada, now)
    theirs = seat_of(exchange, "teaches").pk
    answer = client_of(ada).post(reverse("desk:plan_sign", args=[exchange.pk, theirs, plan.version]))
    assert answer.status_code == 403
    assert plan.signatures.count() == 0


def test_a_plan_is_written_signed_and_waits_for_the_office(exchange, ada, bo, client, now):
    client.force_login(ada)
    assert "write the joint plan together" in text_of(client.get(page(exchange)))
    plan = fill_plan(exchange, ada, now)
    for person, part in ((ada, "learns"), (bo, "teaches")):
        client.force_login(person)
        assert "Read and sign" in text_of(client.get(page(exchange)))
        seat = seat_of(exchange, part).pk
        answer = client.post(reverse("desk:plan_sign", args=[exchange.pk, seat, plan.version]), follow=True)
        assert "You have signed the plan" in text_of(answer)
    assert fresh(exchange).plan.status == "signed"
    assert "the coordinators read your plan" in text_of(client.get(page(exchange)))


def test_signing_an_unfinished_plan_says_what_it_lacks(exchange, ada, client_of):
    seat = seat_of(exchange, "learns").pk
    address = reverse("desk:plan_sign", args=[exchange.pk, seat, exchange.plan.version])
    assert "Say which live project" in text_of(client_of(ada).post(address, follow=True))


def test_signing_what_has_changed_since_is_refused_with_a_sentence(exchange, ada, client_of, now):
    plan = fill_plan(exchange, ada, now)
    seat = seat_of(exchange, "learns").pk
    answer = client_of(ada).post(reverse("desk:plan_sign", args=[exchange.pk, seat, plan.version - 1]))
    assert answer.status_code == 409
    assert "Somebody was faster" in text_of(answer)


def test_the_slower_writer_gets_both_texts_and_can_save_over(exchange, ada, bo, client, now):
    client.force_login(ada)
    client.post(page(exchange, "plan"), VALUES | {"version": 1, "project": "Ada's project"})
    client.force_login(bo)
    mine = VALUES | {"project": "Bo's project"}
    answer = client.post(page(exchange, "plan"), mine | {"version": 1})
    assert answer.status_code == 409
    assert "Bo&#x27;s project</textarea>" in text_of(answer)
    assert 'class="talka-pre">Ada&#x27;s project' in text_of(answer)
    version = fresh(exchange).plan.version
    assert client.post(page(exchange, "plan"), mine | {"version": version}).status_code == 302
    assert fresh(exchange).plan.project == "Bo's project"


def test_saving_the_page_unchanged_keeps_the_signatures(approved, ada, client_of):
    client = client_of(ada)
    shown = client.get(page(approved, "plan")).context["form"].initial
    given = {name: str(value).replace("\n", "\r\n") for name, value in shown.items()}
    assert client.post(page(approved, "plan"), given).status_code == 302
    assert fresh(approved).plan.status == "approved"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("ends_on", "2027-08-01", "The last day is before the first."),
        ("starts_on", "2027-02-30", "Enter a valid date."),
        ("starts_on", "9999-12-31", "Look at the year again."),
        ("zone", "Mars/Olympus", "Nobody knows this time zone."),
        ("city", "x" * 121, "at most 120 characters"),
        ("goals", "x" * 10_001, "at most 10000 characters"),
        ("project", "odd \x07 bell", "characters that cannot be shown"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_what_was_typed_stays(
    exchange, ada, client_of, field, value, words
):
    given = VALUES | {"version": 1, "place": "The place I typed"} | {field: value}
    answer = client_of(ada).post(page(exchange, "plan"), given)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "The place I typed" in text_of(answer)
    assert fresh(exchange).plan.version == 1


def test_days_and_questions_are_added_and_removed(exchange, bo, client_of):
    client = client_of(bo)
    item = {"day": FIRST, "what": "Breakfast", "who": "All"}
    assert client.post(page(exchange, "plan_item_add"), item).status_code == 302
    client.post(page(exchange, "plan_questions_add"), {"texts": "One?\r\n\r\n Two? \r\n"})
    plan = fresh(exchange).plan
    assert [question.text for question in plan.questions.all()] == ["One?", "Two?"]
    client.post(reverse("desk:plan_item_remove", args=[exchange.pk, plan.items.get().pk]))
    client.post(reverse("desk:plan_question_remove", args=[exchange.pk, plan.questions.first().pk]))
    plan = fresh(exchange).plan
    assert (plan.items.count(), [question.text for question in plan.questions.all()]) == (0, ["Two?"])


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("plan_item_add", {"day": "soon", "what": "x"}, "Enter a valid date."),
        ("plan_questions_add", {"texts": "x" * 501}, "at most 500 characters"),
        ("plan_questions_add", {"texts": "?\n" * 31}, "At most 30 questions at once."),
        ("material_add", {"title": "T", "audience": "own"}, "Give an address or a file"),
        (
            "material_add",
            {"title": "T", "audience": "moon", "link": "https://a.org"},
            "not one of the available",
        ),
        ("material_add", {"title": "T", "audience": "own", "link": "javascript:alert(1)"}, "valid URL"),
    ],
)
def test_bad_additions_are_said_on_the_same_page(exchange, ada, client_of, name, given, words):
    answer = client_of(ada).post(page(exchange, name), given)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert fresh(exchange).plan.version == 1


def test_a_file_is_shared_and_only_its_audience_fetches_it(exchange, ada, bo, cleo, client):
    client.force_login(ada)
    file = SimpleUploadedFile("budget.txt", b"Our draft budget")
    given = {"title": "Budget", "audience": "own", "file": file}
    assert client.post(page(exchange, "material_add"), given).status_code == 302
    material = Material.objects.get()
    address = reverse("desk:material", args=[exchange.pk, material.pk])
    assert b"".join(client.get(address).streaming_content) == b"Our draft budget"
    for person in (bo, cleo):
        client.force_login(person)
        assert client.get(address).status_code == 404
    client.force_login(bo)
    removal = reverse("desk:material_remove", args=[exchange.pk, material.pk])
    assert client.post(removal).status_code == 403
    client.force_login(ada)
    assert client.post(removal).status_code == 302
    assert Material.objects.count() == 0


def test_a_file_with_macros_is_refused_beside_the_field(exchange, ada, client_of):
    file = SimpleUploadedFile("budget.xlsm", b"PK\x03\x04")
    answer = client_of(ada).post(
        page(exchange, "material_add"), {"title": "B", "audience": "own", "file": file}
    )
    assert answer.status_code == 422
    assert "holds macros" in text_of(answer)


def test_the_visit_goes_into_a_calendar_with_its_days_and_a_number(approved, bo, client_of):
    answer = client_of(bo).get(page(approved, "exchange_calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    event = Calendar.from_ical(answer.content).events[0]
    assert (event.start, event.end) == (FIRST, LAST + timedelta(days=1))
    assert str(event["UID"]) == f"exchange-{approved.pk}@127.0.0.1"
    assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (approved.calendar_sequence, "CONFIRMED")


def test_there_is_no_calendar_before_the_plan_is_approved(exchange, ada, bo, client_of, now):
    fill_plan(exchange, ada, now)
    sign_both(exchange, ada, bo, now)
    assert client_of(bo).get(page(exchange, "exchange_calendar")).status_code == 404


def test_a_cancelled_visit_is_cancelled_in_calendars(approved, ada, client_of, now):
    cancel_exchange(exchange=approved, reason="Ill", by=ada, now=now)
    answer = client_of(ada).get(page(approved, "exchange_calendar"))
    assert str(Calendar.from_ical(answer.content).events[0]["STATUS"]) == "CANCELLED"
    assert "This exchange was cancelled" in text_of(client_of(ada).get(page(approved)))


def test_a_side_cancels_with_a_reason_and_not_without(approved, ada, client_of):
    client = client_of(ada)
    assert client.post(page(approved, "exchange_cancel"), {"reason": " "}).status_code == 422
    assert fresh(approved).status == "planned"
    assert client.post(page(approved, "exchange_cancel"), {"reason": "Ill"}).status_code == 302
    assert fresh(approved).status == "cancelled"
    assert client.post(page(approved, "exchange_cancel"), {"reason": "Ill"}).status_code == 409


def test_participants_see_what_is_booked_and_no_price(approved, ada, cleo, client_of, now):
    booked(approved, cleo, now, "123.45", description="Night train")
    quote(approved, cleo, now, description="Private jet")
    text = text_of(client_of(ada).get(page(approved)))
    assert ["Night train" in text, "ABC" in text, "Booked" in text] == [True, True, True]
    assert ["123.45" in text, "EUR" in text, "Private jet" in text] == [False, False, False]


def test_a_booking_reference_is_for_the_traveller_alone(traveller, approved, ada, bo, cleo, client, now):
    booked(approved, cleo, now, description="Night train", traveller=traveller)
    seen = []
    for person in (ada, bo):
        client.force_login(person)
        text = text_of(client.get(page(approved)))
        seen.append(("Night train" in text, "ABC" in text))
    assert seen == [(True, True), (True, False)]


DETAILS = {
    "travels_from": "Bratislava",
    "has_passport": "yes",
    "needs_visa": "no",
    "wishes": "No stairs",
    "emergency_name": "Zoe",
    "emergency_phone": "+48 123",
    "version": 1,
}


def test_travellers_are_named_and_tell_what_their_bookings_need(approved, ada, client_of):
    client = client_of(ada)
    named = client.post(reverse("desk:traveller_name", args=[approved.pk, ada.pk]), follow=True)
    assert "fill in what your bookings need" in text_of(named)
    traveller = Traveller.objects.get()
    address = reverse("desk:traveller", args=[traveller.pk])
    assert "20 August 2027" in text_of(client.get(address)) or "19 August 2027" in text_of(
        client.get(address)
    )
    assert client.post(address, DETAILS).status_code == 302
    traveller = Traveller.objects.get()
    assert (traveller.has_passport, traveller.needs_visa, traveller.emergency_name) == (True, False, "Zoe")
    assert client.post(address, DETAILS | {"wishes": "Stairs"}).status_code == 409


def test_hosts_and_strangers_cannot_be_named(approved, ada, bo, dan, client_of):
    client = client_of(ada)
    for person in (bo, dan):
        client.post(reverse("desk:traveller_name", args=[approved.pk, person.pk]))
    client_of(bo).post(reverse("desk:traveller_name", args=[approved.pk, ada.pk]))
    assert Traveller.objects.count() == 0


@pytest.fixture
def traveller(approved, ada, now):
    traveller = name_traveller(exchange=approved, account=ada, by=ada, now=now)
    values = {"emergency_name": "Zoe", "emergency_phone": "+48 123", "wishes": "No stairs"}
    save_traveller(traveller=traveller, values=values, version=1, by=ada, now=now)
    return traveller


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("bo", 403), ("cleo", 403), ("dan", 404), ("eve", 404), (None, 302)]
)
def test_what_a_traveller_tells_is_written_by_them_alone(traveller, client, request, eve, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("desk:traveller", args=[traveller.pk])).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("bo", 200), ("cleo", 200), ("dan", 404), ("eve", 404), (None, 302)]
)
def test_each_look_at_an_emergency_contact_is_asked_for_by_post(traveller, client, request, eve, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))
    address = reverse("desk:emergency_contact", args=[traveller.pk])
    if who:
        assert client.get(address).status_code == 405
    answer = client.post(address)
    assert answer.status_code == status
    assert ("+48 123" in text_of(answer)) == (status == 200)
    looks = Entry.objects.about(traveller).filter(verb="show emergency contact").count()
    assert looks == (1 if status == 200 else 0)


def test_another_representative_of_the_visitors_does_not_see_the_contact(traveller, ada, client_of):
    colleague = make_account("kim")
    make_representative(colleague, ada.community)
    answer = client_of(colleague).post(reverse("desk:emergency_contact", args=[traveller.pk]))
    assert answer.status_code == 403


@pytest.mark.parametrize("who", ["ada", "bo", "cleo"])
def test_no_page_carries_the_contact_by_itself(traveller, approved, client, request, who):
    client.force_login(request.getfixturevalue(who))
    text = text_of(client.get(page(approved)))
    assert ["+48 123" in text, "Zoe" in text, "No stairs" in text] == [False, False, False]


def test_the_contact_is_not_shown_once_its_time_is_over(traveller, bo, client_of, time_machine, now):
    time_machine.move_to(now + timedelta(days=300), tick=False)
    answer = client_of(bo).post(reverse("desk:emergency_contact", args=[traveller.pk]), follow=True)
    assert "until 14 days after the visit" in text_of(answer)
    assert "+48 123" not in text_of(answer)


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("bo", 403), ("cleo", 200), ("dan", 404), ("eve", 404), (None, 302)]
)
def test_a_letter_of_invitation_is_for_the_traveller_and_the_office(
    traveller, client, cleo, request, eve, who, status, now
):
    letter = issue_invitation(traveller=traveller, by=cleo, now=now)
    if who:
        client.force_login(request.getfixturevalue(who))
    answer = client.get(reverse("desk:invitation", args=[letter.pk]))
    assert answer.status_code == status
    if status == 200:
        assert answer.content.startswith(b"%PDF")


def test_ids_that_nobody_has_are_not_found(exchange, ada, client_of):
    client = client_of(ada)
    huge = 10**30
    assert client.get(reverse("desk:exchange", args=[huge])).status_code == 404
    assert client.post(reverse("desk:plan_sign", args=[exchange.pk, huge, huge])).status_code == 404
    assert client.get(reverse("desk:material", args=[exchange.pk, huge])).status_code == 404


def test_the_page_asks_as_many_questions_of_the_database_however_long_the_plan(
    exchange, ada, client_of, now, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(ada)
    fill_plan(exchange, ada, now)
    name_traveller(exchange=exchange, account=ada, by=ada, now=now)
    client.get(page(exchange))  # The first visit also writes the session down.
    with django_assert_max_num_queries(40) as counted:
        client.get(page(exchange))
    fill_plan(exchange, ada, now)
    for name in ("kim", "lee", "max"):
        colleague = make_account(name)
        make_representative(colleague, ada.community)
        name_traveller(exchange=fresh(exchange), account=colleague, by=ada, now=now)
    with django_assert_num_queries(len(counted.captured_queries)):
        client.get(page(exchange))


def test_the_desk_lists_what_exchanges_ask_of_each_person(exchange, ada, bo, dan, now):
    words = {person.name: [task.words for task in exchange_tasks(person, now)] for person in (ada, bo, dan)}
    pair = "Wikimedians of Ruritania – Wikimedia Graustark"
    write = f"{pair}: write the joint plan together."
    assert words == {"Ada": [write, f"{pair}: say who of you travels."], "Bo": [write], "Dan": []}
    assert [mine.words for mine in exchange_records(bo, now)] == [pair]


def test_who_has_signed_waits_for_the_other_side(exchange, ada, now):
    plan = fill_plan(exchange, ada, now)
    sign_plan(plan=plan, seat=seat_of(exchange, "learns"), by=ada, now=now)
    assert [task.waits for task in exchange_tasks(ada, now)] == [True, False]
