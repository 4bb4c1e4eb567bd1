"""What the clock does when nothing is heard of a pair: remind, warn, pause, offer another partner.

Who is quiet is found for a whole cohort at once; a pair is locked, and looked at again, only when a step
is due. Each step is taken once in a silence, and after an outage only the last that is due.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from talka.blueprints.exchanges import Quiet
from talka.exchanges.actions.pausing import begin_pause
from talka.exchanges.actions.working import both_of, tell, tell_office
from talka.exchanges.lifecycle import WORKING
from talka.exchanges.models import Exchange, Nudge
from talka.exchanges.queries.cohorts import silences_of
from talka.exchanges.rules.quiet import OFFER, PAUSE, REMIND, WARN, Silence, quiet_days, step_due
from talka.kernel.windows import zone
from talka.programmes.models import Cycle


def cycles_at_work() -> list[Cycle]:
    """List the cycles in which mentorships go on."""
    found = Cycle.objects.filter(matches__exchange__in=Exchange.objects.working().values("pk"))
    return list(found.select_related("programme").distinct().order_by("pk"))


def take_quiet_steps(*, now: datetime) -> int:
    """Take the step that is due for each pair of which nothing is heard; return how many there were."""
    return sum(_take_in(cycle, now) for cycle in cycles_at_work())


def _take_in(cycle: Cycle, now: datetime) -> int:
    asked, place = cycle.plan.mentorship, cycle.programme.zone
    if asked is None:
        return 0
    today = now.astimezone(zone(place)).date()
    rows = Exchange.objects.working().filter(match__cycle=cycle)
    silences = silences_of(rows, zone_name=place)
    due = [key for key, one in silences.items() if step_due(one, asked.quiet, today=today)]
    return sum(_take(key, asked.quiet, place, today=today, now=now) for key in due)


@transaction.atomic
def _take(pk: int, asked: Quiet, place: str, *, today: date, now: datetime) -> bool:
    """Take the step that is due for one pair, by what is true now; False when somebody was faster."""
    held = Exchange.objects.select_for_update().get(pk=pk)
    silence = silences_of(Exchange.objects.filter(pk=pk), zone_name=place)[pk]
    step = step_due(silence, asked, today=today)
    if held.status not in WORKING or step is None:
        return False
    nudge, is_new = Nudge.objects.get_or_create(
        exchange=held, quiet_since=silence.since, step=step, defaults={"taken_at": now}
    )
    if is_new:
        _STEPS[step](held, nudge, silence, today, now)
    return is_new


def _remind(held: Exchange, nudge: Nudge, silence: Silence, today: date, now: datetime) -> None:
    _write("quiet_reminder", held, nudge, silence, today, now)


def _warn(held: Exchange, nudge: Nudge, silence: Silence, today: date, now: datetime) -> None:
    _write("quiet_warning", held, nudge, silence, today, now)


def _pause(held: Exchange, nudge: Nudge, silence: Silence, today: date, now: datetime) -> None:
    if not silence.is_paused:
        begin_pause(held, until=None, by=None, now=now)
    _write("quiet_paused", held, nudge, silence, today, now)


def _offer(held: Exchange, nudge: Nudge, silence: Silence, today: date, now: datetime) -> None:
    _write("quiet_offer", held, nudge, silence, today, now)
    values = {"days": quiet_days(silence.since, today)}
    tell_office(None, "quiet_offer_office", held, now=now, about=nudge, values=values, in_the_morning=True)


def _write(key: str, held: Exchange, nudge: Nudge, silence: Silence, today: date, now: datetime) -> None:
    values = {"days": quiet_days(silence.since, today), "since": silence.since}
    tell(both_of(held), key, held, now=now, about=nudge, values=values, in_the_morning=True)


_STEPS: dict[str, Callable[[Exchange, Nudge, Silence, date, datetime], None]] = {
    REMIND: _remind,
    WARN: _warn,
    PAUSE: _pause,
    OFFER: _offer,
}
"""What is done at each step."""
