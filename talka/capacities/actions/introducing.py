"""Bringing two together: the mentor is asked first; on a yes the two learn of each other."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from talka.capacities.actions.letters import need_values, tell_mentor, tell_office, write_to_all
from talka.capacities.actions.needs import hold_need, touch
from talka.capacities.actions.refusals import NeedRefused
from talka.capacities.lifecycle import STANDING, IntroductionStatus, NeedStatus
from talka.capacities.models import Introduction, Need, Offer
from talka.capacities.queries.people import people_of
from talka.kernel.ledger import move, record
from talka.kernel.windows import zone

TAKES_MENTORS = (NeedStatus.ASKED, NeedStatus.TAKEN, NeedStatus.ANSWERED)


@transaction.atomic
def introduce(*, need: Need, offer: Offer, note: str, by: Any, now: datetime) -> Introduction:
    """Ask a mentor whether they help with a request; whoever asks is on it from then on.

    `note` is what the mentor reads of it. Raises NeedRefused when the request is settled, a mentor is asked
    already, or the offer has no place left or is not there today.
    """
    hold_need(need)
    if need.status not in TAKES_MENTORS:
        raise NeedRefused("needs.settled")
    if need.introductions.filter(status__in=STANDING).exists():
        raise NeedRefused("needs.asked_already")
    locked = _hold_offer(offer)
    _check(need, locked, now)
    try:
        with transaction.atomic():
            made = Introduction.objects.create(
                need=need, offer=locked, note=note, proposed_by=by, proposed_at=now
            )
    except IntegrityError:
        raise NeedRefused("needs.asked_already") from None
    if need.status == NeedStatus.ASKED:
        move(need, "take up", by=by, now=now)
    elif need.status == NeedStatus.ANSWERED:
        move(need, "answer back", by=by, now=now)
    touch(need, now=now, owner_id=need.owner_id or by.pk)
    record(need, "ask a mentor", by=by, now=now)
    tell_mentor("introduction_asked", made, now=now)
    return made


def _hold_offer(offer: Offer) -> Offer:
    """Lock the row of an offer, which stands for its places."""
    return Offer.objects.select_for_update(of=("self",)).select_related("programme").get(pk=offer.pk)


def _check(need: Need, offer: Offer, now: datetime) -> None:
    if (need.person_id, need.community_id) == (offer.person_id, offer.community_id):
        raise NeedRefused("needs.yourself")
    today = now.astimezone(zone(offer.programme.zone)).date()
    if not offer.is_standing or offer.away_until(today):
        raise NeedRefused("needs.not_there")
    if offer.introductions.filter(status__in=STANDING).count() >= offer.places:
        raise NeedRefused("needs.no_place")


@transaction.atomic
def accept_introduction(*, introduction: Introduction, by: Any, now: datetime) -> None:
    """Say yes, as the mentor: both get the other's name and address.

    Raises NotAllowed when it was taken back or answered, and NeedRefused when no place is left.
    """
    need = Need.objects.select_related("programme").get(pk=introduction.need_id)
    hold_need(need)
    offer = _hold_offer(introduction.offer)
    introduction.refresh_from_db(fields=["status"])
    taken = offer.introductions.filter(status=IntroductionStatus.ACCEPTED).count()
    if introduction.status == IntroductionStatus.ASKED and taken >= offer.places:
        raise NeedRefused("needs.no_place")
    move(introduction, "accept", by=by, now=now)
    _answered(introduction, "", by=by, now=now)
    move(need, "introduce", by=by, now=now)
    touch(need, now=now)
    _tell_both(introduction, need, offer, now=now)


def _answered(introduction: Introduction, note: str, *, by: Any, now: datetime) -> None:
    introduction.answer_note, introduction.answered_by, introduction.answered_at = note, by, now
    introduction.save(update_fields=["answer_note", "answered_by", "answered_at"])


def _tell_both(introduction: Introduction, need: Need, offer: Offer, *, now: datetime) -> None:
    """Give each side the names and addresses of the other."""
    askers, mentors = people_of(need), people_of(offer)
    values = need_values(need) | {"mentor": str(offer.mentor)}
    once = now.isoformat()
    to_asker = values | {"contacts": mentors}
    write_to_all("introduction_agreed", askers, values=to_asker, about=need, now=now, once=once)
    to_mentor = values | {"contacts": askers, "path": introduction.get_absolute_url()}
    write_to_all("introduction_accepted", mentors, values=to_mentor, about=introduction, now=now, once=once)


@transaction.atomic
def decline_introduction(*, introduction: Introduction, note: str, by: Any, now: datetime) -> None:
    """Say no, as the mentor; the coordinators look for somebody else. Raises NotAllowed."""
    need = Need.objects.select_related("programme").get(pk=introduction.need_id)
    hold_need(need)
    introduction.refresh_from_db(fields=["status"])
    move(introduction, "decline", by=by, now=now)
    _answered(introduction, note, by=by, now=now)
    touch(need, now=now)
    tell_office("introduction_declined", need, now=now, mentor=str(introduction.offer.mentor), words=note)


@transaction.atomic
def withdraw_introduction(*, introduction: Introduction, by: Any, now: datetime) -> None:
    """Stop asking a mentor who has not answered yet, as a coordinator. Raises NotAllowed."""
    need = Need.objects.select_related("programme").get(pk=introduction.need_id)
    hold_need(need)
    introduction.refresh_from_db(fields=["status"])
    move(introduction, "withdraw", by=by, now=now)
    touch(need, now=now)
    tell_mentor("introduction_withdrawn", introduction, now=now)


@transaction.atomic
def finish_introduction(*, introduction: Introduction, by: Any, now: datetime) -> None:
    """Say that the help has ended, so that the place is free again. Raises NotAllowed."""
    introduction.refresh_from_db(fields=["status"])
    move(introduction, "finish", by=by, now=now)
