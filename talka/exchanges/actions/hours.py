"""Hours: written down by one side, confirmed or asked about by the other."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from talka.applications.queries import people_of
from talka.exchanges.actions.pausing import go_on_when_paused
from talka.exchanges.actions.working import (
    NOT_CLOSED,
    Refused,
    hold_mentorship,
    refuse_stranger,
    tell,
)
from talka.exchanges.lifecycle import WORKING, HoursStatus
from talka.exchanges.models import Exchange, Hours
from talka.exchanges.queries import parts_of
from talka.exchanges.rules.hours import HoursFacts, refused_hours
from talka.kernel.ledger import move, record
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason
from talka.kernel.windows import zone
from talka.matching.models import Seat


@transaction.atomic
def log_hours(
    *,
    exchange: Exchange,
    seat: Seat,
    day: date,
    minutes: int,
    what: str,
    by: Any,
    now: datetime,
    is_another: bool = False,
) -> Hours:
    """Write down for one side how long the two worked on a day.

    Who writes down hours of a day within a pause goes on with it. Raises Refused with the reason, and
    NotAllowed when the mentorship is over.
    """
    held = hold_mentorship(exchange.pk, "log hours")
    refuse_stranger(held, seat, "log hours")
    _check(held, seat, HoursFacts(day, minutes), is_another=is_another, by=by, now=now)
    go_on_when_paused(held, day=day, by=by, now=now)
    hours = Hours.objects.create(
        exchange=held, seat=seat, day=day, minutes=minutes, what=what, logged_by=by, logged_at=now
    )
    record(hours, "log", by=by, now=now)
    return hours


def _check(
    held: Exchange, seat: Seat, wanted: HoursFacts, *, is_another: bool, by: Any, now: datetime, but: int = 0
) -> None:
    """Refuse, with Refused, hours that cannot be; `but` names those that are being corrected."""
    that_day = held.hours.filter(day=wanted.day).exclude(status=HoursStatus.WITHDRAWN).exclude(pk=but)
    sums = dict(that_day.order_by().values_list("seat__part").annotate(Sum("minutes")))
    own = sums.pop(seat.part, 0)
    first_day, today = _days(held, by, now)
    facts = HoursFacts(wanted.day, wanted.minutes, own, sum(sums.values()))
    reason = refused_hours(facts, first_day=first_day, today=today, is_another=is_another)
    if reason is not None:
        raise Refused(reason)


def _days(held: Exchange, by: Any, now: datetime) -> tuple[date, date]:
    """Return the first day of the mentorship and today: as the organisers or the writer have it."""
    zones = {held.match.cycle.programme.zone, getattr(by, "time_zone", "UTC")}
    first = min(held.started_at.astimezone(zone(name)).date() for name in zones)
    return first, max(now.astimezone(zone(name)).date() for name in zones)


def _hold(hours: Hours, verb: str, among: tuple[str, ...] = NOT_CLOSED) -> Hours:
    """Lock the mentorship, then the hours, and return them as they are now."""
    held = hold_mentorship(hours.exchange_id, verb, among)
    found = Hours.objects.select_for_update(of=("self",)).select_related("seat").get(pk=hours.pk)
    found.exchange = held
    return found


@transaction.atomic
def amend_hours(
    *,
    hours: Hours,
    values: Mapping[str, Any],
    version: int,
    by: Any,
    now: datetime,
    is_another: bool = False,
) -> None:
    """Correct hours that are not confirmed: `values` holds day, minutes and what. They wait again then.

    Raises Overtaken, NotAllowed when they are confirmed, taken back, or of the other side, and Refused.
    """
    held = _hold(hours, "amend", WORKING)
    if held.seat.part not in parts_of(held.exchange, by):
        raise NotAllowed("amend", "of the other side")
    wanted = HoursFacts(values["day"], values["minutes"])
    _check(held.exchange, held.seat, wanted, is_another=is_another, by=by, now=now, but=held.pk)
    move(held, "amend", by=by, now=now)
    held.day, held.minutes, held.what = values["day"], values["minutes"], values["what"]
    held.question, held.logged_by, held.logged_at = "", by, now
    held.save_version(version, ["day", "minutes", "what", "question", "logged_by", "logged_at"])


@transaction.atomic
def withdraw_hours(*, hours: Hours, by: Any, now: datetime) -> None:
    """Take hours back that are not confirmed. Raises NotAllowed for confirmed ones, and of the other side."""
    held = _hold(hours, "withdraw")
    if held.seat.part not in parts_of(held.exchange, by):
        raise NotAllowed("withdraw", "of the other side")
    move(held, "withdraw", by=by, now=now)


def may_answer(hours: Hours, account: Any, parts: set[str]) -> bool:
    """Tell whether somebody who acts for the parts may say if hours are right.

    Only the other side may, and never who wrote them down, also where one person acts for both.
    """
    return hours.logged_by_id != account.pk and bool(parts - {hours.seat.part})


def _hold_to_answer(hours: Hours, verb: str, by: Any, version: int) -> Hours:
    held = _hold(hours, verb)
    if not may_answer(held, by, parts_of(held.exchange, by)):
        raise NotAllowed(verb, "of one's own side")
    if held.version != version:
        raise Overtaken(f"hours {held.pk} are past version {version}")
    return held


@transaction.atomic
def confirm_hours(*, hours: Hours, version: int, by: Any, now: datetime) -> None:
    """Say for the other side that hours are right, as they stood at the version.

    Raises Overtaken when they were corrected since, and NotAllowed for one's own. Twice changes nothing.
    """
    held = _hold_to_answer(hours, "confirm", by, version)
    if held.status == HoursStatus.CONFIRMED:
        return
    move(held, "confirm", by=by, now=now)
    _keep_answer(held, "", by=by, now=now)


@transaction.atomic
def question_hours(*, hours: Hours, question: str, version: int, by: Any, now: datetime) -> None:
    """Ask the other side about hours; they do not count until it is cleared up.

    Raises what `confirm_hours` raises, and Refused when the mentorship is completed: they rest on it.
    """
    held = _hold_to_answer(hours, "question", by, version)
    if held.exchange.status not in WORKING and held.status == HoursStatus.CONFIRMED:
        raise Refused(Reason("exchanges.hours_settled"))
    move(held, "question", by=by, now=now)
    _keep_answer(held, question, by=by, now=now)
    writers = people_of([held.seat.application])
    values = {"by": str(by), "question": question, "day": held.day}
    tell(writers, "hours_questioned", held.exchange, now=now, about=held, values=values, once=now.isoformat())


def _keep_answer(hours: Hours, question: str, *, by: Any, now: datetime) -> None:
    hours.question, hours.answered_by, hours.answered_at = question, by, now
    hours.save(update_fields=["question", "answered_by", "answered_at"])


@transaction.atomic
def confirm_all(*, exchange: Exchange, seen: Mapping[int, int], by: Any, now: datetime) -> int:
    """Confirm all hours of the other side that wait and were seen, at the versions given by their keys.

    Return how many there were; what was corrected meanwhile is left for another look.
    """
    waiting = Hours.objects.filter(exchange=exchange, status=HoursStatus.LOGGED, pk__in=seen)
    done = 0
    parts = parts_of(exchange, by)
    for hours in waiting.select_related("seat").order_by("day", "pk"):
        if not may_answer(hours, by, parts):
            continue
        try:
            confirm_hours(hours=hours, version=seen[hours.pk], by=by, now=now)
        except (Overtaken, NotAllowed):
            continue
        done += 1
    return done
