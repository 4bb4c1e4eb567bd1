"""What becomes of a point of the agenda, of minutes, and of an action item."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class AgendaStatus(TextChoices):
    # Translators: of a point of a meeting's agenda, from here on.
    OPEN = "open", _("To be talked about")
    DONE = "done", _("Talked about")
    CARRIED = "carried", _("Moved to the next meeting")


AGENDA = Lifecycle(
    start=AgendaStatus.OPEN,
    moves=moves(
        ("tick off", AgendaStatus.OPEN, AgendaStatus.DONE),
        ("move on", AgendaStatus.OPEN, AgendaStatus.CARRIED),
        ("reopen", AgendaStatus.DONE, AgendaStatus.OPEN),
    ),
)


class MinutesStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Changed since they were published")


MINUTES = Lifecycle(
    start=MinutesStatus.DRAFT,
    moves=moves(
        ("publish", [MinutesStatus.DRAFT, MinutesStatus.CORRECTED], MinutesStatus.PUBLISHED),
        ("correct", MinutesStatus.PUBLISHED, MinutesStatus.CORRECTED),
    ),
)


class ActionStatus(TextChoices):
    OPEN = "open", _("To be done")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Given up")


ACTION = Lifecycle(
    start=ActionStatus.OPEN,
    moves=moves(
        ("finish", ActionStatus.OPEN, ActionStatus.DONE),
        ("drop", ActionStatus.OPEN, ActionStatus.DROPPED),
        ("reopen", [ActionStatus.DONE, ActionStatus.DROPPED], ActionStatus.OPEN),
    ),
)
