"""What is wanted of the matching, and how far it is: one line for each goal, whatever has been measured."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.contest import (
    PARTS,
    PLAIN,
    PROCESSOR,
    WALL,
    Runs,
    brief,
    is_ours,
    middle,
    ratios,
    seconds,
    table,
)

HERE = Path(__file__).parent
SOLVE = ("solve",)
OUT = "OR-Tools"
Line = list[str]

AGAINST = (
    ("loose_100000", OUT, SOLVE, 10),
    ("scarce_100000", OUT, SOLVE, 10),
    ("loose_100000", "POT", SOLVE, 4),
    ("scarce_100000", "POT", SOLVE, 4),
    ("loose_100000", "lapmod", SOLVE, 4),
    ("scarce_100000", "lapmod", SOLVE, 4),
    ("loose_100000", OUT, PARTS, 6),
    ("tight_100000", None, SOLVE, 2),
    ("many_10000", OUT, SOLVE, 1),
    ("many_2000", OUT, SOLVE, 1),
)
"""On this market so many times the speed of this peer, or of the best (None), in these parts."""
ELSEWHERE = {
    "clinics 2,000 x 500: gap at most 0.4 % in 60 s": "rings_clinics",
    "rings of at most 3, 500/1,000/2,000 people: gap at most 0.5/1.0/1.5 % in 60 s": "rings_clinics",
}
"""Goals that are measured by a bench of that name, once there is one."""


def tell(
    contests: dict[str, Runs], ladders: dict[str, Runs], again: dict[str, Any], order: dict[str, Any]
) -> str:
    """Return the goals with what was measured beside them."""
    lines = [
        *against(contests),
        *never_slower(contests),
        *sizes(contests),
        *plainly(ladders),
        *minima(contests),
        *after_changes(again),
        *in_any_order(order),
        *proofs({**contests, **{f"{family}, all aims": runs for family, runs in ladders.items()}}),
        *elsewhere(),
    ]
    heading = ["goal", "compiled s", "plain s", "best peer s", "ratio min/median (CPU)", "same total", ""]
    return table(heading, lines)


def against(contests: dict[str, Runs]) -> Iterator[Line]:
    """Yield the lines for one peer, or for the best one."""
    for family, peer, parts, least in AGAINST:
        what = "solve" if parts == SOLVE else "build, solve, certify"
        goal = f"{family}: {what} at least {least}x {peer or 'the best peer'}"
        if family in contests:
            runs = contests[family]
            yield compared(goal, runs, peer or best(runs, parts), parts, least)
        else:
            yield [goal, *["–"] * 5, "not measured"]


def never_slower(contests: dict[str, Runs]) -> Iterator[Line]:
    """Yield a line for each market: nothing is slower than its best peer, to solve and in all."""
    for family, runs in contests.items():
        for parts, what in ((SOLVE, "solve"), (PARTS, "build, solve, certify")):
            goal = f"{family}: {what} no slower than the best peer"
            yield compared(goal, runs, best(runs, parts), parts, 1)


def best(runs: Runs, parts: tuple[str, ...]) -> str:
    """Return the peer that is quickest."""
    return min((name for name in runs if not is_ours(name)), key=lambda name: middle(runs[name], parts))


def compared(goal: str, runs: Runs, peer: str, parts: tuple[str, ...], least: float) -> Line:
    """Return the line of a goal that is a ratio."""
    ours, theirs = runs["Talka"], runs[peer]
    found = {clock: ratios(ours, theirs, parts, clock) for clock in (WALL, PROCESSOR)}
    wall, processor = (median(found[clock]) for clock in (WALL, PROCESSOR))
    plain = runs.get("Talka" + PLAIN)
    same = {run["total"] for run in (*ours, *theirs)} == {ours[0]["total"]}
    return [
        goal,
        brief(middle(ours, parts)),
        brief(middle(plain, parts)) if plain else "–",
        f"{peer} {brief(middle(theirs, parts))}",
        f"{min(found[WALL]):.1f} / {wall:.1f} ({processor:.1f})",
        "yes" if same else "NO",
        verdict(wall >= least, processor >= least),
    ]


def verdict(on_the_wall: bool, by_processor: bool) -> str:
    """Say whether a goal is reached; a busy machine can make the two clocks disagree."""
    words = {(True, True): "pass", (False, False): "short", (True, False): "pass (CPU: short)"}
    return words.get((on_the_wall, by_processor), "short (CPU: pass)")


def sizes(contests: dict[str, Runs]) -> Iterator[Line]:
    """Yield what 100,000 may take: time in all, and memory above the data."""
    for family, runs in contests.items():
        if family.endswith("_100000"):
            most = max(run["memory"] for run in runs["Talka"])
            goal = f"{family}: at most 500 MB above the data"
            yield [goal, f"{most} MB", "–", "–", "–", "–", verdict(most <= 500, most <= 500)]
    if runs := contests.get("loose_100000"):
        spans = [middle(runs["Talka"], PARTS, clock) for clock in (WALL, PROCESSOR)]
        shown = f"{brief(spans[0])} (CPU {brief(spans[1])})"
        goal = "loose_100000: build, solve, certify in at most 1.5 s"
        yield [goal, shown, "–", "–", "–", "–", verdict(*(span <= 1.5 for span in spans))]


def plainly(ladders: dict[str, Runs]) -> Iterator[Line]:
    """Yield what 2,000 people take without the compiler, all aims followed."""
    for family, runs in ladders.items():
        plain = runs.get("Talka ladder" + PLAIN)
        if plain:
            spans = [middle(plain, PARTS, clock) for clock in (WALL, PROCESSOR)]
            shown = f"{brief(spans[0])} (CPU {brief(spans[1])})"
            compiled = brief(middle(runs["Talka ladder"], PARTS))
            goal = f"{family}: all aims, proved, at most 1 s without the compiler"
            yield [goal, compiled, shown, "–", "–", "–", verdict(*(span <= 1 for span in spans))]


def minima(contests: dict[str, Runs]) -> Iterator[Line]:
    """Yield how far the answer with minima is from the linear program's."""
    if runs := contests.get("loads_500"):
        gap = runs["HiGHS"][0]["total"] - runs["Talka"][0]["total"]
        ours, theirs = (brief(middle(runs[name], SOLVE)) for name in ("Talka", "HiGHS"))
        goal = "loads_500: minima kept exactly, gap 0 to the linear program"
        same = "yes" if gap == 0 else "NO"
        yield [goal, ours, "–", f"HiGHS {theirs}", f"gap {gap}", same, said(gap == 0)]


