"""`talka match`: the engine for those who live in spreadsheets. What each way does is in jobs/spreadsheets."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from talka.jobs.spreadsheets.numbers import match_numbers, verify_numbers
from talka.jobs.spreadsheets.words import sentences
from talka.matching.engine.files.faults import FaultyTable
from talka.matching.engine.files.pairing import MATCHED, TOTAL


class Command(BaseCommand):
    """Matches the rows of tables, and proves matches again."""

    help = "Match the rows of tables and prove that no match is better, or verify such a proof."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", nargs="*", metavar="verify", help="prove again what --out holds")
        parser.add_argument("--edges", type=Path, help="a table learner,mentor,score")
        parser.add_argument("--places", type=Path, help="a table mentor,min,max")
        parser.add_argument("--learners", type=Path, help="a table learner,min,max,priority")
        parser.add_argument("--first", choices=[TOTAL, MATCHED], default=TOTAL, help="what comes first")
        parser.add_argument("--out", type=Path, default=Path("matched"), help="the folder to write to")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            try:
                self.stdout.write(self.answer(options))
            except FaultyTable as faulty:
                raise CommandError("\n".join(sentences(faulty.faults))) from None
            except OSError as error:
                raise CommandError(f"{error.filename}: {error.strerror}") from error

    def answer(self, options: dict[str, Any]) -> str:
        """Do what was asked and say what came of it."""
        verifies, given = options["what"][:1] == ["verify"], options["what"]
        if options["edges"] and given in ([], ["verify"]):
            return verify_numbers(options) if verifies else match_numbers(options)
        raise CommandError("Say what to match: --edges TABLE. `talka match --help` tells more.")
