"""The invented applicants of a rehearsal: communities and people, and what is on record of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import transaction
from django.db.models import QuerySet

from talka.applications.queries import LEARNS, takes
from talka.blueprints.schema import Blueprint
from talka.capacities.actions import set_capacity
from talka.capacities.models import Capacity, Relation
from talka.demo.inventing import draw
from talka.letters.sending import NOWHERE
from talka.people.actions.communities import add_meeting, add_support_period, create_community
from talka.people.actions.representations import accept_representation, invite_representative
from talka.people.actions.sign_in import find_or_make_account
from talka.people.models import Account, Community, CommunityKind, Region, SupportKind
from talka.people.models.communities import Maturity
from talka.programmes.models import Programme

A_YEAR = timedelta(days=365)
LEARNER, TEACHER = 1, 5

Fate = Literal["agreed", "plain", "refused", "draft", "unsure"]
"""How an applicant will look in screening: agreed beforehand, plainly fit, against a criterion, not handed
in yet, or with nothing on record, so that a person decides."""

LEARNING_FATES: tuple[Fate, ...] = ("agreed", "plain", "refused", "draft", "unsure", "plain")
TEACHING_FATES: tuple[Fate, ...] = ("plain", "plain", "unsure", "draft", "plain", "refused")

# Where the invented live: real codes, so that pages can name the country and the language.
HOMES = (
    ("SK", "sk"),
    ("PL", "pl"),
    ("MK", "mk"),
    ("AL", "sq"),
    ("CZ", "cs"),
    ("HU", "hu"),
    ("RO", "ro"),
    ("EE", "et"),
    ("BG", "bg"),
    ("HR", "hr"),
    ("LT", "lt"),
)


@dataclass(frozen=True)
class Guest:
    """One invented applicant: its number in the cohort and on its side, and what will become of it.

    Who is alone applies as a person, the others as a community.
    """

    number: int
    place: int
    role: str
    learns: bool
    fate: Fate
    alone: bool = False

    @property
    def name(self) -> str:
        """Return the name of the invented person: who applies, or who acts for the community."""
        return f"Invented person {self.number:02}"

    @property
    def seed(self) -> str:
        """Return what everything invented about the guest is drawn from."""
        return self.name if self.alone else f"Invented community {self.number:02} ({self.role})"

    @property
    def interest(self) -> int:
        """Return which of a few groups of topics the guest is about, so that both sides find each other."""
        return self.place // 2 % 3


def cohort_of(plan: Blueprint, size: int) -> tuple[Guest, ...]:
    """Say who applies in a rehearsal of the size: three learn for every two who teach, as far as invited."""
    parts = {role.key: role.part for role in plan.roles}
    invited = [call.role for call in plan.calls]
    learning = [role for role in invited if parts[role] in LEARNS]
    teaching = _with_supporters(
        [role for role in invited if parts[role] not in LEARNS and parts[role] != "supports"],
        [role for role in invited if parts[role] == "supports"],
    )
    if not learning or not teaching:
        return tuple(_side(plan, learning or teaching, bool(learning), size, 1))
    teachers = max(1, size * 2 // 5)
    learners = _side(plan, learning, True, size - teachers, 1)
    return (*learners, *_side(plan, teaching, False, teachers, size - teachers + 1))


def _with_supporters(teaching: Sequence[str], supporting: Sequence[str]) -> list[str]:
    """Put those who teach before each who supports: otherwise few would teach where many roles support."""
    return [role for one in supporting for role in (*teaching, one)] or list(teaching)


def _side(plan: Blueprint, roles: Sequence[str], learns: bool, count: int, first: int) -> Iterator[Guest]:
    fates = LEARNING_FATES if learns else TEACHING_FATES
    turns: Counter[str] = Counter()
    for place in range(count if roles else 0):
        role, fate = roles[place % len(roles)], fates[place % len(fates)]
        alone = _is_alone(plan, role, turns[role])
        turns[role] += 1
        yield Guest(first + place, place, role, learns, fate, alone)


def _is_alone(plan: Blueprint, role: str, turn: int) -> bool:
    """Tell whether the applicant of a role, counted in turn, is a person rather than a community.

    Where both may apply, each comes twice in a row after the first, so that people and communities meet
    every fate; who supports several pairs is always a person.
    """
    if not takes(plan, "people") or not takes(plan, "communities"):
        return takes(plan, "people")
    supports = any(one.key == role and one.part == "supports" for one in plan.roles)
    return supports or (turn + 1) // 2 % 2 == 1


def address_ending(programme: Programme) -> str:
    """Return what the addresses of a rehearsal's people end with, and nobody else's."""
    return f".r{programme.pk}{NOWHERE}"


def accounts_of(programme: Programme) -> QuerySet[Account]:
    """Find the invented people of a rehearsal."""
    return Account.objects.filter(email__iendswith=address_ending(programme))


def communities_of(programme: Programme) -> QuerySet[Community]:
    """Find the invented communities of a rehearsal."""
    own = Community.objects.filter(is_synthetic=True)
    return own.filter(representations__email__iendswith=address_ending(programme)).distinct()


@transaction.atomic
def introduce_guest(guest: Guest, programme: Programme, *, by: Any, now: datetime) -> Community | Account:
    """Make an invented person, or a community with what is on record of it and its representative."""
    # What is invented about a person is read off the address, since nothing else is on record of them.
    about = f"{guest.role}-{guest.number:02}" + (f".about{guest.interest}" if guest.alone else "")
    email = f"{about}{address_ending(programme)}"
    account = find_or_make_account(email=email, name=guest.name, language=by.language, now=now)
    return account if guest.alone else _found(guest, programme, account, by=by, now=now)


def _found(guest: Guest, programme: Programme, account: Account, *, by: Any, now: datetime) -> Community:
    plan = programme.plan
    country, language = home_of(guest.seed)
    kind = CommunityKind.USER_GROUP if guest.learns else CommunityKind.CHAPTER
    facts = {
        "name": f"{guest.seed} R{programme.pk}",
        "kind": CommunityKind.INFORMAL if guest.fate == "unsure" and guest.learns else kind,
        "country": country,
        "region": _region(guest, plan),
        "languages": list(dict.fromkeys((plan.languages[0], language))),
        "maturity": _maturity(guest, plan),
        "about": "Everything about this community is invented, for a rehearsal.",
    }
    community = create_community(facts=facts, by=by, now=now, is_synthetic=True)
    if guest.fate != "unsure":
        _add_history(guest, community, plan, by=by, now=now)
    _add_topics(guest, community, by=by, now=now)
    email = account.email or ""
    asked = invite_representative(community=community, email=email, name=account.name, by=by, now=now)
    accept_representation(representation=asked, by=account, now=now)
    return community


def home_of(seed: str) -> tuple[str, str]:
    """Return the country and the language of somebody invented."""
    return HOMES[draw(seed, "home", below=len(HOMES))]


def _rules(guest: Guest, plan: Blueprint) -> dict[str, Any]:
    return {one.rule: one.params for one in plan.criteria if one.role == guest.role}


def _region(guest: Guest, plan: Blueprint) -> str:
    rules = _rules(guest, plan)
    wanted = list(rules.get("in_region", {}).get("regions", ())) or [plan.region or Region.CEE_CA]
    if guest.fate == "unsure":
        return ""
    others = [region for region in Region.values if region not in wanted]
    # Where nothing else refuses anybody, the region does.
    elsewhere = guest.fate == "refused" and not {"without_general_support"} & set(rules) and others
    return others[0] if elsewhere else wanted[0]


def _maturity(guest: Guest, plan: Blueprint) -> str:
    if guest.fate == "unsure":
        return ""
    refused = guest.fate == "refused" and "established_with_expertise" in _rules(guest, plan)
    return Maturity.DEVELOPING if guest.learns or refused else Maturity.ESTABLISHED


def _add_history(guest: Guest, community: Community, plan: Blueprint, *, by: Any, now: datetime) -> None:
    """Record a grant, which still runs for those that are refused, and a meeting of last year."""
    today = now.date()
    ends_on = today + A_YEAR if guest.fate == "refused" else today - A_YEAR
    add_support_period(
        community=community,
        kind=SupportKind.GENERAL_SUPPORT,
        starts_on=today - 2 * A_YEAR,
        ends_on=ends_on,
        by=by,
        now=now,
    )
    met_on = today - A_YEAR
    meeting = _rules(guest, plan).get("took_part_recently", {}).get("meeting", "Meeting")
    add_meeting(community=community, meeting=f"{meeting} {met_on.year}", ended_on=met_on, by=by, now=now)


def _add_topics(guest: Guest, community: Community, *, by: Any, now: datetime) -> None:
    """Record what the community needs or offers; those nothing is known of offer nothing on record."""
    if not guest.learns and guest.fate == "unsure":
        return
    relation, level, count = (Relation.NEED, LEARNER, 2) if guest.learns else (Relation.OFFER, TEACHER, 3)
    for key in topics_about(guest.interest, count):
        capacity = Capacity.objects.get(key=key)
        set_capacity(community=community, capacity=capacity, relation=relation, level=level, by=by, now=now)


def topics_about(interest: int, count: int) -> list[str]:
    """Return the keys of the topics of an interest: always the same ones."""
    keys = list(Capacity.objects.filter(children=None).order_by("key").values_list("key", flat=True))
    found = dict.fromkeys(keys[draw("topic", interest, n, below=len(keys))] for n in range(count) if keys)
    return list(found)
