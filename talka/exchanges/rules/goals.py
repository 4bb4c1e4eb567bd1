"""The goals of a mentorship: when a plan of them may be signed, when one is reached, when all is done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from talka.kernel.reasons import Reason

REACHED, PARTLY = "yes", "partly"
SIDES = 2


@dataclass(frozen=True)
class GoalText:
    """What is written of a goal. How one will know, and by when, may stay open."""

    text: str
    by_when: date | None = None


@dataclass(frozen=True)
class Ending:
    """What is asked before a mentorship is completed."""

    goal_count: int
    judged_by_both: int
    is_signed: bool
    confirmed_minutes: int
    hours_min: int
    last_day: date | None


def goals_lacking(
    goals: Sequence[GoalText], *, first_day: date | None, last_day: date | None
) -> tuple[Reason, ...]:
    """List what a plan of goals lacks before a side can sign it; nothing means that it may be signed."""
    if not goals:
        return (Reason("exchanges.no_goal_yet"),)
    return tuple(_faults(goals, first_day, last_day))


def _faults(goals: Sequence[GoalText], first_day: date | None, last_day: date | None) -> Iterator[Reason]:
    for number, goal in enumerate(goals, start=1):
        if not goal.text.strip():
            yield Reason("exchanges.goal_is_empty", {"number": number})
        if goal.by_when and last_day and goal.by_when > last_day:
            yield Reason("exchanges.goal_too_late", {"number": number, "last": last_day.isoformat()})
        if goal.by_when and first_day and goal.by_when < first_day:
            yield Reason("exchanges.goal_too_early", {"number": number, "first": first_day.isoformat()})


def outcome_of(said: Iterable[str]) -> str:
    """Return what becomes of a goal: "yes" when both sides say so, "" as long as one has said nothing.

    Where they differ it is what the less content of them says.
    """
    found = list(said)
    if len(found) < SIDES:
        return ""
    if all(one == REACHED for one in found):
        return REACHED
    return "no" if "no" in found else PARTLY


def before_completing(facts: Ending, *, today: date) -> tuple[Reason, ...]:
    """List what is asked of the two before they complete their mentorship.

    Before its last day that is the hours too: who has them and the goals may graduate early.
    """
    found = []
    if not facts.is_signed:
        found.append(Reason("exchanges.plan_not_signed"))
    waiting = facts.goal_count - facts.judged_by_both
    if waiting or not facts.goal_count:
        found.append(Reason("exchanges.goals_not_judged", {"count": waiting}))
    if not is_over(facts.last_day, today) and facts.confirmed_minutes < facts.hours_min * 60:
        last = facts.last_day.isoformat() if facts.last_day else ""
        found.append(Reason("exchanges.too_early", {"hours": facts.hours_min, "last": last}))
    return tuple(found)


def before_the_office_completes(facts: Ending, *, today: date) -> tuple[Reason, ...]:
    """List what is asked before coordinators complete a mentorship: after its last day, nothing."""
    return () if is_over(facts.last_day, today) else before_completing(facts, today=today)


def is_over(last_day: date | None, today: date) -> bool:
    """Tell whether the last day has come."""
    return last_day is not None and last_day <= today
