"""Importing communities in the browser: looked at first, then whole or not at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talka.people.models import Community
from talka.programmes.models import Appointment, Programme
from tests.real_input import affiliates_csv

pytestmark = pytest.mark.django_db
UPLOAD, PREVIEW, APPLY = (
    "office:community_import",
    "office:community_import_preview",
    "office:community_import_apply",
)


@pytest.fixture
def office(cleo, now, client_of):
    """Sign in as a coordinator."""
    programme = Programme.objects.create(slug="p", name={"en": "P"}, blueprint={}, created_at=now)
    Appointment.objects.create(programme=programme, account=cleo, post="coordinator", appointed_at=now)
    return client_of(cleo)


def upload(client, content, name="communities.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    return client.post(reverse(UPLOAD), {"table": SimpleUploadedFile(name, data)})


def preview(client):
    return client.get(reverse(PREVIEW)).context["preview"]


def apply(client, mark=None):
    return client.post(reverse(APPLY), {"mark": mark or preview(client).mark})


def test_the_affiliates_are_looked_at_and_taken_over(office):
    assert upload(office, affiliates_csv().read_bytes()).headers["Location"] == reverse(PREVIEW)
    answer = office.get(reverse(PREVIEW))
    assert (len(answer.context["new"]), Community.objects.count()) == (186, 0)
    done = office.post(reverse(APPLY), {"mark": answer.context["preview"].mark}, follow=True)
    assert [str(message) for message in done.context["messages"]] == ["186 communities were taken over."]
    assert Community.objects.count() == 186
    assert office.get(reverse(PREVIEW)).headers["Location"] == reverse(UPLOAD)


def test_importing_twice_has_nothing_to_do(office):
    for _time in range(2):
        upload(office, affiliates_csv().read_bytes())
        mark = preview(office).mark
        apply(office, mark)
    assert Community.objects.count() == 186
    assert preview(office).can_apply is False


def test_errors_are_shown_with_their_line_and_cannot_be_taken_over(office):
    upload(office, "name,kind\nGood,Chapter\nBad,user-group-of\n")
    page = office.get(reverse(PREVIEW)).content.decode()
    assert page.count('data-label="Line">3<') == 2
    assert page.count(reverse(APPLY)) == 0
    assert apply(office).headers["Location"] == reverse(PREVIEW)
    assert Community.objects.count() == 0


@pytest.mark.parametrize(
    "kind", ["user-group", "club-2027x", "2027-99-99", "%(value)s", "{{ 7*7 }}", "<b>x</b>"]
)
def test_whatever_stands_in_a_cell_is_shown_as_text(office, kind):
    upload(office, f"name,kind\nGood,{kind}\n")
    answer = office.get(reverse(PREVIEW))
    assert (answer.status_code, answer.content.decode().count("<b>x</b>")) == (200, 0)


def test_a_mark_that_is_not_of_what_was_shown_takes_nothing_over(office):
    upload(office, "name,kind\nGood,Chapter\n")
    assert apply(office, "forged").headers["Location"] == reverse(PREVIEW)
    assert Community.objects.count() == 0


def test_what_changed_since_the_preview_is_shown_again_first(office):
    upload(office, "name,kind,country\nGood,Chapter,SK\n")
    seen = preview(office).mark
    Community.objects.create(name="Good", kind="chapter", country="PL")
    assert apply(office, seen).headers["Location"] == reverse(PREVIEW)
    assert Community.objects.get().country == "PL"
    apply(office)
    assert Community.objects.get().country == "SK"


def test_another_tab_with_another_file_takes_over_nothing_unseen(office):
    upload(office, "name,kind\nFirst,Chapter\n")
    seen = preview(office).mark
    upload(office, "name,kind\nSecond,Chapter\n")
    assert apply(office, seen).headers["Location"] == reverse(PREVIEW)
    assert Community.objects.count() == 0


def test_the_second_click_takes_nothing_over_again(office):
    upload(office, "name,kind\nGood,Chapter\n")
    mark = preview(office).mark
    apply(office, mark)
    assert apply(office, mark).headers["Location"] == reverse(UPLOAD)
    assert Community.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "x.csv", "The file is empty."),
        (b"name,kind\nx,y", "x.exe", "This is no table that Talka can read."),
        (b"PK\x03\x04 nothing of the kind", "x.xlsx", "This is no table that Talka can read."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "x.csv", "This is no table that Talka can read."),
        (b"name,name\nx,y", "x.csv", "Two columns are called"),
        (b'name,kind\n"open,y', "x.csv", "Line 2 is broken"),
        (b"name\n" + b"x\n" * 2001, "x.csv", "The file has too many lines: 2000 at most."),
        (b"name\n" + b"x" * 1_100_000, "x.csv", "The file is too large: 1 megabytes at most."),
        (b",".join(b"c%d" % n for n in range(300)), "x.csv", "The file has too many columns"),
    ],
)
def test_a_file_that_is_no_table_gets_a_sentence(office, content, name, words):
    answer = upload(office, content, name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["table"][0][: len(words)] == words


def test_sending_no_file_gets_a_sentence(office):
    assert office.post(reverse(UPLOAD)).status_code == 422


def test_there_is_no_preview_and_nothing_to_apply_without_a_file(office):
    assert office.get(reverse(PREVIEW)).headers["Location"] == reverse(UPLOAD)
    assert office.post(reverse(APPLY), {"mark": "x"}).headers["Location"] == reverse(UPLOAD)


def test_a_link_alone_takes_nothing_over(office):
    upload(office, "name,kind\nGood,Chapter\n")
    assert office.get(reverse(APPLY)).status_code == 405
    assert Community.objects.count() == 0


def test_formulas_and_markup_stay_text(office):
    upload(office, 'name,kind,about\n"=HYPERLINK(1)",Chapter,"<script>alert(1)</script>"\n')
    page = office.get(reverse(PREVIEW)).content.decode()
    assert page.count("<script>alert") == 0
    apply(office)
    assert Community.objects.get().name == "=HYPERLINK(1)"


def test_the_preview_takes_the_same_queries_whatever_its_length(office):
    lines = affiliates_csv().read_text(encoding="utf-8").splitlines()
    counts = []
    for how_many in (1, 30, 186):
        for _known in (False, True):
            upload(office, "\n".join(lines[: how_many + 1]))
            apply(office)
        with CaptureQueriesContext(connection) as queries:
            office.get(reverse(PREVIEW))
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
