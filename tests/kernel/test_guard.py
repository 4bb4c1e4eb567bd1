"""Production refuses to start when something unsafe is set."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from talka.kernel.guard import is_on_a_network, unsafe_database, unsafe_pragmas, unsafe_settings

SAFE = {
    "PRODUCTION": True,
    "DEBUG": False,
    "SECRET_KEY": "x" * 50,
    "SITE_ADDRESS": "https://talka.example",
    "ALLOWED_HOSTS": ["talka.example"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
    "CONTENT_SECURITY_POLICY": {"DIRECTIVES": {}},
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}
PRODUCTION = {
    "TALKA_SECRET_KEY": "a secret of more than thirty-two characters",
    "TALKA_ADDRESS": "https://talka.example",
    "TALKA_SMTP": "smtp://mail.example",
}
IMPORT = "import talka.wsgi; print('started')"


def test_safe_settings_have_nothing_to_complain_of():
    assert unsafe_settings(SimpleNamespace(**SAFE)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRODUCTION", False),
        ("DEBUG", True),
        ("SECRET_KEY", "short"),
        ("SITE_ADDRESS", "http://talka.example"),
        ("ALLOWED_HOSTS", ["*"]),
        ("SESSION_COOKIE_SECURE", False),
        ("CSRF_COOKIE_SECURE", False),
        ("SECURE_HSTS_SECONDS", 3600),
        ("CONTENT_SECURITY_POLICY", {}),
        ("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend"),
    ],
)
def test_each_unsafe_setting_is_named(name, value):
    assert len(unsafe_settings(SimpleNamespace(**{**SAFE, name: value}))) == 1


class Connection:
    """A connection of SQLite's own, set as a test says."""

    vendor = "sqlite"

    def __init__(self, path, **pragmas):
        self.raw = sqlite3.connect(path)
        for name, value in pragmas.items():
            self.raw.execute(f"PRAGMA {name}={value}")

    def cursor(self):
        raw = self.raw.cursor()

        class Cursor:
            def __enter__(self):
                return raw

            def __exit__(self, *error):
                raw.close()

        return Cursor()


GOOD = {"journal_mode": "wal", "synchronous": "FULL", "mmap_size": 0, "secure_delete": 1, "foreign_keys": 1}


@pytest.mark.parametrize(
    "pragma",
    [{"synchronous": "NORMAL"}, {"mmap_size": 1_000_000}, {"secure_delete": 0}, {"foreign_keys": 0}],
)
def test_each_unsafe_pragma_is_named(tmp_path, pragma):
    opened = Connection(tmp_path / "a.sqlite3", **{**GOOD, **pragma})
    assert len(unsafe_pragmas(opened, version=(3, 53, 0))) == 1


def test_an_affected_sqlite_needs_the_writers_lock(tmp_path):
    opened = Connection(tmp_path / "a.sqlite3", **GOOD)
    assert unsafe_pragmas(opened, version=(3, 51, 3)) == []
    assert len(unsafe_pragmas(opened, version=(3, 51, 2))) == 1
    opened.writers_lock = object()
    assert unsafe_pragmas(opened, version=(3, 51, 2)) == []


def test_deferred_transactions_and_atomic_requests_are_named(tmp_path):
    opened = Connection(tmp_path / "a.sqlite3", **GOOD)
    opened.writers_lock = object()
    entry = {"NAME": tmp_path / "a.sqlite3", "OPTIONS": {"transaction_mode": "IMMEDIATE"}}
    assert unsafe_database(entry, opened) == []
    assert len(unsafe_database({**entry, "OPTIONS": {}}, opened)) == 1
    assert len(unsafe_database({**entry, "ATOMIC_REQUESTS": True}, opened)) == 1


def test_a_network_file_system_is_noticed():
    mounts = "disk / ext4 rw 0 0\nserver:/x /data nfs4 rw 0 0\n"
    assert is_on_a_network(Path("/data/talka.sqlite3"), mounts) is True
    assert is_on_a_network(Path("/var/talka.sqlite3"), mounts) is False


@pytest.mark.django_db
def test_talkas_own_connection_is_safe(settings):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL needs no pragmas")
    assert unsafe_database(settings.DATABASES["default"], connection) == []


def start(tmp_path, **changes):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TALKA_", "DJANGO_"))}
    environment |= {**PRODUCTION, "TALKA_DATA": str(tmp_path), **changes}
    return subprocess.run(
        [sys.executable, "-c", IMPORT], env=environment, capture_output=True, text=True, check=False
    )


def test_production_starts_when_everything_is_set(tmp_path):
    ended = start(tmp_path)
    assert (ended.returncode, ended.stdout) == (0, "started\n"), ended.stderr


@pytest.mark.parametrize(
    "changes",
    [
        {"TALKA_SECRET_KEY": ""},
        {"TALKA_SECRET_KEY": "short"},
        {"TALKA_ADDRESS": "http://talka.example"},
        {"TALKA_ADDRESS": ""},
        {"TALKA_SMTP": ""},
    ],
)
def test_production_refuses_to_start_when_something_is_missing(tmp_path, changes):
    ended = start(tmp_path, **changes)
    assert ended.returncode == 1
    assert "ImproperlyConfigured" in ended.stderr
