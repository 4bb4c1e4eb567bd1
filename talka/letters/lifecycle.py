"""A letter: held until somebody releases it, queued, being sent, sent; or failed, or dropped."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class LetterStatus(TextChoices):
    HELD = "held", _("Held")
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Dropped")


LETTER = Lifecycle(
    start=LetterStatus.QUEUED,
    moves=moves(
        ("release", LetterStatus.HELD, LetterStatus.QUEUED),
        ("drop", [LetterStatus.HELD, LetterStatus.QUEUED, LetterStatus.FAILED], LetterStatus.DROPPED),
        ("claim", LetterStatus.QUEUED, LetterStatus.SENDING),
        ("deliver", LetterStatus.SENDING, LetterStatus.SENT),
        ("retry", [LetterStatus.SENDING, LetterStatus.FAILED], LetterStatus.QUEUED),
        ("give_up", LetterStatus.SENDING, LetterStatus.FAILED),
    ),
)
