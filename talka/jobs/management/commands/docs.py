"""`talka docs`: write the generated pages of docs/, or tell whether they are fresh."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from talka.jobs.paperwork import written

DOCS = Path(__file__).resolve().parents[4] / "docs"


class Command(BaseCommand):
    """Writes the pages that are made from the code."""

    help = "Write the pages of docs/ that are made from the code (in a checkout)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = []
        for name, text in written().items():
            page = DOCS / name
            if page.exists() and page.read_text() == text:
                continue
            stale.append(name)
            if not options["check"]:
                page.parent.mkdir(exist_ok=True)
                page.write_text(text)
        if options["check"] and stale:
            raise CommandError(f"Stale: {', '.join(stale)}. Run ./dev fix.")
        self.stdout.write(f"Written: {', '.join(stale)}" if stale else "All fresh")
