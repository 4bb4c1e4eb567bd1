"""What the clock does for requests and offers: reminders, the yearly question, offers gone stale."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from talka.capacities.actions.letters import tell_office, topics_in_words, write_to_all
from talka.capacities.lifecycle import OfferStatus
from talka.capacities.models import Need, Offer
from talka.capacities.queries.people import people_of
from talka.capacities.rules import A_YEAR, SIXTY_DAYS, is_asked_again, is_stale, reminder_due
from talka.kernel.ledger import move
from talka.kernel.models import Overtaken
from talka.kernel.windows import decent_moment


def remind_of_needs(*, now: datetime) -> int:
    """Remind coordinators of requests that nothing happened to for so many days; return the letters.

    Each reminder of the blueprint is written once, after nine in the programme's zone; after an outage only
    the newest of those that were missed.
    """
    waiting = Need.objects.waiting().select_related("programme", "person", "community").order_by("pk")
    return sum(_remind(need, now) for need in waiting)


@transaction.atomic
def _remind(need: Need, now: datetime) -> int:
    asked, place = need.programme.plan.requests, need.programme.zone
    planned = asked.reminders_days if asked else ()
    days = reminder_due(need.moved_at, planned, zone_name=place, now=now)
    if days is None:
        return 0
    before = Q(reminded_days__isnull=True) | Q(reminded_days__lt=days)
    # Of two clocks one finds the row as it was read; whoever did something meanwhile is not reminded.
    claimed = Need.objects.waiting().filter(before, pk=need.pk, moved_at=need.moved_at)
    if not claimed.update(reminded_days=days):
        return 0
    age = (now - need.waits_since).days
    return tell_office("need_reminder", need, now=now, by_day=True, days=days, age=age)


def ask_whether_offers_hold(*, now: datetime) -> int:
    """Ask mentors, a year after they last said so, whether their offer still holds; return the letters."""
    due = Offer.objects.filter(
        status=OfferStatus.OPEN, asked_again_at__isnull=True, confirmed_at__lte=now - A_YEAR
    )
    found = due.select_related("programme", "person", "community").order_by("pk")
    return sum(
        _ask_again(offer, now)
        for offer in found
        if is_asked_again(offer.confirmed_at, zone_name=offer.programme.zone, now=now)
    )


@transaction.atomic
def _ask_again(offer: Offer, now: datetime) -> int:
    unasked = Offer.objects.filter(pk=offer.pk, asked_again_at__isnull=True, status=OfferStatus.OPEN)
    if not unasked.filter(confirmed_at=offer.confirmed_at).update(asked_again_at=now):
        return 0
    values = {
        "programme": offer.programme,
        "topics": topics_in_words(offer),
        "path": offer.get_absolute_url(),
    }
    due_at = decent_moment(now, offer.programme.zone)
    once = now.isoformat()
    return write_to_all(
        "offer_still_so", people_of(offer), values=values, about=offer, now=now, once=once, due_at=due_at
    )


def mark_stale_offers(*, now: datetime) -> int:
    """Mark offers of which nobody said for sixty days whether they hold; a word brings them back."""
    left = Offer.objects.filter(status=OfferStatus.OPEN, asked_again_at__lte=now - SIXTY_DAYS)
    return sum(_mark_stale(offer, now) for offer in left.order_by("pk"))


@transaction.atomic
def _mark_stale(offer: Offer, now: datetime) -> int:
    current = Offer.objects.select_for_update().get(pk=offer.pk)
    if not is_stale(current.asked_again_at, now=now):
        return 0
    try:
        move(offer, "mark stale", by=None, now=now)
    except Overtaken:
        return 0
    return 1
