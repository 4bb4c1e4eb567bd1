"""Talka's settings with Django's own SQLite back end: everything as in Talka, except the writers' lock."""

from talka.settings import *  # noqa: F403
from talka.settings import DATABASES

DATABASES["default"]["ENGINE"] = "django.db.backends.sqlite3"
