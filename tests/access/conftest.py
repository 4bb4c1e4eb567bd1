"""The world of the matrix, on the day for which it was made."""

import pytest
import time_machine
from django.db import transaction
from django.template import Template
from django.test import Client

from tests.access import matrix, world
from tests.conftest import NOW


@pytest.fixture(autouse=True, scope="module")
def nothing_beside_the_page():
    """Draw templates as in production: for tests Django copies the context of each, and a page has dozens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))
        yield


@pytest.fixture(scope="module")
def on_the_day(request, django_db_setup, django_db_blocker):
    """Build the world and let everybody sign in, with the clock standing at its day.

    A module that needs scenes beside the usual ones names them in SCENES.
    """
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW, tick=False):
        people, records = world.build(NOW, also=getattr(request.module, "SCENES", ()))
        records["people"] = people
        clients = {name: Client() for name in matrix.PEOPLE}
        for name, client in clients.items():
            if name in people:
                client.force_login(people[name])
        yield clients, records
        transaction.set_rollback(True)
