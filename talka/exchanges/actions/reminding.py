"""What else the clock does for mentorships: hours to confirm, check-ins that are due, ends overseen."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Min

from talka.applications.queries import people_of
from talka.blueprints.exchanges import Mentorship
from talka.exchanges.actions.quiet import cycles_at_work
from talka.exchanges.actions.working import both_of, tell, tell_office
from talka.exchanges.lifecycle import WORKING, ExchangeStatus, HoursStatus
from talka.exchanges.models import CheckIn, Exchange, Hours, Nudge
from talka.exchanges.models.exchanges import ExchangeQuerySet
from talka.exchanges.queries.cohorts import silences_of
from talka.exchanges.rules.quiet import check_in_due, check_in_reminder, is_overdue
from talka.kernel.windows import zone

CHECK_IN, OVERDUE = "check_in", "overdue"


@dataclass(frozen=True)
class _Cohort:
    """A cycle with mentorships that go on, and the day it is there."""

    rows: ExchangeQuerySet
    asked: Mentorship
    place: str
    today: date


def _cohorts(now: datetime) -> Iterator[_Cohort]:
    for cycle in cycles_at_work():
        asked, place = cycle.plan.mentorship, cycle.programme.zone
        if asked is not None:
            rows = Exchange.objects.working().filter(match__cycle=cycle)
            yield _Cohort(rows, asked, place, now.astimezone(zone(place)).date())


def _begin(pk: int, day: date, step: str, now: datetime) -> tuple[Exchange, Nudge] | None:
    """Lock a mentorship and write down that a reminder goes out; None where it has gone before."""
    held = Exchange.objects.select_for_update().get(pk=pk)
    if held.status not in WORKING:
        return None
    nudge, is_new = Nudge.objects.get_or_create(
        exchange=held, quiet_since=day, step=step, defaults={"taken_at": now}
    )
    return (held, nudge) if is_new else None


def _taken(rows: ExchangeQuerySet) -> set[tuple[int, str, date]]:
    """Return what went out already: mentorship, step and the day it was for."""
    found = Nudge.objects.filter(exchange__in=rows.values("pk"))
    return set(found.values_list("exchange", "step", "quiet_since"))


def remind_to_confirm(*, now: datetime) -> int:
    """Remind, once, the side that has not answered hours in time; return how many reminders there were.

    One letter stands for all that wait. Those written later are asked for again once these are answered.
    """
    done = 0
    for cohort in _cohorts(now):
        late, taken = now - timedelta(days=cohort.asked.confirm_days), _taken(cohort.rows)
        # Of pairs that are paused nothing is asked.
        rows = cohort.rows.exclude(status=ExchangeStatus.PAUSED)
        waiting = Hours.objects.filter(exchange__in=rows.values("pk"), status=HoursStatus.LOGGED)
        by_side = waiting.order_by().values_list("exchange", "seat__part")
        for key, part, first, count in by_side.annotate(Min("logged_at"), Count("pk")):
            step, day = f"confirm_{part}", first.astimezone(zone(cohort.place)).date()
            if first <= late and (key, step, day) not in taken:
                done += _ask_to_confirm(key, part, step, day, count, now)
    return done


@transaction.atomic
def _ask_to_confirm(pk: int, part: str, step: str, day: date, count: int, now: datetime) -> bool:
    begun = _begin(pk, day, step, now)
    if begun is None:
        return False
    held, nudge = begun
    others = people_of([side.application for side in held.match.sides if side.part != part])
    values = {"count": count}
    tell(others, "hours_waiting", held, now=now, about=nudge, values=values, in_the_morning=True)
    return True


def remind_of_check_ins(*, now: datetime) -> int:
    """Remind pairs under way, once a time, that they mean to talk; return how many reminders there were.

    A pair of which nothing at all is heard gets other letters, and none of these.
    """
    done = 0
    for cohort in _cohorts(now):
        rows = cohort.rows.filter(status=ExchangeStatus.UNDERWAY)
        talked = CheckIn.objects.filter(exchange__in=rows.values("pk")).order_by().values_list("exchange")
        last, taken = dict(talked.annotate(Max("held_on"))), _taken(rows)
        silences, every = silences_of(rows, zone_name=cohort.place), cohort.asked.check_in_days
        resumed = _resumed(rows)
        for key, started_at in rows.values_list("pk", "started_at"):
            first = started_at.astimezone(zone(cohort.place)).date()
            due = check_in_due(last.get(key), first_day=max([first, *resumed[key]]), every_days=every)
            day = check_in_reminder(due, every_days=every, today=cohort.today)
            if day is not None and (key, CHECK_IN, day) not in taken and not silences[key].taken:
                done += _ask_to_talk(key, day, last.get(key), now)
    return done


def _resumed(rows: ExchangeQuerySet) -> dict[int, list[date]]:
    """Return the last days of each mentorship's pauses: nobody meant to talk within them."""
    found: dict[int, list[date]] = defaultdict(list)
    ended = rows.filter(pauses__ends_on__isnull=False)
    for key, last in ended.values_list("pk", "pauses__ends_on"):
        if last is not None:
            found[key].append(last)
    return found


@transaction.atomic
def _ask_to_talk(pk: int, day: date, last_on: date | None, now: datetime) -> bool:
    begun = _begin(pk, day, CHECK_IN, now)
    if begun is None:
        return False
    held, nudge = begun
    tell(
        both_of(held),
        "check_in_due",
        held,
        now=now,
        about=nudge,
        values={"last_on": last_on},
        in_the_morning=True,
    )
    return True


def tell_of_overdue(*, now: datetime) -> int:
    """Tell the coordinators, once, of each mentorship whose last day is long past; return how many."""
    done = 0
    for cohort in _cohorts(now):
        taken = _taken(cohort.rows)
        for key, last in cohort.rows.values_list("pk", "ends_on"):
            if last is not None and is_overdue(last, cohort.today) and (key, OVERDUE, last) not in taken:
                done += _tell_office(key, last, now)
    return done


@transaction.atomic
def _tell_office(pk: int, last: date, now: datetime) -> bool:
    begun = _begin(pk, last, OVERDUE, now)
    if begun is None:
        return False
    held, nudge = begun
    values = {"ends_on": last}
    tell_office(None, "mentorship_overdue", held, now=now, about=nudge, values=values, in_the_morning=True)
    return True
