"""`talka match`: the engine for those who live in spreadsheets."""

import csv
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talka.matching.engine.files.faults import Fault, FaultyTable
from talka.matching.engine.files.numbers import Share, read_edges, read_shares
from talka.matching.engine.files.pairing import (
    MATCHED,
    TOTAL,
    Question,
    certificate,
    chosen_pairs,
    pair_up,
    proves,
)
from talka.papers.tables import write_csv

SENTENCES = {
    "table.column_missing": _("There is no column “%(column)s”."),
    "table.broken_line": _("This is no table in CSV from here on. Save it as “CSV UTF-8”."),
    "table.cell_empty": _("This cell is empty."),
    "table.not_a_number": _("“%(text)s” is not a number. Write it like 12 or 3.5."),
    "table.too_many_digits": _("“%(text)s” is too long. Give at most %(decimals)s digits after the point."),
    "table.not_a_count": _("“%(text)s” is not a whole number from 0."),
    "table.pair_twice": _("%(learner)s and %(mentor)s have a score already, in a line above."),
    "table.row_twice": _("%(key)s has a line already, above."),
    "table.min_above_max": _("At least %(fewest)s cannot be more than at most %(most)s."),
    "table.minima": _("These cannot all have as many as they must: %(keys)s. Lower one of their minima."),
}
MOST_FAULTS_SHOWN = 50
WRONG = {
    "input": _("The certificate belongs to other tables."),
    "pairs": _("There are pairs that the tables do not allow, or one twice."),
}


class Command(BaseCommand):
    """Matches the rows of tables, and proves matches again."""

    help = "Match the rows of tables and prove that no match is better, or verify such a proof."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verify", nargs="?", choices=["verify"], help="prove again what --out holds")
        parser.add_argument("--edges", type=Path, required=True, help="a table learner,mentor,score")
        parser.add_argument("--places", type=Path, help="a table mentor,min,max")
        parser.add_argument("--learners", type=Path, help="a table learner,min,max,priority")
        parser.add_argument("--first", choices=[TOTAL, MATCHED], default=TOTAL, help="what comes first")
        parser.add_argument("--out", type=Path, default=Path("matched"), help="the folder to write to")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            try:
                question = asked(options)
                if options["verify"]:
                    self.verify(question, options["out"])
                else:
                    self.match(question, options["out"])
            except FaultyTable as faulty:
                raise CommandError("\n".join(sentences(faulty.faults))) from None
            except OSError as error:
                raise CommandError(f"{error.filename}: {error.strerror}") from error

    def match(self, question: Question, out: Path) -> None:
        """Write the best pairs and their certificate into a folder."""
        began = time.perf_counter()
        climbed = pair_up(question)
        proof = certificate(question, climbed, time.perf_counter() - began)
        pairs = chosen_pairs(question, climbed)
        out.mkdir(parents=True, exist_ok=True)
        (out / "pairs.csv").write_bytes(write_csv(["learner", "mentor", "score"], pairs))
        (out / "certificate.json").write_text(json.dumps(proof, ensure_ascii=False), encoding="utf-8")
        self.stdout.write(f"{len(pairs)} pairs, total {proof['objective']}, proved the best: {out}")

    def verify(self, question: Question, out: Path) -> None:
        """Prove pairs and certificate of a folder again, with no solver. Raises CommandError when they
        fail.
        """
        with (out / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
            pairs = [(row["learner"], row["mentor"]) for row in csv.DictReader(file)]
        text = (out / "certificate.json").read_text(encoding="utf-8")
        try:
            proof = json.loads(text)
            wrong = proves(question, pairs, proof)
        except (ValueError, KeyError, TypeError, IndexError):
            raise CommandError("The certificate cannot be read.") from None
        if wrong:
            raise CommandError(str(WRONG.get(wrong, f"Not proved the best: {wrong}.")))
        self.stdout.write(f"{len(pairs)} pairs, total {proof['objective']}: proved the best.")


def asked(options: Mapping[str, Any]) -> Question:
    """Read the tables. Raises FaultyTable with the faults of all of them."""
    faults: list[Fault] = []
    shares: dict[str, dict[str, Share]] = {"learners": {}, "places": {}}
    for name, who in (("learners", "learner"), ("places", "mentor")):
        if options[name]:
            try:
                shares[name] = read_shares(options[name], who)
            except FaultyTable as faulty:
                faults += faulty.faults
    try:
        edges = read_edges(options["edges"])
    except FaultyTable as faulty:
        raise FaultyTable([*faulty.faults, *faults]) from None
    if faults:
        raise FaultyTable(faults)
    return Question(edges, shares["learners"], shares["places"], options["first"])


def sentences(faults: tuple[Fault, ...]) -> list[str]:
    """Return a line of words for each fault, as many as anybody reads at once."""
    lines = []
    for fault in faults[:MOST_FAULTS_SHOWN]:
        values = {
            name: ", ".join(value) if isinstance(value, tuple) else value
            for name, value in fault.reason.values.items()
        }
        place = f"{fault.file}, line {fault.line}"
        place = f"{place}, {fault.column}: " if fault.column else f"{place}: "
        place = place if fault.file else ""
        lines.append(place + str(SENTENCES[fault.reason.key]) % values)
    if len(faults) > MOST_FAULTS_SHOWN:
        lines.append(f"… and {len(faults) - MOST_FAULTS_SHOWN} more.")
    return lines
