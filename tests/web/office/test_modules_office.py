"""Modules and cohorts in the office."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from talka.learning.actions import complete_module, create_module, edit_module, suggest_change
from talka.learning.models import Module
from talka.people.models import Account
from tests.conftest import make_account
from tests.learning.learning_samples import KEYS, accept, make_cohort, make_path, make_programme
from tests.learning.learning_samples import WORDS as SAID

pytestmark = pytest.mark.django_db

LIST = reverse("office:modules", args=["mentorship"])


@pytest.fixture
def path(cleo, now):
    return make_path(cleo, now)


def order():
    return list(Module.objects.standing().values_list("key", flat=True))


@pytest.mark.parametrize(("who", "status"), [("cleo", 200), ("ada", 404), ("dan", 404), (None, 302)])
def test_the_list_is_for_those_who_coordinate(path, client, request, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert client.get(LIST).status_code == status


def test_the_modules_of_the_blueprint_are_taken_over_by_one_button(client_of, cleo, now):
    make_programme(cleo, now)
    client = client_of(cleo)
    assert "The blueprint names 6 modules that are not here yet." in client.get(LIST).text
    after = client.post(reverse("office:modules_take_over", args=["mentorship"]), follow=True)
    assert ("6 modules are added." in after.text, "that are not here yet" in after.text) == (True, False)


def test_the_list_says_what_has_nobody_and_what_waits(path, client_of, cleo, ada, now):
    suggest_change(module=path[1]["impact"], text="Shorter.", by=ada, now=now)
    page = client_of(cleo).get(LIST).text
    assert ("6 modules have nobody who maintains them." in page, "Shorter." in page) == (True, True)


def queries_of(client, page):
    """Count what a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_the_list_asks_as_often_however_many_there_are(path, client_of, cleo, now):
    client, before = client_of(cleo), 0
    for count in (0, 20):
        for _ in range(count):
            create_module(programme=path[0], words=SAID, by=cleo, now=now)
        before, last = queries_of(client, LIST), before
    assert before == last


WORDS = {"unit__en": "Unit 4", "name__en": "Partners", "minutes": "", "email": ""}


def test_a_module_is_added_given_to_somebody_and_edited(path, client_of, cleo):
    client = client_of(cleo)
    made = client.post(
        reverse("office:module_create", args=["mentorship"]), WORDS | {"email": "mia@example.org"}
    )
    module = Module.objects.get(key="partners")
    assert (made.status_code, module.maintainer, order()[-1]) == (
        302,
        Account.objects.get(email="mia@example.org"),
        "partners",
    )
    page = reverse("office:module", args=[module.pk])
    client.post(page, WORDS | {"name__en": "Finding partners", "version": "1"})
    module.refresh_from_db()
    assert (str(module), module.maintainer) == ("Finding partners", None)


@pytest.mark.parametrize(
    ("words", "field"), [({"name__en": ""}, "name__en"), ({"email": "eve@rehearsal.invalid"}, "email")]
)
def test_what_is_amiss_is_said_and_what_was_typed_stays(path, client_of, cleo, words, field):
    answer = client_of(cleo).post(reverse("office:module_create", args=["mentorship"]), WORDS | words)
    assert (answer.status_code, list(answer.context["form"].errors), "Unit 4" in answer.text) == (
        422,
        [field],
        True,
    )
    assert not Module.objects.filter(key="partners").exists()


def test_the_slower_of_two_editors_gets_both_texts(path, client_of, cleo, now):
    module = path[1]["impact"]
    edit_module(module=module, words={"body": {"en": "Theirs"}}, version=1, by=cleo, now=now)
    late = client_of(cleo).post(
        reverse("office:module", args=[module.pk]), WORDS | {"body__en": "Mine", "version": "1"}
    )
    assert (late.status_code, "Theirs" in late.text, "Mine" in late.text) == (409, True, True)


def test_modules_and_units_are_moved_retired_and_put_back(path, client_of, cleo):
    client, modules = client_of(cleo), path[1]

    def press(route, **words):
        client.post(reverse(f"office:{route}", args=[modules["impact"].pk]), words)
        return order()

    assert press("module_move", what="module", where="-1") == [*KEYS[:3], "impact", "monitoring", "advocacy"]
    assert press("module_move", what="unit", where="-1")[2:5] == ["impact", "monitoring", "advocacy"]
    assert press("module_move", what="nonsense", where="7")[2:5] == ["impact", "monitoring", "advocacy"]
    assert "impact" not in press("module_retire")
    assert "impact" in press("module_restore")


@pytest.fixture
def cohort(path, cleo, ada, bo, now):
    programme, modules = path
    cycle = make_cohort(programme, cleo, now)
    accept(cycle, ada, now)
    accept(cycle, bo.community, now, role="mentor")
    complete_module(module=modules["impact"], by=ada, now=now)
    return cycle


def test_a_cohort_is_shown_against_the_modules(cohort, client_of, cleo):
    page = client_of(cleo).get(reverse("office:learning", args=[cohort.pk])).text
    assert ("1 of 2" in page, "0 of 2" in page, "Wikimedia Graustark" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("asked", "names"),
    [("", ["Ada", "Bo"]), ("?q=graus", ["Bo"]), ("?role=mentee", ["Ada"]), ("?role=nonsense", ["Ada", "Bo"])],
)
def test_the_cohort_is_narrowed_and_exported_alike(cohort, client_of, cleo, asked, names):
    client = client_of(cleo)
    page = client.get(reverse("office:learning", args=[cohort.pk]) + asked)
    assert [one.account.name for one, _role, _marks in page.context["rows"]] == names
    book = client.get(reverse("office:learning_xlsx", args=[cohort.pk]) + asked)
    rows = list(load_workbook(io.BytesIO(book.content)).worksheets[0].values)
    assert [row[0] for row in rows[1:]] == names
    table = client.get(reverse("office:learning_csv", args=[cohort.pk]) + asked)
    lines = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == names


def test_an_export_says_who_has_done_what(cohort, client_of, cleo):
    book = client_of(cleo).get(reverse("office:learning_xlsx", args=[cohort.pk]))
    rows = list(load_workbook(io.BytesIO(book.content)).worksheets[0].values)
    assert rows[1][:4] == ("Ada", "Ada", "Mentee", 1)
    assert dict(zip(rows[0], rows[1], strict=True))["Evaluating impact"] == "yes"


def test_nobody_in_the_cohort_is_said(path, client_of, cleo, now):
    cycle = make_cohort(path[0], cleo, now)
    page = client_of(cleo).get(reverse("office:learning", args=[cycle.pk])).text
    assert "Nobody is accepted in this cohort yet." in page


def test_a_cohort_of_two_hundred_asks_as_often_as_one_of_two(cohort, client_of, cleo, now):
    client, page = client_of(cleo), reverse("office:learning", args=[cohort.pk])
    few = queries_of(client, page)
    for number in range(200):
        accept(cohort, make_account(f"p{number}"), now)
    assert (queries_of(client, page), len(client.get(page).context["rows"])) == (few, 50)
