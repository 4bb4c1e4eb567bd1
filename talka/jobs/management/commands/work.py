"""`talka work`: do what takes long, a piece after another."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from talka.jobs.workbench import work_once

PAUSE = 1.0


class Command(BaseCommand):
    """Does what takes longer than a person waits at a page: large matchings."""

    help = "Do what takes longer than a person waits at a page. Any number of these may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-done", action="store_true", help="end when there is nothing left to do")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            if work_once():
                continue
            if options["until_done"]:
                return
            time.sleep(PAUSE)
