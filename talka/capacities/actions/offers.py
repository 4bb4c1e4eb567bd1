"""What mentors do with what they offer: make it, change it, be away, confirm it, end it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from talka.capacities.actions.letters import tell_mentor
from talka.capacities.actions.needs import known, set_topics
from talka.capacities.actions.refusals import refuse_invented
from talka.capacities.lifecycle import IntroductionStatus, OfferStatus
from talka.capacities.models import Absence, Offer
from talka.kernel.ledger import move, record
from talka.people.models import Account, Community
from talka.programmes.models import Programme

WORDS = ("text", "for_models", "country", "languages", "places")


def make_offer(
    *,
    programme: Programme,
    words: Mapping[str, Any],
    topics: Iterable[Mapping[str, Any]],
    by: Any,
    now: datetime,
    person: Account | None = None,
    community: Community | None = None,
) -> Offer:
    """Offer help, as exactly one person or for one community; who has an offer already keeps that one.

    `words` holds the fields of an Offer by name, `topics` lines of {"capacity": key, "level": 1 to 5}.
    Raises NeedRefused.
    """
    refuse_invented(programme, person=person, community=community)
    side = {"programme": programme, "person": person, "community": community}
    try:
        with transaction.atomic():
            offer = Offer.objects.create(
                **side, made_by=by, made_at=now, confirmed_at=now, **known(words, WORDS)
            )
            set_topics(offer, topics)
            record(offer, "offer", by=by, now=now)
    except IntegrityError:
        return Offer.objects.get(**side)
    return offer


@transaction.atomic
def edit_offer(
    *,
    offer: Offer,
    words: Mapping[str, Any],
    topics: Iterable[Mapping[str, Any]],
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Change an offer, which also says that it still holds. Raises Overtaken and NeedRefused."""
    given = known(words, WORDS)
    for name, value in given.items():
        setattr(offer, name, value)
    offer.save_version(version, list(given))
    set_topics(offer, topics)
    record(offer, "edit", by=by, now=now)
    _holds(offer, by=by, now=now)


def _holds(offer: Offer, *, by: Any, now: datetime) -> None:
    """Keep that the offer holds as of now."""
    offer.refresh_from_db(fields=["status"])
    if offer.status == OfferStatus.STALE:
        move(offer, "renew", by=by, now=now)
    Offer.objects.filter(pk=offer.pk).update(confirmed_at=now, asked_again_at=None, ended_at=None)
    offer.confirmed_at, offer.asked_again_at = now, None


@transaction.atomic
def confirm_offer(*, offer: Offer, by: Any, now: datetime) -> None:
    """Say that an offer still holds."""
    record(offer, "confirm", by=by, now=now)
    _holds(offer, by=by, now=now)


@transaction.atomic
def end_offer(*, offer: Offer, by: Any, now: datetime) -> None:
    """Offer no help any more; questions that wait for the mentor are taken back. Raises NotAllowed."""
    move(offer, "end", by=by, now=now)
    Offer.objects.filter(pk=offer.pk).update(ended_at=now)
    waiting = offer.introductions.filter(status=IntroductionStatus.ASKED)
    for one in waiting.select_related("offer__programme"):
        move(one, "withdraw", by=by, now=now)
        tell_mentor("introduction_withdrawn", one, now=now)


@transaction.atomic
def resume_offer(*, offer: Offer, by: Any, now: datetime) -> None:
    """Offer help again, as before. Raises NotAllowed."""
    move(offer, "resume", by=by, now=now)
    _holds(offer, by=by, now=now)


@transaction.atomic
def go_away(*, offer: Offer, starts_on: date, ends_on: date, by: Any, now: datetime) -> Absence:
    """Be away from a day to a day: the offer is not proposed then. The same days twice count once."""
    absence, is_new = Absence.objects.get_or_create(offer=offer, starts_on=starts_on, ends_on=ends_on)
    if is_new:
        record(offer, "go away", by=by, now=now)
    return absence


@transaction.atomic
def come_back(*, absence: Absence, today: date, by: Any, now: datetime) -> None:
    """Be there again from today; an absence that has not begun is taken off the list."""
    if absence.starts_on >= today:
        gone, _ = Absence.objects.filter(pk=absence.pk).delete()
    else:
        gone = Absence.objects.filter(pk=absence.pk).update(ends_on=today - timedelta(days=1))
    if gone:
        record(absence.offer, "come back", by=by, now=now)
