"""Writes matrix.txt as things are, to be read line by line before it is committed.

Run as `python -m pytest tests/access/record.py`: it is no test, and is not collected with them.
"""

import pytest

from tests.access import matrix
from tests.access.test_matrix import lived_in, outcomes  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", [matrix.TABLE])
def test_write_the_table(lived_in, table):  # noqa: F811
    found = outcomes(*lived_in, matrix.METHODS)
    lines = [f"# {'route':38} {'method':6} " + " ".join(f"{name:9}" for name in matrix.PEOPLE)]
    for (route, method), words in sorted(found.items()):
        lines.append(f"{route:40} {method:6} " + " ".join(f"{words[name]:9}" for name in matrix.PEOPLE))
    table.write_text("\n".join(line.rstrip() for line in lines) + "\n")
