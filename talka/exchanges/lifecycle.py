"""An exchange from planning to closing, its plan, and the hours that the two sides tell each other of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class ExchangeStatus(TextChoices):
    PLANNING = "planning", _("Being planned")
    PLANNED = "planned", _("Plan approved")
    VISITED = "visited", _("Visit done")
    UNDERWAY = "underway", _("Under way")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", _("Completed")
    STOPPED = "stopped", _("Ended early")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


E = ExchangeStatus

# A mentorship that is neither over nor called off.
WORKING = (E.PLANNING, E.UNDERWAY, E.PAUSED)

EXCHANGE = Lifecycle(
    start=E.PLANNING,
    moves=moves(
        ("approve", E.PLANNING, E.PLANNED),
        ("replan", E.PLANNED, E.PLANNING),
        ("visit", E.PLANNED, E.VISITED),
        # A mentorship is under way with its plan, for months; pausing it blames nobody.
        ("begin", E.PLANNING, E.UNDERWAY),
        ("pause", [E.PLANNING, E.UNDERWAY], E.PAUSED),
        ("resume", E.PAUSED, E.UNDERWAY),
        ("go back to planning", E.PAUSED, E.PLANNING),
        ("complete", [E.UNDERWAY, E.PAUSED], E.COMPLETED),
        ("stop", [E.PLANNING, E.UNDERWAY, E.PAUSED], E.STOPPED),
        ("take up again", E.COMPLETED, E.UNDERWAY),
        ("close", [E.VISITED, E.CANCELLED, E.COMPLETED, E.STOPPED], E.CLOSED),
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


class HoursStatus(TextChoices):
    LOGGED = "logged", _("Waits for the other side")
    CONFIRMED = "confirmed", _("Confirmed")
    QUESTIONED = "questioned", _("Questioned")
    WITHDRAWN = "withdrawn", _("Taken back")


H = HoursStatus

HOURS = Lifecycle(
    start=H.LOGGED,
    moves=moves(
        ("confirm", [H.LOGGED, H.QUESTIONED], H.CONFIRMED),
        ("question", [H.LOGGED, H.CONFIRMED], H.QUESTIONED),
        ("amend", [H.LOGGED, H.QUESTIONED], H.LOGGED),
        ("withdraw", [H.LOGGED, H.QUESTIONED], H.WITHDRAWN),
    ),
)


class LessonStatus(TextChoices):
    SHARED = "shared", _("Seen by the circle")
    PUBLISHED = "published", _("Published")
    REMOVED = "removed", _("Removed")


LESSON = Lifecycle(
    start=LessonStatus.SHARED,
    moves=moves(
        ("publish", LessonStatus.SHARED, LessonStatus.PUBLISHED),
        ("take back", LessonStatus.PUBLISHED, LessonStatus.SHARED),
        ("remove", [LessonStatus.SHARED, LessonStatus.PUBLISHED], LessonStatus.REMOVED),
    ),
)
