"""An application: drafted, handed in, perhaps returned, decided; or withdrawn."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class ApplicationStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in")
    RETURNED = "returned", _("More is asked")
    ACCEPTED = "accepted", _("Accepted")
    WAITING = "waiting", _("Waiting list")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = ApplicationStatus

APPLICATION = Lifecycle(
    start=S.DRAFT,
    moves=moves(
        ("submit", [S.DRAFT, S.RETURNED], S.SUBMITTED),
        ("return", S.SUBMITTED, S.RETURNED),
        ("accept", [S.SUBMITTED, S.WAITING], S.ACCEPTED),
        ("wait", [S.SUBMITTED, S.ACCEPTED], S.WAITING),
        ("decline", [S.SUBMITTED, S.WAITING], S.DECLINED),
        ("reconsider", [S.ACCEPTED, S.WAITING, S.DECLINED], S.SUBMITTED),
        ("withdraw", [S.DRAFT, S.SUBMITTED, S.RETURNED, S.ACCEPTED, S.WAITING], S.WITHDRAWN),
    ),
)


class PartnerStatus(TextChoices):
    NAMED = "named", _("Named")
    INVITED = "invited", _("Asked to confirm")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")


PARTNER = Lifecycle(
    start=PartnerStatus.NAMED,
    moves=moves(
        ("invite", PartnerStatus.NAMED, PartnerStatus.INVITED),
        ("confirm", PartnerStatus.INVITED, PartnerStatus.CONFIRMED),
        ("refuse", [PartnerStatus.INVITED, PartnerStatus.CONFIRMED], PartnerStatus.DECLINED),
    ),
)
