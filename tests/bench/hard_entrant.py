"""Talka, or OR-Tools' CP-SAT, on one hard question in a process of its own, which prints one line of JSON.

    python -m tests.bench.hard_entrant rings_500 Talka 60

Each has one thread. Reading the question is not in the time; making a model of it is.
"""

import json
import sys
import time
from math import inf
from typing import Any

import numpy as np

from talka.matching.engine.solve.clinics.check import check_clinics
from talka.matching.engine.solve.clinics.solving import best_clinics
from talka.matching.engine.solve.clinics.values import ClinicQuestion
from talka.matching.engine.solve.patience import be_patient
from talka.matching.engine.solve.rings.check import check_rings
from talka.matching.engine.solve.rings.cycles import sets_of_rings
from talka.matching.engine.solve.rings.solving import best_rings
from talka.matching.engine.solve.rings.values import RingQuestion
from tests.bench.hard_questions import Sizes, clinic_question, ring_question

QUESTIONS = {
    "rings_500": lambda: ring_question(500),
    "rings_1000": lambda: ring_question(1000),
    "rings_2000": lambda: ring_question(2000),
    "clinics_2000x500": lambda: clinic_question(Sizes(2000, 500)),
}
Question = RingQuestion | ClinicQuestion


def main(family: str, name: str, limit: str) -> None:
    """Answer a question, and print how well, how long it took and whether it is proved."""
    question = QUESTIONS[family]()
    began = time.perf_counter()
    found = {"Talka": talka, "CP-SAT": cp_sat}[name](question, float(limit))
    print(json.dumps({"seconds": time.perf_counter() - began, **found}))  # noqa: T201


def talka(question: Question, limit: float) -> dict[str, Any]:
    """Return Talka's answer, and what the checker finds wrong with it; `seconds` without the checker."""
    began, patience = time.perf_counter(), be_patient(limit)
    if isinstance(question, RingQuestion):
        rings = best_rings(question, patience)
        lasted, faults = time.perf_counter() - began, check_rings(question, rings)
        return told(rings.score, rings.bound, rings.bound_by) | {"seconds": lasted, "faults": faults}
    clinics = best_clinics(question, patience)
    lasted, faults = time.perf_counter() - began, check_clinics(question, clinics)
    return told(clinics.score, clinics.bound, clinics.bound_by) | {"seconds": lasted, "faults": faults}


def told(score: int, bound: float, by: str) -> dict[str, Any]:
    """Return the figures that are compared."""
    return {"score": score, "bound": bound, "by": by}


def cp_sat(question: Question, limit: float) -> dict[str, Any]:
    """Return CP-SAT's answer."""
    from ortools.sat.python import cp_model

    began, model = time.perf_counter(), cp_model.CpModel()
    fill = fill_rings if isinstance(question, RingQuestion) else fill_clinics
    terms = fill(question, model)
    model.maximize(cp_model.LinearExpr.weighted_sum(*terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = limit - (time.perf_counter() - began)
    solver.solve(model)
    score, bound = round(solver.objective_value), solver.best_objective_bound
    return told(score, bound if bound >= score else inf, "CP-SAT")


def fill_rings(question: RingQuestion, model: Any) -> tuple[list[Any], list[int]]:
    """Put a switch for each ring into a model, and nobody into two; return switches and scores."""
    sets = sets_of_rings(question)
    taken = [model.new_bool_var("") for _ in sets.worths]
    for person in range(len(sets.must)):
        model.add_at_most_one([taken[at] for at in sets.by_person[[person]].indices])
    return taken, sets.worths.tolist()


def fill_clinics(question: ClinicQuestion, model: Any) -> tuple[list[Any], list[int]]:
    """Put a switch for each wish and each clinic into a model; return the wishes' switches and scores."""
    sits = [model.new_bool_var("") for _ in question.scores]
    held = [model.new_bool_var("") for _ in question.clinics]
    for row in range(len(question.people)):
        model.add_at_most_one([sits[at] for at in np.flatnonzero(question.rows == row)])
    for column, clinic in enumerate(question.clinics):
        coming = sum(sits[at] for at in np.flatnonzero(question.columns == column))
        model.add(coming <= clinic.most * held[column])
        model.add(coming >= clinic.fewest * held[column])
    for teacher in {clinic.teacher for clinic in question.clinics}:
        own = zip(held, question.clinics, strict=True)
        model.add_at_most_one([switch for switch, clinic in own if clinic.teacher == teacher])
    return sits, question.scores.tolist()


if __name__ == "__main__":
    main(*sys.argv[1:])
