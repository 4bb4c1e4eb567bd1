"""The office's record of the work, and the reports that are written from it and published."""

import pytest
from django.urls import reverse

from talka.impact.actions import edit_work_report, publish_work_report
from talka.impact.models import WorkReport
from talka.programmes.models import Programme
from tests.matching.people_world import make_people_world

pytestmark = pytest.mark.django_db
DAYS = {"first": "2027-01-01", "last": "2027-12-31"}


@pytest.fixture
def programme(cleo, now):
    """Return a public programme with a cohort."""
    programme = make_people_world(cleo, now).cycle.programme
    Programme.objects.filter(pk=programme.pk).update(is_published=True)
    return programme


def start(client, programme, **days):
    """Begin a report, and return it."""
    client.post(reverse("office:work_report_start", args=[programme.slug]), {**DAYS, **days})
    return WorkReport.objects.order_by("-pk").first()


def sent(report, **changes):
    """Return what the form of a report sends."""
    return {
        "version": report.version,
        "title": "What we did",
        "starts_on": "2027-01-01",
        "ends_on": "2027-12-31",
        "words_introduction": "A year.",
        "words_pairs": "Two met.",
        **changes,
    }


def test_a_period_is_looked_at_and_a_report_begun(client_of, cleo, programme):
    client = client_of(cleo)
    page = client.get(reverse("office:record", args=[programme.slug]), DAYS)
    assert page.status_code == 200
    assert "Write a report about this period" in page.content.decode()
    report = start(client, programme)
    assert (str(report.starts_on), str(report.ends_on)) == (DAYS["first"], DAYS["last"])


def test_days_in_the_wrong_order_are_told_and_nothing_begins(client_of, cleo, programme):
    client = client_of(cleo)
    backwards = {"first": "2027-12-31", "last": "2027-01-01"}
    page = client.get(reverse("office:record", args=[programme.slug]), backwards)
    assert "The last day is before the first." in page.content.decode()
    assert start(client, programme, **backwards) is None


def test_words_are_saved_and_what_is_wrong_comes_back_as_it_was_typed(client_of, cleo, programme):
    client = client_of(cleo)
    report = start(client, programme)
    address = reverse("office:work_report", args=[report.pk])
    wrong = client.post(address, sent(report, ends_on="2026-01-01"))
    assert wrong.status_code == 422
    assert "Two met." in wrong.content.decode()
    assert client.post(address, sent(report)).status_code == 302
    report.refresh_from_db()
    assert report.words == {"introduction": "A year.", "pairs": "Two met."}


def test_the_slower_writer_keeps_what_was_typed_and_sees_the_other(client_of, cleo, programme, now):
    client = client_of(cleo)
    report = start(client, programme)
    edit_work_report(report=report, values={"words": {"pairs": "Theirs."}}, version=1, by=cleo, now=now)
    page = client.post(reverse("office:work_report", args=[report.pk]), sent(report, version=1))
    assert page.status_code == 409
    assert "Two met." in page.content.decode()
    assert "Theirs." in page.content.decode()


def test_what_is_published_is_there_for_everybody_as_page_pdf_wikitext_and_data(
    client, client_of, cleo, programme, now
):
    report = start(client_of(cleo), programme)
    words = {"introduction": "A [[year]] & more.", "pairs": "~~~~"}
    edit_work_report(report=report, values={"words": words}, version=1, by=cleo, now=now)
    assert client.get(report.get_absolute_url()).status_code == 404
    publish_work_report(report=report, version=2, by=cleo, now=now)
    assert client.get(reverse("public:work_reports", args=[programme.slug])).status_code == 200
    assert "A [[year]] &amp; more." in client.get(report.get_absolute_url()).content.decode()
    args = [programme.slug, report.pk]
    assert client.get(reverse("public:work_report_pdf", args=args)).content.startswith(b"%PDF-")
    wikitext = client.get(reverse("public:work_report_wikitext", args=args)).content.decode()
    assert "[[year]]" not in wikitext
    assert "~~~~" not in wikitext
    assert client.get(reverse("public:work_report_json", args=args)).json()["seal"] == report.seal


def test_a_corrected_report_says_so_and_stays(client_of, cleo, programme, now):
    client = client_of(cleo)
    report = start(client, programme)
    edit_work_report(report=report, values={"words": {"pairs": "One."}}, version=1, by=cleo, now=now)
    publish_work_report(report=report, version=2, by=cleo, now=now)
    client.post(reverse("office:work_report_correct", args=[report.pk]))
    second = WorkReport.objects.get(replaces=report)
    publish_work_report(report=second, version=second.version, by=cleo, now=now)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "This report was corrected by" in page
    assert "One." in page


def test_a_draft_can_be_thrown_away(client_of, cleo, programme):
    client = client_of(cleo)
    report = start(client, programme)
    client.post(reverse("office:work_report_discard", args=[report.pk]))
    assert client.get(reverse("office:work_report", args=[report.pk])).status_code == 404


def test_nobody_else_sees_the_record_or_a_draft(client_of, cleo, dan, programme):
    report = start(client_of(cleo), programme)
    stranger = client_of(dan)
    assert stranger.get(reverse("office:record", args=[programme.slug])).status_code == 404
    assert stranger.get(reverse("office:work_report", args=[report.pk])).status_code == 404
    assert stranger.get(report.get_absolute_url()).status_code == 404
