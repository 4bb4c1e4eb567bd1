"""`talka match --template`: a table and a policy to start from, filled with people who do not exist."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from talka.papers.tables import write_csv, write_xlsx

STARTER = Path(__file__).parent / "sample"
MOST_LINES = 2000
CHOICES = {"role": "learner,mentor,both", "newcomer": "yes,no", "priority": "1,2,3"}


def write_template(options: Mapping[str, Any]) -> str:
    """Write the files to start from into a folder. Raises CommandError rather than write over a file."""
    out = options["out"]
    files = {
        "people.csv": _table(),
        "people.xlsx": _workbook(),
        "policy.toml": (STARTER / "policy.toml").read_bytes(),
    }
    there = [name for name in files if (out / name).exists()]
    if there:
        raise CommandError(
            _("In %(folder)s there is already: %(files)s. Name another folder with --out.")
            % {"folder": out, "files": ", ".join(there)}
        )
    out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (out / name).write_bytes(data)
    people, policy = out / "people.csv", out / "policy.toml"
    return _("Try it: talka match %(people)s --policy %(policy)s") % {"people": people, "policy": policy}


def _rows() -> list[list[str]]:
    return list(csv.reader(io.StringIO((STARTER / "people.csv").read_text(encoding="utf-8"))))


def _table() -> bytes:
    header, *rows = _rows()
    return write_csv(header, rows)


def _workbook() -> bytes:
    """Return the table as a workbook, with lists to choose from and a sheet about the columns."""
    header, *rows = _rows()
    about = [(column, what, example) for column, (what, example) in explained().items()]
    sheets: dict[str, tuple[Any, Any]] = {
        _("People"): (header, rows),
        _("Columns"): ((_("Column"), _("What it holds"), _("Example")), about),
    }
    book = load_workbook(io.BytesIO(write_xlsx(sheets)))
    for column, choices in CHOICES.items():
        letter = get_column_letter(header.index(column) + 1)
        rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
        rule.add(f"{letter}2:{letter}{MOST_LINES}")
        book.worksheets[0].add_data_validation(rule)
    # All is text, what is still empty too: or a spreadsheet makes the third of January of "1-3".
    for letter in map(get_column_letter, range(1, len(header) + 1)):
        book.worksheets[0].column_dimensions[letter].number_format = "@"
        for cell in book.worksheets[0][letter]:
            cell.number_format = "@"
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def explained() -> Mapping[str, tuple[str, str]]:
    """Return what each column of a table of people holds, with an example."""
    return {
        "id": (_("A short name that nobody else has. Without it, the number of the line."), "r1"),
        "name": (_("The name, for you. It goes into the report, never into run.json."), "Flavia"),
        "role": (_("learner, mentor or both. Without it: who needs learns, who offers teaches."), "both"),
        "needs": (
            _("Topics to learn, the most wanted first, with the level today from 1 to 5 (otherwise 1)."),
            "edit-a-thons:1; social media:2",
        ),
        "offers": (_("Topics to teach, with the level from 1 to 5 (otherwise 3)."), "wikidata:5"),
        "languages": (
            _("Languages by code or English name, with the level from 0 to 5, or N if native (otherwise 3)."),
            "en:4; Polish:N",
        ),
        "dates": (_("When they are free, from day to day."), "2027-05-01/2027-05-20; 2027-06-10"),
        "first_day": (_("Instead of dates: the first day, on its own, also as a date."), "2027-05-01"),
        "last_day": (_("The last day that belongs to first_day."), "2027-05-20"),
        "hours": (
            _("When they are free every week, on the clock of their zone."),
            "Mon 18:00-21:00; Sat-Sun 9:00-12:00",
        ),
        "zone": (_("Where that clock hangs; needed with hours."), "Europe/Warsaw"),
        "formats": (
            _("What suits them, of the formats under [travels] of the policy. Empty: any."),
            "visit; online",
        ),
        "country": (_("A country, by code or name."), "PL"),
        "region": (_("A region, in words of your own."), "East"),
        "kind": (_("What kind of community or person, in words of your own."), "user group"),
        "newcomer": (_("yes for who takes part for the first time."), "yes"),
        "places": (_("How many partners at most, or at least and at most. Empty: one."), "1-3"),
        "priority": (_("1 comes before 2. Empty: 2."), "1"),
        "wishes": (_("Whom they would like, by id or name, the dearest first."), "m1; m4"),
        "avoids": (_("With whom they do not want to be paired. Only you read it."), "m2"),
        "earlier": (_("Who was their partner before."), "m3"),
        "lock": (_("With whom you keep them together, whatever the rules say."), "m3"),
        "ban": (_("With whom you never pair them."), "b1"),
    }
