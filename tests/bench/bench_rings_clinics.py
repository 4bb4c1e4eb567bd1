"""Rings and clinics beside OR-Tools' CP-SAT, on the same questions in one session: ./dev bench rings_clinics

TALKA_BENCH_SECONDS is the time for each, 60 unless said. What is asserted is that nobody's answer is worth
more than the other's bound, that ours stands up to its checker, and that the time is kept. Gaps are printed.
"""

import json
import os
import subprocess
import sys
from math import inf, isfinite

import pytest

from tests.bench.contest import PYTHON, ROOT, machine, table

SECONDS = float(os.environ.get("TALKA_BENCH_SECONDS", "60"))
OURS, THEIRS = "Talka", "CP-SAT"
WANTED = {"rings_500": 0.5, "rings_1000": 1.0, "rings_2000": 1.5, "clinics_2000x500": 0.4}
"""The gap in per cent that is wanted after 60 seconds."""
HEADING = ["", "who", "s", "score", "bound", "by", "gap %", "to the best bound %", "wanted"]


@pytest.fixture(scope="module")
def lines():
    """Collect the lines of the table, and print it at the end."""
    found = []
    yield found
    sys.stdout.write(f"\n\n{machine()}\n\n{table(HEADING, found)}\n")
    sys.stdout.flush()


def enter(family, name):
    """Let a solver answer in a process of its own, and return what was found."""
    assert PYTHON.exists(), "The peers are not there. ./dev bench fetches them."
    words = [PYTHON, "-m", "tests.bench.hard_entrant", family, name, str(SECONDS)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{name}: {done.stderr}"
    return json.loads(done.stdout.splitlines()[-1])


def gap(score, bound):
    """Return by how much of itself a bound is above a score, in per cent."""
    return 100 * (bound - score) / bound if isfinite(bound) else inf


@pytest.mark.parametrize("family", WANTED)
def test_the_gap_after_a_minute(family, lines):
    found = {name: enter(family, name) for name in (OURS, THEIRS)}
    least = min(run["bound"] for run in found.values())
    for name, run in found.items():
        gaps = gap(run["score"], run["bound"]), gap(run["score"], least)
        verdict = "pass" if gaps[0] <= WANTED[family] else "short"
        figures = [f"{run['seconds']:.1f}", f"{run['score']:,}", f"{run['bound']:,.0f}", run["by"]]
        wanted = f"{WANTED[family]}: {verdict}" if name == OURS else "–"
        lines.append([family, name, *figures, *(f"{part:.3f}" for part in gaps), wanted])
    assert found[OURS]["faults"] == []
    assert max(run["score"] for run in found.values()) <= least
    assert found[OURS]["seconds"] <= SECONDS + 1
