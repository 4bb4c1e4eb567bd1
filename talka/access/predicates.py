"""The questions that the access table is made of: who is this person to this record?"""

from typing import Any

import rules

from talka.access.scopes import applications_of, communities_of, match_of, programme_of
from talka.applications.models import Application
from talka.matching.models import Part, Seat
from talka.people.models import Account, Representation
from talka.programmes.models import Appointment, Post
from talka.screening.models import Review, ReviewStatus


def _is_somebody(account: Any) -> bool:
    return bool(account is not None and account.is_authenticated)


def _holds(account: Any, subject: Any, posts: list[str]) -> bool:
    """Tell whether the person holds a post in the record's programme; in any, where it has none."""
    if not _is_somebody(account):
        return False
    held = Appointment.objects.filter(account=account, ended_at__isnull=True, post__in=posts)
    programme = programme_of(subject)
    if programme is not None:
        held = held.filter(programme=programme)
    return held.exists()


@rules.predicate
def signed_in(account: Any, subject: Any) -> bool:
    """Tell whether we know who this is."""
    return _is_somebody(account)


@rules.predicate
def founds(account: Any, subject: Any) -> bool:
    """Tell whether the person may create programmes."""
    return _is_somebody(account) and account.can_found


@rules.predicate
def coordinates(account: Any, subject: Any) -> bool:
    """Tell whether the person coordinates the record's programme."""
    return _holds(account, subject, [Post.COORDINATOR])


@rules.predicate
def reviews(account: Any, subject: Any) -> bool:
    """Tell whether the person reads applications in the record's programme."""
    return _holds(account, subject, [Post.COORDINATOR, Post.REVIEWER])


@rules.predicate
def represents(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for a side of the record: a community, or themselves."""
    if not _is_somebody(account):
        return False
    if isinstance(subject, Account):
        return subject.pk == account.pk
    if communities := communities_of(subject):
        mine = Representation.objects.current().filter(account=account)
        return mine.filter(community__in=communities).exists()
    sides = applications_of(subject)
    return bool(sides) and Application.objects.written_by(account).filter(pk__in=sides).exists()


def _parts_of(account: Any, subject: Any) -> set[str]:
    """Return the parts of the sides that the person acts for now: not of helpers, nor of who has left."""
    match = match_of(subject)
    if match is None or not _is_somebody(account):
        return set()
    held = Seat.objects.held_by(account).sitting().sides().filter(match=match)
    return set(held.values_list("part", flat=True))


@rules.predicate
def takes_part(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for a side of the record's exchange."""
    return bool(_parts_of(account, subject))


@rules.predicate
def learns(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for the side that learns."""
    return Part.LEARNS in _parts_of(account, subject)


@rules.predicate
def is_of_own_side(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for the side that wrote hours down."""
    return subject.seat.part in _parts_of(account, subject)


@rules.predicate
def is_of_other_side(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for the side that answers hours, and did not write them down."""
    others = _parts_of(account, subject) - {subject.seat.part}
    return bool(others) and subject.logged_by_id != account.pk


@rules.predicate
def is_invited(account: Any, subject: Any) -> bool:
    """Tell whether an invitation to represent was sent to this person."""
    return _is_somebody(account) and bool(account.email) and account.email.lower() == subject.email.lower()


@rules.predicate
def is_named_partner(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for the community that an applicant named as its partner."""
    mine = Representation.objects.current().filter(account=account, community=subject.community_id)
    return _is_somebody(account) and mine.exists()


@rules.predicate
def is_traveller(account: Any, subject: Any) -> bool:
    """Tell whether the record is about this person's own travel."""
    return _is_somebody(account) and subject.account_id == account.pk


@rules.predicate
def hosts(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for the community that the traveller visits."""
    return bool(represents.test(account, subject.exchange.host))


@rules.predicate
def has_conflict(account: Any, subject: Any) -> bool:
    """Tell whether the person declared a conflict of interest about the application."""
    declared = Review.objects.filter(reviewer=account, status=ReviewStatus.RECUSED)
    return declared.filter(application=subject).exists()
