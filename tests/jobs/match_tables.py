"""Small tables of people, and what `talka match` makes of them."""

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from talka.papers.tables import write_csv

TWO = [{"id": "a", "name": "Ada", "needs": "wikidata:1"}, {"id": "b", "name": "Bo", "offers": "wikidata:4"}]
POLICY = """hard = ["shares_a_topic"]
[weights]
topic = 3
[capacities]
"edit-a-thons" = "events"
"wikidata" = ""
[travels]
visit = "learner"
"""


def write(folder, rows, name="people.csv"):
    """Write rows as a table with every column that any of them has."""
    header = list(
        dict.fromkeys(["id", "name", "needs", "offers", *(column for row in rows for column in row)])
    )
    path = folder / name
    path.write_bytes(write_csv(header, [[row.get(column, "") for column in header] for row in rows]))
    return path


def match(folder, rows=None, *words, policy=None, data=None, name="people.csv"):
    """Run the command on rows, or on the bytes of a file, and return the folder it wrote to."""
    path = folder / name
    if data is not None:
        path.write_bytes(data)
    elif rows is not None:
        path = write(folder, rows, name)
    given = []
    if policy is not None:
        (folder / "policy.toml").write_text(policy, encoding="utf-8")
        given = ["--policy", str(folder / "policy.toml")]
    call_command("match", str(path), *given, "--out", str(folder / "out"), *words)
    return folder / "out"


def refused(folder, *arguments, **options):
    """Run the command, expect it to refuse, see that it wrote nothing, and return its lines."""
    with pytest.raises(CommandError) as raised:
        match(folder, *arguments, **options)
    assert not (folder / "out").exists()
    first, *lines = str(raised.value).splitlines()
    assert first == "Nothing was done. Please mend this first:"
    return lines


def cells(path, sheet=0):
    """Return what the cells of a sheet hold."""
    return [list(row) for row in load_workbook(path).worksheets[sheet].iter_rows(values_only=True)]
