"""What the two tell: that they talked, and, to the coordinators alone, how it is going."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from talka.exchanges.actions.pausing import go_on_when_paused
from talka.exchanges.actions.working import Refused, hold_mentorship, tell_office
from talka.exchanges.models import CheckIn, Exchange, Feeling, Mood
from talka.exchanges.queries import coordinators_apart
from talka.exchanges.rules.quiet import MOOD_DAYS
from talka.kernel.ledger import record
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason
from talka.kernel.windows import zone


@transaction.atomic
def add_check_in(*, exchange: Exchange, held_on: date, words: str, by: Any, now: datetime) -> CheckIn:
    """Write down that the two talked on a day, with words that only they read.

    There is one a day: raises Refused for a second, and for a day ahead or before the beginning. Raises
    NotAllowed when the mentorship is over. Who talks within a pause goes on with the mentorship.
    """
    held = hold_mentorship(exchange.pk, "check in")
    zones = {held.match.cycle.programme.zone, getattr(by, "time_zone", "UTC")}
    if held_on > max(now.astimezone(zone(name)).date() for name in zones):
        raise Refused(Reason("exchanges.day_ahead"))
    first = min(held.started_at.astimezone(zone(name)).date() for name in zones)
    if held_on < first:
        raise Refused(Reason("exchanges.day_before_start", {"first": first.isoformat()}))
    if held.check_ins.filter(held_on=held_on).exists():
        raise Refused(Reason("exchanges.check_in_there"))
    go_on_when_paused(held, day=held_on, by=by, now=now)
    found = CheckIn.objects.create(exchange=held, held_on=held_on, words=words, written_by=by, written_at=now)
    record(found, "write", by=by, now=now)
    return found


@transaction.atomic
def give_mood(*, exchange: Exchange, feeling: str, words: str = "", by: Any, now: datetime) -> Mood:
    """Keep how somebody says it is going, for the coordinators alone; within a week the newest counts.

    When it is not going well they get a letter at once, without the words. Raises NotAllowed when the
    mentorship is over.
    """
    held = hold_mentorship(exchange.pk, "say how it goes")
    mine = Mood.objects.filter(exchange=held, account=by).order_by("given_at", "pk")
    mood = mine.filter(given_at__gt=now - timedelta(days=MOOD_DAYS)).last()
    if mood is None:
        mood = Mood(exchange=held, account=by)
    elif (mood.feeling, mood.words) == (feeling, words):
        return mood
    mood.feeling, mood.words, mood.given_at, mood.seen_by, mood.seen_at = feeling, words, now, None, None
    mood.save()
    # A line about the mood itself: the ledger of the exchange is read by both.
    record(mood, "give", by=by, now=now)
    if feeling == Feeling.NOT_GOOD:
        values = {"by": str(by)}
        office = coordinators_apart(held)
        tell_office(office, "mood_not_good", held, now=now, about=mood, values=values, once=now.isoformat())
    return mood


@transaction.atomic
def see_mood(*, mood: Mood, given_at: datetime, note: str = "", by: Any, now: datetime) -> None:
    """Write down that a coordinator read a mood and did what was needed, with a note for the others.

    Raises Overtaken when something else was said since, or somebody else has seen to it.
    """
    unseen = Mood.objects.filter(pk=mood.pk, seen_at__isnull=True, given_at=given_at)
    if not unseen.update(seen_by=by, seen_at=now):
        raise Overtaken(f"mood {mood.pk} has changed")
    record(mood, "see", by=by, now=now, note=note)
