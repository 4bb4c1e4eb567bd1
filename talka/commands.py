"""The `talka` command: `talka serve`, `talka migrate`, `talka tick`, `talka appoint` and more."""

import os
import secrets
import sys
import tempfile

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the subcommand named on the command line; `talka help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talka.settings")
    if sys.argv[1:2] == ["match"]:
        # It reads tables and writes tables: nothing is signed with the secret, so that nobody need have one.
        os.environ["TALKA_SECRET_KEY"] = os.environ.get("TALKA_SECRET_KEY") or secrets.token_urlsafe(64)
        # Nor is anything kept: no folder for data is left where somebody has their tables.
        os.environ.setdefault("TALKA_DATA", tempfile.gettempdir())
    execute_from_command_line(["talka", *sys.argv[1:]])
