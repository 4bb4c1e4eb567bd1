"""A run that is asked, answered and published, and a match: proposed to both sides, agreed, or not."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class RunStatus(TextChoices):
    WAITING = "waiting", _("Waiting for its turn")
    WORKING = "working", _("Being worked out")
    FAILED = "failed", _("Cannot be answered")
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Discarded")


RUN = Lifecycle(
    start=RunStatus.WAITING,
    moves=moves(
        ("take up", RunStatus.WAITING, RunStatus.WORKING),
        # A worker that died leaves it behind.
        ("lay back", RunStatus.WORKING, RunStatus.WAITING),
        ("answer", RunStatus.WORKING, RunStatus.DRAFT),
        ("give up", RunStatus.WORKING, RunStatus.FAILED),
        ("publish", RunStatus.DRAFT, RunStatus.PUBLISHED),
        (
            "discard",
            [RunStatus.WAITING, RunStatus.WORKING, RunStatus.FAILED, RunStatus.DRAFT],
            RunStatus.DISCARDED,
        ),
    ),
)


class CircleDraftStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Discarded")


CIRCLE_DRAFT = Lifecycle(
    start=CircleDraftStatus.DRAFT,
    moves=moves(
        ("publish", CircleDraftStatus.DRAFT, CircleDraftStatus.PUBLISHED),
        ("discard", CircleDraftStatus.DRAFT, CircleDraftStatus.DISCARDED),
    ),
)


class MatchStatus(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("No answer in time")
    CANCELLED = "cancelled", _("Cancelled")


MATCH = Lifecycle(
    start=MatchStatus.PROPOSED,
    moves=moves(
        ("agree", MatchStatus.PROPOSED, MatchStatus.AGREED),
        ("decline", [MatchStatus.PROPOSED, MatchStatus.AGREED], MatchStatus.DECLINED),
        ("lapse", MatchStatus.PROPOSED, MatchStatus.LAPSED),
        ("cancel", [MatchStatus.PROPOSED, MatchStatus.AGREED], MatchStatus.CANCELLED),
    ),
)
