"""`talka serve`: answer requests."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from granian import Granian
from granian.constants import Interfaces


class Command(BaseCommand):
    """Serves Talka until it is stopped."""

    help = "Serve Talka until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"Talka is open on http://{options['address']}:{options['port']}")
        Granian(
            "talka.wsgi:application",
            address=options["address"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=8,
            workers_kill_timeout=10,
            respawn_failed_workers=True,
        ).serve()
