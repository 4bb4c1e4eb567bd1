"""Coordinators look at who gets a certificate, issue, make an exception, and revoke."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from talka.programmes.models import Cycle
from talka.recognition.actions import issue_certificates
from talka.recognition.models import Certificate
from talka.web.office.board import needs_of, tallies_of
from tests.reports.mentorship_samples import LAST_DAY, OVER, complete, log_hours, make_cohort, make_pair
from tests.reports.report_samples import make_cycle


@pytest.fixture
def cohort(cleo, now):
    return make_cohort(cleo, now)


@pytest.fixture
def pair(cohort, ada, bo):
    return make_pair(cohort, ada, bo)


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel(OVER, tick=False):
        yield


def at(name, *args):
    return reverse(f"office:{name}", args=args)


def test_the_office_is_for_coordinators(pair, cohort, client_of, ada, bo, cleo, dan):
    complete(pair)
    made = issue_certificates(cycle=cohort, by=cleo, now=OVER)[0]
    pages = [at("certificates", cohort.pk), at("certificates_preview", cohort.pk), at("certificate", made.pk)]
    for page in pages:
        assert [client_of(who).get(page).status_code for who in (cleo, ada, bo, dan)] == [200, 404, 404, 404]


def test_a_programme_without_certificates_has_no_such_page(client_of, cleo, now):
    cycle = make_cycle(cleo, now)
    client = client_of(cleo)
    for name in ("certificates", "certificates_preview", "certificates_export"):
        assert client.get(at(name, cycle.pk)).status_code == 404
    assert at("certificates", cycle.pk) not in client.get(at("cycle", cycle.pk)).text


def test_a_preview_says_who_gets_one_and_who_does_not_and_why(pair, cohort, client_of, cleo, dan):
    complete(pair)
    other = make_pair(cohort, dan, cleo)
    log_hours(other, 17 * 60 + 55)
    page = client_of(cleo).get(at("certificates_preview", cohort.pk))
    ready, lacking = page.context["ready"], page.context["lacking"]
    assert [str(one.application) for one in ready] == ["Ada", "Bo"]
    assert [str(one.application) for one in lacking] == ["Cleo", "Dan"]
    assert "17:55 of 18 hours are confirmed: 0:05 missing." in page.text
    assert Certificate.objects.count() == 0


def test_those_who_are_ticked_get_one(pair, cohort, client_of, ada, bo, cleo, dan):
    complete(pair)
    client, issue = client_of(cleo), at("certificates_issue", cohort.pk)
    for nonsense in ({}, {"who": ["", "x", "1-", "9" * 50, f"{pair.mentee.pk}-{dan.pk}"]}):
        assert client.post(issue, nonsense)["Location"] == at("certificates_preview", cohort.pk)
    assert Certificate.objects.count() == 0
    sent = client.post(issue, {"who": f"{pair.mentee.pk}-{ada.pk}"})
    assert sent["Location"] == at("certificates", cohort.pk)
    assert [one.holder for one in Certificate.objects.all()] == [ada]
    assert [
        str(one.application) for one in client.get(at("certificates_preview", cohort.pk)).context["ready"]
    ] == ["Bo"]


def test_representatives_of_a_community_are_not_ticked(cohort, client_of, ada, bo, cleo):
    pair = make_pair(cohort, ada.community, bo)
    complete(pair)
    text = client_of(cleo).get(at("certificates_preview", cohort.pk)).text
    ticks = {
        who.pk: f'value="{application.pk}-{who.pk}" id="who_{application.pk}_{who.pk}" checked' in text
        for who, application in ((ada, pair.mentee), (bo, pair.mentor))
    }
    assert ticks == {ada.pk: False, bo.pk: True}


def test_an_exception_is_made_with_a_reason(pair, cohort, client_of, ada, cleo):
    client, page = client_of(cleo), at("certificate_exception", cohort.pk, pair.mentee.pk)
    assert "0 of 18 hours are confirmed" in client.get(page).text
    assert client.post(page, {"holder": ada.pk, "reason": ""}).status_code == 422
    assert client.post(page, {"holder": 9999, "reason": "Because."}).status_code == 422
    sent = client.post(page, {"holder": ada.pk, "reason": "Her hours\r\nwere lost."})
    assert sent.status_code == 302
    made = Certificate.objects.get()
    assert (made.holder, made.exception) == (ada, "Her hours\nwere lost.")
    assert "were lost." in client.get(at("certificate", made.pk)).text


def test_nobody_makes_an_exception_for_themselves(cohort, client_of, ada, cleo):
    pair = make_pair(cohort, ada, cleo)
    client, page = client_of(cleo), at("certificate_exception", cohort.pk, pair.mentor.pk)
    assert (client.get(page).status_code, client.post(page, {}).status_code) == (403, 403)
    complete(pair)
    made = issue_certificates(cycle=cohort, by=cleo, now=OVER)[1]
    assert client.post(at("certificate_revoke", made.pk), {"reason": "wish"}).status_code == 403


def test_one_is_revoked_with_a_reason_and_never_twice(pair, cohort, client_of, cleo):
    complete(pair)
    made = issue_certificates(cycle=cohort, by=cleo, now=OVER)[0]
    client, revoke = client_of(cleo), at("certificate_revoke", made.pk)
    sent = client.post(revoke, {"reason": "", "note": "KEPT"})
    assert (sent.status_code, "KEPT" in sent.text) == (422, True)
    assert client.post(revoke, {"reason": "replaced", "note": ""}).status_code == 422
    assert client.post(revoke, {"reason": "mistake", "note": "Two of them."}).status_code == 302
    text = client.get(at("certificate", made.pk)).text
    assert ("It was issued by mistake." in text, "Two of them." in text, "Revoke it" in text) == (
        True,
        True,
        False,
    )
    assert client.post(revoke, {"reason": "mistake"}).status_code == 409


def test_one_is_issued_anew(pair, cohort, client_of, cleo):
    complete(pair)
    made = issue_certificates(cycle=cohort, by=cleo, now=OVER)[0]
    client = client_of(cleo)
    sent = client.post(at("certificate_replace", made.pk))
    new = Certificate.objects.order_by("number").last()
    assert (sent["Location"], new.holder) == (at("certificate", new.pk), made.holder)
    assert client.post(at("certificate_replace", made.pk)).status_code == 409


def test_the_list_is_narrowed_and_exported(pair, cohort, client_of, cleo):
    complete(pair)
    first, _second = issue_certificates(cycle=cohort, by=cleo, now=OVER)
    client, page = client_of(cleo), at("certificates", cohort.pk)
    found = {
        words: [one.number for one in client.get(page, {"q": words}).context["page"]]
        for words in ("ada", "2027-b-2", first.written_code.lower(), "nobody", "")
    }
    assert list(found.values()) == [[1], [2], [1], [], [2, 1]]
    assert [one.number for one in client.get(page, {"status": "revoked"}).context["page"]] == []
    book = load_workbook(BytesIO(client.get(at("certificates_export", cohort.pk)).content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [row[:2] for row in rows] == [["Number", "Name"], ["2027-b-2", "Bo"], ["2027-b-1", "Ada"]]
    assert rows[2][-1] == first.written_code


def test_the_board_says_who_waits_for_one(pair, cohort, cleo):
    cycle = Cycle.objects.select_related("programme").get(pk=cohort.pk)
    complete(pair)

    def needs():
        today = LAST_DAY + timedelta(days=1)
        found = needs_of(cycle, tallies_of([cycle], today=today, reader=cleo)[cycle.pk])
        return [(one.key, one.count) for one in found if one.key == "certificates"]

    assert needs() == [("certificates", 2)]
    issue_certificates(cycle=cohort, by=cleo, now=OVER)
    assert needs() == []


def test_lists_take_as_many_queries_for_any_number(
    pair, cohort, client_of, ada, bo, cleo, dan, django_assert_num_queries, django_assert_max_num_queries
):
    complete(pair)
    make_pair(cohort, ada.community, bo.community)
    issue_certificates(cycle=cohort, by=cleo, now=OVER)
    client = client_of(cleo)
    counts = {}
    for name in ("certificates", "certificates_preview"):
        with django_assert_max_num_queries(24) as few:
            client.get(at(name, cohort.pk))
        counts[name] = len(few.captured_queries)
    complete(make_pair(cohort, dan, cleo))
    issue_certificates(cycle=cohort, by=cleo, now=OVER)
    for name, count in counts.items():
        with django_assert_num_queries(count):
            client.get(at(name, cohort.pk))
