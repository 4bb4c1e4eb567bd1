"""Letters of the clock that wait for the morning: whether what they ask about is still so when they leave."""

from collections.abc import Callable
from datetime import datetime

from talka.exchanges.lifecycle import WORKING, ExchangeStatus, HoursStatus
from talka.exchanges.models import CheckIn, Exchange, Hours, Lesson, LessonReply, Nudge
from talka.exchanges.queries.cohorts import unheard
from talka.exchanges.rules.quiet import OFFER, PAUSE
from talka.letters.models import Letter

AT_WORK = (ExchangeStatus.PLANNING, ExchangeStatus.UNDERWAY)


def is_needless(letter: Letter, *, now: datetime) -> bool:
    """Tell whether a letter leaves no more, since the two did meanwhile what it would remind them of."""
    if letter.key == "circle_quiet":
        return not _is_silent(letter)
    if letter.key not in _STILL_SO:
        return False
    nudge = Nudge.objects.select_related("exchange").filter(pk=letter.subject_id or 0).first()
    return nudge is None or not _STILL_SO[letter.key](nudge)


def _is_quiet(nudge: Nudge) -> bool:
    # Who paused by themselves after a reminder is left in peace.
    among = WORKING if nudge.step in (PAUSE, OFFER) else AT_WORK
    return nudge.exchange.status in among and unheard().filter(pk=nudge.pk).exists()


def _waits_for_a_talk(nudge: Nudge) -> bool:
    talked = CheckIn.objects.filter(exchange=nudge.exchange_id, written_at__gt=nudge.taken_at)
    return nudge.exchange.status == ExchangeStatus.UNDERWAY and not talked.exists()


def _has_hours_to_confirm(nudge: Nudge) -> bool:
    side = nudge.step.removeprefix("confirm_")
    waiting = Hours.objects.filter(exchange=nudge.exchange_id, status=HoursStatus.LOGGED, seat__part=side)
    return nudge.exchange.status in AT_WORK and waiting.exists()


def _is_overdue(nudge: Nudge) -> bool:
    return nudge.exchange.status in WORKING and nudge.exchange.ends_on == nudge.quiet_since


_STILL_SO: dict[str, Callable[[Nudge], bool]] = {
    "quiet_reminder": _is_quiet,
    "quiet_warning": _is_quiet,
    "quiet_paused": _is_quiet,
    "quiet_offer": _is_quiet,
    "quiet_offer_office": _is_quiet,
    "check_in_due": _waits_for_a_talk,
    "hours_waiting": _has_hours_to_confirm,
    "mentorship_overdue": _is_overdue,
}
"""By letter: whether what it asks about is still so."""


def _is_silent(letter: Letter) -> bool:
    """Tell whether nobody of a circle has written anything since it was asked."""
    circle, since = letter.subject_id or 0, {"written_at__gt": letter.written_at}
    goes_on = Exchange.objects.filter(pk=circle, status=ExchangeStatus.UNDERWAY).exists()
    lessons = Lesson.objects.filter(exchange=circle, **since)
    return goes_on and not (
        lessons.exists() or LessonReply.objects.filter(lesson__exchange=circle, **since).exists()
    )
