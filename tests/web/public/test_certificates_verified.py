"""Whoever has a code sees whether a certificate is genuine and holds; without one there is nothing to see."""

import pytest
from django.urls import reverse

from talka.privacy.erasure import erase_person
from talka.recognition.actions import issue_certificates, revoke_certificate
from talka.recognition.models import Certificate, RevokeReason
from tests.reports.mentorship_samples import OVER, complete, make_cohort, make_pair

SEARCH = "/certificates/"


@pytest.fixture
def made(cleo, ada, bo, now):
    """Return Ada's certificate."""
    cohort = make_cohort(cleo, now)
    complete(make_pair(cohort, ada, bo))
    return issue_certificates(cycle=cohort, by=cleo, now=OVER)[0]


def test_a_genuine_one_shows_what_it_says(made, client):
    answer = client.get(made.get_absolute_url())
    for words in ("This certificate is genuine", "Ada", "18 hours", "2027-b-1", "Certificate of completion"):
        assert words in answer.text
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex")
    # The goals are the pair's own: how many there were is enough.
    assert "Goal 1" not in answer.text


def test_a_code_is_found_however_it_is_typed(made, client):
    for typed in (made.written_code, made.code.lower(), f" {made.written_code.replace('-', ' ')} "):
        answer = client.get(SEARCH, {"code": typed})
        assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert client.get(f"{SEARCH}{made.code.lower()}/").status_code == 200


@pytest.mark.parametrize(
    "code", ["A" * 28, "AAAA-" * 6 + "AAAA", "x", "%F0%9F%90%9D", "a" * 5000, "1 OR 1=1"]
)
def test_nonsense_and_codes_that_nobody_has_get_the_same_answer(made, client, code):
    unknown = client.get(f"{SEARCH}{'A' * 28}/")
    answer = client.get(f"{SEARCH}{code}/")
    assert (answer.status_code, "No certificate has this code." in answer.text) == (404, True)
    assert without_value(answer) == without_value(unknown)
    searched = client.get(SEARCH, {"code": code})
    assert (searched.status_code, without_value(searched)) == (404, without_value(unknown))


def without_value(answer):
    """Return the page without what was typed and what differs each time."""
    return [line for line in answer.text.splitlines() if "value=" not in line]


def test_without_a_code_the_page_asks_for_one(client, db):
    answer = client.get(SEARCH)
    assert (answer.status_code, "Code of the certificate" in answer.text) == (200, True)
    assert "No certificate has this code" not in answer.text


def test_a_revoked_one_says_since_when_and_why_in_general(made, client, cleo):
    revoke_certificate(certificate=made, reason=RevokeReason.CONDITIONS, note="SECRET", by=cleo, now=OVER)
    text = client.get(made.get_absolute_url()).text
    assert "holds no longer: it was revoked on 20 May 2028." in text
    assert "What it rests on turned out not to be so." in text
    assert ("genuine" in text, "SECRET" in text) == (False, False)


def test_after_an_erasure_it_stands_without_a_name_and_without_a_paper(made, client_of, client, ada, cleo):
    erase_person(account=ada, by=ada, now=OVER)
    made.refresh_from_db()
    assert (made.content, made.status) == ({}, "issued")
    text = client.get(made.get_absolute_url()).text
    assert ("whose data were erased" in text, "Ada" in text, "genuine" in text) == (True, False, False)
    paper = reverse("desk:certificate_pdf", args=[made.pk])
    assert client_of(cleo).get(paper).status_code == 404
    office = client_of(cleo).get(reverse("office:certificate", args=[made.pk])).text
    assert ("data were erased" in office, "Ada" in office) == (True, False)


def test_one_that_was_tampered_with_is_not_vouched_for(made, client):
    Certificate.objects.filter(pk=made.pk).update(content={**made.content, "hours": "24 hours"})
    text = client.get(made.get_absolute_url()).text
    assert ("is not what was sealed" in text, "genuine" in text) == (True, False)


def test_a_hostile_name_is_text(made, client):
    Certificate.objects.filter(pk=made.pk).update(
        content={**made.content, "name": "<script>alert(1)</script>"}
    )
    text = client.get(made.get_absolute_url()).text
    assert ("<script>alert" in text, "&lt;script&gt;alert" in text) == (False, True)
