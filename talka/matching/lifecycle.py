"""A draft run, and a match: proposed to both sides, agreed, or not."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class RunStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Discarded")


RUN = Lifecycle(
    start=RunStatus.DRAFT,
    moves=moves(
        ("publish", RunStatus.DRAFT, RunStatus.PUBLISHED),
        ("discard", RunStatus.DRAFT, RunStatus.DISCARDED),
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
