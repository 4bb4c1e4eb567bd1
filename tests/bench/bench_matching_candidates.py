"""Finding the best few for everybody, and what one change brings: ./dev bench matching candidates

What is asserted is that both find the same scores and that the answers agree. Times are printed.
"""

import json
import os
import subprocess
import sys
from statistics import median

import pytest

from tests.bench.contest import PROCESSOR, PYTHON, ROOT, ROUNDS, WALL, brief, enter, market_file, table

LEARNERS, TEACHERS = "2000", "100000"


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


def test_the_best_fifty_are_found_as_by_sparse_products_and_sooner():
    runs = [{name: ask(name, LEARNERS, TEACHERS) for name in ("Talka", "scipy")} for _ in range(ROUNDS)]
    rows = []
    for what, parts in (("search", ("search",)), ("lay out and search", ("build", "search"))):
        spans = {
            (name, clock): [sum(run[name][part][clock] for part in parts) for run in runs]
            for name in ("Talka", "scipy")
            for clock in (WALL, PROCESSOR)
        }
        ratios = [
            [theirs / ours for ours, theirs in zip(spans["Talka", clock], spans["scipy", clock], strict=True)]
            for clock in (WALL, PROCESSOR)
        ]
        middles = [brief(median(spans[name, WALL])) for name in ("Talka", "scipy")]
        ratio = f"{min(ratios[0]):.1f} / {median(ratios[0]):.1f} ({median(ratios[1]):.1f})"
        rows.append([what, *middles, ratio])
    heading = [f"best 50 of {TEACHERS}, for {LEARNERS}", "Talka s", "scipy s", "ratio min/median (CPU)"]
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
