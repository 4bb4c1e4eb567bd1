"""The offers that could answer a request, best first, each with its reasons in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from talka.capacities.lifecycle import OfferStatus
from talka.capacities.models import Capacity, Need, Offer
from talka.capacities.rules import Fit, Given, Topic, Wanted, fit
from talka.kernel.lists import listed
from talka.kernel.locales import language_called
from talka.kernel.reasons import Reason


@dataclass(frozen=True)
class Fitting:
    """An offer beside a request: how it fits, and how many places it has left."""

    offer: Offer
    fit: Fit
    places_left: int


def fitting_offers(need: Need, *, today: date) -> list[Fitting]:
    """List the offers of the programme that could answer a request, best first; then those that nearly could.

    An offer without any of the topics is left out. As many queries however many offers there are.
    """
    wanted = _wanted(need)
    offers = (
        Offer.objects.filter(programme=need.programme_id)
        .exclude(status=OfferStatus.ENDED)
        .exclude(person=need.person_id, community=need.community_id)
        .with_places()
        .select_related("person", "community", "programme")
        .prefetch_related("topics__capacity__parent", "absences")
    )
    judged = [_judge(wanted, offer, today) for offer in offers]
    related = [one for one in judged if not any(why.key == "fit.no_topic" for why in one.fit.against)]
    return sorted(related, key=lambda one: (not one.fit.is_possible, -one.fit.points, one.offer.pk))


def _wanted(need: Need) -> Wanted:
    topics = need.topics.select_related("capacity__parent")
    return Wanted(
        topics=tuple(_topic(one.capacity) for one in topics),
        languages=levels(need.languages),
        model=need.model,
        country=need.country,
    )


def _judge(wanted: Wanted, offer: Offer, today: date) -> Fitting:
    left = max(0, offer.places - offer.taken)
    given = Given(
        topics=tuple(_topic(one.capacity) for one in offer.topics.all()),
        languages=levels(offer.languages),
        models=tuple(offer.for_models),
        country=country_of(offer),
        places_left=left,
        away_until=offer.away_until(today),
        is_stale=offer.status == OfferStatus.STALE,
    )
    found = fit(wanted, given)
    spoken = Fit(found.points, _with_names(found.reasons), _with_names(found.against))
    return Fitting(offer, spoken, left)


def _topic(capacity: Capacity) -> Topic:
    return Topic(capacity.key, capacity.name, capacity.parent.key if capacity.parent else "")


def levels(languages: list[dict]) -> dict[str, int]:
    """Return language to level, as requests and offers keep them."""
    return {line["language"]: line["level"] for line in languages}


def country_of(record: Need | Offer) -> str:
    """Return the country that a request or an offer names, or else that of its community."""
    return record.country or (record.community.country if record.community else "")


def _with_names(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Name the languages of reasons in the reader's language."""
    here = get_language() or "en"
    return tuple(
        Reason(
            one.key, {"languages": listed(language_called(code, here) for code in one.values["languages"])}
        )
        if "languages" in one.values
        else one
        for one in reasons
    )
