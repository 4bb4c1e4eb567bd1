"""Coordinators see who waits, answer, and bring people together."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from talka.calls.actions import prepare_cycle
from talka.capacities.actions import reply_to_need, take_up_need
from talka.capacities.models import NeedNote, Outreach
from talka.people.models import Community
from talka.programmes.actions import announce_cycle, appoint
from tests.capacities.asking_world import ask, brought_together, fresh, make_programme, offer, strangers
from tests.conftest import make_account

A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_the_day(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)


@pytest.fixture
def office(programme, client_of, cleo):
    return client_of(cleo)


def at(name, *args):
    return reverse(f"office:{name}", args=args)


def listed(client, programme, **asked):
    """Return the requests of a list, in its order."""
    return [line["need"] for line in client.get(at("requests", programme.slug), asked).context["rows"]]


def test_the_list_is_for_coordinators(programme, client_of, cleo, ada, dan):
    rosa = make_account("rosa")
    appoint(programme=programme, account=rosa, post="reviewer", by=None, now=programme.created_at)
    page = at("requests", programme.slug)
    assert [client_of(who).get(page).status_code for who in (cleo, rosa, ada, dan)] == [200, 404, 404, 404]


def test_who_waits_longest_is_first_and_who_waits_too_long_is_marked(
    office, programme, ada, bo, dan, cleo, now
):
    late, new = ask(programme, ada, now - 15 * A_DAY), ask(programme, bo, now)
    done = ask(programme, dan, now - 20 * A_DAY)
    reply_to_need(need=done, text="So.", by=cleo, now=now - 19 * A_DAY)
    rows = office.get(at("requests", programme.slug)).context["rows"]
    assert [(line["need"], line["age"], line["is_late"]) for line in rows] == [
        (late, 15, True),
        (new, 0, False),
    ]
    assert listed(office, programme, status="late") == [late]
    assert listed(office, programme, status="all") == [done, late, new]
    assert listed(office, programme, status="answered") == [done]
    assert listed(office, programme, sort="new") == [new, late]
    assert listed(office, programme, q="ada") == [late]


def test_it_is_narrowed_by_country_kind_and_who_is_on_it(office, programme, ada, bo, cleo, now):
    first, second = ask(programme, ada, now), ask(programme, bo, now, country="PL", model="club")
    take_up_need(need=first, note="", by=cleo, now=now)
    found = [
        listed(office, programme, country="PL"),
        listed(office, programme, model="school"),
        listed(office, programme, owner="me"),
        listed(office, programme, owner="nobody"),
    ]
    assert found == [[second], [first], [first], [second]]


def test_a_list_of_many_takes_as_many_queries_as_one_of_few(office, programme, now):
    people, counts = strangers(12), []
    for half in (people[:4], people[4:]):
        for person in half:
            ask(programme, person, now, "education", "glam")
        with CaptureQueriesContext(connection) as queries:
            office.get(at("requests", programme.slug))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_several_are_taken_up_at_once_and_what_is_taken_is_passed_over(office, programme, ada, bo, cleo, now):
    first, second = ask(programme, ada, now), ask(programme, bo, now)
    rosa = make_account("rosa")
    take_up_need(need=second, note="", by=rosa, now=now)
    answer = office.post(
        at("requests_take", programme.slug), {"need": [first.pk, second.pk, "x"]}, follow=True
    )
    assert ("You are on 1 request now." in answer.text, fresh(first).owner, fresh(second).owner) == (
        True,
        cleo,
        rosa,
    )


def test_the_list_leaves_as_a_spreadsheet_and_as_csv(office, programme, ada, bo, now):
    ask(programme, ada, now, text="=cmd()")
    offer(programme, bo, now)
    book = load_workbook(BytesIO(office.get(at("requests_export", programme.slug)).content))
    assert [sheet.title for sheet in book] == ["Requests", "Offers"]
    assert [cell.value for cell in book["Requests"][2]][2:4] == ["Ada", "Asked"]
    csv = office.get(at("requests_export", programme.slug), {"as": "csv"}).content.decode("utf-8-sig")
    assert (csv.splitlines()[0].startswith("Asked,"), ",=cmd()" in csv) == (True, False)


def test_the_office_says_how_many_wait_and_for_too_long(office, programme, ada, bo, now):
    assert "wait" not in office.get(at("home")).text
    ask(programme, ada, now - 15 * A_DAY)
    ask(programme, bo, now)
    page = office.get(at("home")).text
    found = ["One request for help waits" in page, "One request for help has waited for too long" in page]
    assert found == [True, True]


def page_of(programme, need):
    return at("request", programme.slug, need.pk)


def test_a_request_is_taken_up_written_about_answered_and_closed(office, programme, ada, cleo, now):
    need = ask(programme, ada, now)
    steps = [
        ("request_take", {"note": "I look."}, "taken"),
        ("request_lay_back", {}, "asked"),
        ("request_take", {"note": ""}, "taken"),
        ("request_write", {"text": "Which age?", "audience": "reply"}, "taken"),
        ("request_write", {"text": "Known.", "audience": "office"}, "taken"),
        ("request_reply", {"text": "Here."}, "answered"),
        ("request_close", {"text": "Good luck."}, "closed"),
    ]
    for name, sent, status in steps:
        assert office.post(at(name, programme.slug, need.pk), sent).status_code == 302
        assert fresh(need).status == status
    kinds = list(NeedNote.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["reply", "reply", "office", "reply", "reply"]
    assert office.get(page_of(programme, need)).status_code == 200


def test_the_slower_of_two_who_answer_keeps_what_was_typed(office, programme, ada, cleo, now):
    need = ask(programme, ada, now)
    reply_to_need(need=need, text="First.", by=cleo, now=now)
    answer = office.post(at("request_reply", programme.slug, need.pk), {"text": "My long answer."})
    shown = [words in answer.text for words in ("Somebody was faster", "My long answer.", "First.")]
    assert (answer.status_code, shown) == (409, [True] * 3)


def test_an_empty_answer_is_not_sent(office, programme, ada, now):
    need = ask(programme, ada, now)
    assert office.post(at("request_reply", programme.slug, need.pk), {"text": " "}).status_code == 422
    assert fresh(need).status == "asked"


def test_offers_stand_beside_it_with_reasons_and_a_mentor_is_asked(office, programme, ada, bo, dan, now):
    need, given = ask(programme, ada, now, "classes"), offer(programme, bo, now, "education")
    offer(programme, dan, now, "education", languages=[{"language": "pl", "level": 6}])
    page = office.get(page_of(programme, need)).text
    reasons = (
        "Offers Education, which is close to Classes",
        "Both can work in English",
        "Has done this kind of programme",
        "There is no language in which both can work",
    )
    assert [words in page for words in reasons] == [True] * 4
    ask_bo = at("request_introduce", programme.slug, need.pk, given.pk)
    assert office.post(ask_bo, {"note": ""}).status_code == 422
    assert office.post(ask_bo, {"note": "A class."}).status_code == 302
    again = office.post(ask_bo, {"note": "Another word."})
    assert (again.status_code, "Another word." in again.text) == (422, True)
    assert "A mentor is asked about this request already" in again.text
    made = need.introductions.get()
    office.post(at("request_take_back", programme.slug, need.pk, made.pk))
    assert fresh(made).status == "withdrawn"


def test_a_page_with_many_offers_takes_as_many_queries_as_one_with_few(office, programme, ada, now):
    need, people, counts = ask(programme, ada, now), strangers(12), []
    for half in (people[:4], people[4:]):
        for person in half:
            offer(programme, person, now, "education", "glam")
        with CaptureQueriesContext(connection) as queries:
            office.get(page_of(programme, need))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_request_becomes_an_application_while_a_call_is_open(office, programme, ada, cleo, now):
    need = ask(programme, ada, now)
    assert "Turn it into an application" not in office.get(page_of(programme, need)).text
    cycle = prepare_cycle(programme=programme, slug="1", label={"en": "One"}, year=2027, by=cleo, now=now)
    announce_cycle(cycle=cycle, by=cleo, now=now)
    cycle.calls.update(opens_at=now - A_DAY, closes_at=now + A_DAY)
    assert "One: Mentee" in office.get(page_of(programme, need)).text
    call = cycle.calls.get(role="mentee")
    sent = {"call": cycle.calls.get(role="mentor").pk}
    assert office.post(at("request_apply", programme.slug, need.pk), sent).status_code == 422
    assert office.post(at("request_apply", programme.slug, need.pk), {"call": call.pk}).status_code == 302
    assert (fresh(need).status, need.became.get().person) == ("applied", ada)


def test_a_request_of_another_programme_is_not_found_under_this_one(office, programme, ada, cleo, now):
    other = make_programme(cleo, now, slug="other")
    need, given = ask(other, ada, now), offer(other, cleo, now)
    mine = ask(programme, ada, now)
    assert office.get(page_of(programme, need)).status_code == 404
    assert (
        office.post(at("request_introduce", programme.slug, mine.pk, given.pk), {"note": "x"}).status_code
        == 404
    )


def test_offers_are_listed_with_places_and_absences(office, programme, ada, bo, cleo, now):
    brought_together(programme, ada, bo, cleo, now)
    page = office.get(at("offers", programme.slug)).text
    assert ("Bo" in page, "0 of 1" in page) == (True, True)


def test_a_community_is_invited_by_letter_or_by_a_text_for_its_talk_page(office, programme, ada, now):
    alone = Community.objects.create(name="Alone [[in]] the '''world'''", kind="informal")
    page = at("outreach", programme.slug, alone.pk)
    shown = office.get(page).text
    assert ("Nobody represents this community here" in shown, "[[in]]" in shown.partition("<pre")[2]) == (
        True,
        False,
    )
    preview = office.post(page, {"words": "Come {{here}}", "way": "talk_page", "show": "1"}).text
    assert ("Come &amp;#123;" in preview, Outreach.objects.count()) == (True, 0)
    assert office.post(page, {"words": "Come", "way": "letter"}).status_code == 422
    assert office.post(page, {"words": "Come", "way": "talk_page"}).status_code == 302
    early = office.post(page, {"words": "Come again", "way": "talk_page"})
    assert (early.status_code, "Ninety days" in early.text, "Come again" in early.text) == (422, True, True)
    opportunities = office.get(reverse("public:opportunities", args=[programme.slug])).text
    assert "invited on 10 March 2027" in opportunities


def test_a_programme_without_requests_has_no_such_pages(office, programme):
    type(programme).objects.update(blueprint=programme.blueprint | {"requests": None})
    pages = [at("requests", programme.slug), at("offers", programme.slug)]
    assert [office.get(page).status_code for page in pages] == [404, 404]
