"""`talka match --edges`: pairs from a table of numbers, and the proof again."""

import csv
import json
import time
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError

from talka.matching.engine.files.faults import Fault, FaultyTable
from talka.matching.engine.files.numbers import Share, read_edges, read_shares
from talka.matching.engine.files.pairing import Question, certificate, chosen_pairs, pair_up, proves
from talka.papers.tables import write_csv

WRONG = {
    "input": "The certificate belongs to other tables.",
    "pairs": "There are pairs that the tables do not allow, or one twice.",
}


def match_numbers(options: Mapping[str, Any]) -> str:
    """Write the best pairs and their certificate into a folder, and say what was found."""
    question, out = _asked(options), options["out"]
    began = time.perf_counter()
    climbed = pair_up(question)
    proof = certificate(question, climbed, time.perf_counter() - began)
    pairs = chosen_pairs(question, climbed)
    out.mkdir(parents=True, exist_ok=True)
    (out / "pairs.csv").write_bytes(write_csv(["learner", "mentor", "score"], pairs))
    (out / "certificate.json").write_text(json.dumps(proof, ensure_ascii=False), encoding="utf-8")
    return f"{len(pairs)} pairs, total {proof['objective']}, proved the best: {out}"


def verify_numbers(options: Mapping[str, Any]) -> str:
    """Prove pairs and certificate of a folder again, with no solver. Raises CommandError when they fail."""
    question, out = _asked(options), options["out"]
    with (out / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        pairs = [(row["learner"], row["mentor"]) for row in csv.DictReader(file)]
    text = (out / "certificate.json").read_text(encoding="utf-8")
    try:
        proof = json.loads(text)
        wrong = proves(question, pairs, proof)
    except (ValueError, KeyError, TypeError, IndexError):
        raise CommandError("The certificate cannot be read.") from None
    if wrong:
        raise CommandError(WRONG.get(wrong, f"Not proved the best: {wrong}."))
    return f"{len(pairs)} pairs, total {proof['objective']}: proved the best."


def _asked(options: Mapping[str, Any]) -> Question:
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
