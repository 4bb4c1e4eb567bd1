"""Communities as coordinators keep them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talka.papers.tables import read_table
from talka.people.actions.imports import read_communities
from talka.people.models import Community, Representation
from talka.programmes.models import Appointment, Programme

pytestmark = pytest.mark.django_db
FILLED = {"name": "New Group", "kind": "informal", "country": "SK", "languages": "Slovak", "version": ""}


@pytest.fixture
def coordinator(cleo, now):
    """Cleo holds the post of coordinator in a programme."""
    programme = Programme.objects.create(slug="p", name={"en": "P"}, blueprint={}, created_at=now)
    Appointment.objects.create(programme=programme, account=cleo, post="coordinator", appointed_at=now)
    return cleo


def url(name, *arguments):
    return reverse(f"office:{name}", args=arguments)


def routes(community):
    """List every page of the office's communities: how it is asked, and where."""
    pk = community.pk
    return [
        ("get", url("communities")),
        ("get", url("communities_export")),
        ("get", url("community_new")),
        ("post", url("community_new")),
        ("get", url("community", pk)),
        ("post", url("community", pk)),
        ("get", url("community_import")),
        ("post", url("community_import")),
        ("get", url("community_import_preview")),
        ("post", url("community_import_apply")),
        ("post", url("community_period_add", pk)),
        ("post", url("community_period_remove", pk, 1)),
        ("post", url("community_meeting_add", pk)),
        ("post", url("community_meeting_remove", pk, 1)),
        ("post", url("community_invite", pk)),
        ("post", url("community_capacity_set", pk)),
        ("post", url("community_capacity_drop", pk, 1)),
        ("post", url("community_end", pk, community.representations.get().pk)),
    ]


def test_strangers_and_reviewers_may_do_nothing_here(client_of, ada, dan, coordinator, now):
    reviewer = Appointment.objects.get()
    reviewer.pk, reviewer.account, reviewer.post = None, dan, "reviewer"
    reviewer.save()
    client = client_of(dan)
    answers = {
        (how, where): getattr(client, how)(where, FILLED).status_code for how, where in routes(ada.community)
    }
    assert set(answers.values()) == {403}


def test_a_representative_has_nothing_of_the_office_but_what_the_desk_has(client_of, ada, bo):
    client = client_of(bo)
    answers = [getattr(client, how)(where, FILLED).status_code for how, where in routes(ada.community)]
    assert set(answers) == {403}


def test_who_may_only_found_programmes_sees_no_representatives(client_of, cleo, ada):
    assert client_of(cleo).get(url("community", ada.community.pk)).status_code == 403


def test_the_anonymous_are_asked_to_sign_in(client, ada):
    answers = [getattr(client, how)(where).status_code for how, where in routes(ada.community)]
    assert set(answers) == {302}


def listed(client, **query):
    return [one.name for one, _missing in client.get(url("communities"), query).context["listed"]]


def test_the_list_says_what_is_missing_and_filters_by_it(client_of, coordinator, ada, bo):
    Community.objects.create(name="Empty", kind="informal")
    client = client_of(coordinator)
    found = client.get(url("communities")).context["listed"]
    assert [(one.name, [str(fact) for fact in missing]) for one, missing in found] == [
        (
            "Empty",
            ["Country", "Region", "Languages", "Size", "Activity", "Maturity", "Representative"],
        ),
        ("Wikimedia Graustark", ["Size", "Activity"]),
        ("Wikimedians of Ruritania", ["Size", "Activity"]),
    ]
    assert listed(client, missing="representative") == ["Empty"]
    assert listed(client, country="PL") == ["Wikimedia Graustark"]
    assert listed(client, missing="nonsense", q="empty") == ["Empty"]


def test_a_community_without_its_last_representative_is_found(client_of, coordinator, ada):
    Representation.objects.update(status="ended")
    assert listed(client_of(coordinator), missing="representative") == ["Wikimedians of Ruritania"]


