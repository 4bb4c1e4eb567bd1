"""An export holds everything of a person and nothing of others; an erasure leaves nothing to be read."""

import json
import zipfile
from io import BytesIO

import pytest
from django.db import connection

from talka.applications.models import Application, Goal
from talka.capacities.actions import decline_introduction, note_need, write_back
from talka.demo.worlds import build_world
from talka.exchanges.models import Material, Traveller
from talka.files.models import Upload
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.letters.sending import send_due
from talka.people.models import Account, Representation
from talka.privacy.erasure import erase_person
from talka.privacy.export import export_data
from talka.privacy.retention import delete_what_is_due
from talka.programmes.actions import LastCoordinator, add_contact, appoint
from talka.programmes.models import Contact
from talka.reports.models import Evidence, Report
from tests.capacities.asking_world import ask, brought_together, fresh, make_programme, offer
from tests.privacy.planting import left, mark, media, name_in_records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(put_back):
    return put_back("closed")


def exported(person, now):
    """Return an export as text, its records, and the names of its files."""
    into = BytesIO()
    export_data(account=person, into=into, by=person, now=now)
    with zipfile.ZipFile(into) as packed:
        names = packed.namelist()
        text = "".join(packed.read(name).decode("utf-8", "replace") for name in names)
        return text, json.loads(packed.read("your-data.json"))["tables"], names


def test_an_export_holds_every_word_of_the_person_and_none_of_anybody_else(full, now):
    ada, hers, his = full
    text, tables, names = exported(ada, now)
    assert {word for word in hers if word not in text} == set()
    # What letters to her said, she has read.
    rest = json.dumps({label: records for label, records in tables.items() if label != "letters.Letter"})
    assert {word for word in his if word in rest} == set()
    assert tables["people.Account"][0]["email"] == ada.email
    uploads = Upload.objects.filter(uploaded_by=ada)
    assert {name for name in names if name.startswith("files/")} == {
        record["file"] for record in tables["files.Upload"]
    }
    assert len(tables["files.Upload"]) == uploads.count() > 1


def test_an_export_says_who_acted_without_naming_others(full, now):
    ada, _hers, _his = full
    _text, tables, _names = exported(ada, now)
    assert {record["actor"] for record in tables["kernel.Entry"]} == {"you"}
    assert {record.get("invited_by") for record in tables["people.Representation"]} <= {
        "you",
        "somebody else",
    }
    assert {"question", "answer"} == set(tables["forms.Sheet"][-1]["answers"][0])


def test_letters_that_the_programme_holds_back_are_not_exported(full, now):
    ada, _hers, _his = full
    held = Letter.objects.filter(recipient=ada).first()
    Letter.objects.filter(pk=held.pk).update(status="held", body="CNRYHELD")
    assert "CNRYHELD" not in exported(ada, now)[0]
    Letter.objects.filter(pk=held.pk).update(status="sent")
    assert "CNRYHELD" in exported(ada, now)[0]


def test_an_export_leaves_a_line_and_a_letter(full, now):
    ada, _hers, _his = full
    exported(ada, now)
    assert Entry.objects.about(ada).last().verb == "export data"
    assert Letter.objects.filter(recipient=ada, key="data_exported", status="queued").count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's files are meant")
def test_after_an_erasure_nothing_of_the_person_can_be_read_in_any_file(full, now):
    ada, hers, his = full
    assert name_in_records(ada) > 20
    assert left(hers) == hers
    before = left(his)
    erase_person(account=ada, by=ada, now=now)
    assert left(hers) == {ada.email}
    # The address stays with the last letter until that is sent.
    assert list(Letter.objects.filter(email=ada.email).values_list("key", "status")) == [
        ("data_erased", "queued")
    ]
    send_due(now=now, most=1000)
    delete_what_is_due(now=now)
    assert left(hers) == set()
    assert left(his) == before == his


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's files are meant")
def test_the_search_would_find_what_a_database_leaves_behind(full, now):
    ada, hers, _his = full
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
        try:
            erase_person(account=ada, by=ada, now=now)
            assert len(left(hers)) > 5
        finally:
            cursor.execute("PRAGMA secure_delete=ON")
            # Nothing of it may be found by the next who looks.
            cursor.execute("VACUUM")


