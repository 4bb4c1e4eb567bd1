"""What many attend: dated, perhaps in a series; who comes, what is talked about, what was written down."""

from talka.gatherings.models.agenda import AgendaItem
from talka.gatherings.models.attendance import Attendance
from talka.gatherings.models.feeds import CalendarFeed
from talka.gatherings.models.gatherings import Gathering, GatheringKind, Registration
from talka.gatherings.models.minutes import ActionItem, MeetingDecision, Minutes, MinutesVersion
from talka.gatherings.models.series import Rhythm, Series

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Attendance",
    "CalendarFeed",
    "Gathering",
    "GatheringKind",
    "MeetingDecision",
    "Minutes",
    "MinutesVersion",
    "Registration",
    "Rhythm",
    "Series",
]
