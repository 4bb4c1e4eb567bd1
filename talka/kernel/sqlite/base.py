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
from itertools import islice
from typing import Any

from django.db.backends.sqlite3 import base as django_sqlite

# PRAGMA and WITH are not among them: a checkpoint is a pragma, and WITH may begin an INSERT.
_READS = ("SELECT", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "BEGIN")


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
    _returned: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        self._returned = None
        if self.connection.in_transaction or query.lstrip()[:9].upper().startswith(_READS):
            return super().execute(query, params)
        with self.lock.held():
            super().execute(query, params)
            # INSERT … RETURNING is committed only when its last row is fetched.
            self._returned = iter(super().fetchall()) if self.description else None
        return self

    def fetchone(self) -> Any:
        return super().fetchone() if self._returned is None else next(self._returned, None)

    def fetchmany(self, size: int | None = 1) -> Any:
        return super().fetchmany(size) if self._returned is None else list(islice(self._returned, size))

    def fetchall(self) -> Any:
        return super().fetchall() if self._returned is None else list(self._returned)

    def __next__(self) -> Any:
        return super().__next__() if self._returned is None else next(self._returned)

    def executemany(self, query: str, param_list: Any) -> Any:
        self._returned = None
        if self.connection.in_transaction:
            return super().executemany(query, param_list)
        with self.lock.held():
            return super().executemany(query, param_list)


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """Django's connection, which holds the writers' lock whenever it may write.

    The types ignored below are of Django's own private steps, which its stubs leave out.
    """

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
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self.writers_lock.release()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._release_after_transaction()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._release_after_transaction()

    def _release_after_transaction(self) -> None:
        # A commit that failed leaves the transaction open: its rollback gives the turn away.
        if self.connection is None or not self.connection.in_transaction:
            self.writers_lock.release()

    def _close(self) -> None:
        # Closing the last connection checkpoints the log.
        lock = self.writers_lock
        lock.acquire()
        try:
            super()._close()  # type: ignore[misc]
        finally:
            lock.forget()
