"""The `talka` command: `talka serve`, `talka migrate`, `talka tick`, `talka appoint` and more."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the subcommand named on the command line; `talka help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talka.settings")
    execute_from_command_line(["talka", *sys.argv[1:]])
