"""The group around a programme: who runs it, its posts with their holders, its members, what waits in it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from talka.blueprints.group import Post as PlannedPost
from talka.blueprints.schema import Blueprint
from talka.kernel.models import Entry
from talka.kernel.wording import Wording
from talka.people.models import Account
from talka.programmes.lifecycle import NoticeStatus
from talka.programmes.models import Membership, Notice, OutsideGroup, Post, Programme, Tenure
from talka.programmes.models.roll import MembershipQuerySet
from talka.programmes.rules import Term, vacancies


def coordinators_of_programme(programme: Programme) -> list[Account]:
    """List the people who coordinate the programme now, by name."""
    found = Account.objects.filter(
        appointments__programme=programme,
        appointments__post=Post.COORDINATOR,
        appointments__ended_at__isnull=True,
    )
    return list(found.distinct().order_by("name", "pk"))


def has_group(plan: Blueprint) -> bool:
    """Tell whether the programme has a group beside its cycles: posts, or a members' roll."""
    return bool(plan.posts or plan.roll)


@dataclass(frozen=True)
class PostState:
    """A post of the blueprint with those who hold it, will hold it and held it, and its vacant seats.

    `vacant_since` has an entry for each vacant seat: a day, or None for a seat that was never filled.
    """

    key: str
    name: Wording
    description: Wording
    holders: tuple[Tenure, ...]
    coming: tuple[Tenure, ...]
    past: tuple[Tenure, ...]
    vacant_since: tuple[date | None, ...]


def posts_of(programme: Programme, *, today: date) -> list[PostState]:
    """List the posts in the order of the blueprint; then those it has dropped that somebody held."""
    terms: dict[str, list[Tenure]] = {}
    for term in programme.tenures.order_by("starts_on", "pk"):
        # One object for all: a page names the post of each, from its programme.
        term.programme = programme
        terms.setdefault(term.post, []).append(term)
    planned = list(programme.plan.posts)
    dropped = terms.keys() - {post.key for post in planned}
    planned += [PlannedPost.model_construct(key=key, name={"en": key}, seats=0) for key in sorted(dropped)]
    return [_state(post, terms.get(post.key, []), today) for post in planned]


def _state(post: PlannedPost, terms: list[Tenure], today: date) -> PostState:
    over = [term for term in terms if term.ends_on and term.ends_on < today]
    coming = [term for term in terms if term.starts_on > today]
    plain = [Term(term.starts_on, term.ends_on) for term in terms]
    return PostState(
        key=post.key,
        name=post.name,
        description=post.description,
        holders=tuple(term for term in terms if term not in over and term not in coming),
        coming=tuple(coming),
        past=tuple(sorted(over, key=lambda term: (term.ends_on, term.pk), reverse=True)),
        vacant_since=tuple(vacancies(post.seats, plain, today=today)),
    )


def members_of(
    programme: Programme, *, words: str = "", contribution: str = "", order: str = ""
) -> MembershipQuerySet:
    """Find those who stand on the roll now, by name, or the newest first."""
    found = Membership.objects.filter(programme=programme).current()
    if words:
        found = found.named_like(words)
    if contribution:
        found = found.bringing(contribution)
    return found.in_order(order)


def contributions_of(programme: Programme) -> list[tuple[Wording, int]]:
    """Count how many members bring each of the things that the blueprint asks for."""
    said = Membership.objects.filter(programme=programme).current().values_list("contributions", flat=True)
    counts = Counter(key for keys in said for key in keys)
    roll = programme.plan.roll
    return [(one.name, counts[one.key]) for one in roll.contributions] if roll else []


def struck_off(programme: Programme) -> list[Membership]:
    """List those whom coordinators took off the roll, without those who left of themselves."""
    gone = Membership.objects.filter(programme=programme, left_at__isnull=False).order_by("pk")
    label = Membership._meta.label_lower
    ways = Entry.objects.filter(
        subject_type=label, subject_id__in=gone.values("pk"), verb__in=("leave", "strike off")
    )
    # The last way out counts: who was struck off, came back and left has left.
    last = dict(ways.order_by("pk").values_list("subject_id", "verb"))
    return [member for member in gone if last.get(member.pk) == "strike off"]


def may_see_names(programme: Programme, account: Any) -> bool:
    """Tell whether the person may read who stands on the roll: anybody, or members and those who run it."""
    roll = programme.plan.roll
    if roll is None or roll.is_public:
        return roll is not None
    if not account.is_authenticated:
        return False
    is_member = Membership.objects.filter(programme=programme, account=account).current().exists()
    return is_member or Programme.objects.run_by(account).filter(pk=programme.pk).exists()


def waiting_in(programmes: Collection[int], *, today: date) -> dict[int, tuple[int, int]]:
    """Count for each programme the notices to be looked at, and the dates with groups outside due."""
    waiting = Notice.objects.filter(programme__in=programmes, status=NoticeStatus.WAITING)
    notices = dict(waiting.values_list("programme").annotate(count=Count("pk")))
    groups = OutsideGroup.objects.filter(programme__in=programmes).with_next_date()
    due = Counter(groups.filter(Q(next_on__lte=today)).values_list("programme", flat=True))
    return {pk: (notices.get(pk, 0), due[pk]) for pk in programmes}
