"""Who acts for a community: asked by mail, accepted by the person, ended by either."""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.kernel.ledger import move, record
from talka.kernel.reasons import Reason
from talka.letters.outbox import write_to_address
from talka.letters.sending import leads_nowhere
from talka.people.lifecycle import RepresentationStatus
from talka.people.models import Account, Community, Representation

MOST_OPEN = 10


class InvitationRefused(Exception):
    """The person cannot be asked now; the reason says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.key)
        self.reason = reason


@transaction.atomic
def invite_representative(
    *, community: Community, email: str, name: str, by: Any, now: datetime
) -> Representation:
    """Ask somebody by mail to represent a community. Raises InvitationRefused.

    At most ten invitations may wait for an answer: Talka writes to people it
    does not know only as often as a community needs.
    """
    address = email.strip().lower()
    _refuse_second(community, address)
    asked = Representation.objects.create(
        community=community, email=address, name=name, invited_by=by, invited_at=now
    )
    record(asked, "invite", by=by, now=now)
    account = Account.objects.by_email(address)
    write_to_address(
        "representation_invited",
        email=address,
        language=(account or by).language if (account or by) else "en",
        recipient=account,
        values={
            "name": name,
            "community": community.name,
            "inviter": by.name if by else "Talka",
            "path": asked.get_absolute_url(),
        },
        about=asked,
        now=now,
    )
    return asked


def _refuse_second(community: Community, address: str) -> None:
    # Where rows can be locked, two clicks at once wait for each other here.
    Community.objects.select_for_update().get(pk=community.pk)
    # Somebody invented speaks for the community they were invented with, and for no other.
    if leads_nowhere(address) and (not community.is_synthetic or community.representations.exists()):
        raise InvitationRefused(Reason("representation.invented"))
    open_ones = community.representations.filter(status=RepresentationStatus.INVITED)
    if community.representations.current().filter(email__iexact=address).exists():
        raise InvitationRefused(Reason("representation.already_represents"))
    if open_ones.filter(email__iexact=address).exists():
        raise InvitationRefused(Reason("representation.already_asked"))
    if open_ones.count() >= MOST_OPEN:
        raise InvitationRefused(Reason("representation.too_many_open", {"most": MOST_OPEN}))


@transaction.atomic
def accept_representation(*, representation: Representation, by: Any, now: datetime) -> None:
    """Take the invitation: from now on the person acts for the community."""
    move(representation, "accept", by=by, now=now)
    representation.account = by
    representation.save(update_fields=["account"])


def decline_representation(*, representation: Representation, by: Any, now: datetime) -> None:
    """Say no to the invitation."""
    move(representation, "decline", by=by, now=now)


def end_representation(*, representation: Representation, by: Any, now: datetime) -> None:
    """End somebody's right to act, take back an invitation, or leave oneself.

    The last representative may leave, too: coordinators see which communities have none.
    """
    move(representation, "end", by=by, now=now)
