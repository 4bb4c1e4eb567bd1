"""Solvers in turn on one market, each time in a new process; and what came of it as a table."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.markets import FAMILIES, save

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "build" / "peers" / "bin" / "python"
ROUNDS = 3
PLAIN = " plain"
"""Who bears this at the end of the name runs without the compiler."""
WALL, PROCESSOR = 0, 1
PARTS = ("build", "solve", "certify")

Run = dict[str, Any]
Runs = dict[str, list[Run]]


def market_file(folder: Path, family: str) -> Path:
    """Return the file of a market, made when it is first asked for."""
    path = folder / f"{family}.npz"
    if not path.exists():
        save(FAMILIES[family](), path)
    return path


def enter(task: str, name: str, path: Path) -> Run:
    """Let a solver do a task in a process of its own, and return what was measured."""
    assert PYTHON.exists(), "The peers are not there. ./dev bench fetches them."
    around = {key: value for key, value in os.environ.items() if not key.startswith("TALKA_")}
    if name.endswith(PLAIN) or not is_ours(name):
        around["TALKA_PLAIN"] = "1"
    words = [PYTHON, "-m", "tests.bench.entrant", task, name.removesuffix(PLAIN), path]
    done = subprocess.run(words, cwd=ROOT, env=around, capture_output=True, text=True)
    assert done.returncode == 0, f"{name}: {done.stderr}"
    return json.loads(done.stdout.splitlines()[-1])


def is_ours(name: str) -> bool:
    """Tell whether that is Talka, one way or another."""
    return name.startswith("Talka")


def compete(path: Path, names: tuple[str, ...], once: tuple[str, ...] = ()) -> Runs:
    """Return the runs of all solvers, one after another and again, but once of those too slow for more."""
    runs: Runs = {name: [] for name in (*names, *once)}
    for number in range(ROUNDS):
        for name in runs:
            if number == 0 or name not in once:
                runs[name].append(enter("solve", name, path))
    return runs


def seconds(run: Run, parts: tuple[str, ...] = PARTS, clock: int = WALL) -> float:
    """Return how long parts of a run took."""
    return sum(run[part][clock] for part in parts)


def middle(runs: list[Run], parts: tuple[str, ...] = PARTS, clock: int = WALL) -> float:
    """Return the median of several runs."""
    return median(seconds(run, parts, clock) for run in runs)


def ratios(ours: list[Run], theirs: list[Run], parts: tuple[str, ...], clock: int = WALL) -> list[float]:
    """Return how many times longer theirs took than ours, round by round."""
    pairs = zip(ours, theirs, strict=False)
    return [seconds(their, parts, clock) / seconds(our, parts, clock) for our, their in pairs]


def tell(runs: Runs) -> str:
    """Return the table of a contest, the quickest solver first."""
    heading = ["", "runs", "build s", "solve s", "(CPU)", "certify s", "all s", "(CPU)"]
    heading += ["MB", "total", "proved"]
    rows = []
    for name in sorted(runs, key=lambda name: middle(runs[name], ("solve",))):
        own = runs[name]
        spans = [middle(own, ("build",)), *(middle(own, ("solve",), clock) for clock in (WALL, PROCESSOR))]
        spans += [middle(own, ("certify",)), *(middle(own, PARTS, clock) for clock in (WALL, PROCESSOR))]
        facts = [str(max(run["memory"] for run in own)), f"{own[0]['total']:,}"]
        proved = {True: "yes", False: "NO", None: "–"}[own[0]["proved"]]
        rows.append([name, str(len(own)), *map(brief, spans), *facts, proved])
    return table(heading, rows)


def brief(span: float) -> str:
    """Return seconds with three figures that count."""
    decimals = 2 if span >= 1 else 3 if span >= 0.1 else 4
    return f"{span:.{decimals}f}" if span else "–"


def table(heading: list[str], rows: list[list[str]]) -> str:
    """Return a table that reads well on a terminal and in Markdown."""
    widths = [max(len(cell) for cell in column) for column in zip(heading, *rows, strict=True)]
    lines = [heading, ["-" * width for width in widths], *rows]
    return "\n".join("| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines)


def machine() -> str:
    """Say on what this runs, how busy that is, and which versions compete."""
    facts = {
        line.partition(":")[0].strip(): line.partition(":")[2].strip()
        for file in ("/proc/cpuinfo", "/proc/meminfo")
        for line in Path(file).read_text().splitlines()
    }
    named = "import importlib.metadata as m; print(*(f'{n} {m.version(n)}' for n in %r), sep=', ')"
    libraries = ("numpy", "scipy", "numba", "ortools", "POT", "lapx", "lapcpp", "kwok", "polars")
    asked = subprocess.run([PYTHON, "-c", named % (libraries,)], capture_output=True, text=True, check=True)
    gigabytes = int(facts["MemTotal"].split()[0]) / 1024**2
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC. {facts['model name']}, {os.cpu_count()} cores, "
        f"{gigabytes:.0f} GB; {platform.system()} {platform.release()}; Python {platform.python_version()}; "
        f"{asked.stdout.strip()}. Load over 1, 5 and 15 minutes: {load}."
    )
