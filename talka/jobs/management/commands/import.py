"""`talka import`: take a table, a signature list or what ships with Talka over into the database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from talka.capacities.actions import import_capacities
from talka.jobs import rolls
from talka.kernel.reasons import Reason
from talka.kernel.registry import reasons
from talka.papers.tables import Row, UnreadableTable, read_table
from talka.people.actions.imports import Planned, Preview, apply_import, read_communities


class Command(BaseCommand):
    """Takes communities from a table over, a roll from a list of signatures, or the capacities of Talka."""

    help = (
        "Take over communities from a table, a members' roll from a list of signatures, "
        "or the capacities that come with Talka."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        communities = what.add_parser(
            "communities", help="from a CSV or XLSX file; looks only, unless --apply"
        )
        communities.add_argument("file", type=Path)
        communities.add_argument("--json", action="store_true", help="print the preview for machines")
        communities.add_argument("--apply", action="store_true", help="take it over, unless there are errors")
        roll = what.add_parser("roll", help="from a signature list of a wiki; looks only, unless --apply")
        roll.add_argument("file", type=Path)
        roll.add_argument("--programme", metavar="SLUG", help="whose roll it is, where several have one")
        roll.add_argument("--json", action="store_true", help="print what was understood for machines")
        roll.add_argument("--apply", action="store_true", help="put those on the roll who were read")
        what.add_parser("capacities", help="bring them up to those that come with Talka")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "capacities":
            changed = import_capacities(by=None, now=timezone.now())
            self.stdout.write(f"Capacities new or changed: {changed}")
            return
        with translation.override("en"):
            if options["what"] == "roll":
                self.import_roll(
                    options["file"], options["programme"], as_json=options["json"], apply=options["apply"]
                )
                return
            self.import_communities(options["file"], as_json=options["json"], apply=options["apply"])

    def import_communities(self, file: Path, *, as_json: bool, apply: bool) -> None:
        """Print what the file would do, and do it when asked. Raises CommandError when it has errors."""
        preview = read_communities(_rows(file))
        if as_json:
            self.stdout.write(json.dumps(_as_data(preview), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_as_lines(preview)))
        if preview.errors:
            raise CommandError(f"Errors: {len(preview.errors)}. Nothing was taken over.")
        if apply:
            count = apply_import(preview=preview, by=None, now=timezone.now())
            if not as_json:
                self.stdout.write(f"Taken over: {count}")

    def import_roll(self, file: Path, slug: str | None, *, as_json: bool, apply: bool) -> None:
        """Print what was understood of a list, and take it over when asked. Raises CommandError.

        Lines that were not read are left out, and people struck off the roll: they are told with their
        reasons.
        """
        now = timezone.now()
        programme = rolls.programme_with_roll(slug) if apply or slug else None
        reading = rolls.read_list(file, now=now)
        struck = rolls.struck_in(reading, programme)
        if as_json:
            self.stdout.write(json.dumps(rolls.as_data(reading, struck), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(rolls.as_lines(reading, struck)))
        if programme is not None and apply:
            said = rolls.take_over(reading, programme, now=now)
            (self.stderr if as_json else self.stdout).write(said)


def _rows(file: Path) -> list[Row]:
    """Read the file. Raises CommandError with a sentence."""
    try:
        return read_table(file.read_bytes(), file.name)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from error
    except UnreadableTable as unreadable:
        raise CommandError(f"{file}: {_sentence(Reason(unreadable.key, unreadable.values))}") from unreadable


def _sentence(reason: Reason) -> str:
    return str(reasons.get(reason.key)) % dict(reason.values)


def _as_data(preview: Preview) -> dict[str, Any]:
    """Write a preview as plain data: each line with what it would change, each error with its sentence."""
    return {
        "new": [_planned(one) for one in preview.new],
        "changed": [_planned(one) for one in preview.changed],
        "same": len(preview.same),
        "errors": [
            {
                "line": error.line,
                "column": error.column,
                "key": error.reason.key,
                "sentence": _sentence(error.reason),
            }
            for error in preview.errors
        ],
        "ignored_columns": list(preview.ignored),
    }


def _planned(one: Planned) -> dict[str, Any]:
    changes = {change.field: {"before": change.before, "after": change.after} for change in one.changes}
    return {"line": one.line, "name": one.name, "mended_from": one.mended_from, "changes": changes}


def _as_lines(preview: Preview) -> list[str]:
    """Write a preview for a terminal."""
    lines = [f"line {one.line}: change {one.name}" for one in preview.changed]
    lines += [f"line {error.line}, {error.column}: {_sentence(error.reason)}" for error in preview.errors]
    lines += [f"Columns that are not known: {', '.join(preview.ignored)}"] if preview.ignored else []
    counts = {name: len(getattr(preview, name)) for name in ("new", "changed", "same", "errors")}
    return [*lines, ", ".join(f"{name}: {count}" for name, count in counts.items())]
