"""A report: due, handed in, perhaps returned with a question, accepted; an evaluation; and a next step."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class ReportStatus(TextChoices):
    DRAFT = "draft", _("To be written")
    SUBMITTED = "submitted", _("Handed in")
    RETURNED = "returned", _("Returned with a question")
    ACCEPTED = "accepted", _("Accepted")
    ANSWERED = "answered", _("Answered")
    DROPPED = "dropped", _("No longer asked")


REPORT = Lifecycle(
    start=ReportStatus.DRAFT,
    moves=moves(
        ("submit", [ReportStatus.DRAFT, ReportStatus.RETURNED], ReportStatus.SUBMITTED),
        ("return", ReportStatus.SUBMITTED, ReportStatus.RETURNED),
        ("accept", ReportStatus.SUBMITTED, ReportStatus.ACCEPTED),
        ("reopen", ReportStatus.ACCEPTED, ReportStatus.RETURNED),
        # An evaluation is nobody's to accept: answering it is its end.
        ("hand in", ReportStatus.DRAFT, ReportStatus.ANSWERED),
        ("drop", ReportStatus.DRAFT, ReportStatus.DROPPED),
    ),
)


class StepStatus(TextChoices):
    OPEN = "open", _("To be done")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Given up")


STEP = Lifecycle(
    start=StepStatus.OPEN,
    moves=moves(
        ("finish", StepStatus.OPEN, StepStatus.DONE),
        ("drop", StepStatus.OPEN, StepStatus.DROPPED),
        ("reopen", [StepStatus.DONE, StepStatus.DROPPED], StepStatus.OPEN),
    ),
)
