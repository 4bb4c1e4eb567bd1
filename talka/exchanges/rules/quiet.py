"""Time in a mentorship: how long nothing was heard of a pair, what is due then, pauses and check-ins.

All of it is counted in days of the programme's zone, so that changes of the clock make no difference.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from talka.blueprints.exchanges import Quiet

REMIND, WARN, PAUSE, OFFER = "remind", "warn", "pause", "offer"
STEPS = (REMIND, WARN, PAUSE, OFFER)
# How long after its last day somebody else has to look at a mentorship that nobody completed.
OVERDUE_DAYS = 30
# From when on before the last day the two are asked what became of their goals.
ENDING_DAYS = 14
MOOD_DAYS = 7
MOOD_ASKED_DAYS = 30


@dataclass(frozen=True)
class Silence:
    """Since when nothing was heard of a pair, which steps were taken since, and whether it is paused."""

    since: date
    taken: frozenset[str] = frozenset()
    is_paused: bool = False


def last_sign(signs: Iterable[date | None]) -> date:
    """Return the newest day on which something was heard. Raises ValueError when there is none at all."""
    return max(day for day in signs if day is not None)


def quiet_days(since: date, today: date) -> int:
    """Count the days since something was heard; never fewer than none."""
    return max(0, (today - since).days)


def days_of(step: str, asked: Quiet) -> int:
    """Return after how many quiet days a step is due; 0 for one that is switched off."""
    return {
        REMIND: asked.remind_days,
        WARN: asked.warn_days,
        PAUSE: asked.pause_days,
        OFFER: asked.offer_days,
    }[step]


def step_due(silence: Silence, asked: Quiet, *, today: date) -> str | None:
    """Return the step that is due for a pair, or None.

    Of several whose day has come, as after an outage, only the last; those before it are passed over, and
    come no more for the same silence. A pair that paused by itself is left in peace.
    """
    if silence.is_paused and PAUSE not in silence.taken:
        return None
    quiet = quiet_days(silence.since, today)
    passed = max((STEPS.index(step) for step in silence.taken if step in STEPS), default=-1)
    due = [step for step in STEPS[passed + 1 :] if 0 < days_of(step, asked) <= quiet]
    return due[-1] if due else None


def furthest(taken: Collection[str]) -> str:
    """Return the last of the steps that were taken; "" for none."""
    return next((step for step in reversed(STEPS) if step in taken), "")


def paused_days(starts_on: date, back_on: date) -> int:
    """Count the days of a pause, given the first day after it."""
    return max(0, (back_on - starts_on).days)


def back_on(ends_on: date | None, today: date) -> date:
    """Return the first day after a pause that ends today, or ended on its own day before."""
    return today if ends_on is None else min(today, ends_on + timedelta(days=1))


def check_in_due(last_on: date | None, *, first_day: date, every_days: int) -> date:
    """Return the day by which the two mean to have talked again."""
    return (last_on or first_day) + timedelta(days=every_days)


def check_in_reminder(due_on: date, *, every_days: int, today: date) -> date | None:
    """Return the day that a reminder of a check-in is for: its own, or one so many days later each.

    After an outage that is the newest of them, not one for each. None as long as nothing is due.
    """
    late = (today - due_on).days
    return due_on + timedelta(days=late // every_days * every_days) if late >= 0 else None


def check_ins_expected(*, first_day: date, today: date, every_days: int, last_day: date | None) -> int:
    """Count the check-ins that there would be by now, one in so many days."""
    until = min(today, last_day) if last_day else today
    return max(0, (until - first_day).days) // every_days


def is_overdue(last_day: date | None, today: date) -> bool:
    """Tell whether a mentorship should have been completed long ago."""
    return last_day is not None and today > last_day + timedelta(days=OVERDUE_DAYS)


def is_ending(last_day: date | None, today: date) -> bool:
    """Tell whether the end is near: the two may look at their goals."""
    return last_day is not None and today >= last_day - timedelta(days=ENDING_DAYS)
