"""Worlds that are made once, and put back for one test after another: the rows, the files, the values."""

import shutil
import sqlite3
from copy import deepcopy

from django.conf import settings
from django.db import connection, transaction


class Kept:
    """What stands in the database and among the files when this is made, with a value that tells of it."""

    def __init__(self, value, folder):
        self.value, self.folder = deepcopy(value), folder
        self.rows = _backup() if connection.vendor == "sqlite" else _copy_out()
        shutil.copytree(settings.MEDIA_ROOT, folder, dirs_exist_ok=True)

    def put_back(self, files):
        """Put everything back, the files into a folder of the test's own; return the value as it was."""
        if connection.vendor == "sqlite":
            _restore(self.rows)
        else:
            _copy_in(self.rows)
        shutil.copytree(self.folder, files, dirs_exist_ok=True)
        return deepcopy(self.value)


def _backup():
    """Copy SQLite's database as it is into the memory."""
    kept = sqlite3.connect(":memory:")
    connection.ensure_connection()
    connection.connection.backup(kept)
    return kept


def _restore(kept):
    """Copy all of it back, in the turn of this connection to write."""
    connection.ensure_connection()
    with connection.writers_lock.held():
        kept.backup(connection.connection)


def _copy_out():
    """Return PostgreSQL's own copy of each table."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copied:
                rows[table] = b"".join(copied)
    return rows


@transaction.atomic
def _copy_in(rows):
    """Let PostgreSQL read its copies; that a row points to another is looked at when all are there."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE {}".format(", ".join(f'"{table}"' for table in rows)))
        for table, copied in rows.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as into:
                into.write(copied)
