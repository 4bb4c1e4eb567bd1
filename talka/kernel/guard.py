"""What must be true before Talka serves real people. In production it refuses to start otherwise."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

FIRST_SQLITE_WITHOUT_THE_WAL_BUG = (3, 51, 3)
FULL = 2
NETWORK_FILE_SYSTEMS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "glusterfs", "ceph")


def refuse_if_unsafe(settings: Any, connection: Any) -> None:
    """Raise ImproperlyConfigured, listing everything that is unsafe at once."""
    found = [*unsafe_settings(settings), *unsafe_database(settings.DATABASES["default"], connection)]
    if found:
        raise ImproperlyConfigured("Talka does not start like this:\n- " + "\n- ".join(found))


def unsafe_settings(settings: Any) -> list[str]:
    """List what is unsafe in the settings of an installation for real people."""
    dangers = {
        "TALKA_DEMO or TALKA_DEVELOPMENT is set": not settings.PRODUCTION,
        "DEBUG is on": settings.DEBUG,
        "TALKA_SECRET_KEY is shorter than 32 characters": len(settings.SECRET_KEY) < 32,
        "TALKA_ADDRESS is not an https:// address": not settings.SITE_ADDRESS.startswith("https://"),
        "ALLOWED_HOSTS lets any name in": not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS,
        "cookies may travel unencrypted": not (
            settings.SESSION_COOKIE_SECURE
            and settings.CSRF_COOKIE_SECURE
            and settings.SESSION_COOKIE_HTTPONLY
        ),
        "HSTS is shorter than a year": settings.SECURE_HSTS_SECONDS < 365 * 24 * 3600,
        "there is no content security policy": not getattr(settings, "CONTENT_SECURITY_POLICY", None),
        "TALKA_SMTP is not set: letters would go nowhere": settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
        in ("dummy", "console", "locmem", "filebased"),
    }
    return [danger for danger, is_there in dangers.items() if is_there]


def unsafe_database(entry: dict[str, Any], connection: Any) -> list[str]:
    """List what is unsafe about the database: as it is set, and as the open connection says it is."""
    found = (
        ["ATOMIC_REQUESTS is on: readers would wait for each other"] if entry.get("ATOMIC_REQUESTS") else []
    )
    if connection.vendor != "sqlite":
        return found
    mode = entry.get("OPTIONS", {}).get("transaction_mode", "DEFERRED")
    if mode != "IMMEDIATE":
        found.append("transactions do not begin IMMEDIATE: submissions would be lost")
    if is_on_a_network(Path(entry["NAME"])):
        found.append("the database is on a network file system")
    return found + unsafe_pragmas(connection)


def unsafe_pragmas(connection: Any, version: tuple[int, ...] = sqlite3.sqlite_version_info) -> list[str]:
    """List what is unsafe in how SQLite itself is set."""
    with connection.cursor() as cursor:

        def pragma(name: str) -> Any:
            return cursor.execute(f"PRAGMA {name}").fetchone()[0]

        is_wal = pragma("journal_mode") == "wal"
        may_corrupt = is_wal and version < FIRST_SQLITE_WITHOUT_THE_WAL_BUG
        dangers = {
            "synchronous is not FULL: a power cut would lose what was acknowledged": pragma("synchronous")
            < FULL,
            "mmap_size is not 0": pragma("mmap_size") > 0,
            "secure_delete is off: what is erased could be read": pragma("secure_delete") == 0,
            "foreign_keys is off": pragma("foreign_keys") == 0,
            "this SQLite needs the writers' lock in WAL mode": may_corrupt
            and not hasattr(connection, "writers_lock"),
        }
    return [danger for danger, is_there in dangers.items() if is_there]


def is_on_a_network(path: Path, mounts: str | None = None) -> bool:
    """Tell whether a file lies on a file system of another machine, as far as the system says."""
    if mounts is None:
        listed = Path("/proc/mounts")
        mounts = listed.read_text() if listed.exists() else ""
    lines = [line.split() for line in mounts.splitlines() if line.count(" ") >= 2]
    target = os.fspath(path.resolve())
    holding = [
        (point, kind)
        for _, point, kind, *_ in lines
        if target == point or target.startswith(point.rstrip("/") + "/")
    ]
    return bool(holding) and max(holding, key=lambda held: len(held[0]))[1] in NETWORK_FILE_SYSTEMS
