"""The writers' lock: who holds it, when it is given away, and what happens without it."""

import contextlib
import fcntl
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, connections, transaction

from tests.databases.conftest import at_once

PLAIN = "django.db.backends.sqlite3"
INSERT = "INSERT INTO word (text) VALUES (%s)"


def is_taken(database):
    """Tell whether somebody holds the lock of a database."""
    with Path(f"{database.settings_dict['NAME']}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def words(database):
    """List what is in the database, as somebody else sees it."""
    with contextlib.closing(sqlite3.connect(database.settings_dict["NAME"])) as other:
        return [text for (text,) in other.execute("SELECT text FROM word ORDER BY id")]


def test_the_turn_lasts_from_the_beginning_of_a_transaction_to_its_end(spare):
    database = spare()
    seen = [is_taken(database)]
    with transaction.atomic(using=database.alias):
        seen.append(is_taken(database))
        database.cursor().execute(INSERT, ["one"])
        with transaction.atomic(using=database.alias):
            database.cursor().execute(INSERT, ["two"])
        seen.append(is_taken(database))
    seen.append(is_taken(database))
    assert seen == [False, True, True, False]


def test_the_turn_ends_when_a_transaction_fails(spare):
    database = spare()
    with contextlib.suppress(ZeroDivisionError), transaction.atomic(using=database.alias):
        database.cursor().execute(INSERT, ["one"])
        raise ZeroDivisionError
    assert (is_taken(database), words(database)) == (False, [])


def test_the_turn_ends_when_the_database_refuses(spare):
    database = spare()
    database.cursor().execute(INSERT, ["one"])
    with pytest.raises(IntegrityError), transaction.atomic(using=database.alias):
        database.cursor().execute(INSERT, ["one"])
    with pytest.raises(IntegrityError):
        database.cursor().execute(INSERT, ["one"])
    assert (is_taken(database), words(database)) == (False, ["one"])


def test_the_turn_ends_when_the_commit_itself_is_refused(spare):
    database = spare()
    database.cursor().execute(
        "CREATE TABLE line (word INTEGER REFERENCES word (id) DEFERRABLE INITIALLY DEFERRED)"
    )
    with pytest.raises(IntegrityError), transaction.atomic(using=database.alias):
        database.cursor().execute("INSERT INTO line VALUES (7)")
    assert (is_taken(database), database.in_atomic_block) == (False, False)


def test_the_turn_ends_when_the_connection_closes_in_a_transaction(spare):
    database = spare()
    with transaction.atomic(using=database.alias):
        database.cursor().execute(INSERT, ["one"])
        database.close()
        held_after_closing = is_taken(database)
    assert (held_after_closing, words(database)) == (False, [])


def test_a_transaction_by_hand_holds_the_turn_as_well(spare):
    database = spare()
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    database.cursor().execute(INSERT, ["one"])
    held = is_taken(database)
    database.commit()
    database.set_autocommit(True)
    assert (held, is_taken(database), words(database)) == (True, False, ["one"])


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("INSERT INTO word (text) SELECT is_taken()", True),
        ("WITH now (it) AS (SELECT is_taken()) INSERT INTO word (text) SELECT it FROM now", True),
        ("/* why */ INSERT INTO word (text) SELECT is_taken()", True),
        ("SELECT is_taken()", False),
    ],
)
def test_a_write_outside_a_transaction_takes_the_turn_and_a_read_does_not(spare, statement, expected):
    database, seen = spare(), []
    database.connection.create_function("is_taken", 0, lambda: seen.append(is_taken(database)))
    database.cursor().execute(statement)
    assert (seen, is_taken(database)) == ([expected], False)


def test_what_an_insert_returns_is_committed_when_the_turn_ends(spare):
    database = spare()
    cursor = database.cursor()
    cursor.execute(f"{INSERT}, (%s) RETURNING text", ["one", "two"])
    assert (is_taken(database), words(database)) == (False, ["one", "two"])
    assert [cursor.fetchone(), cursor.fetchmany(5), cursor.fetchall()] == [("one",), [("two",)], []]


def test_a_cursor_that_returned_rows_of_a_write_reads_on(spare):
    database = spare()
    cursor = database.cursor()
    cursor.execute(f"{INSERT} RETURNING text", ["one"])
    cursor.execute("SELECT text FROM word")
    assert list(cursor) == [("one",)]


class Slow(sqlite3.Connection):
    """A connection whose commits take a while after they succeeded, as with a checkpoint of the log."""

    inside = 0
    most = 0
    counting = threading.Lock()

    @classmethod
    def count(cls, step):
        with cls.counting:
            cls.inside += step
            cls.most = max(cls.most, cls.inside)

    def commit(self):
        super().commit()
        time.sleep(0.005)
        self.count(-1)


def most_writers_at_once(database):
    """Let eight threads write ten words each; return how many were between BEGIN and the end of COMMIT."""
    Slow.inside = Slow.most = 0
    connections.settings[database.alias]["OPTIONS"] = {**database.settings_dict["OPTIONS"], "factory": Slow}

    def write(number):
        for turn in range(10):
            with transaction.atomic(using=database.alias):
                Slow.count(+1)
                connections[database.alias].cursor().execute(INSERT, [f"{number} {turn}"])

    assert at_once(8, write) == [None] * 8
    assert len(words(database)) == 80
    return Slow.most


def test_nobody_begins_to_write_before_the_other_has_finished(spare):
    assert most_writers_at_once(spare()) == 1


def test_without_the_lock_writers_do_overlap(spare):
    assert most_writers_at_once(spare(PLAIN)) > 1


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_holds_no_turn(in_another_process):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL needs no lock")
    process = in_another_process("together")
    assert process.stdout.readline() == "written\n"
    held_by_the_living = is_taken(connection)
    process.kill()
    process.wait()
    assert (held_by_the_living, is_taken(connection)) == (True, False)
