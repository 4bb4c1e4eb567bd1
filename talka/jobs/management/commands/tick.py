"""`talka tick`: do what is due by the clock, once or over and over."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from talka.jobs.clock import tick


class Command(BaseCommand):
    """Does what is due: letters, reminders, closings, deletions."""

    help = "Do what is due by the clock: letters, reminders, closings, deletions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, with a pause in between")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            for name, count in tick().items():
                if count:
                    self.stdout.write(f"{name}: {count}")
            if not options["every"]:
                return
            time.sleep(options["every"])
