"""An exchange from planning to closing, and its plan: drafted, signed by both, approved."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class ExchangeStatus(TextChoices):
    PLANNING = "planning", _("Being planned")
    PLANNED = "planned", _("Plan approved")
    VISITED = "visited", _("Visit done")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


E = ExchangeStatus

EXCHANGE = Lifecycle(
    start=E.PLANNING,
    moves=moves(
        ("approve", E.PLANNING, E.PLANNED),
        ("replan", E.PLANNED, E.PLANNING),
        ("visit", E.PLANNED, E.VISITED),
        ("close", [E.VISITED, E.CANCELLED], E.CLOSED),
        ("reopen", E.CLOSED, E.VISITED),
        ("cancel", [E.PLANNING, E.PLANNED], E.CANCELLED),
    ),
)


class PlanStatus(TextChoices):
    DRAFT = "draft", _("Being written")
    SIGNED = "signed", _("Signed by both")
    APPROVED = "approved", _("Approved")


PLAN = Lifecycle(
    start=PlanStatus.DRAFT,
    moves=moves(
        ("sign", PlanStatus.DRAFT, PlanStatus.SIGNED),
        ("approve", PlanStatus.SIGNED, PlanStatus.APPROVED),
        ("reopen", [PlanStatus.SIGNED, PlanStatus.APPROVED], PlanStatus.DRAFT),
    ),
)
