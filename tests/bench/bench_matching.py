"""The matching beside its peers, on the same markets in the same session: ./dev bench matching

What is asserted is that all find the same total and that ours is proved. Times are printed, beside the goals.
"""

import sys

import pytest

from tests.bench import contest, goals
from tests.bench.contest import PLAIN, compete, enter, is_ours, market_file

BY_PLACE = ("OR-Tools", "POT", "kwok")
SPARSE = (*BY_PLACE, "lapmod", "scipy sparse")
DENSE = (*BY_PLACE, "scipy sparse", "scipy dense", "lapx", "lapcpp")
BOTH = ("Talka", "Talka" + PLAIN)
CONTESTS = {
    "loose_2000": (*BOTH, *SPARSE, "scipy dense", "lapx", "lapcpp"),
    "scarce_2000": (*BOTH, *SPARSE, "scipy dense"),
    "tight_2000": (*BOTH, *SPARSE, "scipy dense", "lapx", "lapcpp"),
    "loads_500": (*BOTH, "OR-Tools", "HiGHS"),
    "dense_500": (*BOTH, *DENSE),
    "dense_2000": ("Talka", *DENSE),
    # POT gives one pair several places here, and the others know no more than one a learner.
    "many_10000": (*BOTH, "OR-Tools"),
    "many_2000": ("Talka", "OR-Tools"),
    "loose_10000": (*BOTH, *SPARSE),
    "scarce_10000": (*BOTH, *SPARSE),
    "tight_10000": (*BOTH, *SPARSE),
    "loose_100000": ("Talka", *BY_PLACE),
    "scarce_100000": ("Talka", *BY_PLACE),
    "tight_100000": ("Talka", *BY_PLACE),
}
ONCE = dict.fromkeys(("loose_100000", "scarce_100000", "tight_100000"), ("lapmod", "scipy sparse"))
LADDERS = ("loose_2000", "scarce_2000", "tight_2000")
CHANGED = ("loose_10000", "scarce_10000", "tight_10000", "loose_100000", "scarce_100000", "tight_100000")
REORDERED = ("loose_10000", "scarce_10000", "tight_10000", "loose_100000")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return where the markets lie while they are needed."""
    return tmp_path_factory.mktemp("markets")


@pytest.fixture(scope="module")
def measured():
    """Collect what was measured, and tell at the end how far the goals are."""
    say(contest.machine())
    found = {"contests": {}, "ladders": {}, "again": {}, "order": {}}
    yield found
    say(goals.tell(**found))
    say(contest.machine())


def say(text):
    """Print at once: a long run shows how far it is."""
    sys.stdout.write(f"\n\n{text}\n")
    sys.stdout.flush()


@pytest.mark.parametrize("family", CONTESTS)
def test_everybody_finds_the_same_total(family, folder, measured):
    runs = compete(market_file(folder, family), CONTESTS[family], ONCE.get(family, ()))
    measured["contests"][family] = runs
    say(f"{family}\n{contest.tell(runs)}")
    assert {(name, run["total"]) for name in runs for run in runs[name]} == {
        (name, runs["Talka"][0]["total"]) for name in runs
    }
    assert {run["proved"] for name in runs if is_ours(name) for run in runs[name]} == {True}


@pytest.mark.parametrize("family", LADDERS)
def test_all_aims_are_reached_the_same_with_and_without_the_compiler(family, folder, measured):
    runs = compete(market_file(folder, family), ("Talka ladder", "Talka ladder" + PLAIN))
    measured["ladders"][family] = runs
    say(f"{family}, all aims\n{contest.tell(runs)}")
    found = {(run["total"], run["pairs"], run["proved"]) for own in runs.values() for run in own}
    assert found == {(runs["Talka ladder"][0]["total"], runs["Talka ladder"][0]["pairs"], True)}


@pytest.mark.parametrize("family", CHANGED)
def test_what_changed_is_solved_again_as_well_as_from_nothing(family, folder, measured):
    path = market_file(folder, family)
    found = {**enter("again", "Talka", path), "peer": enter("moves", goals.OUT, path)}
    measured["again"][family] = found
    turns = [turn for share in found["shares"] for turn in found[share]]
    assert [turn["totals"][0] for turn in turns] == [turn["totals"][1] for turn in turns]
    assert {turn["proved"] for turn in turns} == {True}
    for share in found["shares"]:
        assert found["peer"][share]["total"] == found[share][0]["totals"][0]


@pytest.mark.parametrize("family", REORDERED)
def test_the_order_of_the_rows_changes_no_pair(family, folder, measured):
    path = market_file(folder, family)
    found = {name: enter("order", name, path) for name in ("Talka settled", "OR-Tools")}
    measured["order"][family] = found
    assert len(set(found["Talka settled"]["totals"] + found["OR-Tools"]["totals"])) == 1
    assert found["Talka settled"]["differ"] == 0
