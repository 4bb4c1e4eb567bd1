"""What is asked for and offered by nobody, and the other way round; never a single private request."""

from collections.abc import Iterable
from dataclasses import dataclass

from talka.capacities.lifecycle import OfferStatus
from talka.capacities.models import Capacity, Need, Offer
from talka.capacities.queries.fitting import country_of, levels
from talka.capacities.rules import WORKING_LEVEL, Asked, countable
from talka.programmes.models import Programme


@dataclass(frozen=True)
class Opportunities:
    """What stands on one side only: topics with how many ask or offer, countries and languages by code."""

    wanted_topics: tuple[tuple[Capacity, int], ...]
    idle_topics: tuple[tuple[Capacity, int], ...]
    countries: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands on one side only."""
        return not (self.wanted_topics or self.idle_topics or self.countries or self.languages)


def opportunities_of(programme: Programme) -> Opportunities:
    """Say what requests and offers of a programme lack, in as many queries however many there are."""
    needs = list(
        Need.objects.filter(programme=programme)
        .waiting()
        .select_related("community")
        .prefetch_related("topics__capacity")
    )
    offers = list(
        Offer.objects.filter(programme=programme)
        .exclude(status=OfferStatus.ENDED)
        .select_related("community")
        .prefetch_related("topics__capacity")
    )
    return Opportunities(
        wanted_topics=_wanted_topics(needs, offers),
        idle_topics=_idle_topics(needs, offers),
        countries=_countries(needs, offers),
        languages=_languages(needs, offers),
    )


def _asker(need: Need) -> str:
    return f"community {need.community_id}" if need.community_id else f"person {need.person_id}"


def _capacities(records: Iterable[Need | Offer]) -> dict[str, Capacity]:
    return {topic.capacity.key: topic.capacity for one in records for topic in one.topics.all()}


def _covers(given: Iterable[Capacity], wanted: Capacity) -> bool:
    """Tell whether one of the topics is the wanted one, or one step away from it in the tree."""
    return any(
        wanted.pk in (one.pk, one.parent_id) or (wanted.parent_id is not None and wanted.parent_id == one.pk)
        for one in given
    )


def _wanted_topics(needs: list[Need], offers: list[Offer]) -> tuple[tuple[Capacity, int], ...]:
    asked, offered = _capacities(needs), list(_capacities(offers).values())
    named = [
        Asked(topic.capacity.key, _asker(need), need.is_public)
        for need in needs
        for topic in need.topics.all()
    ]
    found = [(asked[key], count) for key, count in countable(named).items()]
    return _by_count((topic, count) for topic, count in found if not _covers(offered, topic))


def _idle_topics(needs: list[Need], offers: list[Offer]) -> tuple[tuple[Capacity, int], ...]:
    """List what is offered and asked for by nobody; a request that nobody may know of counts as none.

    Otherwise a topic that is missing from the list would tell that somebody asks for it in private.
    """
    named = [
        Asked(topic.capacity.key, _asker(need), need.is_public)
        for need in needs
        for topic in need.topics.all()
    ]
    asked = _capacities(needs)
    known = [asked[key] for key in countable(named)]
    offered: dict[str, set[int]] = {}
    for offer in offers:
        for topic in offer.topics.all():
            offered.setdefault(topic.capacity.key, set()).add(offer.pk)
    topics = _capacities(offers)
    return _by_count((topics[key], len(by)) for key, by in offered.items() if not _covers(known, topics[key]))


def _countries(needs: list[Need], offers: list[Offer]) -> tuple[tuple[str, int], ...]:
    """List the countries from which help is asked for, and in which nobody offers any."""
    covered = {country_of(offer) for offer in offers}
    named = [Asked(country_of(need), _asker(need), need.is_public) for need in needs if country_of(need)]
    return tuple((code, count) for code, count in countable(named).items() if code not in covered)


def _languages(needs: list[Need], offers: list[Offer]) -> tuple[tuple[str, int], ...]:
    """List the languages of requests in which no mentor can work. Nobody said that others may see theirs."""
    covered = {
        code for offer in offers for code, level in levels(offer.languages).items() if level >= WORKING_LEVEL
    }
    named = [
        Asked(code, _asker(need), False)
        for need in needs
        for code, level in levels(need.languages).items()
        if level >= WORKING_LEVEL
    ]
    return tuple((code, count) for code, count in countable(named).items() if code not in covered)


def _by_count(found: Iterable[tuple[Capacity, int]]) -> tuple[tuple[Capacity, int], ...]:
    return tuple(sorted(found, key=lambda one: (-one[1], one[0].key)))
