"""Pausing a mentorship and going on with it: it blames nobody, and its last day moves by as much."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from talka.exchanges.actions.working import Refused, both_of, day_in, hold_mentorship, tell
from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange, Pause
from talka.exchanges.rules.quiet import back_on, paused_days
from talka.kernel.ledger import move
from talka.kernel.models import Entry
from talka.kernel.reasons import Reason

AT_WORK = (ExchangeStatus.PLANNING, ExchangeStatus.UNDERWAY)
LONGEST = timedelta(days=366)


@transaction.atomic
def pause_mentorship(*, exchange: Exchange, until: date | None = None, by: Any, now: datetime) -> Pause:
    """Ask nothing of the two from today on: until the end of a day, or until somebody goes on with it.

    Both are told. Raises NotAllowed, and Refused for a day that is past or more than a year ahead.
    """
    held = hold_mentorship(exchange.pk, "pause", AT_WORK)
    today = day_in(held, now)
    if until is not None and not today <= until <= today + LONGEST:
        raise Refused(Reason("exchanges.pause_not_ahead"))
    pause = begin_pause(held, until=until, by=by, now=now)
    others = [person for person in both_of(held) if person != by]
    values = {"by": str(by), "until": until}
    tell(others, "mentorship_paused", held, now=now, about=pause, values=values)
    return pause


def begin_pause(held: Exchange, *, until: date | None, by: Any, now: datetime) -> Pause:
    """Write down that a locked mentorship is paused from today on."""
    move(held, "pause", by=by, now=now)
    return Pause.objects.create(exchange=held, starts_on=day_in(held, now), ends_on=until)


@transaction.atomic
def resume_mentorship(*, exchange: Exchange, by: Any, now: datetime) -> None:
    """Go on with a paused mentorship, and move its last day by the days of the pause. Raises NotAllowed."""
    held = hold_mentorship(exchange.pk, "resume", (ExchangeStatus.PAUSED,))
    end_pause(held, now=now)
    move(held, _way_back(held), by=by, now=now)


def end_pause(held: Exchange, *, now: datetime) -> None:
    """End the pause of a locked mentorship, today or on its own last day, whichever came first."""
    pause = held.pauses.order_by("pk").last()
    if pause is None:
        return
    back = back_on(pause.ends_on, day_in(held, now))
    pause.ends_on = max(pause.starts_on, back - timedelta(days=1))
    pause.save(update_fields=["ends_on"])
    if held.ends_on is not None:
        held.ends_on += timedelta(days=paused_days(pause.starts_on, back))
        held.save(update_fields=["ends_on"])


def _way_back(held: Exchange) -> str:
    """Return the move that leads back to where the mentorship was when it was paused."""
    paused = Entry.objects.about(held).filter(verb="pause").last()
    was_planning = paused is not None and paused.source == ExchangeStatus.PLANNING
    return "go back to planning" if was_planning else "resume"


def go_on_when_paused(held: Exchange, *, day: date, by: Any, now: datetime) -> None:
    """Go on with a locked mentorship whose two did something on a day within its pause."""
    if held.status != ExchangeStatus.PAUSED:
        return
    pause = held.pauses.order_by("pk").last()
    if pause is None or day >= pause.starts_on:
        end_pause(held, now=now)
        move(held, _way_back(held), by=by, now=now)


def resume_pauses(*, now: datetime) -> int:
    """Go on, by the clock, with every mentorship whose pause is over; return how many there were."""
    # Wherever the programme is, its day is at most one ahead of the day in UTC.
    over = Exchange.objects.mentorships().filter(
        status=ExchangeStatus.PAUSED, pauses__ends_on__lt=now.date() + timedelta(days=1)
    )
    return sum(_resume_in_time(pk, now=now) for pk in over.distinct().values_list("pk", flat=True))


@transaction.atomic
def _resume_in_time(pk: int, *, now: datetime) -> bool:
    held = Exchange.objects.select_for_update().get(pk=pk)
    pause = held.pauses.order_by("pk").last()
    if held.status != ExchangeStatus.PAUSED or pause is None or pause.ends_on is None:
        return False
    if pause.ends_on >= day_in(held, now):
        return False
    end_pause(held, now=now)
    move(held, _way_back(held), by=None, now=now)
    tell(both_of(held), "mentorship_resumed", held, now=now, about=pause, in_the_morning=True)
    return True
