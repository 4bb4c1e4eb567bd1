"""A report about the work of a period: written, and published as it stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class WorkReportStatus(TextChoices):
    DRAFT = "draft", _("Being written")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Thrown away")


WORK_REPORT = Lifecycle(
    start=WorkReportStatus.DRAFT,
    moves=moves(
        ("publish", WorkReportStatus.DRAFT, WorkReportStatus.PUBLISHED),
        ("discard", WorkReportStatus.DRAFT, WorkReportStatus.DISCARDED),
    ),
)
