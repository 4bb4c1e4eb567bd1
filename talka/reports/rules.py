"""When reports and evaluations, reminders and follow-ups are due, and what lacks. No Django here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from talka.kernel.reasons import Gap, Reason
from talka.kernel.windows import add_months
from talka.kernel.wording import Wording

# How long before its day an evaluation is opened: long enough to find an evening for it.
OPENS_BEFORE = timedelta(days=14)


@dataclass(frozen=True)
class Reminder:
    """A letter that asks for the report: on which day it is due, and the mark that it is sent once by."""

    on: date
    mark: str
    is_late: bool


@dataclass(frozen=True)
class ReportFacts:
    """What the completeness of a report rests on."""

    unanswered: Mapping[str, Wording]
    evidence_count: int
    steps_due: tuple[date, ...]


def due_day(last_day: date, months: int) -> date:
    """Return the day by which the report is handed in: so many calendar months after the visit's last day."""
    return add_months(last_day, months)


def evaluation_day(first_day: date, months: int, paused_days: int) -> date:
    """Return the day an evaluation is meant for: so many months of work after the first day."""
    return add_months(first_day, months) + timedelta(days=paused_days)


def evaluation_to_ask(
    planned: Iterable[tuple[str, date]], *, today: date, has_ended: bool
) -> tuple[str, date] | None:
    """Return which evaluation the two should have by now, and by when they are asked to answer it.

    It is opened two weeks before its day, and at once where that has passed unasked: nobody is late before
    they are asked. After a long pause of the clock that is the newest alone. Of those that ended only the
    last one is asked, whatever its day.
    """
    in_order = sorted(planned, key=lambda one: (one[1], one[0]))
    soonest = today + OPENS_BEFORE
    if has_ended:
        key, day = in_order[-1]
        return key, soonest if day < today else min(day, soonest)
    open_now = [(key, day) for key, day in in_order if day <= soonest]
    if not open_now:
        return None
    key, day = open_now[-1]
    return key, day if day >= today else soonest


def reminders(due_on: date, *, before: Iterable[int], after: Iterable[int]) -> list[Reminder]:
    """List the reminders of a report in order of their days."""
    early = [Reminder(due_on - timedelta(days=days), f"before-{days}", False) for days in before]
    late = [Reminder(due_on + timedelta(days=days), f"after-{days}", True) for days in after]
    return sorted([*early, *late], key=lambda reminder: (reminder.on, reminder.mark))


def reminder_of_today(planned: Sequence[Reminder], *, today: date) -> Reminder | None:
    """Return the newest reminder whose day has come.

    After a long pause that is one letter, not one for each day that was missed.
    """
    due = [reminder for reminder in planned if reminder.on <= today]
    return due[-1] if due else None


def what_is_missing(
    facts: ReportFacts, *, evidence_min: int, steps_min: int, last_day: date | None
) -> list[Gap]:
    """List what a report lacks before it can be handed in, in the order of its page."""
    found = [
        Gap("answers", Reason("reports.unanswered", {"question": dict(label)}), key)
        for key, label in facts.unanswered.items()
    ]
    if facts.evidence_count < evidence_min:
        found.append(Gap("photos", Reason("reports.evidence_missing", {"count": evidence_min})))
    if len(facts.steps_due) < steps_min:
        found.append(Gap("steps", Reason("reports.steps_missing", {"count": steps_min})))
    if any(not is_after_visit(day, last_day) for day in facts.steps_due):
        found.append(Gap("steps", Reason("reports.step_too_early")))
    return found


def is_after_visit(day: date, last_day: date | None) -> bool:
    """Tell whether the day of a next step comes after the visit: what was done there is no promise."""
    return last_day is None or day > last_day
