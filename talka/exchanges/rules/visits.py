"""What a plan lacks before it can be signed, what is odd about it, and when an emergency contact goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from talka.kernel.reasons import Reason
from talka.kernel.windows import end_of

# Long enough for a lost suitcase or a late flight, no longer.
EMERGENCY_DAYS = 14


@dataclass(frozen=True)
class PlanFacts:
    """What a plan says, as far as the rules ask."""

    goals: str = ""
    project: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    city: str = ""
    place: str = ""
    item_days: tuple[date, ...] = ()
    question_count: int = 0
    traveller_count: int = 0


@dataclass(frozen=True)
class PlanLimits:
    """What the cycle's blueprint asks of a plan, and when its visits take place."""

    min_days: int
    max_days: int
    questions_min: int = 0
    questions_max: int = 20
    visits_from: date | None = None
    visits_until: date | None = None


def days_between(first: date, last: date) -> tuple[date, ...]:
    """List the days from the first to the last, both included; none when they are out of order."""
    return tuple(first + timedelta(days=count) for count in range((last - first).days + 1))


def missing(facts: PlanFacts, limits: PlanLimits, *, today: date) -> tuple[Reason, ...]:
    """List what a plan lacks before a side can sign it; nothing means that it may be signed."""
    texts = (
        (facts.goals, "exchanges.no_goals"),
        (facts.project, "exchanges.no_project"),
        (facts.city, "exchanges.no_city"),
        (facts.place, "exchanges.no_place"),
    )
    lacking = [Reason(key) for text, key in texts if not text.strip()]
    return (*lacking, *_wrong_days(facts, limits, today), *_wrong_questions(facts, limits))


def _wrong_days(facts: PlanFacts, limits: PlanLimits, today: date) -> Iterator[Reason]:
    first, last = facts.starts_on, facts.ends_on
    if first is None or last is None:
        yield Reason("exchanges.no_days")
        return
    if first <= today:
        yield Reason("exchanges.days_not_ahead", {"first": first.isoformat()})
    count = (last - first).days + 1
    if not limits.min_days <= count <= limits.max_days:
        yield Reason(
            "exchanges.days_not_as_many",
            {"count": count, "least": limits.min_days, "most": limits.max_days},
        )
        # A visit of a month would be a month of empty days: the length has to be mended first.
        return
    planned = set(facts.item_days)
    for day in days_between(first, last):
        if day not in planned:
            yield Reason("exchanges.day_is_empty", {"day": day.isoformat()})
    for day in sorted(planned):
        if not first <= day <= last:
            yield Reason("exchanges.item_outside", {"day": day.isoformat()})


def _wrong_questions(facts: PlanFacts, limits: PlanLimits) -> Iterator[Reason]:
    if not limits.questions_min <= facts.question_count <= limits.questions_max:
        yield Reason(
            "exchanges.questions_not_as_many",
            {"count": facts.question_count, "least": limits.questions_min, "most": limits.questions_max},
        )


def oddities(facts: PlanFacts, limits: PlanLimits) -> tuple[Reason, ...]:
    """List what both sides should look at again; none of it keeps them from signing."""
    found = []
    if _is_outside(facts, limits):
        values = {"first": _said(limits.visits_from), "last": _said(limits.visits_until)}
        found.append(Reason("exchanges.outside_visits", values))
    if not facts.traveller_count:
        found.append(Reason("exchanges.nobody_travels"))
    return tuple(found)


def _is_outside(facts: PlanFacts, limits: PlanLimits) -> bool:
    if not (facts.starts_on and facts.ends_on and limits.visits_from and limits.visits_until):
        return False
    return facts.starts_on < limits.visits_from or facts.ends_on > limits.visits_until


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""


def emergency_contact_goes_at(last_day: date, zone: str) -> datetime:
    """Return the moment from which an emergency contact is seen no more and is deleted.

    It is the end of the fourteenth day after the last day, on the clock of the place.
    """
    return end_of(last_day + timedelta(days=EMERGENCY_DAYS), zone)


def shows_emergency_contact(*, is_approved: bool, goes_at: datetime, now: datetime) -> bool:
    """Tell whether hosts and coordinators may see emergency contacts: from approval until they go."""
    return is_approved and now < goes_at
