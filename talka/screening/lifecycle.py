"""A review: drafted, handed in; or left to others because of a conflict of interest."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class ReviewStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in")
    RECUSED = "recused", _("Conflict of interest")


REVIEW = Lifecycle(
    start=ReviewStatus.DRAFT,
    moves=moves(
        ("submit", ReviewStatus.DRAFT, ReviewStatus.SUBMITTED),
        ("recuse", [ReviewStatus.DRAFT, ReviewStatus.SUBMITTED], ReviewStatus.RECUSED),
    ),
)
