"""A representation: asked, accepted, ended."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class RepresentationStatus(TextChoices):
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Representative")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("Ended")


REPRESENTATION = Lifecycle(
    start=RepresentationStatus.INVITED,
    moves=moves(
        ("accept", RepresentationStatus.INVITED, RepresentationStatus.ACCEPTED),
        ("decline", RepresentationStatus.INVITED, RepresentationStatus.DECLINED),
        ("end", [RepresentationStatus.INVITED, RepresentationStatus.ACCEPTED], RepresentationStatus.ENDED),
    ),
)
