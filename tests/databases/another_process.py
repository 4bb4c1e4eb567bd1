"""A process beside the test's, to be killed: python -m tests.databases.another_process DATABASE WORK

It says "written" when its first half is in the database, waits for a line, and then does the second half.
"""

import sys
from contextlib import nullcontext
from datetime import UTC, datetime

import django
from django.db import connection, transaction

django.setup()

from talka.kernel.ledger import record  # noqa: E402
from talka.people.models import Account  # noqa: E402

NOW = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)


def write_two(frame):
    """Write an account and its line in the ledger, and wait between the two."""
    with frame:
        account = Account.objects.create(name="Eve", email="eve@demo.invalid", joined_at=NOW)
        sys.stdout.write("written\n")
        sys.stdout.flush()
        sys.stdin.readline()
        record(account, "join", by=account, now=NOW)


WORKS = {"together": transaction.atomic, "apart": nullcontext}

if __name__ == "__main__":
    connection.settings_dict["NAME"] = sys.argv[1]
    write_two(WORKS[sys.argv[2]]())
