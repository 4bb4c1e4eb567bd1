"""Django's SQLite back end with a writers' file lock.

SQLite 3.7.0–3.51.2 can corrupt a WAL database when two connections write or
checkpoint at once. A lock on a file beside the database, held from BEGIN to
COMMIT and around closing, keeps writers apart, and in turn: it is also faster
than SQLite's own retries (docs/decisions/0002).
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from typing import Any

from django.db.backends.sqlite3 import base as django_sqlite

_READS = ("SELECT", "PRAGMA", "EXPLAIN", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "BEGIN")


class WritersLock:
    """An exclusive lock between all connections to one database file, in every process."""

    def __init__(self, database: str) -> None:
        self.path = f"{database}.lock"
        self.depth = 0
        self._file: int | None = None

    def acquire(self) -> None:
        """Wait for the turn to write. Taking it again only counts."""
        if self.depth == 0:
            if self._file is None:
                self._file = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX)
        self.depth += 1

    def release(self) -> None:
        """Give the turn away, when it was taken as often as it is given."""
        if self.depth == 0:
            return
        self.depth -= 1
        if self.depth == 0 and self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def forget(self) -> None:
        """Give everything away and close the file."""
        self.depth = 0
        if self._file is not None:
            os.close(self._file)
            self._file = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the turn for a while."""
        self.acquire()
        try:
            yield
        finally:
            self.release()


class Cursor(django_sqlite.SQLiteCursorWrapper):
    """A cursor that takes the turn for a write outside a transaction."""

    lock: WritersLock

    def execute(self, query: str, params: Any = None) -> Any:
        if self.connection.in_transaction or query.lstrip().upper().startswith(_READS):
            return super().execute(query, params)
        with self.lock.held():
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        if self.connection.in_transaction:
            return super().executemany(query, param_list)
        with self.lock.held():
            return super().executemany(query, param_list)


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """Django's connection, which holds the writers' lock whenever it may write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lock: WritersLock | None = None

    @property
    def writers_lock(self) -> WritersLock:
        """Return the lock of the file this connection is open on."""
        path = os.fspath(self.settings_dict["NAME"])
        if self._lock is None or self._lock.path != f"{path}.lock":
            self._lock = WritersLock(path)
        return self._lock

    def init_connection_state(self) -> None:
        # Setting the journal mode writes to a new file.
        with self.writers_lock.held():
            super().init_connection_state()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        with self.writers_lock.held():
            return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.lock = self.writers_lock
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self.writers_lock.acquire()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self.writers_lock.release()
            raise

    def _commit(self) -> None:
        super()._commit()
        self.writers_lock.release()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self.writers_lock.release()

    def _close(self) -> None:
        # Closing the last connection checkpoints the log.
        lock = self.writers_lock
        lock.acquire()
        try:
            super()._close()
        finally:
            lock.forget()
