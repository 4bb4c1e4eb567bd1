"""`talka import`: in the terminal and for machines."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from talka.capacities.models import Capacity
from talka.people.models import Community
from tests.real_input import affiliates_csv

pytestmark = pytest.mark.django_db


def run(*arguments):
    printed = StringIO()
    call_command("import", *map(str, arguments), stdout=printed)
    return printed.getvalue()


@pytest.fixture
def bad_file(tmp_path):
    file = tmp_path / "communities.csv"
    file.write_text("name,kind,colour\nGroup,Chapter,red\nBad,user-group x,\n")
    return file


def test_a_file_is_only_looked_at_unless_asked_otherwise():
    assert run("communities", affiliates_csv()) == "new: 186, changed: 0, same: 0, errors: 0\n"
    assert Community.objects.count() == 0


def test_apply_takes_it_over():
    assert run("communities", affiliates_csv(), "--apply").splitlines()[-1] == "Taken over: 186"
    assert run("communities", affiliates_csv(), "--apply").splitlines()[-1] == "Taken over: 0"
    assert Community.objects.count() == 186


def test_json_is_for_machines_with_apply_too():
    printed = json.loads(run("communities", affiliates_csv(), "--json", "--apply"))
    assert {key: len(printed[key]) for key in ("new", "changed", "errors")} == {
        "new": 186,
        "changed": 0,
        "errors": 0,
    }
    assert printed["new"][0] == {
        "line": 2,
        "name": "Wikimedia Argentina",
        "mended_from": "",
        "changes": {
            "kind": {"before": "", "after": "chapter"},
            "acronym": {"before": "", "after": "AR"},
            "country": {"before": "", "after": "AR"},
            "region": {"before": "", "after": "lac"},
        },
    }
    assert Community.objects.count() == 186


def test_errors_are_told_with_their_line_and_the_command_fails(bad_file):
    printed = StringIO()
    with pytest.raises(CommandError, match=r"Errors: 1\. Nothing was taken over\."):
        call_command("import", "communities", str(bad_file), "--json", "--apply", stdout=printed)
    found = json.loads(printed.getvalue())
    assert [(error["line"], error["column"], error["key"]) for error in found["errors"]] == [
        (3, "kind", "import.unknown_kind"),
    ]
    assert found["ignored_columns"] == ["colour"]
    assert Community.objects.count() == 0


def test_a_file_that_is_not_there_or_no_table_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run("communities", tmp_path / "nowhere.csv")
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(CommandError, match=r"The file is empty\."):
        run("communities", tmp_path / "empty.csv")


def test_the_capacities_that_ship_are_taken_over():
    run("capacities")
    assert run("capacities") == "Capacities new or changed: 0\n"
    assert Capacity.objects.filter(key="glam").exists()
