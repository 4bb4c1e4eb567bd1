"""What mentorships ask of their two sides: plans, hours, check-ins, how it is going, and the end."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talka.exchanges.actions import may_answer
from talka.exchanges.lifecycle import WORKING, ExchangeStatus, HoursStatus, PlanStatus
from talka.exchanges.models import Exchange, Mood
from talka.exchanges.queries import (
    check_ins_of,
    ending_of,
    first_day_of,
    goals_of,
    lacks_of,
    seats_held_by,
    signatures_that_count,
)
from talka.exchanges.rules.goals import before_completing
from talka.exchanges.rules.quiet import MOOD_ASKED_DAYS, is_ending
from talka.kernel.windows import end_of, zone
from talka.matching.models import Seat
from talka.web.shared.tasks import Task
from talka.web.shared.timelines import today_in


def mentorship_tasks(account: Any, now: datetime) -> list[Task]:
    """List what the person's mentorships ask of them now, and what they wait for."""
    found = list(Exchange.objects.held_by(account).working().with_work().order_by("pk"))
    moods = own_moods(account, found)
    return [
        task
        for exchange in found
        for task in asked_in(exchange, account, seats_held_by(exchange, account), moods, now)
    ]


def own_moods(account: Any, exchanges: Sequence[Exchange]) -> dict[int, datetime]:
    """Return when the person last said how it is going, by mentorship."""
    said = Mood.objects.filter(account=account, exchange__in=[one.pk for one in exchanges])
    return dict(said.order_by("given_at").values_list("exchange", "given_at"))


def asked_in(
    exchange: Exchange, account: Any, seats: Sequence[Seat], moods: dict[int, datetime], now: datetime
) -> list[Task]:
    """List what one mentorship asks of a person who acts for the seats."""
    if exchange.status not in WORKING or not seats:
        return []
    if exchange.status == ExchangeStatus.PAUSED:
        words = _("%(pair)s is paused. You can go on at any time.") % {"pair": exchange}
        address = exchange.get_absolute_url()
        return [Task(words=words, address=address, button=_("See the mentorship"), waits=True)]
    today = today_in(exchange.match.cycle.programme.zone, now)
    return [
        *_about_plan(exchange, seats, today),
        *_about_hours(exchange, account, seats),
        *_about_end(exchange, seats, today),
        *_about_talking(exchange, moods.get(exchange.pk), today, now),
    ]


def _about_plan(exchange: Exchange, seats: Sequence[Seat], today: date) -> Iterator[Task]:
    if exchange.plan.status != PlanStatus.DRAFT:
        return
    page, names = exchange.get_absolute_url(), {"pair": str(exchange)}
    signed = signatures_that_count(exchange.plan)
    if lacks_of(exchange.plan, today=today):
        words = _("%(pair)s: agree on the goals of your plan.") % names
        address = reverse("desk:mentorship_plan", args=[exchange.pk])
        yield Task(words=words, address=address, button=_("Write the goals"))
    elif any(seat.pk not in signed for seat in seats):
        words = _("%(pair)s: read the goals of your plan, and sign it.") % names
        yield Task(words=words, address=f"{page}#plan", button=_("Read and sign"))
    else:
        words = _("%(pair)s: you have signed. Your partner has to sign, too.") % names
        yield Task(words=words, address=f"{page}#plan", button=_("See the plan"), waits=True)


def _about_hours(exchange: Exchange, account: Any, seats: Sequence[Seat]) -> Iterator[Task]:
    parts, page = {seat.part for seat in seats}, exchange.get_absolute_url()
    found = list(exchange.hours.all())
    waiting = [one for one in found if one.status == HoursStatus.LOGGED and may_answer(one, account, parts)]
    asked = [one for one in found if one.status == HoursStatus.QUESTIONED and one.seat.part in parts]
    if waiting:
        words = ngettext(
            "%(pair)s: your partner wrote down hours on %(count)d day. Are they right?",
            "%(pair)s: your partner wrote down hours %(count)d times. Are they right?",
            len(waiting),
        ) % {"pair": exchange, "count": len(waiting)}
        yield Task(words=words, address=f"{page}#hours", button=_("Confirm hours"))
    if asked:
        words = _("%(pair)s: your partner has a question about hours you wrote down.") % {"pair": exchange}
        yield Task(words=words, address=f"{page}#hours", button=_("See the question"))


def _about_end(exchange: Exchange, seats: Sequence[Seat], today: date) -> Iterator[Task]:
    place, names = exchange.match.cycle.programme.zone, {"pair": str(exchange)}
    due_at = end_of(exchange.ends_on, place) if exchange.ends_on else None
    if not before_completing(ending_of(exchange), today=today):
        words = _("%(pair)s: everything is there. Finish your mentorship when you are ready.") % names
        address = f"{exchange.get_absolute_url()}#finish"
        yield Task(words=words, address=address, button=_("Finish"), due_at=due_at, zone=place)
        return
    parts = {seat.part for seat in seats}
    unsaid = any(parts - set(goal.said) for goal in goals_of(exchange))
    if exchange.plan.status == PlanStatus.APPROVED and is_ending(exchange.ends_on, today) and unsaid:
        words = _("%(pair)s: say which of your goals were reached.") % names
        address = reverse("desk:mentorship_judge", args=[exchange.pk])
        yield Task(words=words, address=address, button=_("Look at the goals"), due_at=due_at, zone=place)


def _about_talking(
    exchange: Exchange, said_at: datetime | None, today: date, now: datetime
) -> Iterator[Task]:
    page, names = exchange.get_absolute_url(), {"pair": str(exchange)}
    place, begun = exchange.match.cycle.programme.zone, first_day_of(exchange)
    if exchange.status == ExchangeStatus.UNDERWAY and check_ins_of(exchange, today=today).is_due(today):
        words = _("%(pair)s: time for a check-in. Talk about how it goes, then write down the day.") % names
        yield Task(words=words, address=f"{page}#check-ins", button=_("Write it down"))
    last = said_at.astimezone(zone(place)).date() if said_at else begun
    if today - last >= timedelta(days=MOOD_ASKED_DAYS):
        words = _("%(pair)s: how is it going? Only the coordinators read your answer.") % names
        yield Task(words=words, address=f"{page}#going", button=_("Say how it goes"))
