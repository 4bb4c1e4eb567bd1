"""Coordinators read reports, close exchanges and publish the impact."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talka.impact.models import ImpactReport
from talka.kernel.ledger import move
from talka.people.models import Community
from talka.reports.actions import accept_report, close_exchange, submit_report
from tests.reports.report_samples import (
    AFTER,
    fresh,
    make_accepted,
    make_cycle,
    make_exchange,
    make_visited,
    write_report,
)

CLOSING = {
    "goals_met": "yes",
    "evidence": "The photos show it.",
    "went_wrong": "The train.",
    "more-evidence_seen": "true",
}
WORDS = {"goals_met": "yes", "evidence": "Seen."}


@pytest.fixture
def cycle(cleo, now):
    return make_cycle(cleo, now)


def at(name, record):
    return reverse(f"office:{name}", args=[record.pk])


def codes(client_of, address, *people):
    return [client_of(who).get(address).status_code for who in people]


def test_the_office_is_for_coordinators(cycle, client_of, client, ada, bo, cleo, dan, now):
    exchange, report, _ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    pages = [at("reports", cycle), at("report", report), at("closing", exchange), at("impact", cycle)]
    for page in pages:
        assert client.get(page).status_code == 302
    for page in pages:
        assert codes(client_of, page, cleo, ada, dan) == [200, 404, 404]


def test_an_exchange_says_what_it_waits_for_after_the_visit(cycle, client_of, ada, bo, cleo, now):
    exchange, *reports = make_visited(cycle, ada.community, bo.community, now)
    client, waits = client_of(cleo), []

    def look():
        shown = client.get(at("exchanges", cycle)).context["rows"]
        waits.append([words for _exchange, words in shown])

    look()
    for report in reports:
        write_report(report, ada, AFTER)
        submit_report(report=report, by=ada, now=AFTER)
    look()
    for report in reports:
        accept_report(report=report, by=cleo, now=AFTER)
    look()
    close_exchange(exchange=exchange, words=WORDS, by=cleo, now=AFTER)
    look()
    assert waits == [
        ["both reports"],
        ["you: read what was handed in"],
        ["you: close it"],
        ["nothing more"],
    ]


def test_before_a_visit_the_button_that_closes_the_cycle_is_folded_away(cycle, client_of, ada, bo, cleo, now):
    client, fold = client_of(cleo), "Close the cycle and publish all the same"
    pages = [client.get(at("impact", cycle)).text]
    exchange, *_reports = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    close_exchange(exchange=exchange, words=WORDS, by=cleo, now=AFTER)
    pages.append(client.get(at("impact", cycle)).text)
    assert [fold in page for page in pages] == [True, False]
    assert ["Publish the impact report" in page for page in pages] == [True, True]


def test_a_draft_is_listed_but_its_answers_stay_with_its_writers(cycle, client_of, ada, bo, cleo, now):
    _, report, _ = make_visited(cycle, ada.community, bo.community, now)
    write_report(report, ada, AFTER)
    client = client_of(cleo)
    assert "Wikimedians of Ruritania" in client.get(at("reports", cycle)).text
    page = client.get(at("report", report)).text
    assert ("On the first day nobody spoke" in page, "It is being written" in page) == (False, True)
    photo = report.evidence.get()
    assert client.get(at("photo_file", photo)).status_code == 404
    submit_report(report=report, by=ada, now=AFTER)
    assert "On the first day nobody spoke" in client.get(at("report", report)).text


def test_a_report_is_returned_with_a_question_and_accepted(cycle, client_of, ada, bo, cleo, now):
    _, report, _ = make_visited(cycle, ada.community, bo.community, now)
    write_report(report, ada, AFTER)
    submit_report(report=report, by=ada, now=AFTER)
    client = client_of(cleo)
    assert client.post(at("report_ask", report), {"question": ""}).status_code == 422
    assert client.post(at("report_ask", report), {"question": "Why?"}).status_code == 302
    assert fresh(report).status == "returned"
    submit_report(report=fresh(report), by=ada, now=AFTER)
    assert client.post(at("report_accept", report)).status_code == 302
    assert fresh(report).status == "accepted"
    assert client.post(at("report_accept", report)).status_code == 409


def test_nobody_accepts_the_report_of_their_own_community(cycle, client_of, ada, bo, cleo, now):
    cleo.representations.create(
        community=ada.community, email=cleo.email, name="Cleo", status="accepted", invited_at=now
    )
    _, report, _ = make_visited(cycle, ada.community, bo.community, now)
    write_report(report, ada, AFTER)
    submit_report(report=report, by=ada, now=AFTER)
    assert client_of(cleo).post(at("report_accept", report)).status_code == 403
    assert fresh(report).status == "submitted"


def test_an_exchange_is_closed_with_quotes_from_both_reports(cycle, client_of, ada, bo, cleo, now):
    exchange, *_ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    client = client_of(cleo)
    page = client.get(at("closing", exchange)).text
    assert (page.count("“How to plan a day.”"), "SECRET" in page) == (2, False)
    lacking = client.post(at("closing", exchange), {"evidence": "Only this."})
    assert (lacking.status_code, "Only this." in lacking.text) == (422, True)
    assert client.post(at("closing", exchange), CLOSING).status_code == 302
    closing = fresh(exchange).closing
    assert (closing.went_wrong, closing.answers) == ("The train.", {"evidence_seen": True})


def test_the_slower_of_two_who_correct_a_closing_sees_both_texts(cycle, client_of, ada, bo, cleo, now):
    exchange, *_ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    close_exchange(exchange=exchange, words=WORDS, by=cleo, now=AFTER)
    client = client_of(cleo)
    client.post(at("closing", exchange), CLOSING | {"lessons": "First lesson", "version": 1})
    page = client.post(at("closing", exchange), CLOSING | {"lessons": "Second lesson", "version": 1})
    assert page.status_code == 409
    assert ("First lesson" in page.text, "Second lesson" in page.text) == (True, True)


def test_the_impact_page_names_what_is_not_closed_and_publishes_nothing(cycle, client_of, ada, bo, cleo, now):
    exchange, *_ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    client = client_of(cleo)
    assert at("closing", exchange) in client.get(at("impact", cycle)).text
    page = client.post(at("impact", cycle), {"introduction_en": "My words"})
    assert (page.status_code, ImpactReport.objects.count()) == (422, 0)


def test_a_cancelled_exchange_is_closed_before_the_impact_too(cycle, client_of, ada, bo, cleo, now):
    exchange = make_exchange(cycle, ada.community, bo.community, now)
    move(exchange, "cancel", by=cleo, now=now)
    client = client_of(cleo)
    assert at("closing", exchange) in client.get(at("impact", cycle)).text
    assert client.post(at("closing", exchange), CLOSING | {"goals_met": "no"}).status_code == 302
    assert at("closing", exchange) not in client.get(at("impact", cycle)).text


def test_the_impact_is_published_with_the_chosen_stories(cycle, client_of, ada, bo, cleo, now):
    exchange, mine, _ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    close_exchange(exchange=exchange, words=WORDS, by=cleo, now=AFTER)
    sent = {"introduction_en": "A good year.", "stories": [mine.pk]}
    answer = client_of(cleo).post(at("impact", cycle), sent)
    assert answer["Location"] == reverse("public:impact", args=["cee", "2027"])
    report = ImpactReport.objects.get()
    assert [story["report"] for story in report.stories] == [mine.pk]


def test_lists_take_as_many_queries_for_one_exchange_as_for_eight(cycle, client_of, ada, bo, cleo, now):
    client = client_of(cleo)

    def queries():
        found = []
        for name in ("reports", "impact"):
            with CaptureQueriesContext(connection) as caught:
                assert client.get(at(name, cycle)).status_code == 200
            found.append(len(caught))
        return found

    make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    # The first request writes the session anew.
    queries()
    one = queries()
    for number in range(7):
        community = Community.objects.create(name=f"Community {number}", country="UA")
        make_accepted(cycle, community, bo.community, now, by=cleo)
    assert queries() == one


def test_the_questions_of_the_report_are_edited_in_every_language(cycle, client_of, cleo):
    client, form = client_of(cleo), cycle.forms.get(key="report")
    assert client.get(at("reports", cycle)).text.count(f'href="{at("form", form)}"') == 1
    page = client.get(reverse("office:form_question", args=[form.pk, 0, 0])).text
    inputs = [f'name="{text}__{code}"' for text in ("label", "help", "purpose") for code in ("en", "ar")]
    assert [page.count(one) for one in inputs] == [1] * 6
