"""A cycle: prepared, announced, closed."""

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
