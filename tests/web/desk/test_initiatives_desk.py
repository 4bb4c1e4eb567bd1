"""My initiatives: begun, described, told of, spoken of, worked on and shared."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from talka.initiatives.actions import give_feedback, publish_initiative
from talka.initiatives.models import Feedback, Initiative, InitiativeMember, Material
from talka.letters.models import Letter
from tests.initiatives.initiative_samples import (
    accept,
    join,
    make_cohort,
    make_initiative,
    make_pair,
    make_programme,
)
from tests.web.office.office_samples import make_programme as make_exchange

pytestmark = pytest.mark.django_db

MINE = reverse("desk:initiatives")
NEW = reverse("desk:initiative_create", args=["mentorship"])


@pytest.fixture
def programme(cleo, now, time_machine):
    time_machine.move_to(now, tick=False)
    return make_programme(cleo, now)


@pytest.fixture
def initiative(programme, ada, now):
    return make_initiative(ada, now, programme=programme)


@pytest.fixture
def page(initiative):
    return reverse("desk:initiative", args=[initiative.pk])


def at(route, one):
    return reverse(f"desk:{route}", args=[one.pk])


FIELDS = {
    "name": "Fan club",
    "owner": "me",
    "stage": "idea",
    "model": "club",
    "country": "MK",
    "languages": "",
}


def test_who_takes_part_begins_one_and_strangers_do_not(programme, client_of, ada, cleo, dan, now):
    accept(make_cohort(programme, cleo, now), ada, now)
    client = client_of(ada)
    assert "Begin one in Wikipedia" in client.get(MINE).text
    made = client.post(NEW, FIELDS)
    one = Initiative.objects.get()
    assert (made["Location"], one.person, one.is_public) == (at("initiative", one), ada, False)
    assert client_of(dan).get(NEW).status_code == 403


def test_what_is_amiss_is_said_and_what_was_typed_stays(programme, client_of, ada, cleo, now):
    accept(make_cohort(programme, cleo, now), ada, now)
    sent = client_of(ada).post(NEW, FIELDS | {"stage": "", "languages": "Xyzzish"})
    assert (sent.status_code, "Fan club" in sent.text, "Xyzzish" in sent.text) == (422, True, True)
    assert set(sent.context["form"].errors) == {"stage", "languages"}


def test_it_may_come_from_an_exchange_of_ones_own(programme, client_of, ada, bo, cleo, now):
    exchange = make_pair(make_cohort(programme, cleo, now), ada, bo, now)
    client = client_of(ada)
    assert "Ada – Bo" in client.get(NEW).text
    client.post(NEW, FIELDS | {"exchange": str(exchange.pk)})
    assert Initiative.objects.get().exchange == exchange


def test_of_the_exchanges_those_of_its_owner_are_offered(programme, client_of, ada, bo, cleo, dan, now):
    cycle = make_cohort(programme, cleo, now)
    hers, _others = make_pair(cycle, ada, bo, now), make_pair(cycle, dan, cleo, now)
    one = make_initiative(ada, now, programme=programme)
    form = client_of(cleo).get(at("initiative_edit", one)).context["form"]
    assert [key for key, _words in form.fields["exchange"].choices] == ["", str(hers.pk)]


def test_coordinators_begin_one_for_a_community(programme, client_of, ada, cleo):
    client = client_of(cleo)
    unnamed = client.post(NEW, FIELDS | {"owner": "another"})
    assert (unnamed.status_code, list(unnamed.context["form"].errors)) == (422, ["community"])
    client.post(NEW, FIELDS | {"owner": "another", "community": ada.community.name})
    assert Initiative.objects.get().community == ada.community


def test_a_programme_that_collects_none_has_no_such_page(client_of, cleo, now):
    make_exchange(cleo, now)
    assert client_of(cleo).get(reverse("desk:initiative_create", args=["exchange"])).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("cleo", 200), ("bo", 404), ("dan", 404), (None, 302)]
)
def test_the_inner_page_is_for_its_people_and_the_coordinators(page, client, request, bo, dan, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert client.get(page).status_code == status


def test_a_stage_is_told_and_a_step_back_is_said(initiative, page, client_of, ada):
    client = client_of(ada)
    words = {"stage": "idea", "on": "2027-03-10", "words": "The school left.", "version": "1"}
    client.post(at("initiative_stage", initiative), words)
    shown = client.get(page).text
    assert ("The school left." in shown, "went back" in shown, shown.count("<svg") >= 2) == (True,) * 3


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ({"on": "2027-03-11"}, 422, "This day is still to come."),
        ({"stage": "famous"}, 422, "Select a valid choice"),
        ({"version": "0"}, 409, "Somebody saved while you were writing."),
    ],
)
def test_a_stage_that_cannot_be_is_refused_and_words_stay(initiative, client_of, ada, words, status, said):
    sent = {"stage": "pilot", "on": "2027-03-10", "words": "Two classes", "version": "1"} | words
    answer = client_of(ada).post(at("initiative_stage", initiative), sent)
    assert (answer.status_code, said in answer.text, "Two classes" in answer.text) == (status, True, True)
    assert initiative.stage_changes.count() == 1


def test_the_desk_asks_what_became_of_it_until_it_was_told(initiative, client_of, ada, now):
    client, home = client_of(ada), reverse("desk:home")
    assert "tell what became of" not in client.get(home).text
    Initiative.objects.update(asked_on="2027-09-10")
    assert "tell what became of “Wikipedia in three schools”" in client.get(home).text
    words = {"stage": "pilot", "on": "2027-03-10", "words": "", "version": "1"}
    Initiative.objects.update(asked_on=now.date(), heard_on="2026-09-10")
    client.post(at("initiative_stage", initiative), words)
    assert "tell what became of" not in client.get(home).text


def test_it_is_edited_and_the_slower_gets_both(initiative, client_of, ada):
    client, edit = client_of(ada), at("initiative_edit", initiative)
    words = {"name": "Wikipedia in schools", "about": "Mine", "country": "SK", "model": "school"}
    client.post(edit, words | {"version": "1"})
    late = client.post(edit, words | {"about": "Too late", "version": "1"})
    assert (late.status_code, "Mine" in late.text, "Too late" in late.text) == (409, True, True)
    initiative.refresh_from_db()
    assert (initiative.name, initiative.about) == ("Wikipedia in schools", "Mine")


def test_only_its_people_publish_it_and_coordinators_can_take_it_back(initiative, client_of, ada, cleo):
    assert client_of(cleo).post(at("initiative_publish", initiative)).status_code == 403
    client_of(ada).post(at("initiative_publish", initiative))
    assert Initiative.objects.public().count() == 1
    client_of(cleo).post(at("initiative_unpublish", initiative))
    assert Initiative.objects.public().count() == 0


def test_it_rests_and_ends_and_nonsense_changes_nothing(initiative, client_of, ada):
    client = client_of(ada)
    answers = [
        client.post(at("initiative_status", initiative), {"verb": verb}).status_code
        for verb in ("rest", "explode", "end", "rest")
    ]
    initiative.refresh_from_db()
    assert (answers, initiative.status) == ([302, 422, 302, 409], "ended")


def test_feedback_is_given_corrected_answered_and_opened(initiative, page, client_of, ada, bo, cleo, now):
    join(initiative, bo, cleo, now, part="helper")
    client = client_of(bo)
    client.post(at("feedback_give", initiative), {"text": "Nobody counts.", "on": "2027-03-09"})
    first = Feedback.objects.get()
    client.post(at("feedback_correct", first), {"text": "Eve counts.", "on": "2027-03-10"})
    newer = Feedback.objects.newest().get()
    client = client_of(ada)
    shown = client.get(page).text
    assert ("Eve counts." in shown, "Nobody counts." in shown) == (True, True)
    client.post(at("feedback_answer", newer), {"answer": "She does.", "version": "1"})
    client.post(at("feedback_open", newer))
    newer.refresh_from_db()
    assert (newer.answer, newer.is_public) == ("She does.", True)
    client.post(at("feedback_close", newer))
    assert Feedback.objects.public().count() == 0


def test_feedback_that_cannot_be_given_keeps_what_was_typed(initiative, client_of, bo, cleo, now):
    join(initiative, bo, cleo, now, part="helper")
    sent = client_of(bo).post(at("feedback_give", initiative), {"text": "Soon.", "on": "2027-03-12"})
    assert (sent.status_code, "Soon." in sent.text, "still to come" in sent.text) == (422, True, True)


def test_who_helps_reads_no_words_of_others(initiative, page, client_of, bo, dan, cleo, now):
    for person in (bo, dan):
        join(initiative, person, cleo, now, part="helper")
    give_feedback(initiative=initiative, text="Between us.", on=now.date(), by=bo, now=now)
    seen = {
        person.name: "Between us." in client_of(person).get(page).text
        for person in (initiative.person, bo, cleo, dan)
    }
    assert seen == {"Ada": True, "Bo": True, "Cleo": True, "Dan": False}


def test_an_evaluator_of_the_programme_speaks_of_what_is_public(
    programme, initiative, page, client_of, ada, dan, cleo, now
):
    accept(make_cohort(programme, cleo, now), dan, now, role="evaluator")
    client = client_of(dan)
    assert client.get(page).status_code == 404
    publish_initiative(initiative=initiative, by=ada, now=now)
    assert "Say how it develops" in client.get(page).text
    assert client.post(at("initiative_material_add", initiative), {"title": "x"}).status_code == 403


def test_materials_come_as_links_and_files_in_versions(initiative, page, client_of, ada):
    client = client_of(ada)
    link = "https://meta.wikimedia.org/wiki/Plan"
    client.post(at("initiative_material_add", initiative), {"title": "Plan", "link": link, "note": "Draft"})
    material = Material.objects.get()
    file = SimpleUploadedFile("plan.txt", b"Eight weeks.", "text/plain")
    client.post(at("initiative_material_version", material), {"file": file, "note": "As a file"})
    assert list(material.versions.values_list("number", "note")) == [(1, "Draft"), (2, "As a file")]
    shown = client.get(page).text
    assert ("Version 2: plan.txt" in shown, "As a file" in shown) == (True, True)
    answer = client.get(reverse("public:initiative_file", args=[material.versions.get(number=2).pk]))
    assert b"".join(answer.streaming_content) == b"Eight weeks."
    client.post(at("initiative_material_remove", material))
    assert Material.objects.count() == 0


@pytest.mark.parametrize(
    ("words", "field"),
    [({"title": "Plan"}, "link"), ({"title": "", "link": "https://x.example"}, "title")],
)
def test_a_material_without_anything_is_refused(initiative, client_of, ada, words, field):
    sent = client_of(ada).post(at("initiative_material_add", initiative), words)
    assert (sent.status_code, list(sent.context["material_form"].errors)) == (422, [field])


def test_a_file_of_a_kind_that_is_not_taken_is_refused(initiative, client_of, ada):
    file = SimpleUploadedFile("run.exe", b"MZ", "application/octet-stream")
    sent = client_of(ada).post(at("initiative_material_add", initiative), {"title": "Run", "file": file})
    assert (sent.status_code, list(sent.context["material_form"].errors)) == (422, ["file"])


def test_a_material_is_public_with_a_licence_only(initiative, client_of, ada):
    client = client_of(ada)
    client.post(at("initiative_material_add", initiative), {"title": "Plan", "link": "https://x.example"})
    material = Material.objects.get()
    words = {"title": "Plan", "is_public": "on", "version": "1"}
    without = client.post(at("initiative_material", material), words)
    client.post(at("initiative_material", material), words | {"licence": "cc0-1.0"})
    material.refresh_from_db()
    assert (without.status_code, material.is_public, material.licence) == (422, True, "cc0-1.0")


def test_people_are_asked_answer_and_leave(initiative, page, client_of, ada, dan):
    client = client_of(ada)
    client.post(at("initiative_invite", initiative), {"email": dan.email, "part": "team"})
    member = InitiativeMember.objects.get()
    twice = client.post(at("initiative_invite", initiative), {"email": dan.email, "part": "team"})
    assert (twice.status_code, "in the initiative already" in twice.text) == (422, True)
    client = client_of(dan)
    assert "you are asked to be part of" in client.get(reverse("desk:home")).text
    assert (
        "Will you build Wikipedia in three schools with us?"
        in client.get(at("initiative_invitation", member)).text
    )
    assert client.post(at("initiative_accept", member))["Location"] == page
    assert client.post(at("initiative_accept", member)).status_code == 409
    left = client.post(at("initiative_leave", member))
    assert (left["Location"], client.get(page).status_code) == (reverse("desk:home"), 404)


def test_its_people_name_no_helper_and_coordinators_do(initiative, client_of, ada, bo, cleo):
    words = {"email": bo.email, "part": "helper"}
    assert client_of(ada).post(at("initiative_invite", initiative), words).status_code == 422
    client_of(cleo).post(at("initiative_invite", initiative), words)
    assert InitiativeMember.objects.get().part == "helper"
    assert Letter.objects.get(key="initiative_invited").subject == "Will you help Wikipedia in three schools?"


def test_somebody_else_answers_no_invitation(initiative, client_of, ada, bo, dan):
    client_of(ada).post(at("initiative_invite", initiative), {"email": dan.email, "part": "team"})
    member = InitiativeMember.objects.get()
    assert client_of(bo).post(at("initiative_accept", member)).status_code == 404
    client_of(dan).post(at("initiative_decline", member))
    member.refresh_from_db()
    assert member.status == "declined"


def test_the_list_shows_what_one_builds_and_what_one_helps(initiative, client_of, ada, bo, cleo, now):
    join(initiative, bo, cleo, now, part="helper")
    pages = {person.name: client_of(person).get(MINE).text for person in (ada, bo)}
    assert ("Those I help" in pages["Ada"], "Those I help" in pages["Bo"]) == (False, True)
