"""The equity lens: of those who have something in common, how many are matched."""

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass

from talka.matching.engine.values import Party, Policy, Request, Side


@dataclass(frozen=True)
class Share:
    """Of those on a side who have something in common, how many there are and how many are matched."""

    side: Side
    lens: str
    value: str
    there: int
    matched: int


def shares_of(request: Request, matched: Set[str]) -> tuple[Share, ...]:
    """Return for each side, lens and value how many there are and how many of them are among the matched."""
    return tuple(
        share
        for side, parties in ((Side.LEARNS, request.learners), (Side.TEACHES, request.teachers))
        for share in _shares(side, parties, matched, request.policy)
    )


def _shares(side: Side, parties: tuple[Party, ...], matched: Set[str], policy: Policy) -> Iterator[Share]:
    there = Counter(sign for party in parties for sign in _signs(party, policy))
    found = Counter(sign for party in parties if party.key in matched for sign in _signs(party, policy))
    for lens, value in sorted(there):
        yield Share(side, lens, value, there[lens, value], found[lens, value])


def _signs(party: Party, policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield what a party has in common with others, each once: several languages, if they speak them."""
    yield "region", party.region
    yield "kind", party.kind
    yield "newcomer", "yes" if party.newcomer else "no"
    yield "repeater", "yes" if party.earlier else "no"
    spoken = {one.code for one in party.languages if one.level >= policy.minimum_language_level}
    yield from (("language", code) for code in spoken or {""})
