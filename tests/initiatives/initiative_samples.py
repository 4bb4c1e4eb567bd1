"""An initiative of Ada's in a mentorship that Cleo runs, and one of Bo's community."""

from talka.exchanges.models import Exchange
from talka.initiatives.actions import accept_invitation, create_initiative, invite_member
from talka.initiatives.models import InitiativeMember
from talka.matching.models import Match, Seat
from talka.people.models import Account
from tests.learning.learning_samples import accept, make_cohort, make_programme

FACTS = {
    "name": "Wikipedia in three schools",
    "model": "school",
    "country": "SK",
    "partners": "The town library",
    "about": "Pupils of fifteen write about their town.",
    "languages": ["sk"],
    "started_on": None,
}


def make_initiative(by, now, *, programme, person=None, community=None, stage="planned", **facts):
    """Begin an initiative; it is its owner's who does."""
    return create_initiative(
        programme=programme,
        facts=FACTS | facts,
        stage=stage,
        person=None if community else (person or by),
        community=community,
        by=by,
        now=now,
    )


def join(initiative, person, by, now, *, part="team"):
    """Ask somebody, who says yes."""
    member = invite_member(initiative=initiative, email=person.email, part=part, by=by, now=now)
    accept_invitation(member=member, by=person, now=now)
    return InitiativeMember.objects.get(pk=member.pk)


def make_pair(cycle, mentee, mentor, now, *, helper=None):
    """Make a mentorship of two people that has begun, with somebody who helps them."""
    match = Match.objects.create(
        cycle=cycle, origin="suggested", status="agreed", proposed_at=now, answer_by=now
    )
    seats = [("mentee", "learns", mentee), ("mentor", "teaches", mentor)]
    if helper:
        seats.append(("evaluator", "supports", helper))
    for role, part, person in seats:
        application = accept(cycle, person, now, role=role)
        Seat.objects.create(match=match, application=application, part=part, answer="yes")
    return Exchange.objects.create(match=match, kind="mentorship", started_at=now)


def fresh(account):
    """Return the account as the database has it."""
    return Account.objects.get(pk=account.pk)


__all__ = [
    "FACTS",
    "accept",
    "fresh",
    "join",
    "make_cohort",
    "make_initiative",
    "make_pair",
    "make_programme",
]
