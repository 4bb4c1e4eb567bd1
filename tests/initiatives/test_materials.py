"""Materials of an initiative: one version after another, public with a licence only."""

import pytest
from django.db import IntegrityError, transaction

from talka.files.actions import path_of, store_attachment
from talka.files.models import Upload
from talka.initiatives.actions import (
    NothingToAdd,
    Refused,
    add_initiative_material,
    add_material_version,
    drop_versions_of,
    publish_initiative,
    remove_initiative_material,
    share_initiative_material,
)
from talka.initiatives.models import Material, MaterialVersion
from talka.kernel.models import Overtaken
from tests.databases.conftest import at_once

LINK = "https://meta.wikimedia.org/wiki/Plan"


@pytest.fixture
def material(initiative, ada, now):
    return add_initiative_material(
        initiative=initiative, title="Lesson plan", note="First draft", link=LINK, by=ada, now=now
    )


def stored(by, now):
    return store_attachment(data=b"What we do.", name="plan.txt", by=by, now=now)


@pytest.mark.django_db
def test_versions_follow_each_other_with_their_notes(material, ada, now):
    add_material_version(material=material, note="Shorter", link=LINK + "2", by=ada, now=now)
    assert list(material.versions.values_list("number", "note")) == [(1, "First draft"), (2, "Shorter")]


@pytest.mark.django_db
def test_a_version_is_one_link_or_one_file(material, ada, now):
    with pytest.raises(NothingToAdd):
        add_material_version(material=material, note="", by=ada, now=now)
    with pytest.raises(NothingToAdd):
        add_material_version(material=material, note="", link=LINK, upload=stored(ada, now), by=ada, now=now)


@pytest.mark.django_db
def test_it_is_public_with_a_licence_only(material, ada, now):
    with pytest.raises(Refused):
        share_initiative_material(
            material=material, title="Plan", is_public=True, licence="", version=1, by=ada, now=now
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Material.objects.filter(pk=material.pk).update(is_public=True)


@pytest.mark.django_db
def test_the_slower_of_two_editors_is_told(material, ada, now):
    words = {"is_public": False, "licence": "", "version": 1, "by": ada, "now": now}
    share_initiative_material(material=material, title="One", **words)
    with pytest.raises(Overtaken):
        share_initiative_material(material=material, title="Two", **words)


@pytest.mark.django_db
def test_of_a_public_one_strangers_see_the_newest_version(material, initiative, ada, dan, now):
    share_initiative_material(
        material=material, title="Plan", is_public=True, licence="cc0-1.0", version=1, by=ada, now=now
    )
    newest = add_material_version(material=material, note="Shorter", link=LINK, by=ada, now=now)
    hidden = list(MaterialVersion.objects.visible_to(dan))
    publish_initiative(initiative=initiative, by=ada, now=now)
    seen = [list(MaterialVersion.objects.visible_to(person)) for person in (dan, ada)]
    assert (hidden, seen) == ([], [[newest], list(material.versions.all())])


@pytest.mark.django_db
def test_removing_it_deletes_its_files(material, ada, now, django_capture_on_commit_callbacks):
    upload = stored(ada, now)
    add_material_version(material=material, note="", upload=upload, by=ada, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        remove_initiative_material(material=material, by=ada, now=now)
        remove_initiative_material(material=material, by=ada, now=now)
    assert (Material.objects.count(), Upload.objects.count(), path_of(upload).exists()) == (0, 0, False)


@pytest.mark.django_db
def test_a_deleted_file_takes_its_version_and_an_empty_document_along(initiative, material, ada, now):
    alone = add_initiative_material(
        initiative=initiative, title="Slides", note="", upload=stored(ada, now), by=ada, now=now
    )
    second = add_material_version(material=material, note="", upload=stored(ada, now), by=ada, now=now)
    drop_versions_of([alone.versions.get().upload_id, second.upload_id])
    assert [(one.title, one.versions.count()) for one in Material.objects.all()] == [("Lesson plan", 1)]


@pytest.mark.django_db(transaction=True)
def test_versions_added_at_once_get_numbers_of_their_own(material, ada, now):
    def add(number):
        return add_material_version(material=material, note=str(number), link=LINK, by=ada, now=now).number

    assert (sorted(at_once(5, add)), material.versions.count()) == ([2, 3, 4, 5, 6], 6)
