"""Back into words: what the members of a circle have in common, and what is wrong with one made by hand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from talka.matching.engine.circles.encoding import (
    experience_of,
    know,
    languages_well,
    minutes_ahead,
    points_between,
)
from talka.matching.engine.circles.values import CircleRequest
from talka.matching.engine.encode.hours import days_for_all
from talka.matching.engine.values import Party, Reason

A_DAY, AN_HOUR = 24 * 60, 60


def common_languages(members: Iterable[str], request: CircleRequest) -> tuple[str, ...]:
    """Return the languages that all members speak well enough, those that they speak best first."""
    parties = _of(members, request)
    levels = [languages_well(party, request.policy) for party in parties]
    shared = set.intersection(*(set(each) for each in levels)) if levels else set()
    return tuple(sorted(shared, key=lambda code: (-min(each[code] for each in levels), code)))


def why(members: Sequence[str], request: CircleRequest) -> tuple[Reason, ...]:
    """Say what speaks for a circle: language, clocks, hours, what they find hard, and their experience."""
    parties = _of(members, request)
    if len(parties) < 2:
        return ()
    return (
        *_about_languages(members, request),
        *_about_hours(parties, request),
        *_about_topics(parties),
        *_about_experience(parties),
    )


def _of(members: Iterable[str], request: CircleRequest) -> list[Party]:
    wanted = set(members)
    return [party for party in request.parties if party.key in wanted]


def _about_languages(members: Sequence[str], request: CircleRequest) -> Iterator[Reason]:
    codes = common_languages(members, request)
    if codes:
        yield Reason("circles.why.languages", {"codes": codes})


def _about_hours(parties: list[Party], request: CircleRequest) -> Iterator[Reason]:
    apart = _hours_apart([minutes_ahead(party, request.policy) for party in parties])
    yield Reason("circles.why.clocks", {"clock_hours": apart}) if apart else Reason("circles.why.same_clock")
    told = [party for party in parties if party.hours is not None]
    if len(told) < len(parties):
        yield Reason("circles.why.hours_unknown", {"count": len(parties) - len(told), "of": len(parties)})
    days = days_for_all(told, request.policy) if len(told) > 1 else None
    if days is not None:
        yield Reason("circles.why.hours" if days else "circles.why.no_hours", {"days": days} if days else {})


def _hours_apart(minutes: list[int]) -> int:
    """Return how many hours lie between the two clocks that are furthest apart, around the clock."""
    apart = (abs(one - other) % A_DAY for one in minutes for other in minutes)
    return -(-max(min(each, A_DAY - each) for each in apart) // AN_HOUR)


def _about_topics(parties: list[Party]) -> Iterator[Reason]:
    wanted = Counter(key for party in parties for key in {topic.capacity for topic in party.needs})
    shared = sorted((key for key in wanted if wanted[key] > 1), key=lambda key: (-wanted[key], key))
    if shared:
        yield Reason("circles.why.topics", {"topics": tuple(shared[:3])})
    regions = {party.region for party in parties}
    if len(regions) == 1 and regions != {""}:
        yield Reason("circles.why.same_region")


def _about_experience(parties: list[Party]) -> Iterator[Reason]:
    back = sum(not party.newcomer for party in parties)
    if back:
        yield Reason("circles.why.returned", {"count": back, "of": len(parties)})
    levels = [experience_of(party) for party in parties]
    if max(levels) > min(levels):
        yield Reason("circles.why.experience")


def warnings_of(members: Sequence[str], request: CircleRequest) -> tuple[Reason, ...]:
    """List what a circle breaks: it is too small or too large, or its members have no common language."""
    found = []
    if len(members) < request.smallest:
        found.append(Reason("circles.warning.small", {"count": len(members), "least": request.smallest}))
    if len(members) > request.largest:
        found.append(Reason("circles.warning.large", {"count": len(members), "most": request.largest}))
    if len(members) > 1 and not common_languages(members, request):
        found.append(Reason("circles.warning.no_language"))
    return tuple(found)


def best_circle_for(key: str, request: CircleRequest, circles: Sequence[Sequence[str]]) -> int | None:
    """Return the place of the circle in which somebody would fit best, of those with a common language."""
    known = {party.key: know(party, request.policy) for party in request.parties}
    fits = {
        place: sum(points_between(known[key], known[other], request.policy) for other in members)
        // len(members)
        for place, members in enumerate(circles)
        if members and key not in members and common_languages([*members, key], request)
    }
    return max(fits, key=lambda place: (fits[place], -place), default=None)
