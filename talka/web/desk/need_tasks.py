"""What requests and offers ask of a person, and what they wait for."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from talka.capacities.lifecycle import IntroductionStatus, NeedStatus, OfferStatus
from talka.capacities.models import Introduction, Need, NoteKind, Offer
from talka.capacities.queries import own_introductions, own_needs, own_offers
from talka.web.shared.tasks import Mine, Task

# An answer is called one that waits to be read for so long.
NEW_FOR = timedelta(days=30)
NEWS = (NeedStatus.ANSWERED, NeedStatus.MATCHED)


def need_tasks(account: Any, now: datetime) -> list[Task]:
    """List answers to read, questions of coordinators, mentors' questions, and offers to confirm."""
    asked = own_introductions(account).filter(status=IntroductionStatus.ASKED)
    unsure = own_offers(account).exclude(status=OfferStatus.ENDED).exclude(asked_again_at=None)
    needs = [_of_need(need, now) for need in own_needs(account)]
    return [
        *(task for task in needs if task is not None),
        *(_of_introduction(one) for one in asked),
        *(_of_offer(one) for one in unsure),
    ]


def _of_need(need: Need, now: datetime) -> Task | None:
    names = {"programme": need.programme, "asker": need.asker}
    page = need.get_absolute_url()
    if need.is_waiting and need.last_word == NoteKind.REPLY:
        words = _("%(programme)s: the coordinators wrote to you about the request of %(asker)s.") % names
        return Task(words=words, address=page, button=_("Read it"))
    if need.is_waiting:
        words = _("%(programme)s: the coordinators look at the request of %(asker)s.") % names
        return Task(words=words, address=page, button=_("See the request"), waits=True)
    if need.status in NEWS and now - need.moved_at < NEW_FOR:
        words = _("%(programme)s: there is an answer to the request of %(asker)s. Does it help?") % names
        return Task(words=words, address=page, button=_("Read it"))
    return None


def _of_introduction(introduction: Introduction) -> Task:
    words = _("%(programme)s: could %(mentor)s help somebody? Look at it, and say yes or no.")
    names = {"programme": introduction.need.programme, "mentor": introduction.offer.mentor}
    return Task(words=words % names, address=introduction.get_absolute_url(), button=_("Answer"))


def _of_offer(offer: Offer) -> Task:
    words = _("%(programme)s: is the offer of %(mentor)s still so?")
    names = {"programme": offer.programme, "mentor": offer.mentor}
    return Task(words=words % names, address=offer.get_absolute_url(), button=_("Look at it"))


def need_records(account: Any, now: datetime) -> list[Mine]:
    """List the person's requests and offers, newest first."""
    needs = [
        Mine(
            # Translators: both are names, of whoever asks and of the programme.
            words=_("Request of %(asker)s to %(programme)s")
            % {"asker": need.asker, "programme": need.programme},
            address=need.get_absolute_url(),
            record=need,
        )
        for need in own_needs(account)[:50]
    ]
    offers = [
        Mine(
            # Translators: both are names, of whoever offers help and of the programme.
            words=_("Offer of %(mentor)s to %(programme)s")
            % {"mentor": offer.mentor, "programme": offer.programme},
            address=offer.get_absolute_url(),
            record=offer,
        )
        for offer in own_offers(account)[:50]
    ]
    return [*needs, *offers]