def test_on_every_database_no_row_and_no_file_holds_a_word(full, now):
    ada, hers, _his = full
    name_in_records(ada)
    erase_person(account=ada, by=ada, now=now)
    send_due(now=now, most=1000)
    delete_what_is_due(now=now)
    everything, uploaded = rows().lower(), media()
    assert {word for word in hers if word.lower() in everything} == set()
    assert {word for word in hers if word.encode() in uploaded} == set()


def rows():
    """Return every row of every table of Talka as text."""
    from django.apps import apps
    from django.core import serializers

    models = [model for model in apps.get_models() if model.__module__.startswith("talka.")]
    return "".join(serializers.serialize("json", model._base_manager.all()) for model in models)


def test_what_communities_did_stays_without_the_name(scene, now):
    ada = scene.everybody["ada"]
    application = scene.applications["ada"]
    goal = application.goals.first()
    Goal.objects.filter(pk=goal.pk).update(problem="Only Ada (ada@demo.invalid) knows. Adaptation is hard.")
    theirs = Report.objects.get(
        seat__application=scene.applications["bo"], exchange__reports__seat__application=application
    )
    theirs.sheet.answers["profile"] = ["Ada was a fine guest."]
    theirs.sheet.save()
    before = Application.objects.count(), Report.objects.count(), application.status
    erase_person(account=ada, by=ada, now=now)
    goal.refresh_from_db()
    assert goal.problem == "Only a former representative (a former representative) knows. Adaptation is hard."
    theirs.sheet.refresh_from_db()
    assert theirs.sheet.answers["profile"] == ["a former representative was a fine guest."]
    application.refresh_from_db()
    assert (Application.objects.count(), Report.objects.count(), application.status) == before
    ended = Representation.objects.get(community=application.community, invited_at__isnull=False)
    assert (ended.status, ended.name, ended.account) == ("ended", "a former representative", None)
    assert str(Entry.objects.filter(actor=ada).first().actor) == "a former representative"


def test_nobody_signs_in_as_the_person_again_and_the_address_is_free(scene, now):
    ada = scene.everybody["ada"]
    seed = ada.session_key_seed
    erase_person(account=ada, by=ada, now=now)
    ada.refresh_from_db()
    assert (ada.is_active, ada.email, ada.wikimedia_id, ada.can_found) == (False, None, None, False)
    assert ada.session_key_seed != seed
    Account.objects.create(email="ada@demo.invalid", name="Ada", joined_at=now)


def test_travel_facts_and_files_go(scene, now):
    ada = scene.everybody["ada"]
    Evidence.objects.filter(upload__uploaded_by=ada).update(has_consent=False)
    assert Upload.objects.filter(uploaded_by=ada).exists()
    erase_person(account=ada, by=ada, now=now)
    kept = ("travels_from", "wishes", "emergency_name", "emergency_phone", "has_passport", "needs_visa")
    assert set(Traveller.objects.filter(account=ada).values_list(*kept)) == {("", "", "", "", None, None)}
    assert not Upload.objects.filter(uploaded_by=ada).exists()


def test_a_photo_in_a_published_story_stays_without_the_name(scene, now):
    ada = scene.everybody["ada"]
    photo = Evidence.objects.get(upload__uploaded_by=ada, has_consent=True)
    Evidence.objects.filter(pk=photo.pk).update(author="Ada", caption="Ada at the table")
    before = media()
    erase_person(account=ada, by=ada, now=now)
    photo = Evidence.objects.select_related("upload").get(pk=photo.pk)
    shown = (photo.author, photo.caption, photo.upload.name)
    assert shown == ("a former representative", "a former representative at the table", "photo")
    assert media() == before


def test_a_draft_that_nobody_else_goes_on_with_is_emptied(now):
    scene = build_world("open_call", now=now)
    draft = Application.objects.filter(status="draft", community__isnull=False)[0]
    person = draft.started_by
    draft.sheet.answers = {"profile": "Half a sentence"}
    draft.sheet.save()
    erase_person(account=person, by=person, now=now)
    draft.refresh_from_db()
    assert (draft.status, draft.sheet.answers, draft.goals.count()) == ("withdrawn", {}, 0)
    assert scene.cycle.calls.exists()


