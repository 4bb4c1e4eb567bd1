"""`talka match PEOPLE`: from a table of people to matches, reasons and a sealed run."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import ngettext

from talka.jobs.spreadsheets.books import matches_book, unmatched_book
from talka.jobs.spreadsheets.faults import WORDS
from talka.jobs.spreadsheets.findings import Figures, findings_of, names_of
from talka.jobs.spreadsheets.progress import told_on, wipe
from talka.jobs.spreadsheets.reading import read_asked
from talka.jobs.spreadsheets.report import report_page
from talka.jobs.spreadsheets.sealed import seal_run, sentence_of
from talka.jobs.spreadsheets.words import sentences, to_mend
from talka.matching.engine import Contradiction, check, match
from talka.matching.engine.files.faults import FaultyTable
from talka.matching.queries.words import speak_all


def match_people(options: Mapping[str, Any]) -> str:
    """Write what a matching found into a folder, and say how it went.

    Raises CommandError with every fault of the files; then nothing is written. Other files there stay.
    """
    people, out = options["what"][0], options["out"]
    try:
        asked = read_asked(people, options["policy"])
    except FaultyTable as faulty:
        raise CommandError(to_mend(sentences(faulty.faults, WORDS))) from None
    request = asked.request
    try:
        outcome = match(request.learners, request.teachers, request.policy, request.rulings, told_on())
    except Contradiction as contradiction:
        raise CommandError(to_mend(speak_all(contradiction.reasons, names_of(asked)))) from None
    finally:
        wipe()
    wrong = check(request, outcome)
    if wrong:  # The report promises that this was looked at; a fault of Talka must not be printed as a proof.
        raise CommandError(" ".join(map(sentence_of, wrong)))
    findings = findings_of(asked, outcome)
    files = {
        "matches.xlsx": matches_book(findings),
        "unmatched.xlsx": unmatched_book(findings),
        "report.html": report_page(asked, outcome, findings).encode(),
        "run.json": seal_run(request, outcome),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (out / name).write_bytes(data)
    return f"{_summary(findings.figures)}: {out / 'report.html'}"


def _summary(figures: Figures) -> str:
    """Say how many have a mentor."""
    counts = {"matched": figures.learners_matched, "learners": figures.learners}
    return (
        ngettext(
            "%(matched)d of %(learners)d learner has a mentor",
            "%(matched)d of %(learners)d learners have a mentor",
            figures.learners,
        )
        % counts
    )
