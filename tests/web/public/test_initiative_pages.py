"""Initiatives as anyone reads them, and the office's list of them."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from talka.initiatives.actions import (
    add_initiative_material,
    add_material_version,
    correct_feedback,
    give_feedback,
    publish_feedback,
    publish_initiative,
    share_initiative_material,
    tell_stage,
)
from tests.initiatives.initiative_samples import join, make_initiative, make_programme
from tests.web.office.office_samples import make_programme as make_exchange

pytestmark = pytest.mark.django_db

DIRECTORY = reverse("public:initiatives", args=["mentorship"])
OFFICE = reverse("office:initiatives", args=["mentorship"])
EXPORT = reverse("office:initiatives_export", args=["mentorship"])


@pytest.fixture
def programme(cleo, now, time_machine):
    time_machine.move_to(now, tick=False)
    return make_programme(cleo, now)


@pytest.fixture
def several(programme, ada, bo, cleo, now):
    """Return three: Ada's published one, one of Bo's community that is published, and a private one."""
    found = [
        make_initiative(ada, now - timedelta(days=400), programme=programme),
        make_initiative(
            bo, now, programme=programme, community=bo.community, name="Club", model="club", country="PL"
        ),
        make_initiative(ada, now, programme=programme, name="Secret", stage="idea"),
    ]
    for one in found[:2]:
        publish_initiative(initiative=one, by=ada, now=now)
    return found


def names(response):
    return [row.initiative.name for row in response.context["rows"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Club", "Wikipedia in three schools"]),
        ("?q=library+town", ["Club", "Wikipedia in three schools"]),
        ("?q=graustark", ["Club"]),
        ("?country=PL", ["Club"]),
        ("?model=school", ["Wikipedia in three schools"]),
        ("?stage=idea", []),
        ("?stage=nonsense", ["Club", "Wikipedia in three schools"]),
    ],
)
def test_anyone_finds_what_is_published(several, client, asked, found):
    page = client.get(DIRECTORY + asked)
    assert (names(page), "Secret" in page.text) == (found, False)


def test_nothing_published_and_nothing_fitting_are_said(programme, client):
    assert "Nothing is published yet." in client.get(DIRECTORY).text
    assert "Nothing fits." in client.get(DIRECTORY + "?q=x").text


def test_a_programme_that_collects_none_has_no_such_page(client, cleo, now):
    make_exchange(cleo, now)
    assert client.get(reverse("public:initiatives", args=["exchange"])).status_code == 404


def queries_of(client, page):
    """Count what a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("who", "page"), [(None, DIRECTORY), ("cleo", OFFICE)])
def test_a_list_asks_as_often_however_many_there_are(programme, client, request, ada, now, who, page):
    if who:
        client.force_login(request.getfixturevalue(who))
    client.get(page)
    asked = []
    for count in (1, 30):
        for _ in range(count):
            one = make_initiative(ada, now, programme=programme)
            publish_initiative(initiative=one, by=ada, now=now)
        asked.append(queries_of(client, page))
    assert asked[0] == asked[1]


def test_the_page_of_an_unpublished_one_is_hidden_from_strangers(several, client, client_of, ada, dan):
    page = several[2].get_absolute_url()
    assert (client.get(page).status_code, client_of(dan).get(page).status_code) == (404, 404)
    shown = client_of(ada).get(page)
    assert (shown.status_code, "This page is not published" in shown.text) == (200, True)


def test_the_public_page_shows_what_its_people_opened_and_nothing_else(several, client, ada, bo, cleo, now):
    one = several[0]
    join(one, bo, cleo, now, part="helper")
    given = {"on": now.date(), "by": bo, "now": now}
    public = give_feedback(initiative=one, text="Good goals.", **given)
    give_feedback(initiative=one, text="Between us.", **given)
    first = give_feedback(initiative=one, text="Wrong words.", **given)
    publish_feedback(feedback=public, by=ada, now=now)
    publish_feedback(feedback=first, by=ada, now=now)
    newer = correct_feedback(feedback=first, text="Right words.", **given)
    page = one.get_absolute_url()
    hidden = client.get(page).text
    publish_feedback(feedback=newer, by=ada, now=now)
    shown = client.get(page).text
    words = ("Good goals.", "Between us.", "Wrong words.", "Right words.")
    assert [word in hidden for word in words] == [True, False, False, False]
    assert [word in shown for word in words] == [True, False, False, True]
    assert "corrects an earlier text" in shown


def test_the_newest_version_of_a_public_material_stands_on_the_page(several, client, ada, now):
    one = several[0]
    link = "https://meta.wikimedia.org/wiki/Plan"
    by = {"by": ada, "now": now}
    plan = add_initiative_material(initiative=one, title="Lesson plan", note="Old", link=link, **by)
    add_initiative_material(initiative=one, title="Private notes", note="", link=link, **by)
    add_material_version(material=plan, note="New", link=link, **by)
    share_initiative_material(
        material=plan, title=plan.title, is_public=True, licence="cc0-1.0", version=1, **by
    )
    page = client.get(one.get_absolute_url()).text
    words = ("Lesson plan", "New", "CC0 1.0", "Private notes", ">Old<")
    assert [word in page for word in words] == [True, True, True, False, False]


def test_the_page_outlives_the_programmes_cycles(several, client):
    assert client.get(several[0].get_absolute_url()).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("cleo", 200), ("ada", 404), ("dan", 404), (None, 302)])
def test_the_offices_list_is_for_those_who_coordinate(several, client, request, dan, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert [client.get(page).status_code for page in (OFFICE, EXPORT)] == [status] * 2


def test_the_office_sees_all_and_counts_the_stages_of_now_and_a_year_ago(several, client_of, ada, cleo, now):
    one = several[0]
    one.refresh_from_db()
    told = {"stage": "running", "on": now.date(), "words": "", "version": one.version}
    tell_stage(initiative=one, **told, by=ada, now=now)
    page = client_of(cleo).get(OFFICE)
    counts = {count.key: (count.first, count.last) for _name, count in page.context["counts"]}
    assert names(page) == ["Club", "Secret", "Wikipedia in three schools"]
    assert counts == {
        "idea": (0, 1),
        "planned": (1, 1),
        "pilot": (0, 0),
        "running": (0, 1),
        "growing": (0, 0),
    }


def test_the_export_holds_what_the_list_shows(several, client_of, cleo):
    book = client_of(cleo).get(EXPORT + "?stage=idea")
    rows = list(load_workbook(io.BytesIO(book.content)).worksheets[0].values)
    assert [row[0] for row in rows] == ["Name", "Secret"]
    assert dict(zip(rows[0], rows[1], strict=True))["Published"] == "no"
