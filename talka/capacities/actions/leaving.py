"""What becomes of requests and offers when a person leaves, and when they have served their purpose."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from talka.capacities.actions.needs import withdraw_need
from talka.capacities.actions.offers import end_offer
from talka.capacities.lifecycle import NEED, OFFER, SETTLED, OfferStatus
from talka.capacities.models import Introduction, Need, NeedNote, Offer
from talka.kernel.ledger import record
from talka.people.models import Account

NO_WORDS: Mapping[str, Any] = {"text": "", "when": "", "languages": [], "starts_on": None, "ends_on": None}


@transaction.atomic
def let_go_of_requests(*, person: Account, by: Any, now: datetime) -> None:
    """Withdraw the requests of a person and end their offers, and empty what mentors were told of them."""
    for need in Need.objects.filter(person=person).select_related("programme"):
        if NEED.allows("withdraw", need.status):
            withdraw_need(need=need, by=by, now=now)
    for offer in Offer.objects.filter(person=person).select_related("programme"):
        if OFFER.allows("end", offer.status):
            end_offer(offer=offer, by=by, now=now)
    Introduction.objects.filter(need__person=person).update(note="")


@transaction.atomic
def empty_requests(*, settled_before: datetime, by: Any, now: datetime) -> int:
    """Empty the words of requests that were settled, and of offers that ended, before a moment; count them.

    What they were about, and from which country, stays for the figures of the programme.
    """
    count = 0
    old = Need.objects.filter(status__in=SETTLED, moved_at__lte=settled_before)
    for need in old.exclude(text="").select_for_update():
        for name, value in NO_WORDS.items():
            setattr(need, name, value)
        need.save_version(need.version, list(NO_WORDS))
        NeedNote.objects.filter(need=need).delete()
        Introduction.objects.filter(need=need).update(note="", answer_note="")
        record(need, "delete words", by=by, now=now)
        count += 1
    ended = Offer.objects.filter(status=OfferStatus.ENDED, ended_at__lte=settled_before)
    for offer in ended.exclude(Q(text="") & Q(languages=[])).select_for_update():
        offer.text, offer.languages = "", []
        offer.save_version(offer.version, ["text", "languages"])
        record(offer, "delete words", by=by, now=now)
        count += 1
    return count