def said(reached: bool) -> str:
    """Say whether a goal is reached that no clock decides."""
    return "pass" if reached else "short"


def after_changes(again: dict[str, Any]) -> Iterator[Line]:
    """Yield what solving again takes, and whom it moves, beside solving from nothing."""
    limits = ("0.001", 4, 0.1), ("0.01", 4, 0.5)
    for family, (share, wanted, most) in product(again, limits):
        turns, clocks = again[family][share], (WALL, PROCESSOR)
        found = [[turn["scratch"][clock] / turn["warm"][clock] for turn in turns] for clock in clocks]
        spans = {way: median(turn[way][WALL] for turn in turns) for way in ("warm", "scratch", "ready")}
        speed = [median(clock) for clock in found]
        goal = f"{family}: {float(share):.1%} of the learners changed, at least {wanted}x"
        rate = f"{min(found[0]):.1f} / {speed[0]:.1f} ({speed[1]:.1f})"
        same = "yes" if all(len(set(turn["totals"])) == 1 for turn in turns) else "NO"
        passed = verdict(*(ratio >= wanted for ratio in speed))
        beside = f"scratch {brief(spans['scratch'])}, kept ready in {brief(spans['ready'])}"
        yield [goal, brief(spans["warm"]), "–", beside, rate, same, passed]
        yield from moves(f"{family}: {float(share):.1%} changed", again[family], share, most)


def moves(change: str, found: dict[str, Any], share: str, most: float) -> Iterator[Line]:
    """Yield how many pairs are new, beside those of solving from nothing: our own, and a peer's.

    Where even the fewest moves of any best answer are too many, no exact solver can reach the goal.
    """
    (ours, scratch), fewest = found[share][0]["moved"], found["fewest"][share]
    peer = found["peer"][share]["moved"]
    for whose, count in (("Talka", scratch), (OUT, peer)):
        reached = said(ours <= most * count)
        if fewest > most * count:
            reached = "out of reach of any"
        goal = f"{change}, at most {most}x the moves of {whose} from scratch"
        yield [goal, f"{ours:,}", "–", f"{count:,}", f"{ours / count:.2f}, fewest {fewest:,}", "–", reached]


def in_any_order(order: dict[str, Any]) -> Iterator[Line]:
    """Yield how many pairs differ when the rows come in another order."""
    for family, found in order.items():
        shown = [f"{found[name]['differ'] / found[name]['pairs']:.2%}" for name in ("Talka settled", OUT)]
        same = "yes" if len(set(found["Talka settled"]["totals"] + found[OUT]["totals"])) == 1 else "NO"
        goal = f"{family}: pairs that differ in another order of the rows: none"
        reached = found["Talka settled"]["differ"] == 0
        yield [goal, shown[0], "–", f"{OUT} {shown[1]}", "–", same, said(reached)]


def proofs(contests: dict[str, Runs]) -> Iterator[Line]:
    """Yield whether every answer is proved, and how long the proof takes beside the solving."""
    own = [run for runs in contests.values() for name in runs if is_ours(name) for run in runs[name]]
    if own:
        good = sum(run["proved"] for run in own)
        shown = f"{good} of {len(own)}"
        yield ["certificates that prove the answer: all", shown, "–", "–", "–", "–", said(good == len(own))]
    for family, runs in contests.items():
        name = next(name for name in runs if is_ours(name))
        parts = [
            median(seconds(run, ("certify",), clock) / seconds(run, SOLVE, clock) for run in runs[name])
            for clock in (WALL, PROCESSOR)
        ]
        goal = f"{family}: certify in at most 20 % of solve"
        shown = f"{parts[0]:.0%} (CPU {parts[1]:.0%})"
        yield [goal, shown, "–", "–", "–", "–", verdict(*(part <= 0.2 for part in parts))]


def elsewhere() -> Iterator[Line]:
    """Yield the goals that are measured by another bench, or cannot be yet."""
    for goal, name in ELSEWHERE.items():
        built = (HERE / f"bench_{name}.py").exists()
        yield [goal, *["–"] * 5, f"see bench_{name}" if built else "not built yet"]