def test_the_list_takes_the_same_queries_whatever_its_length(client_of, coordinator):
    client, counts = client_of(coordinator), []
    for how_many in (1, 30, 186):
        for number in range(how_many):
            one = Community.objects.create(name=f"Group {how_many}-{number}", kind="informal")
            one.representations.create(
                email="a@example.org", name="A", status="accepted", invited_at=coordinator.joined_at
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(url("communities"))
        counts.append(len(queries))
    assert counts == [counts[0]] * 3


def test_a_community_is_created_and_a_taken_name_is_refused(client_of, coordinator, ada):
    client = client_of(coordinator)
    answer = client.post(url("community_new"), FILLED)
    made = Community.objects.get(name="New Group")
    assert answer.headers["Location"] == url("community", made.pk)
    assert (made.country, made.languages) == ("SK", ["sk"])
    again = client.post(url("community_new"), {**FILLED, "name": "NEW group"})
    assert (again.status_code, again.context["form"].errors["name"]) == (
        422,
        ["A community with this name is already here."],
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("name", "\r\n\x00"),
        ("kind", "club"),
        ("country", "XX"),
        ("region", "moon"),
        ("acronym", "x" * 31),
        ("maturity", "old"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(client_of, coordinator, field, value):
    answer = client_of(coordinator).post(url("community_new"), {**FILLED, field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Community.objects.count() == 0


def test_all_facts_can_be_edited(client_of, coordinator, ada):
    sent = {**FILLED, "maturity": "established", "region": "ssa", "version": "1"}
    assert client_of(coordinator).post(url("community", ada.community.pk), sent).status_code == 302
    saved = Community.objects.get()
    assert (saved.name, saved.maturity, saved.region) == ("New Group", "established", "ssa")


def test_the_slower_of_two_editors_sees_both(client_of, coordinator, ada):
    client = client_of(coordinator)
    client.post(url("community", ada.community.pk), {**FILLED, "about": "faster", "version": "1"})
    answer = client.post(url("community", ada.community.pk), {**FILLED, "about": "slower", "version": "1"})
    assert answer.status_code == 409
    assert [str(value) for _label, value in answer.context["theirs"]] == ["faster"]
    assert answer.context["form"]["about"].value() == "slower"


def test_a_name_taken_by_another_is_refused_when_editing(client_of, coordinator, ada, bo):
    sent = {**FILLED, "name": "Wikimedia Graustark", "version": "1"}
    answer = client_of(coordinator).post(url("community", ada.community.pk), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])


def test_periods_are_added_and_removed(client_of, coordinator, ada):
    client = client_of(coordinator)
    pk = ada.community.pk
    sent = {"kind": "general_support", "starts_on": "2023-01-01", "ends_on": ""}
    assert client.post(url("community_period_add", pk), sent).status_code == 302
    again = client.post(url("community_period_add", pk), sent)
    assert (again.status_code, list(again.context["period_form"].errors)) == (422, ["starts_on"])
    period = ada.community.support_periods.get()
    client.post(url("community_period_remove", pk, period.pk))
    assert ada.community.support_periods.count() == 0


@pytest.mark.parametrize("day", ["", "soon", "2023-02-30", "9999999-01-01", "2023-01-01T00:00", "\x00"])
def test_a_day_that_is_none_is_refused(client_of, coordinator, ada, day):
    client = client_of(coordinator)
    period = {"kind": "recognition", "starts_on": day}
    meeting = {"meeting": "CEE Meeting 2026", "ended_on": day}
    assert client.post(url("community_period_add", ada.community.pk), period).status_code == 422
    assert client.post(url("community_meeting_add", ada.community.pk), meeting).status_code == 422


def test_meetings_are_added_and_removed(client_of, coordinator, ada):
    client = client_of(coordinator)
    pk = ada.community.pk
    sent = {"meeting": "CEE Meeting 2026", "ended_on": "2026-10-04"}
    assert client.post(url("community_meeting_add", pk), sent).status_code == 302
    assert client.post(url("community_meeting_add", pk), sent).status_code == 422
    attended = ada.community.meetings_attended.get()
    assert attended.ended_on == date(2026, 10, 4)
    client.post(url("community_meeting_remove", pk, attended.pk))
    assert ada.community.meetings_attended.count() == 0


def test_facts_of_another_community_cannot_be_removed_through_this_one(client_of, coordinator, ada, bo):
    client = client_of(coordinator)
    period = bo.community.support_periods.create(kind="recognition", starts_on=date(2020, 1, 1))
    assert client.post(url("community_period_remove", ada.community.pk, period.pk)).status_code == 404
    assert client.post(url("community_period_remove", ada.community.pk, 2**62)).status_code == 404


def test_coordinators_invite_and_end_representatives(client_of, coordinator, ada):
    client = client_of(coordinator)
    pk = ada.community.pk
    client.post(url("community_invite", pk), {"name": "Eve", "email": "eve@example.org"})
    mine = Representation.objects.get(account=ada)
    assert client.post(url("community_end", pk, mine.pk)).headers["Location"] == url("community", pk)
    assert list(ada.community.representations.order_by("pk").values_list("status", flat=True)) == [
        "ended",
        "invited",
    ]


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbfname,"), ("xlsx", b"PK")])
def test_an_export_can_be_imported_and_changes_nothing(client_of, coordinator, ada, bo, kind, start):
    answer = client_of(coordinator).get(url("communities_export"), {"as": kind})
    assert answer.content.startswith(start)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="communities.{kind}"'
    preview = read_communities(read_table(answer.content, f"x.{kind}"))
    assert (len(preview.same), preview.new, preview.changed, preview.errors) == (2, (), (), ())


def test_an_export_holds_what_the_list_was_narrowed_to_and_nobody(client_of, coordinator, ada, bo):
    answer = client_of(coordinator).get(url("communities_export"), {"as": "csv", "q": "ruritania"})
    rows = read_table(answer.content, "x.csv")
    assert [row.cells["name"] for row in rows] == ["Wikimedians of Ruritania"]
    assert answer.content.count(b"ada@demo.invalid") == 0


def test_an_export_in_arabic_is_still_a_table_that_can_be_imported(client_of, coordinator, ada):
    client = client_of(coordinator)
    client.cookies["talka-language"] = "ar"
    answer = client.get(url("communities_export"))
    assert read_communities(read_table(answer.content, "x.xlsx")).errors == ()
