"""Several threads at once, a process beside the test's, and a database of SQLite beside Talka's own."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction


def at_once(count, work):
    """Do the work in so many threads, let go at one moment, and list what each returned or raised."""
    start = threading.Barrier(count, timeout=30)

    def do(number):
        start.wait()
        try:
            return work(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(do, range(count)))


def while_open(first, second):
    """Do one thing, and another while the first's transaction is open; return what came of the second.

    On PostgreSQL the transaction ends once the second waits for it, or is done because nothing held it back:
    then it has seen the world as it was before the first. On SQLite it waits from its very beginning.
    """

    def do():
        try:
            return second()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            later = pool.submit(do)
            while connection.vendor == "postgresql" and not later.done() and not somebody_waits():
                pass
        return later.result(timeout=30)


def somebody_waits():
    """Tell whether a transaction waits for a lock that another one holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


@pytest.fixture
def in_another_process():
    """Return a function that starts one work of `another_process` on the database of the test."""
    started = []

    def start(work, *words):
        name = str(connection.settings_dict["NAME"])
        command = [sys.executable, "-m", "tests.databases.another_process", name, work, *words]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def spare(tmp_path, django_db_blocker):
    """Return a function that adds an empty SQLite database, with Talka's back end or another."""
    added = []

    def add(engine="talka.kernel.sqlite"):
        alias = f"spare{len(added)}"
        entry = {**connections.settings["default"], "ENGINE": engine, "NAME": str(tmp_path / alias)}
        connections.settings[alias] = entry
        added.append(alias)
        connections[alias].cursor().execute("CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT UNIQUE)")
        return connections[alias]

    with django_db_blocker.unblock():
        yield add
        for alias in added:
            connections[alias].close()
            del connections[alias], connections.settings[alias]
