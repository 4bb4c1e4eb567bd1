"""The questions that the access table is made of: who is this person to this record?"""

from typing import Any

import rules

from talka.access.scopes import applications_of, communities_of, match_of, programme_of
from talka.applications.models import Application
from talka.initiatives.models import Initiative
from talka.initiatives.queries import evaluates
from talka.learning.models import Module
from talka.learning.queries import has_part
from talka.letters.sending import leads_nowhere
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
def is_of_the_pair(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for a side of the record's exchange."""
    return bool(_parts_of(account, subject))


@rules.predicate
def learns(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for the side that learns."""
    return Part.LEARNS in _parts_of(account, subject)


@rules.predicate
def teaches(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for the side that teaches."""
    return Part.TEACHES in _parts_of(account, subject)


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
def speaks_for(account: Any, subject: Any) -> bool:
    """Tell whether a request or an offer is the person's own, or that of a community they act for."""
    if not _is_somebody(account):
        return False
    if subject.person_id:
        return bool(subject.person_id == account.pk)
    mine = Representation.objects.current().filter(account=account)
    return mine.filter(community=subject.community_id).exists()


@rules.predicate
def is_the_mentor(account: Any, subject: Any) -> bool:
    """Tell whether an introduction asks this person, or a community they act for."""
    return bool(speaks_for.test(account, subject.offer))


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
def added_it(account: Any, subject: Any) -> bool:
    """Tell whether the person added this point of an agenda."""
    return _is_somebody(account) and subject.added_by_id == account.pk


@rules.predicate
def owns_it(account: Any, subject: Any) -> bool:
    """Tell whether the person took this on."""
    return _is_somebody(account) and subject.owner_id == account.pk


@rules.predicate
def holds(account: Any, subject: Any) -> bool:
    """Tell whether the record was given to this person."""
    return _is_somebody(account) and subject.holder_id == account.pk


@rules.predicate
def sits_there(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for a side of the record that has not left."""
    sides = applications_of(subject)
    mine = Application.objects.written_by(account).filter(pk__in=sides) if _is_somebody(account) else ()
    match = getattr(subject, "match_id", None) or subject.exchange.match_id
    return bool(mine) and Seat.objects.sitting().filter(match=match, application__in=mine).exists()


@rules.predicate
def wrote(account: Any, subject: Any) -> bool:
    """Tell whether the record is of this person's own writing."""
    return _is_somebody(account) and subject.author_id == account.pk


@rules.predicate
def hosts(account: Any, subject: Any) -> bool:
    """Tell whether the person acts for the community that the traveller visits."""
    return bool(represents.test(account, subject.exchange.host))


@rules.predicate
def may_join(account: Any, subject: Any) -> bool:
    """Tell whether the person may take part in the record's programme: invented people only in rehearsals."""
    programme = programme_of(subject)
    is_rehearsal = programme is not None and programme.is_rehearsal
    return _is_somebody(account) and (is_rehearsal or not leads_nowhere(account.email or ""))


@rules.predicate
def is_member(account: Any, subject: Any) -> bool:
    """Tell whether the membership is this person's own."""
    return _is_somebody(account) and subject.account_id == account.pk


@rules.predicate
def is_offerer(account: Any, subject: Any) -> bool:
    """Tell whether this person offered the notice."""
    return _is_somebody(account) and subject.offered_by_id == account.pk


@rules.predicate
def has_conflict(account: Any, subject: Any) -> bool:
    """Tell whether the person declared a conflict of interest about the application."""
    declared = Review.objects.filter(reviewer=account, status=ReviewStatus.RECUSED)
    return declared.filter(application=subject).exists()


@rules.predicate
def takes_part(account: Any, subject: Any) -> bool:
    """Tell whether the person, or a community they act for, was accepted in a cycle of the programme."""
    programme = programme_of(subject)
    return _is_somebody(account) and programme is not None and has_part(account, programme)


@rules.predicate
def maintains(account: Any, subject: Any) -> bool:
    """Tell whether the person maintains the module that the record is about."""
    module = subject if isinstance(subject, Module) else subject.module
    return _is_somebody(account) and module.maintainer_id == account.pk


def _initiative_of(subject: Any) -> Initiative:
    return subject if isinstance(subject, Initiative) else subject.initiative


@rules.predicate
def builds(account: Any, subject: Any) -> bool:
    """Tell whether the person is one of those whose initiative it is."""
    mine = Initiative.objects.built_by(account) if _is_somebody(account) else Initiative.objects.none()
    return mine.filter(pk=_initiative_of(subject).pk).exists()


@rules.predicate
def helps_it(account: Any, subject: Any) -> bool:
    """Tell whether the person was named to help the initiative, or is a helper of its match."""
    helped = Initiative.objects.helped_by(account) if _is_somebody(account) else Initiative.objects.none()
    return helped.filter(pk=_initiative_of(subject).pk).exists()


@rules.predicate
def evaluates_it(account: Any, subject: Any) -> bool:
    """Tell whether the person helps the initiative, or supports the programme in which it is public."""
    return _is_somebody(account) and evaluates(account, _initiative_of(subject))


@rules.predicate
def is_this_person(account: Any, subject: Any) -> bool:
    """Tell whether the record is about this person's own part."""
    return _is_somebody(account) and subject.account_id == account.pk
