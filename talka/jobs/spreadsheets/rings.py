"""`talka match --rings`: pairs and rings from a table of arcs, and the proof again."""

import csv
import json
import time
from collections.abc import Mapping
from decimal import InvalidOperation
from typing import Any

from django.core.management.base import CommandError

from talka.matching.engine.files.numbers import read_arcs
from talka.matching.engine.files.ringing import (
    certificate,
    read_pairs,
    ring_up,
    rows_of,
    wrong_with,
)
from talka.matching.engine.solve.patience import be_patient
from talka.matching.engine.solve.rings.values import BY_PRICES, PAIRS, RINGS, RingQuestion
from talka.papers.tables import write_csv

HEADINGS = ["ring", "position", "from", "to", "score"]
LONGEST_TIME = 7 * 24 * 3600.0
"""Seconds: nobody waits longer than a week."""
WRONG = {
    "input": "The certificate belongs to other tables.",
    "ring": "There is a ring that the table does not allow, or that is longer than was asked for.",
    "twice": "Somebody is in two rings.",
    "score": "A score is not what the table gives.",
    "total": "The total is not the sum of the rings.",
    "loses": "Somebody who is in a pair already would be worse off.",
    "prices": "The prices of the certificate do not prove what it says.",
    "bound": "The bound is not what the prices prove.",
}


def match_rings(options: Mapping[str, Any]) -> str:
    """Write the best rings and their certificate into a folder, and say what was found."""
    began = time.perf_counter()
    if not 0 < options["seconds"] <= LONGEST_TIME:
        raise CommandError("--seconds: give a number above 0, and at most a week.")
    patience = be_patient(options["seconds"])
    question, out = _asked(options), options["out"]
    answer = ring_up(question, patience)
    proof = certificate(question, answer, time.perf_counter() - began)
    out.mkdir(parents=True, exist_ok=True)
    (out / "rings.csv").write_bytes(write_csv(HEADINGS, rows_of(question, answer)))
    (out / "certificate.json").write_text(json.dumps(proof, ensure_ascii=False), encoding="utf-8")
    return f"{_found(len(answer.rings), proof)}: {out}"


def verify_rings(options: Mapping[str, Any]) -> str:
    """Prove rings and certificate of a folder again, with no solver. Raises CommandError when they fail."""
    question, out = _asked(options), options["out"]
    with (out / "rings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    text = (out / "certificate.json").read_text(encoding="utf-8")
    try:
        proof = json.loads(text)
        wrong = wrong_with(question, [(row["ring"], row["from"], row["to"]) for row in rows], proof)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation):
        raise CommandError("The certificate or the table of rings cannot be read.") from None
    if wrong:
        raise CommandError("\n".join(WRONG[name] for name in wrong))
    found = _found(len({row["ring"] for row in rows}), proof)
    if proof["bound_by"] == BY_PRICES:
        return f"{found}: proved."
    return (
        f"{found}. The prices prove at most {proof['bound_by_prices']}; for the rest there is HiGHS's word."
    )


def _found(count: int, proof: Mapping[str, Any]) -> str:
    """Say what was found and how good it is."""
    if proof["objective"] == proof["bound"]:
        return f"{count} rings, total {proof['objective']}, the best there is (by {proof['bound_by']})"
    short = f"at most {proof['bound']} is possible, {proof['gap']:.2%} more"
    return f"{count} rings, total {proof['objective']}; {short} (by {proof['bound_by']})"


def _asked(options: Mapping[str, Any]) -> RingQuestion:
    """Read the tables. Raises FaultyTable with every fault, and CommandError for rings of another length."""
    if options["longest"] not in (PAIRS, RINGS):
        raise CommandError("--longest: rings can be of 2 (pairs only) or of up to 3.")
    arcs = read_arcs(options["rings"])
    pairs = read_pairs(options["pairs"], arcs) if options["pairs"] else ()
    return RingQuestion(arcs, options["longest"], pairs)
