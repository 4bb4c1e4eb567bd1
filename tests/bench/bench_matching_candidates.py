"""Finding the best few for everybody, and what one change brings: ./dev bench matching candidates

What is asserted is that all find the same scores and that the answers agree. Times are printed.
"""

import json
import os
import subprocess
import sys
from statistics import median

import pytest

from tests.bench import goals
from tests.bench.contest import PROCESSOR, PYTHON, ROOT, ROUNDS, WALL, brief, enter, market_file, table

LEARNERS, TEACHERS = "2000", "100000"
WANTED = {"scipy": 10, "polars": 20}
"""So many times the speed of a peer."""


def say(text):
    """Print at once: a long run shows how far it is."""
    sys.stdout.write(f"\n\n{text}\n")
    sys.stdout.flush()


def ask(*words):
    """Let a process of its own search, and return what it measured."""
    around = {key: value for key, value in os.environ.items() if not key.startswith("TALKA_")}
    command = [PYTHON, "-m", "tests.bench.scoring", *words]
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_best_fifty_are_found_as_by_products_and_joins_and_sooner():
    names = ("Talka", *WANTED)
    runs = [{name: ask(name, LEARNERS, TEACHERS) for name in names} for _ in range(ROUNDS)]
    rows = []
    for what, parts in (("search", ("search",)), ("lay out and search", ("build", "search"))):
        spans = {
            (name, clock): [sum(run[name][part][clock] for part in parts) for run in runs]
            for name in names
            for clock in (WALL, PROCESSOR)
        }
        for name, least in WANTED.items():
            wall, processor = (
                [peer / own for own, peer in zip(spans["Talka", clock], spans[name, clock], strict=True)]
                for clock in (WALL, PROCESSOR)
            )
            middles = [brief(median(spans[one, WALL])) for one in ("Talka", name)]
            ratio = f"{min(wall):.1f} / {median(wall):.1f} ({median(processor):.1f})"
            reached = goals.verdict(median(wall) >= least, median(processor) >= least)
            rows.append([f"{what}, at least {least}x {name}", *middles, ratio, reached])
    heading = [f"best 50 of {TEACHERS}, for {LEARNERS}", "Talka s", "peer s", "ratio min/median (CPU)", ""]
    say(table(heading, rows))
    found = {(run[name]["pairs"], run[name]["points"]) for run in runs for name in run}
    assert len(found) == 1


@pytest.mark.parametrize(("learners", "teachers"), [("2000", "2000"), ("3000", "1500")])
def test_what_lists_of_fifty_lose_is_told_and_made_good(learners, teachers):
    run = ask("lists", learners, teachers)
    lost = run["short"] / run["total"]
    say(
        f"{learners} x {teachers} on lists of 50: {run['lasted'][WALL]:.2f} s in all, {run['pairs']:,} pairs "
        f"looked at, {run['widened']:,} lists made longer in {run['rounds']} rounds; fifty alone would have "
        f"lost {lost:.3%}"
    )
    # Longer lists to begin with end at the same answer.
    assert run["total"] == run["longer"]


@pytest.mark.parametrize("family", ["loose_100000", "scarce_100000"])
def test_what_one_place_more_brings_is_told_at_once(family, tmp_path):
    found = enter("another", "Talka", market_file(tmp_path, family))
    wall, processor = found["each"]
    gaining = f"{found['gaining']} of 1,000 gain"
    say(f"{family}: one place more, exactly: {wall:.3f} ms each (CPU {processor:.3f}); {gaining}")
    assert found["gaining"] > 0
