"""Whoever took part sees what is missing for a certificate; whoever has one gets its paper and a barnstar."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from talka.people.models import Account
from talka.recognition.actions import issue_certificates, revoke_certificate
from talka.recognition.models import Certificate, RevokeReason
from talka.web.desk.certificate_tasks import certificate_records, certificate_tasks
from tests.conftest import make_account, make_representative
from tests.reports.mentorship_samples import (
    BEGAN,
    OVER,
    complete,
    log_hours,
    make_application,
    make_cohort,
    make_pair,
)


@pytest.fixture
def cohort(cleo, now):
    return make_cohort(cleo, now)


@pytest.fixture
def pair(cohort, ada, bo):
    return make_pair(cohort, ada, bo)


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel(BEGAN + timedelta(days=90), tick=False):
        yield


def page_of(application):
    return reverse("desk:certificate", args=[application.pk])


def issue(cohort, cleo, **named):
    return issue_certificates(cycle=cohort, by=cleo, now=OVER, **named)


def test_who_has_none_reads_exactly_what_is_missing_and_what_helps(pair, client_of, ada):
    log_hours(pair, 17 * 60)
    log_hours(pair, 60, status="logged")
    text = client_of(ada).get(page_of(pair.mentee)).text
    for words in (
        "17 of 18 hours are confirmed: 1 missing.",
        "Hours that still wait for a yes of the other side: 1. With them it is enough.",
        "Both sides say that they are reached: 0 of 1 goals.",
        "The mentorship is not over: its last day is 19 May 2028.",
        "There is still time for all of it.",
    ):
        assert words in text


def test_a_page_is_for_its_own_applicant_and_for_roles_that_get_one(
    pair, cohort, client_of, ada, bo, cleo, dan
):
    page = page_of(pair.mentee)
    assert [client_of(who).get(page).status_code for who in (ada, bo, cleo, dan)] == [200, 404, 404, 404]
    for role in ("mentee", "designer"):
        alone = make_application(cohort, role, BEGAN, person=dan)
        assert client_of(dan).get(page_of(alone)).status_code == 404


def test_who_has_everything_is_told_that_it_comes(pair, client_of, ada):
    complete(pair)
    text = client_of(ada).get(page_of(pair.mentee)).text
    assert "Everything that is asked for is there." in text


def test_who_has_one_gets_the_paper_and_a_barnstar(pair, cohort, client_of, ada, bo, cleo):
    Account.objects.filter(pk=ada.pk).update(name="Ada <b>|}}")
    complete(pair)
    made = issue(cohort, cleo)[0]
    text = client_of(ada).get(page_of(pair.mentee)).text
    assert ("&lt;b&gt;|}}" in text, "<b>|}}" in text) == (True, False)
    assert "Ada &amp;#60;b&amp;#62;&amp;#124;&amp;#125;&amp;#125; completed" in text
    paper = reverse("desk:certificate_pdf", args=[made.pk])
    answer = client_of(ada).get(paper)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="certificate-2027-b-1.pdf"'
    assert [client_of(who).get(paper).status_code for who in (cleo, bo)] == [200, 404]


def test_a_revoked_one_says_so_and_its_reason(pair, cohort, client_of, ada, cleo):
    complete(pair)
    made = issue(cohort, cleo)[0]
    revoke_certificate(certificate=made, reason=RevokeReason.MISTAKE, note="SECRET", by=cleo, now=OVER)
    text = client_of(ada).get(page_of(pair.mentee)).text
    assert ("It was issued by mistake." in text, "Download" in text, "SECRET" in text) == (True, False, False)


def test_each_representative_sees_only_their_own(cohort, client_of, ada, bo, cleo):
    eva = make_account("eva")
    make_representative(eva, ada.community)
    pair = make_pair(cohort, ada.community, bo)
    complete(pair)
    issue(cohort, cleo, named={(pair.mentee.pk, ada.pk)})
    texts = [client_of(who).get(page_of(pair.mentee)).text for who in (ada, eva)]
    assert ["Download the certificate" in text for text in texts] == [True, False]


def test_the_desk_tells_of_it_for_a_month_and_keeps_it_at_hand(pair, cohort, ada, cleo):
    assert (certificate_tasks(ada, OVER), certificate_records(ada, OVER)) == ([], [])
    complete(pair)
    issue(cohort, cleo)
    (task,) = certificate_tasks(ada, OVER + timedelta(days=30))
    assert task.words == "Wikipedia & Education mentorship: your certificate is here."
    assert certificate_tasks(ada, OVER + timedelta(days=31)) == []
    (mine,) = certificate_records(ada, OVER)
    assert (mine.words, mine.record) == (
        "Wikipedia & Education mentorship: certificate 2027-b-1",
        Certificate.objects.get(holder=ada),
    )


def test_the_page_of_an_application_leads_to_it_once_there_is_a_mentorship(cohort, client_of, ada, bo):
    alone = make_application(cohort, "mentee", BEGAN, person=ada)
    leads = [page_of(alone) in client_of(ada).get(alone.get_absolute_url()).text]
    make_pair(cohort, ada, bo)
    leads.append(page_of(alone) in client_of(ada).get(alone.get_absolute_url()).text)
    assert leads == [False, True]
