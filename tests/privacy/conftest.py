"""The world of a closed cycle, and the same full of words that are somebody's own."""

import pytest
from django.core.management import call_command
from django.test import override_settings

from talka.demo.worlds import build_world
from talka.letters.sending import send_due
from talka.reports.models import Evidence
from tests.conftest import NOW
from tests.privacy.kept_worlds import Kept
from tests.privacy.planting import expected, live_fully, mark, plant, rename


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """Make both worlds once; return them by name, to be put back."""
    found = {}
    files = {"MEDIA_ROOT": tmp_path_factory.mktemp("files")}
    with django_db_blocker.unblock(), override_settings(**files):
        scene = build_world("closed", now=NOW)
        found["closed"] = Kept(scene, tmp_path_factory.mktemp("closed"))
        found["full"] = Kept(fill(scene), tmp_path_factory.mktemp("full"))
        call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    return found


def fill(scene):
    """Plant words of Ada's and of Bo's own; return Ada, her words, and his."""
    people = {name: scene.everybody[name] for name in ("ada", "bo")}
    words = {}
    named = {name: rename(person) for name, person in people.items()}
    for person in people.values():
        live_fully(scene, person, scene.everybody["Wikimedia Graustark"], NOW)
    send_due(now=NOW, most=1000)
    for name, person in people.items():
        Evidence.objects.filter(upload__uploaded_by=person).update(has_consent=False)
        planted = plant(person)
        assert expected() - set(planted) == set()
        words[name] = {*planted.values(), *named[name], mark(person, "file")}
    return people["ada"], words["ada"], words["bo"]


@pytest.fixture
def put_back(kept, transactional_db, settings, tmp_path):
    """Return a function that puts a world back by its name, its files into a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return lambda name: kept[name].put_back(settings.MEDIA_ROOT)


@pytest.fixture
def full(put_back):
    """Return Ada of a world full of words that are found again, her words, and those of Bo."""
    return put_back("full")
