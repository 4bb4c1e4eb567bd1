"""The people and communities of the demonstration: all invented, made through the actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from talka.capacities.actions import import_capacities, set_capacity
from talka.capacities.models import Capacity, Relation
from talka.people.actions.communities import add_meeting, add_support_period, create_community
from talka.people.actions.representations import accept_representation, invite_representative
from talka.people.actions.sign_in import find_or_make_account
from talka.people.models import Account, Community, CommunityKind, Region, SupportKind
from talka.people.models.communities import Maturity

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Group:
    """A community as the demonstration introduces it."""

    name: str
    kind: str
    country: str
    representative: str
    languages: tuple[str, ...]
    maturity: str = Maturity.DEVELOPING
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    has_general_support: bool = False
    came_to_a_meeting: bool = True


DEVELOPING, ESTABLISHED = Maturity.DEVELOPING, Maturity.ESTABLISHED
GROUP, CHAPTER, INFORMAL = CommunityKind.USER_GROUP, CommunityKind.CHAPTER, CommunityKind.INFORMAL

GROUPS = (
    Group("Wikimedians of Ruritania", GROUP, "SK", "ada", ("sk", "en"), needs=("event_budgets",)),
    Group(
        "Wikimedia Graustark",
        CHAPTER,
        "PL",
        "bo",
        ("pl", "en"),
        ESTABLISHED,
        offers=("event_budgets", "event_management", "finances"),
    ),
    Group("Syldavian Wikimedians", GROUP, "MK", "eva", ("mk", "en"), needs=("volunteer_onboarding",)),
    Group("Friends of Wikipedia in Borduria", INFORMAL, "AL", "filip", ("sq", "en"), needs=("glam",)),
    Group(
        "Wikimedia Orsinia",
        CHAPTER,
        "CZ",
        "greta",
        ("cs", "en"),
        ESTABLISHED,
        offers=("volunteer_onboarding", "volunteer_recruitment", "volunteer_retention"),
    ),
    Group(
        "Zubrowka Community Wikimedia",
        GROUP,
        "HU",
        "hugo",
        ("hu", "en"),
        needs=("fundraising",),
        has_general_support=True,
    ),
    Group("Wiki Club Lutha", INFORMAL, "RO", "ivana", ("ro", "en"), needs=("education",)),
    Group(
        "Wikimedia Evallonia",
        GROUP,
        "EE",
        "jan",
        ("et", "en"),
        ESTABLISHED,
        offers=("education", "partnerships"),
    ),
)

PEOPLE = ("cleo", "dan", "rosa")
"""Cleo coordinates, Dan is a stranger, Rosa reviews."""


def make_account(name: str, *, now: datetime) -> Account:
    """Make an account of the cast, or find it."""
    return find_or_make_account(email=f"{name}@demo.invalid", name=name.title(), language="en", now=now)


def introduce_everybody(*, now: datetime) -> Mapping[str, Any]:
    """Make the people and their communities; return them by the first name and by the community's name."""
    everybody: dict[str, Any] = {name: make_account(name, now=now) for name in PEOPLE}
    cleo = everybody["cleo"]
    cleo.can_found = True
    cleo.save(update_fields=["can_found"])
    import_capacities(by=cleo, now=now)
    for group in GROUPS:
        account = make_account(group.representative, now=now)
        everybody[group.representative] = account
        everybody[group.name] = introduce(group, account, by=cleo, now=now)
    return everybody


def introduce(
    group: Group, account: Account, *, by: Account, now: datetime, is_synthetic: bool = False
) -> Community:
    """Make one community with its facts and its representative."""
    facts = {
        "name": group.name,
        "kind": group.kind,
        "country": group.country,
        "region": Region.CEE_CA,
        "languages": list(group.languages),
        "maturity": group.maturity,
    }
    community = create_community(facts=facts, by=by, now=now, is_synthetic=is_synthetic)
    if group.has_general_support:
        add_support_period(
            community=community,
            kind=SupportKind.GENERAL_SUPPORT,
            starts_on=(now - A_YEAR).date(),
            ends_on=(now + A_YEAR).date(),
            by=by,
            now=now,
        )
    if group.came_to_a_meeting:
        met_on = (now - A_YEAR).date()
        add_meeting(
            community=community, meeting=f"CEE Meeting {met_on.year}", ended_on=met_on, by=by, now=now
        )
    for relation, keys in ((Relation.OFFER, group.offers), (Relation.NEED, group.needs)):
        for key in keys:
            capacity = Capacity.objects.get(key=key)
            set_capacity(community=community, capacity=capacity, relation=relation, level=4, by=by, now=now)
    invited = invite_representative(
        community=community, email=account.email or "", name=account.name, by=by, now=now
    )
    accept_representation(representation=invited, by=account, now=now)
    return community
