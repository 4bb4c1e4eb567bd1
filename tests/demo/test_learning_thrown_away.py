"""A rehearsal takes its learning path and its initiatives along when it is thrown away."""

import pytest

from talka.demo.discarding import throw_away
from talka.demo.initiating import build_initiatives
from talka.demo.learning_path import walk_learning_path
from talka.files.actions import store_attachment
from talka.files.models import Upload
from talka.initiatives.actions import add_material_version
from talka.initiatives.models import Initiative, Material, StageChange
from talka.kernel.models import Entry
from talka.learning.models import Completion, Module, Suggestion
from talka.letters.models import Letter
from talka.people.models import Account
from talka.programmes.models import Programme
from tests.learning.learning_samples import make_programme

pytestmark = pytest.mark.django_db


def test_nothing_of_its_modules_and_initiatives_remains(
    ada, bo, cleo, now, django_capture_on_commit_callbacks
):
    people, lines = {"ada": ada, "bo": bo, "cleo": cleo}, Entry.objects.count()
    programme = make_programme(cleo, now, is_published=False)
    Programme.objects.filter(pk=programme.pk).update(is_rehearsal=True)
    programme.refresh_from_db()
    walk_learning_path(programme, people, now)
    build_initiatives(programme, people, now)
    upload = store_attachment(data=b"x", name="x.txt", by=ada, now=now)
    add_material_version(material=Material.objects.get(), note="", upload=upload, by=ada, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        throw_away(programme=programme, by=cleo, now=now)
    tables = (Module, Completion, Suggestion, Initiative, StageChange, Material, Upload, Letter)
    assert ([table.objects.count() for table in tables], Entry.objects.count()) == ([0] * 8, lines)
    assert Account.objects.count() == 3
