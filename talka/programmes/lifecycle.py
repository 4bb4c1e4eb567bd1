"""A cycle: prepared, announced, closed; a notice: offered, then shown or not."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class CycleStatus(TextChoices):
    DRAFT = "draft", _("In preparation")
    ANNOUNCED = "announced", _("Announced")
    CLOSED = "closed", _("Closed")


CYCLE = Lifecycle(
    start=CycleStatus.DRAFT,
    moves=moves(
        ("announce", CycleStatus.DRAFT, CycleStatus.ANNOUNCED),
        ("retract", CycleStatus.ANNOUNCED, CycleStatus.DRAFT),
        ("close", CycleStatus.ANNOUNCED, CycleStatus.CLOSED),
        ("reopen", CycleStatus.CLOSED, CycleStatus.ANNOUNCED),
    ),
)


class NoticeStatus(TextChoices):
    WAITING = "waiting", _("Waits for the coordinators")
    SHOWN = "shown", _("Shown")
    REFUSED = "refused", _("Not shown")
    WITHDRAWN = "withdrawn", _("Withdrawn")


NOTICE = Lifecycle(
    start=NoticeStatus.WAITING,
    moves=moves(
        ("show", [NoticeStatus.WAITING, NoticeStatus.REFUSED], NoticeStatus.SHOWN),
        ("take off", [NoticeStatus.WAITING, NoticeStatus.SHOWN], NoticeStatus.REFUSED),
        ("offer again", NoticeStatus.REFUSED, NoticeStatus.WAITING),
        (
            "withdraw",
            [NoticeStatus.WAITING, NoticeStatus.SHOWN, NoticeStatus.REFUSED],
            NoticeStatus.WITHDRAWN,
        ),
    ),
)
