"""Who builds an initiative, and who helps it: asked by mail, accepted by the person, ended by either."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from talka.initiatives.actions.building import set_initiative_status, unpublish_initiative
from talka.initiatives.actions.refusals import Refused
from talka.initiatives.lifecycle import InitiativeStatus, MemberStatus
from talka.initiatives.models import Initiative, InitiativeMember, MemberPart
from talka.initiatives.queries import people_of
from talka.kernel.ledger import move, record
from talka.kernel.reasons import Reason
from talka.letters.outbox import write_to_address
from talka.letters.sending import leads_nowhere
from talka.people.models import Account

MOST_OPEN = 10


@transaction.atomic
def invite_member(
    *, initiative: Initiative, email: str, part: str, by: Any, now: datetime
) -> InitiativeMember:
    """Ask somebody by mail to build an initiative, or to help it from outside. Raises Refused.

    At most ten invitations may wait for an answer.
    """
    address = email.strip().lower()
    _refuse_second(initiative, address)
    asked = InitiativeMember.objects.create(
        initiative=initiative, email=address, part=part, invited_by=by, invited_at=now
    )
    record(initiative, "invite", by=by, now=now)
    account = Account.objects.by_email(address)
    write_to_address(
        "initiative_invited",
        email=address,
        language=(account or by).language,
        recipient=account,
        values={
            "initiative": initiative,
            "programme": initiative.programme,
            "inviter": by.name,
            "helps": part == MemberPart.HELPER,
            "path": reverse("desk:initiative_invitation", args=[asked.pk]),
        },
        about=asked,
        now=now,
    )
    return asked


def _refuse_second(initiative: Initiative, address: str) -> None:
    # Where rows can be locked, two clicks at once wait for each other here.
    Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    if leads_nowhere(address) and not initiative.programme.is_rehearsal:
        raise Refused(Reason("initiatives.invented"))
    there = {(person.email or "").lower() for person in people_of(initiative)}
    if address in there or initiative.members.current().filter(email__iexact=address).exists():
        raise Refused(Reason("initiatives.already_there"))
    if initiative.members.filter(status=MemberStatus.INVITED).count() >= MOST_OPEN:
        raise Refused(Reason("initiatives.too_many_open", {"most": MOST_OPEN}))


@transaction.atomic
def accept_invitation(*, member: InitiativeMember, by: Any, now: datetime) -> None:
    """Say yes: from now on the person is in it. Raises NotAllowed and Overtaken when it was answered."""
    move(member, "accept", by=by, now=now)
    member.account = by
    member.save(update_fields=["account"])


@transaction.atomic
def decline_invitation(*, member: InitiativeMember, by: Any, now: datetime) -> None:
    """Say no. Raises NotAllowed and Overtaken when it was answered."""
    move(member, "decline", by=by, now=now)


@transaction.atomic
def remove_member(*, member: InitiativeMember, by: Any, now: datetime) -> None:
    """Leave, let somebody go, or take an invitation back. Raises NotAllowed and Overtaken."""
    move(member, "leave", by=by, now=now)


@transaction.atomic
def leave_all(*, account: Account, by: Any, now: datetime) -> None:
    """Let a person go from every initiative, because their data is erased.

    What was theirs alone is handed to who joined it first; where nobody did, it ends and is taken off the
    public pages.
    """
    for initiative in Initiative.objects.filter(person=account).select_related("programme"):
        _hand_over(initiative, account, by=by, now=now)
    mine = InitiativeMember.objects.current().filter(account=account)
    for member in mine.order_by("pk"):
        move(member, "leave", by=by, now=now)


def _hand_over(initiative: Initiative, account: Account, *, by: Any, now: datetime) -> None:
    team = initiative.members.filter(part=MemberPart.TEAM, status=MemberStatus.ACCEPTED)
    heir = team.filter(account__is_active=True).exclude(account=account).order_by("pk").first()
    if heir is not None:
        Initiative.objects.filter(pk=initiative.pk, person=account).update(person=heir.account)
        heir.delete()
        record(initiative, "hand over", by=by, now=now)
        return
    unpublish_initiative(initiative=initiative, by=by, now=now)
    if initiative.status != InitiativeStatus.ENDED:
        set_initiative_status(initiative=initiative, verb="end", by=by, now=now)
