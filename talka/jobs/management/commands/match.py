"""`talka match`: the engine for those who live in spreadsheets. Its ways are in jobs/spreadsheets."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from talka.jobs.spreadsheets.numbers import match_numbers, verify_numbers
from talka.jobs.spreadsheets.people import match_people
from talka.jobs.spreadsheets.rings import match_rings, verify_rings
from talka.jobs.spreadsheets.sealed import verify_run
from talka.jobs.spreadsheets.starter import write_template
from talka.jobs.spreadsheets.words import sentences, to_mend
from talka.matching.engine.files.faults import FaultyTable
from talka.matching.engine.files.pairing import MATCHED, TOTAL

USAGE = """talka match PEOPLE.csv|.xlsx [--policy POLICY.toml] [--out FOLDER]
       talka match verify FOLDER/run.json
       talka match --template [--out FOLDER]
       talka match [verify] --edges EDGES.csv [--places …] [--learners …] [--first …] [--out FOLDER]
       talka match [verify] --rings ARCS.csv [--longest 3] [--pairs …] [--seconds 60] [--out FOLDER]"""
PEOPLE = "a table of people (CSV or XLSX); or verify, and the run.json to prove again"


class Command(BaseCommand):
    """Matches the rows of tables, and proves matches again."""

    help = "Match the rows of tables and prove that no match is better, or verify such a proof."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.usage = USAGE
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("what", nargs="*", type=Path, metavar="PEOPLE", help=PEOPLE)
        parser.add_argument("--policy", type=Path, help="what must hold and what counts (TOML)")
        parser.add_argument(
            "--template", action="store_true", help="write a table and a policy to start from"
        )
        parser.add_argument("--language", choices=languages, default="en", help="of the report")
        parser.add_argument("--edges", type=Path, help="a table learner,mentor,score")
        parser.add_argument("--places", type=Path, help="a table mentor,min,max")
        parser.add_argument("--learners", type=Path, help="a table learner,min,max,priority")
        parser.add_argument("--first", choices=[TOTAL, MATCHED], default=TOTAL, help="what comes first")
        parser.add_argument("--rings", type=Path, help="a table from,to,score: who teaches whom")
        parser.add_argument("--longest", type=int, default=3, help="how many are in a ring at most: 2 or 3")
        parser.add_argument("--pairs", type=Path, help="a table one,other of pairs there are already")
        parser.add_argument("--seconds", type=float, default=60.0, help="how long to search for rings")
        parser.add_argument("--out", type=Path, default=None, help="the folder to write to")

    def handle(self, *args: Any, **options: Any) -> None:
        options["out"] = options["out"] or Path("." if options["template"] else "matched")
        with translation.override(options["language"]):
            try:
                self.stdout.write(self.answer(options))
            except FaultyTable as faulty:
                raise CommandError(to_mend(sentences(faulty.faults))) from None
            except OSError as error:
                raise CommandError(f"{error.filename}: {error.strerror}") from error

    def answer(self, options: dict[str, Any]) -> str:
        """Do what was asked and say what came of it."""
        match [str(word) for word in options["what"]]:
            case [] if options["template"]:
                return write_template(options)
            case [] if options["edges"]:
                return match_numbers(options)
            case ["verify"] if options["edges"]:
                return verify_numbers(options)
            case [] if options["rings"]:
                return match_rings(options)
            case ["verify"] if options["rings"]:
                return verify_rings(options)
            case ["verify", run]:
                return verify_run(Path(run))
            case [people] if people != "verify":
                return match_people(options)
        raise CommandError(f"Say what to match.\nusage: {USAGE}")
