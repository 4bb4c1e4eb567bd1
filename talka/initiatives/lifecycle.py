"""An initiative: active, perhaps resting for a while, ended; and who was asked to be in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.kernel.lifecycle import Lifecycle, moves


class InitiativeStatus(TextChoices):
    # Translators: an initiative on which people work.
    ACTIVE = "active", pgettext_lazy("initiative", "Active")
    # Translators: an initiative that pauses and is to go on.
    RESTING = "resting", pgettext_lazy("initiative", "Resting")
    ENDED = "ended", pgettext_lazy("initiative", "Ended")


S = InitiativeStatus

INITIATIVE = Lifecycle(
    start=S.ACTIVE,
    moves=moves(
        ("rest", S.ACTIVE, S.RESTING),
        ("resume", S.RESTING, S.ACTIVE),
        ("end", [S.ACTIVE, S.RESTING], S.ENDED),
        ("reopen", S.ENDED, S.ACTIVE),
    ),
)


class MemberStatus(TextChoices):
    INVITED = "invited", _("Asked")
    ACCEPTED = "accepted", _("Taking part")
    DECLINED = "declined", _("Declined")
    LEFT = "left", pgettext_lazy("member of an initiative", "Left")


MEMBER = Lifecycle(
    start=MemberStatus.INVITED,
    moves=moves(
        ("accept", MemberStatus.INVITED, MemberStatus.ACCEPTED),
        ("decline", MemberStatus.INVITED, MemberStatus.DECLINED),
        ("leave", [MemberStatus.INVITED, MemberStatus.ACCEPTED], MemberStatus.LEFT),
    ),
)