def test_a_draft_that_another_representative_goes_on_with_stays(now):
    build_world("open_call", now=now)
    draft = Application.objects.filter(status="draft", community__isnull=False)[0]
    person, other = draft.started_by, Account.objects.create(email="o@x.invalid", name="O", joined_at=now)
    Representation.objects.create(
        community=draft.community,
        email=other.email,
        name="O",
        account=other,
        status="accepted",
        invited_at=now,
    )
    draft.sheet.answers = {"profile": "Half a sentence"}
    draft.sheet.save()
    erase_person(account=person, by=person, now=now)
    draft.refresh_from_db()
    assert (draft.status, draft.sheet.answers) == ("draft", {"profile": "Half a sentence"})


def test_the_last_coordinator_is_not_erased_and_nothing_changes(scene, now):
    cleo, dan = scene.everybody["cleo"], scene.everybody["dan"]
    before = rows()
    with pytest.raises(LastCoordinator):
        erase_person(account=cleo, by=cleo, now=now)
    assert rows() == before
    programme = scene.cycle.programme
    contact = {"programme": programme, "task": "", "by": cleo, "now": now}
    add_contact(name="Cleo", address="cleo@demo.invalid", **contact)
    add_contact(name="Cleo's hub", address="hub@demo.invalid", **contact)
    appoint(programme=programme, account=dan, post="coordinator", by=cleo, now=now)
    erase_person(account=cleo, by=cleo, now=now)
    assert list(Contact.objects.filter(programme=programme).values_list("name", "address")) == [
        ("a former representative's hub", "hub@demo.invalid")
    ]
    assert not cleo.appointments.filter(ended_at__isnull=True).exists()
    assert "Cleo" not in "".join(Letter.objects.values_list("body", flat=True))


def test_a_name_that_is_a_word_like_others_spoils_no_sentence(scene, now):
    bo = scene.everybody["bo"]
    Account.objects.filter(pk=bo.pk).update(name="info")
    Representation.objects.filter(account=bo).update(name="info")
    bo.refresh_from_db()
    goal = scene.applications["ada"].goals.first()
    Goal.objects.filter(pk=goal.pk).update(problem="More info about info@x.invalid")
    erase_person(account=bo, by=bo, now=now)
    goal.refresh_from_db()
    assert goal.problem == "More info about info@x.invalid"


def test_what_a_deleted_file_was_shown_as_goes_with_it(full, now):
    ada, _hers, _his = full
    mine = Material.objects.filter(upload__uploaded_by=ada)
    assert mine.count() == 1
    erase_person(account=ada, by=ada, now=now)
    assert not Material.objects.filter(title__startswith=mark(ada, "")).exists()


def test_ones_requests_are_withdrawn_and_emptied_and_offers_end(ada, bo, cleo, now, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    programme = make_programme(cleo, now)
    need, _given, made = brought_together(programme, ada, bo, cleo, now)
    theirs, offered = ask(programme, bo, now, text="CNRYBO"), offer(programme, ada, now)
    note_need(need=need, text="Ada is known.", by=cleo, now=now)
    write_back(need=need, text="And?", by=ada, now=now)
    erase_person(account=ada, by=ada, now=now)
    assert (fresh(need).status, fresh(need).text, fresh(need).languages) == ("withdrawn", "", [])
    assert (need.topics.count(), set(need.notes.values_list("text", flat=True))) == (0, {""})
    assert (fresh(made).status, fresh(made).note) == ("withdrawn", "")
    assert (fresh(offered).status, fresh(offered).text) == ("ended", "")
    assert (fresh(theirs).status, fresh(theirs).text) == ("asked", "CNRYBO")
    said = " ".join(Letter.objects.filter(key="need_withdrawn").values_list("body", flat=True))
    assert "Ada" not in said


def test_an_export_leaves_out_what_the_office_noted(ada, bo, cleo, now):
    programme = make_programme(cleo, now)
    need, _given, made = brought_together(programme, ada, bo, cleo, now)
    note_need(need=need, text="CNRYOFFICE", by=cleo, now=now)
    decline_introduction(introduction=made, note="CNRYWHY", by=bo, now=now)
    write_back(need=need, text="CNRYMINE", by=ada, now=now)
    words = ("CNRYOFFICE", "CNRYWHY", "CNRYMINE", "How do we begin?")
    hers, his = exported(ada, now)[0], exported(bo, now)[0]
    assert [word in hers for word in words] == [False, False, True, True]
    assert [word in his for word in words] == [False, True, False, False]
